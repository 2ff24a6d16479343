package process

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/yamldoc"
)

// thing is a document as the test writes it down again: one key or dash a line.
type thing struct {
	path  string
	kind  yamldoc.Kind
	text  string // of a scalar
	keys  []string
	parts []*thing
}

func thingOf(r *yamldoc.Reader, n *yamldoc.Node) *thing {
	t := &thing{path: n.Path(), kind: n.Kind()}
	switch n.Kind() {
	case yamldoc.Mapping:
		r.Entries(n, "this", func(key, value *yamldoc.Node) {
			name, _ := r.String(key, "a key")
			t.keys = append(t.keys, name)
			t.parts = append(t.parts, thingOf(r, value))
		})
	case yamldoc.Sequence:
		r.Items(n, "this", func(_ int, item *yamldoc.Node) { t.parts = append(t.parts, thingOf(r, item)) })
	case yamldoc.Scalar:
		t.text, _ = r.String(n, "this")
		if strings.ContainsAny(t.text, "?:#,") {
			t.text = fmt.Sprintf("%q", t.text)
		}
	}
	return t
}

func (t *thing) each(visit func(*thing)) {
	visit(t)
	for _, part := range t.parts {
		part.each(visit)
	}
}

// writing writes a document with the thing at one path replaced, and notes on
// which line that is.
type writing struct {
	b             strings.Builder
	line          int
	path, instead string
	at            int
}

func (w *writing) newline(indent int) {
	w.b.WriteString("\n" + strings.Repeat("  ", indent))
	w.line++
}

func (w *writing) write(t *thing, indent int) {
	switch {
	case t.path == w.path:
		w.at = w.line
		w.b.WriteString(" " + w.instead)
	case t.kind == yamldoc.Scalar:
		w.b.WriteString(" " + t.text)
	case len(t.parts) == 0:
		w.b.WriteString(map[yamldoc.Kind]string{yamldoc.Mapping: " {}", yamldoc.Sequence: " []"}[t.kind])
	default:
		for i, part := range t.parts {
			w.newline(indent)
			if t.kind == yamldoc.Mapping {
				w.b.WriteString(t.keys[i] + ":")
			} else {
				w.b.WriteString("-")
			}
			w.write(part, indent+1)
		}
	}
}

// instead is what is put in the place of every value of a sound document.
var instead = []string{
	"word", "17", "-1", "1.5", "99999999999999999999", "true", "2026-01-01", "none", `""`, `"  "`, "a: b", "~", "",
	"[]", "[word]", "[17, 17]", "[[word]]", "[~]", "[{kept: word}]", "{}", "{word: 17}", "{any: [word]}", "{any: []}", "{any: word}",
	"{kept: [word]}", "{at_least: 3}", "{id: word}", "*word", "!!int word", "!word word", "&a word", "|\n                    word", "<<: word", "{<<: word}",
}

// form are the codes of a value of the wrong form: what depends on it is not
// to be judged.
var form = map[diagnostic.Code]bool{
	yamldoc.WrongType: true, yamldoc.EmptyValue: true, yamldoc.UnknownKey: true, yamldoc.MissingKey: true,
	yamldoc.Syntax: true, CodeBadValue: true, CodeBadDuration: true, CodeDatedWithin: true,
}

// TestWrongTypes puts everything at every place of a document.
func TestWrongTypes(t *testing.T) {
	src, err := os.ReadFile("testdata/ok/every_key.yaml")
	require.NoError(t, err)
	root, diags := yamldoc.Parse("", src)
	require.Empty(t, diags)
	whole := thingOf(yamldoc.NewReader(root), root)

	var plain writing
	plain.path = "nowhere"
	plain.write(whole, 0)
	require.Empty(t, faults(t, []byte(plain.b.String())), "the document as it is")

	tried := 0
	whole.each(func(at *thing) {
		if at.path == "" {
			return
		}
		for _, with := range instead {
			w := writing{path: at.path, instead: with}
			w.write(whole, 0)
			text := w.b.String()
			lines := strings.Split(text, "\n")
			got := faults(t, []byte(text))
			tried++
			misformed := false
			if at.path == "commitments" && strings.HasPrefix(with, "{") {
				continue // names are free here: all others are gone, and missed
			}
			for _, d := range got {
				inside(t, lines, d)
				misformed = misformed || form[d.Code]
				assert.NotEmpty(t, d.Message)
			}
			if !misformed {
				continue
			}
			for _, d := range got {
				if d.Range.Start.Line != w.at+1 {
					t.Errorf("%s: %s\n\tsays of line %d: %s", at.path, with, w.at+1, d.Error())
				}
			}
			if len(got) > 3 {
				t.Errorf("%s: %s\n\tis told in %d ways:\n%s", at.path, with, len(got), got.Error())
			}
		}
	})
	t.Logf("%d documents", tried)
}

// inside holds that a diagnostic is placed within the text.
func inside(t testing.TB, lines []string, d diagnostic.Diagnostic) {
	for _, p := range []diagnostic.Position{d.Range.Start, d.Range.End} {
		if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+1 {
			t.Errorf("outside of the text: %s", d.Error())
			return
		}
	}
	if d.Range.Start.Line != d.Range.End.Line || d.Range.Start.Column > d.Range.End.Column {
		t.Errorf("not a range: %+v", d)
	}
}
