package yamldoc

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
)

func TestParseRefuses(t *testing.T) {
	tests := map[string]string{
		"nothing":                      "«»#! empty_value \"nothing in this file\"",
		"only comments":                "«#» a\n# b\n",
		"only a marker":                "«-»--\n",
		"second document":              "a: 1\n«---»  #! several_documents \"a second document begins here\"\nb: 2\n",
		"second document on its line":  "a: 1\n«---» b  #! several_documents \".\"\n",
		"second document without dash": "a: 1\n...\n«b: 2»  #! several_documents \".\"\n",
		"second document after more":   "---\na: 1\n...\n# so\n«---»  #! several_documents \".\"\nb: 2\n",
		"second document after none":   "---\n«---»  #! several_documents \".\"\na: 1\n",
		"alias within itself":          "a: &a\n  b: «*a»  #! syntax \"stands within the very text\"\n",
		"merge of itself":              "a: &a\n  <<: «*a»  #! syntax \"stands within the very text\"\n",
		"control character":            "a: b«\x01»c  #! syntax \"U\\\\+0001\"\n",
		"delete character":             "ä: b«\x7f»c  #! syntax \"U\\\\+007F\"\n",
		"NUL":                          "a: b«\x00»c  #! syntax \"NUL\"\n",
		"invalid UTF-8":                "ü: b«\xff»  #! syntax \"byte FF\"\n",
		"cut off UTF-8":                "a: b«\xc3»  #! syntax \"byte C3\"\n",
		"surrogate":                    "a: «\xed»\xa0\x80  #! syntax \"byte ED\"\n",
		"line separator":               "a: b«\u2028»c  #! syntax \"U\\\\+2028\"\n",
		"next line":                    "a: b«\u0085»c  #! syntax \"U\\\\+0085\"\n",
		"inner byte order mark":        "a: b«\ufeff»c  #! syntax \"U\\\\+FEFF\"\n",
	}
	for name, marked := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(marked, "#!") {
				line, rest, _ := strings.Cut(marked, "\n")
				marked = line + " #! empty_value \"nothing in this file\"\n" + rest
			}
			src, wants := marktest.Strip(t, marked)
			for _, mark := range []string{"", "\ufeff"} {
				_, diags := Parse("f.yaml", []byte(mark+src))
				marktest.Check(t, wants, diags)
				for _, d := range diags {
					assert.Equal(t, "f.yaml", d.Range.File)
				}
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	for name, src := range map[string]string{
		"plain":             "a: 1\n",
		"byte order mark":   "\xEF\xBB\xBFa: 1\n",
		"leading marker":    "# c\n---\na: 1\n",
		"leading markers":   "%YAML 1.1\n--- # c\na: 1\n",
		"trailing marker":   "a: 1\n---\n",
		"trailing markers":  "a: 1\n...\n---\n# c\n...\n\n",
		"no line break":     "a: 1",
		"CR LF":             "a: 1\r\n",
		"CR":                "a: 1\r",
		"dashes in a text":  "a: 1\n#\n# ---\n ",
		"marker in a block": "--- \na:\n  1",
	} {
		root, diags := Parse("", []byte(src))
		if assert.Empty(t, diags, name) {
			assert.Equal(t, map[string]any{"a": int64(1)}, root.Value(), name)
			assert.Equal(t, 1, root.Locate("a").Key.Range().Start.Column)
		}
	}
}

func TestSeveralDocumentsKeepTheFirst(t *testing.T) {
	root, diags := Parse("", []byte("a: 1\n---\nb: [\n"))
	require.Len(t, diags, 1)
	assert.Equal(t, map[string]any{"a": int64(1)}, root.Value())
}

func TestUTF16(t *testing.T) {
	for _, src := range []string{"\xFF\xFEa\x00:\x00", "\xFE\xFF\x00a\x00:"} {
		root, diags := Parse("", []byte(src))
		assert.Nil(t, root)
		require.Len(t, diags, 1)
		assert.Equal(t, "the file is saved as UTF-16; save it as UTF-8 text", diags[0].Text())
		assert.Equal(t, diagnostic.Position{Line: 1, Column: 1}, diags[0].Range.Start)
	}
}

// bomb returns a text in which every level names the one before it nine times.
func bomb(levels int) string {
	var b strings.Builder
	b.WriteString("l0: &l0 [x]\n")
	for i := range levels {
		fmt.Fprintf(&b, "l%d: &l%d [%s*l%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*l%d, ", i), 8), i)
	}
	return b.String()
}

func TestAliasBomb(t *testing.T) {
	for name, src := range map[string]string{
		"lists":  bomb(50),
		"merges": "a: &a {b: 1}\n" + strings.ReplaceAll(strings.ReplaceAll(bomb(50), "[", "{<<: ["), "]", "]}"),
	} {
		root, diags := Parse("", []byte(src))
		assert.Nil(t, root, name)
		require.Len(t, diags, 1, name)
		assert.Equal(t, TooLarge, diags[0].Code, name)
		assert.Contains(t, diags[0].Message, "100000", name)
		assert.LessOrEqual(t, diags[0].Range.Start.Line, 8, "found as soon as it grows too large")
	}
}

// TestAliasBudget shows that what is let through stays within the budget.
func TestAliasBudget(t *testing.T) {
	root, diags := Parse("", []byte(bomb(4)))
	require.Empty(t, diags)
	assert.LessOrEqual(t, count(root.Value()), MaxAliased+1000)
	r := NewReader(root)
	r.Entries(root, "all", func(_, _ *Node) {})
	assert.Empty(t, r.Diagnostics())
}

func count(v any) int {
	n := 1
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += count(item)
		}
	case map[string]any:
		for _, item := range v {
			n += count(item)
		}
	}
	return n
}

func TestDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	block := func(n int) string { return strings.Repeat("- ", n) + "a" }
	for name, tt := range map[string]struct {
		src  string
		fine bool
	}{
		"brackets at the limit":     {nested(MaxDepth), true},
		"brackets behind it":        {nested(MaxDepth + 1), false},
		"dashes at the limit":       {block(MaxDepth), true},
		"dashes behind it":          {block(MaxDepth + 1), false},
		"by an alias":               {"a: &a " + nested(60) + "\nb: " + strings.Repeat("[", 50) + "*a" + strings.Repeat("]", 50), false},
		"deeper than the library":   {nested(20_000), false},
		"never closed":              {strings.Repeat("[", 1<<20), false},
		"never closed, braces":      {strings.Repeat("{a: ", 1<<18), false},
		"more dashes than possible": {block(1 << 19), false},
	} {
		root, diags := Parse("", []byte(tt.src))
		if tt.fine {
			assert.NotNil(t, root, name)
			assert.Empty(t, diags, name)
			continue
		}
		assert.Nil(t, root, name)
		require.Len(t, diags, 1, name)
		assert.Equal(t, TooLarge, diags[0].Code, name)
		assert.Contains(t, diags[0].Message, "100 deep", name)
	}
}

func TestSize(t *testing.T) {
	item := "  - a word\n"
	src := []byte("list:\n" + strings.Repeat(item, (10<<20)/len(item)))
	root, diags := Parse("big.yaml", src)
	assert.Nil(t, root)
	require.Len(t, diags, 1)
	assert.Equal(t, TooLarge, diags[0].Code)
	assert.Equal(t, "big.yaml:1:1: error: the file has 10485756 bytes, and at most 4194304 (4 MiB) are read; cut it into smaller files [too_large]", diags[0].Error())

	words := bytes.Repeat([]byte("a word, "), MaxSize/8-1)
	root, diags = Parse("", append([]byte("text: "), words...))
	assert.Empty(t, diags)
	assert.Equal(t, Mapping, root.Kind())
}

// TestLongTextsReturn holds for texts on which searching again from the start
// of the line or of the text, for each of their parts, would take minutes.
func TestLongTextsReturn(t *testing.T) {
	const size = 512 << 10
	var anchors strings.Builder
	for i := 0; anchors.Len() < size; i++ {
		fmt.Fprintf(&anchors, "- &a%d x\n- *a%d\n", i, i)
	}
	for name, src := range map[string]string{
		"list on a line":    "[" + strings.Repeat("a,", size/2),
		"faults on a line":  "id: a\nstages: [" + strings.Repeat("{ä: b},", size/8) + "]",
		"text over lines":   strings.Repeat("a\n", size/2) + "b: c",
		"anchors":           anchors.String() + "- *none",
		"quote over lines":  "\"" + strings.Repeat("a\n", size/2),
		"keys without end":  strings.Repeat("a:\n", size/3) + "]",
		"comments in lists": "[" + strings.Repeat("a, #c\n", size/6),
	} {
		root, diags := Parse("", []byte(src))
		r := NewReader(root)
		readProcess(r, root)
		assert.NotEmpty(t, append(diags, r.Diagnostics()...), name)
	}
}

func TestLongKey(t *testing.T) {
	_, diags := Parse("", []byte("? "+strings.Repeat("k", MaxKey)+"\n: fine\n"))
	assert.Empty(t, diags)
	src, wants := marktest.Strip(t, "a: 1\n? «k»"+strings.Repeat("k", MaxKey)+"  #! too_large \"1024\"\n: 1\n")
	_, diags = Parse("", []byte(src))
	marktest.Check(t, wants, diags)
}
