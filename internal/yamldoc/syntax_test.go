package yamldoc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/internal/marktest"
)

// syntaxCases are texts that are no YAML, each with one fault.
var syntaxCases = map[string]string{
	"tab in indentation": `
commitments:
«	»name: Demo  #! syntax "a tab stands here.*spaces"
`,
	"tab after spaces": `
a:
  b: 1
  «	»c: 2  #! syntax "a tab stands here"
`,
	"tab behind a dash": `
a:
  -«	»b: 1  #! syntax "a tab stands here"
`,
	"tab in a text block": `
a: |
«	»text  #! syntax "a tab stands here"
`,
	"quote not closed at the end": `
name: Target
ask: «"What does Thursday look like?»  #! syntax "this quote \" is not closed.*put another \""
`,
	"quote not closed before another": `
commitments:
  a:
    ask: «"What does Thursday look like?»  #! syntax "this quote \" is not closed"
  b:
    ask: "And Friday?"
`,
	"quote not closed within brackets": `
roles: [champion, «"user buyer]»  #! syntax "not closed"
next: 1
`,
	"apostrophe in front": `
name: «'Tis the season»  #! syntax "this quote ' is not closed.*apostrophe"
next: 1
`,
	"apostrophe within": `
ask: 'What'«s next?'»  #! syntax "closed before this.*what''s"
`,
	"quotes within quotes": `
ask: "What about "«Foo" then?"»  #! syntax "closed before this.*'\\.\\.\\.'"
`,
	"bracket not closed": `
stages:
  - id: target
    ladder: «[»referral, first_meeting  #! syntax "this \\[ is not closed"
    exit: first_meeting
  - id: won
    ladder: [kickoff]
`,
	"bracket not closed at the end": `
ladder: «[»referral,  #! syntax "this \\[ is not closed.*put a \\]"
`,
	"brace not closed": `
requires: «{»dated: true  #! syntax "this { is not closed.*put a }"
lapses_after: 30d
`,
	"inner bracket not closed": `
exit: {any: [a, b«}»  #! syntax "this } doesn't close the \\[.*close \\[ with \\]"
`,
	"wrong closing": `
ladder: [a, b«}»  #! syntax "this } doesn't close"
`,
	"closing without opening": `
a: «]»  #! syntax "a \\] here without"
`,
	"no space behind a colon, first": `
stages:
  - id«:»target  #! syntax "space is missing.*id: target"
    name: Target
`,
	"no space behind a colon, later": `
stages:
  - id: target
    name«:»Target  #! syntax "space is missing.*name: Target"
    exit: a
`,
	"no space behind a colon, at the end": `
id: a
name«:»Target  #! syntax "space is missing"
`,
	"no colon, first": `
stages:
  - «id target»  #! syntax "no colon.*id: target"
    name: Target
`,
	"no colon, later": `
stages:
  - id: target
    «name Target»  #! syntax "no colon.*name: Target"
    exit: a
`,
	"no colon, one word": `
stages:
  a: 1
«exit»  #! syntax "no colon.*exit:"
b: 1
`,
	"colon within": `
ask: «What: now»  #! syntax "colon followed by a space.*quotes around the whole"
`,
	"colon within, in a list": `
- ask: «What: now»  #! syntax "colon followed by a space"
`,
	"colon at the end of a text": `
ask: «What now:»  #! syntax "colon followed by a space"
`,
	"colon within curly quotes": `
ask: «“What: now”»  #! syntax "straight quotes"
`,
	"two keys on a line": `
id: «a name: b»  #! syntax "colon followed by a space"
`,
	"second colon": `
ask: «:» now  #! syntax "a second colon"
`,
	"no key": `
«:» now  #! syntax "no key before this colon"
a: b: c
`,
	"at sign": `
email: «@joe»  #! syntax "begins with @ .*quotes"
`,
	"backquote": "\nask: «`code`»  #! syntax \"begins with ` \"\n",
	"percent": `
share: «% of deals»  #! syntax "begins with % "
`,
	"asterisk": `
note: «*important* point»  #! syntax "begins with \\* "
`,
	"asterisk and words": `
note: «*important point»  #! syntax "begins with \\* "
`,
	"asterisk and blank": `
- «* first»  #! syntax "begins with \\* "
`,
	"undefined alias": `
a: &base {x: 1}
b: «*bsae»  #! syntax "\\*bsae refers to nothing.*did you mean \"base\""
`,
	"undefined alias alone": `
b: [«*base»]  #! syntax "\\*base refers to nothing.*write &base"
`,
	"ampersand": `
name: «& Co»  #! syntax "begins with & "
`,
	"ampersand and words": `
name: «&Söhne»  #! syntax "begins with & "
`,
	"exclamation mark": `
name: «!"wow"»  #! syntax "begins with ! "
`,
	"greater than": `
size: «> 5 people»  #! syntax "begins with > "
`,
	"bar": `
size: «| five»  #! syntax "begins with \\| "
`,
	"comma in front": `
size: «,» five  #! syntax "a , here without"
`,
	"text after brackets": `
ask: «[Name], can we meet?»  #! syntax "begins with \\[ .*quotes"
`,
	"text after braces": `
ask: «{name}, can we meet?»  #! syntax "begins with { .*quotes"
`,
	"comma missing": `
any: ["a" «"b"»]  #! syntax "comma is missing"
`,
	"comma missing between keys": `
at_least: {n: 1 «of»: [a]}  #! syntax "comma is missing in front of this key"
`,
	"comma missing between keys over lines": `
at_least: {
  n: 1
  «of»: [a]  #! syntax "comma is missing in front of this key"
}
`,
	"comma twice": `
any: [a,«,» b]  #! syntax "nothing in front of this comma"
`,
	"question mark in brackets": `
asks: [«What now?», Then]  #! syntax "question mark"
`,
	"dash in brackets": `
asks: [«-» a]  #! syntax "a dash can't begin"
`,
	"dedented to no column": `
stages:
    id: a
  «name: b»  #! syntax "begins in column 3.*below \"stages\", in column 1"
`,
	"dash dedented": `
stages:
    - id: a
  «- id: b»  #! syntax "begins in column 3"
`,
	"first line indented": `
  id: a
«name: b»  #! syntax "begins in column 1"
`,
	"deeper than its siblings": `
name: Foo
  «bar: baz»  #! syntax "further to the right than \"name\".*column 1"
`,
	"deeper behind a list": `
ladder: [a]
  «exit: b»  #! syntax "further to the right.*below \"ladder\", in column 1"
`,
	"key deeper than its siblings in an item": `
- id: a
   «name: b»  #! syntax "further to the right than \"id\".*column 3"
`,
	"item among keys": `
id: a
«- b»  #! syntax "item of a list stands among keys"
`,
	"key among items": `
- a
«b: c»  #! syntax "key stands among the items"
`,
	"text among items": `
- a
«b»  #! syntax "text stands among the items"
`,
	"list behind a colon": `
ladder: «- a»  #! syntax "list with dashes can't begin behind a colon"
`,
	"text block dedented": `
a:
  b: |
      first
    «second»  #! syntax "further to the right.*text above"
  c: 1
`,
	"backslash": `
path: "C:«\d»ocs"  #! syntax "backslash.*twice"
`,
	"text after the document": `
[a]
«b»  #! syntax "."
`,
	"rare, in the library's words": `
a: 1
«? - b: c: d»  #! syntax "not understood here.*this line and those next to it"
e: f
`,
	"hexadecimal escape": `
a: "«\x»z1"  #! syntax "backslash"
`,
	"mark of no tag": `
a: «!b!c d»  #! syntax "begins with !"
`,
	"reference followed by text": `
a: &b c
d: «*b and more»  #! syntax "begins with \\*"
`,
	"key over lines": `
«"a»  #! syntax "not closed"
 b": c
`,
	"tab on a blank line": `
a: "b"
«	»#! syntax "a tab stands here"
c: d
`,
	"directive": `
«%YAML 2.0»  #! syntax "begins with %"
---
a: 1
`,
	"umlauts before the place": `
größe: «@ä»  #! syntax "begins with @"
`,
	"second line of a text at the margin": `
description: First line
«second line of it»  #! syntax "no colon.*further to the right"
name: b
`,
	"key in a text of several lines": `
a:
  ask: What about this
    «next: step»  #! syntax "further to the right than \"ask\""
`,
}

func TestSyntax(t *testing.T) {
	for name, marked := range syntaxCases {
		t.Run(name, func(t *testing.T) {
			for _, ending := range []string{"\n", "\r\n", "\r"} {
				src, wants := marktest.Strip(t, marked[1:])
				root, diags := Parse("", []byte(strings.ReplaceAll(src, "\n", ending)))
				assert.Nil(t, root)
				marktest.Check(t, wants, diags)
			}
		})
	}
}
