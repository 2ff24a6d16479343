package marktest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
)

func TestStrip(t *testing.T) {
	clean, wants := Strip(t, "a: «b»  #! one \"x\"\r\n«ä» «»c #! two `y` #! three \"z\\\"\"\nplain # c\nd #! four \"\"")
	assert.Equal(t, "a: b\r\nä c\nplain # c\nd", clean)
	var got []string
	for _, w := range wants {
		got = append(got, w.String())
	}
	assert.Equal(t, []string{`1:4-5: one "x"`, `2:1-2: two "y"`, `2:3-3: three "z\""`, `4: four ""`}, got)
}

func TestStripRefuses(t *testing.T) {
	for marked, want := range map[string]string{
		"«a» #! ":          `line 1: no pattern in quotes behind ""`,
		"\na #! code":      `line 2: no pattern in quotes behind "code"`,
		"a #! code \"(\"":  "line 1: error parsing regexp: missing closing ): `(`",
		"a #! c \"x\" y":   `line 1: "y" behind a pattern`,
		"«a»":              `line 1: more brackets than marks in "«a»"`,
		"«a #! c \"x\"":    `line 1: « without » in "«a"`,
		"a» #! c \"x\"":    `line 1: » without « in "a»"`,
		"«a «b» #! c \"\"": `line 1: more brackets than marks in "«a «b»"`,
	} {
		_, _, err := strip(marked)
		assert.EqualError(t, err, want, "%q", marked)
	}
}

// recorder keeps what a check reports.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	_, wants := Strip(t, "«a» #! one \"so\"\nb #! two \".\"\n")
	at := func(line, column, end int, code diagnostic.Code) diagnostic.Diagnostic {
		return diagnostic.Diagnostic{
			Code: code, Severity: diagnostic.Error, Message: "it is so",
			Range: diagnostic.Range{Start: diagnostic.Position{Line: line, Column: column}, End: diagnostic.Position{Line: line, Column: end}},
		}
	}
	one, two := at(1, 1, 2, "one"), at(2, 7, 9, "two")

	r := &recorder{}
	Check(r, wants, diagnostic.List{two, one})
	require.Empty(t, r.errors)

	for name, got := range map[string]diagnostic.List{
		"column": {at(1, 2, 2, "one"), two},
		"end":    {at(1, 1, 3, "one"), two},
		"line":   {at(2, 1, 2, "one"), two},
		"code":   {at(1, 1, 2, "other"), two},
	} {
		r := &recorder{}
		Check(r, wants, got)
		assert.Len(t, r.errors, 2, name)
	}
	r = &recorder{}
	Check(r, wants, diagnostic.List{one, two, two})
	assert.Equal(t, []string{"unexpected 2:7: error: it is so [two] (to column 9)"}, r.errors)
}
