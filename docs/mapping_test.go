package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/marktest"
)

// TestMapping holds that the page about mappings shows none that is not sound,
// and is about every key, code and built-in mapping that there is.
func TestMapping(t *testing.T) {
	text, err := os.ReadFile("mapping.md")
	require.NoError(t, err)
	page := string(text)
	mappings := 0
	for _, b := range block.FindAllStringSubmatch(page, -1) {
		if b[1] == "yaml" {
			assert.Empty(t, crm.Lint("example.yaml", []byte(b[2])), b[2])
			mappings++
		}
	}
	assert.Equal(t, 3, mappings)

	for _, name := range crm.BuiltinNames() {
		assert.Contains(t, page, "| `"+name+"` |")
	}
	for _, code := range marktest.Codes(t, "../crm/codes.go") {
		assert.Contains(t, page, "\n| `"+string(code)+"`")
	}
	for _, code := range crm.RejectCodes() {
		assert.Regexp(t, "(?m)^\\|.*`"+string(code)+"`.* \\|", page)
	}
	src, err := os.ReadFile("../crm/testdata/ok/every_key.yaml")
	require.NoError(t, err)
	for _, key := range regexp.MustCompile(`(?m)^(?:  (?:- )?|    )([a-z_]+):`).FindAllStringSubmatch(string(src), -1) {
		assert.True(t, strings.Contains(page, "`"+key[1]+"`") || strings.Contains(page, "`"+key[1]+":"), "the page is not about %q", key[1])
	}
}
