package marktest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/advance-sales/advance/diagnostic"
)

// Want is an expected diagnostic. Lines and columns count from 1, columns in
// characters; Column and End are 0 where only the line is known.
type Want struct {
	Line, Column, End int
	Code              diagnostic.Code
	Pattern           *regexp.Regexp
}

// String returns the expectation for a message.
func (w Want) String() string {
	place := strconv.Itoa(w.Line)
	if w.Column > 0 {
		place = fmt.Sprintf("%d:%d-%d", w.Line, w.Column, w.End)
	}
	return fmt.Sprintf("%s: %s %q", place, w.Code, w.Pattern)
}

const (
	open, closed = "«", "»"
	mark         = "#!"
)

// Strip returns the text without its marks, and what these expect.
func Strip(t testing.TB, marked string) (clean string, wants []Want) {
	t.Helper()
	clean, wants, err := strip(marked)
	if err != nil {
		t.Fatal(err)
	}
	return clean, wants
}

func strip(marked string) (string, []Want, error) {
	var clean strings.Builder
	var wants []Want
	for i, line := range strings.SplitAfter(marked, "\n") {
		text, ending := line, ""
		for _, end := range []string{"\r\n", "\n"} {
			if before, ok := strings.CutSuffix(line, end); ok {
				text, ending = before, end
				break
			}
		}
		text, found, err := expectations(text, i+1)
		if err != nil {
			return "", nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		wants = append(wants, found...)
		clean.WriteString(text)
		clean.WriteString(ending)
	}
	return clean.String(), wants, nil
}

// expectations takes the marks out of a line.
func expectations(line string, number int) (string, []Want, error) {
	text, marks, marked := strings.Cut(line, mark)
	if marked {
		text = strings.TrimRight(text, " \t")
	}
	var wants []Want
	for marks != "" {
		code, rest, _ := strings.Cut(strings.TrimSpace(marks), " ")
		rest = strings.TrimSpace(rest)
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return "", nil, fmt.Errorf("no pattern in quotes behind %q", code)
		}
		source, err := strconv.Unquote(quoted)
		if err != nil {
			return "", nil, err
		}
		pattern, err := regexp.Compile(source)
		if err != nil {
			return "", nil, err
		}
		wants = append(wants, Want{Line: number, Code: diagnostic.Code(code), Pattern: pattern})
		rest = strings.TrimSpace(rest[len(quoted):])
		var more bool
		if marks, more = strings.CutPrefix(rest, mark); !more && rest != "" {
			return "", nil, fmt.Errorf("%q behind a pattern", rest)
		}
	}
	return brackets(text, wants)
}

// brackets takes the brackets out of a line and gives their places to wants.
func brackets(text string, wants []Want) (string, []Want, error) {
	var clean strings.Builder
	column, opened, n := 1, 0, 0
	for rest := text; rest != ""; {
		_, size := utf8.DecodeRuneInString(rest)
		char := rest[:size] // which may be a byte that is no text
		rest = rest[size:]
		switch char {
		case open:
			if opened > 0 || n >= len(wants) {
				return "", nil, fmt.Errorf("more brackets than marks in %q", text)
			}
			opened = column
			continue
		case closed:
			if opened == 0 {
				return "", nil, fmt.Errorf("» without « in %q", text)
			}
			wants[n].Column, wants[n].End = opened, column
			opened = 0
			n++
			continue
		}
		clean.WriteString(char)
		column++
	}
	if opened > 0 {
		return "", nil, fmt.Errorf("« without » in %q", text)
	}
	return clean.String(), wants, nil
}

// Check reports to t what is expected and isn't there, and what is there and
// isn't expected.
func Check(t testing.TB, wants []Want, got diagnostic.List) {
	t.Helper()
	used := make([]bool, len(got))
	for _, w := range wants {
		i := match(w, got, used)
		if i < 0 {
			t.Errorf("missing %s", w)
			continue
		}
		used[i] = true
	}
	for i, d := range got {
		if !used[i] {
			t.Errorf("unexpected %s (to column %d)", d.Error(), d.Range.End.Column)
		}
	}
}

// match returns the first unused diagnostic that is the expected one, or -1.
func match(w Want, got diagnostic.List, used []bool) int {
	for i, d := range got {
		if !used[i] && d.Code == w.Code && d.Range.Start.Line == w.Line && w.Pattern.MatchString(d.Text()) &&
			(w.Column == 0 || d.Range.Start.Column == w.Column && d.Range.End.Column == w.End) {
			return i
		}
	}
	return -1
}
