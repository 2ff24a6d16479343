package terminal

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                        "plain",
		"Müller & Søn — 株式会社":          "Müller & Søn — 株式会社",
		"two\nlines\tand\r\na tab":     "two lines and  a tab",
		"\x1b[31mred\x1b[0m":           "[31mred[0m",
		"\u202eesrever\u2066":          "esrever",
		"bell\x07, delete\x7f, \u009b": "bell, delete, ",
		"not UTF-8: \xff":              "not UTF-8: \ufffd",
	} {
		assert.Equal(t, want, Clean(text))
	}
}

func TestColumns(t *testing.T) {
	for line, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "株式": 4, "→": 1, "\x1b[1;31mred\x1b[0m": 3, "한국": 4, "😀": 2,
	} {
		assert.Equal(t, want, Columns(line), "%q", line)
	}
}

func TestFit(t *testing.T) {
	assert.Equal(t, "short", Fit("short", 5))
	assert.Equal(t, "much t…", Fit("much too long", 7))
	assert.Equal(t, "much…", Fit("much too long", 6))
	assert.Equal(t, "株…", Fit("株式会社", 4))
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"  one  ", 10, []string{"one"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"a https://example.com/very/long b", 10, []string{"a", "https://example.com/very/long", "b"}},
		{"株式 会社", 8, []string{"株式", "会社"}},
	} {
		assert.Equal(t, test.want, Wrap(test.text, test.width))
	}
}

func TestPage(t *testing.T) {
	page := Page{Width: 30}
	assert.Equal(t, "text", page.Paint(Red, "text"))
	assert.Equal(t, "  why: because it is so and\n       not otherwise\n", page.Fill("  why:", 7, Plain, "because it is so and\nnot otherwise"))
	assert.Equal(t, "left                     right\n", page.Apart("left", "right"))
	assert.Equal(t, "left\n", page.Apart("left", ""))
	assert.Equal(t, "a left that takes its room\n  right\n", page.Apart("a left that takes its room", "right"))
	assert.Equal(t, strings.Repeat("─", 30)+"\n", page.Rule())

	page.Color = true
	assert.Equal(t, "\x1b[31mtext\x1b[0m", page.Paint(Red, "text"))
	assert.Equal(t, "", page.Paint(Red, ""))
	assert.Equal(t, "text", page.Paint(Plain, "text"))
	assert.Equal(t, page.Paint(Bold, "x")+strings.Repeat(" ", 28)+"y\n", page.Apart(page.Paint(Bold, "x"), "y"))
}

func TestOf(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, Device{}, Of(f))
}
