package docs

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
	"github.com/advance-sales/advance/process"
)

// lintedAt is the day on which the examples are looked at.
var lintedAt = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// TestExamples runs every example: the wrong one is told the very code that it
// stands for, and nothing else; the right one is told nothing.
func TestExamples(t *testing.T) {
	for _, d := range Diagnostics() {
		t.Run(string(d.Code), func(t *testing.T) {
			require.NotEmpty(t, d.Wrong)
			require.NotEmpty(t, d.Right)
			require.NotEmpty(t, d.Text)
			told := lint(t, d.Wrong)
			assert.NotEmpty(t, told)
			for _, got := range told {
				assert.Equal(t, d.Code, got.Code, got.Error())
				assert.Equal(t, d.Severity, got.Severity, got.Error())
			}
			assert.Empty(t, lint(t, d.Right))
		})
	}
}

// TestEveryCode holds that the page is about every code that there is, and
// about no other.
func TestEveryCode(t *testing.T) {
	var there []diagnostic.Code
	for _, d := range Diagnostics() {
		assert.NotContains(t, there, d.Code, "the page is about it twice")
		there = append(there, d.Code)
		if slices.Contains(process.AdviceCodes(), d.Code) {
			assert.Equal(t, diagnostic.Warning, d.Severity, d.Code)
		}
	}
	assert.ElementsMatch(t, marktest.Codes(t, "../process/codes.go", "../internal/yamldoc/code.go", "../cases/codes.go"), there)
}

func lint(t *testing.T, example string) diagnostic.List {
	text := repeated(example)
	if strings.HasPrefix(text, "process:") {
		o := cases.Options{}
		if strings.HasPrefix(text, "process: sales.yaml") {
			o.Process = fleeting(t)
		}
		_, err := cases.Parse("example.yaml", []byte(text), o)
		var told diagnostic.List
		if err != nil {
			require.True(t, errors.As(err, &told), "%v", err)
		}
		return told
	}
	return process.Lint("example.yaml", []byte(completed(text, fenced(diagnostics))), process.AdviceOptions{Now: lintedAt})
}

// fleeting is the process of the page with a commitment that lapses at once.
func fleeting(t *testing.T) *process.Process {
	def, diags := process.Read("sales.yaml", []byte(fenced(diagnostics)))
	require.Empty(t, diags)
	def.Commitments[0].Requires.Dated = new(false)
	def.Commitments[0].LapsesAfter = "0h"
	p, err := def.Compile()
	require.NoError(t, err)
	return p
}

// key begins a top-level key of a document.
var key = regexp.MustCompile(`^[\w-]+:`)

// completed puts the keys of an example in the place of those of a whole
// document, and all others behind it.
func completed(example, whole string) string {
	parts := map[string]string{}
	var names []string
	for line := range strings.Lines(example) {
		if name := key.FindString(line); name != "" {
			names = append(names, name)
		}
		parts[names[len(names)-1]] += line
	}
	var b strings.Builder
	inside := ""
	for line := range strings.Lines(whole) {
		if name := key.FindString(line); name != "" {
			inside = name
			b.WriteString(parts[name])
			if parts[name] != "" {
				names = slices.DeleteFunc(names, func(n string) bool { return n == name })
			}
		}
		if parts[inside] == "" {
			b.WriteString(line)
		}
	}
	for i, name := range names {
		if !slices.Contains(names[:i], name) {
			b.WriteString(parts[name])
		}
	}
	return b.String()
}

// more says that the line before it comes many times, with another number each.
var more = regexp.MustCompile(`(?m)^(.*)_1(.*\n)^ *# … and (\d+) more like it\n`)

func repeated(example string) string {
	return more.ReplaceAllStringFunc(example, func(lines string) string {
		m := more.FindStringSubmatch(lines)
		n, _ := strconv.Atoi(m[3])
		var b strings.Builder
		for i := range n + 1 {
			fmt.Fprintf(&b, "%s_%d%s", m[1], i+1, m[2])
		}
		return b.String()
	})
}
