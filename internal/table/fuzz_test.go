package table

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRows reads anything. It holds that reading ends, that lines do not go
// backwards, that rows are what their paths say, and that only a row or the rest
// of a file is refused.
func FuzzRows(f *testing.F) {
	for _, in := range []string{
		"", "id,name\n1,\"Acme\n2,\"Beta\",x\n", "sep=;\nid;a;a;\r1;2;3\r\r\n", "\ufeffid\tx\n1\t\xfc\n",
		"[{\"id\":1,\"x\":{\"y\":[1,{\"z\":null}]}},{\"id\":NaN}]", "{\"results\":[{\"id\":1}],\"x\":\"\\\"", "{\"a\":1}\n{\"a\":\n{\"b\":2}\n",
		"\xff\xfei\x00d\x00\n\x001\x00", "[[[{}]],[1,,2]", "{\"a\":{\"Task\":[{}]}}",
	} {
		f.Add(in, "", byte(0))
	}
	f.Add(`[{"Task":[{"id":1},{"id":2}]},{"Task":null}]`, "Task", byte(0))
	f.Add("a.b|c\n1|2\n", "x", byte('|'))
	f.Fuzz(func(t *testing.T, in, each string, sep byte) {
		if strings.IndexByte(separators, sep) < 0 {
			sep = 0
		}
		const limit = 256
		r, err := Open(strings.NewReader(in), Options{Name: "f", Each: each, Separator: sep, MaxRow: limit})
		if err != nil {
			var bad *FileError
			if !errors.As(err, &bad) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		columns := map[string]bool{}
		for _, c := range r.Columns() {
			if columns[c] {
				t.Fatalf("two columns are called %q", c)
			}
			columns[c] = true
		}
		last, n, ended := 0, 0, false
		for row, err := range r.Rows() {
			if ended {
				t.Fatal("there are rows behind the end")
			}
			if n++; n > len(in)+2 {
				t.Fatal("there are more rows than bytes")
			}
			line := row.Line
			var bad *RowError
			var broken *FileError
			switch {
			case errors.As(err, &bad):
				line = bad.Line
			case errors.As(err, &broken):
				ended, line = true, max(last, broken.Line)
			case err != nil:
				t.Fatalf("%T: %v", err, err)
			default:
				check(t, r, row, columns)
			}
			if line < last || line < 1 && !ended || line > 1+strings.Count(in, "\n")+strings.Count(in, "\r")+len(in)/2 {
				t.Fatalf("line %d behind line %d", line, last)
			}
			last = line
		}
		for range r.Rows() {
			t.Fatal("the rows are read twice")
		}
	})
}

func check(t *testing.T, r *Reader, row Row, columns map[string]bool) {
	for leaf := range row.Leaves() {
		if !utf8.ValidString(leaf.Text) {
			t.Fatalf("%q is not UTF-8", leaf.Text)
		}
		if r.Format() != CSV {
			if leaf.Path != "" && !strings.HasPrefix(leaf.Path, "../") && row.Kind(leaf.Path) == Absent && len(row.List(leaf.Path)) == 0 && leaf.Kind.filled() {
				t.Fatalf("nothing is found at %q", leaf.Path)
			}
			continue
		}
		text, ok := row.Value(leaf.Path)
		if !columns[leaf.Path] || text != leaf.Text || ok != leaf.Kind.filled() {
			t.Fatalf("%q is %q, and not %q", leaf.Path, text, leaf.Text)
		}
	}
	if !utf8.ValidString(row.Raw()) {
		t.Fatalf("%q is not UTF-8", row.Raw())
	}
}
