package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/process"
)

// block is a block of code of a page.
var block = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")

// TestWriting holds that the guide says nothing that does not work: its process
// has no fault, each part that it explains stands so in the whole, its cases
// pass, and what is wrong is told to be so.
func TestWriting(t *testing.T) {
	page, err := os.ReadFile("writing-a-process.md")
	require.NoError(t, err)
	blocks := block.FindAllStringSubmatch(string(page), -1)

	var whole string
	for _, b := range blocks {
		if b[1] == "yaml" && strings.Contains(b[2], "\nadvance: 1\n") {
			require.Empty(t, whole, "there is one whole document")
			whole = b[2]
		}
	}
	assert.Empty(t, process.Lint("vans.yaml", []byte(whole), process.AdviceOptions{Now: lintedAt}))
	p, err := process.Parse("vans.yaml", []byte(whole))
	require.NoError(t, err)

	ran, parts, told := 0, 0, ""
	for _, b := range blocks {
		switch kind, text := b[1], b[2]; {
		case kind == "yaml" && strings.Contains(text, "process: vans.yaml\n"):
			suite, err := cases.Parse("vans.cases.yaml", []byte(text), cases.Options{Process: p})
			require.NoError(t, err)
			for _, r := range suite.Run(cases.RunOptions{}) {
				assert.True(t, r.Passed(), "%s: %v", r.Case, r.Misses)
				ran++
			}
		case kind == "yaml" && text != whole:
			key, part, _ := strings.Cut(text, "\n")
			assert.Contains(t, whole, key+"\n")
			assert.Contains(t, whole, part)
			parts++
		case kind == "yaml wrong":
			told = wrongs(t, text)
		case kind == "text":
			for line := range strings.Lines(text) {
				assert.Contains(t, told, line)
			}
		}
	}
	assert.GreaterOrEqual(t, ran, 10)
	assert.Equal(t, 4, parts)
	assert.NotEmpty(t, told)
}

// wrongs returns what is told about commitments that are none: one thing each.
func wrongs(t *testing.T, commitments string) string {
	t.Helper()
	ids := regexp.MustCompile(`(?m)^  (\w+):`).FindAllStringSubmatch(commitments, -1)
	var ladder []string
	for _, id := range ids {
		ladder = append(ladder, id[1])
	}
	doc := "advance: 1\nid: wrong\nversion: 1\ndefaults: {lapses_after: 7d, stalls_after: {calls: 3}}\n" + commitments +
		"stages:\n  - {id: one, ladder: [" + strings.Join(ladder, ", ") + "], exit: " + ladder[0] + "}\n" +
		"  - {id: won, closes: won}\n  - {id: lost, closes: lost}\n"
	var told strings.Builder
	diags := process.Lint("wrong.yaml", []byte(doc), process.AdviceOptions{Now: lintedAt})
	for _, d := range diags {
		assert.Contains(t, []diagnostic.Code{process.AdviceSellerAction, process.AdviceNotAnAction}, d.Code, d.Error())
		told.WriteString(d.Text() + "\n")
	}
	assert.Len(t, diags, len(ids))
	return told.String()
}
