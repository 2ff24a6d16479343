// Package docs holds the pages about the documents of this project, as far as
// the command prints from them.
package docs

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
)

//go:embed diagnostics.md
var diagnostics string

// Diagnostic is what diagnostics.md says about a code.
type Diagnostic struct {
	Code     diagnostic.Code
	Severity diagnostic.Severity
	Text     string // in Markdown, without the examples
	Wrong    string // in YAML: an example that is told so
	Right    string // and how it would not be
}

// heading begins what is said about a code.
var heading = regexp.MustCompile("(?m)^###? (.+)\n")

// advice is the heading of the part about warnings.
const advice = "Advice"

// Diagnostics returns what diagnostics.md says, in its order.
func Diagnostics() []Diagnostic {
	var all []Diagnostic
	severity := diagnostic.Error
	places := heading.FindAllStringSubmatchIndex(diagnostics, -1)
	for i, at := range places {
		title, end := diagnostics[at[2]:at[3]], len(diagnostics)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		code := strings.Trim(title, "`")
		if code == title { // a part of the page, and no code
			severity = diagnostic.Error
			if title == advice {
				severity = diagnostic.Warning
			}
			continue
		}
		text, examples, _ := strings.Cut(diagnostics[at[1]:end], "\nWrong:\n")
		wrong, right, _ := strings.Cut(examples, "\nRight:\n")
		all = append(all, Diagnostic{
			Code: diagnostic.Code(code), Severity: severity, Text: strings.TrimSpace(text),
			Wrong: fenced(wrong), Right: fenced(right),
		})
	}
	return all
}

// fenced returns what stands between the fences of a block of code.
func fenced(block string) string {
	_, block, _ = strings.Cut(block, "```yaml\n")
	block, _, _ = strings.Cut(block, "```")
	return block
}
