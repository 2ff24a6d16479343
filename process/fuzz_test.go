package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
)

// FuzzParse holds for any text that nothing panics, that every diagnostic is
// placed within the text, that what is refused says why, and that what is
// accepted compiles again from its own definition to the same process.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		clean, _ := marktest.Strip(f, string(src))
		f.Add([]byte(clean))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		text := strings.TrimPrefix(string(src), "\ufeff")
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
		diags := Lint("", src, AdviceOptions{Now: lintedAt})
		for _, d := range diags {
			inside(t, lines, d)
			if d.Message == "" || d.Code == "" || d.Severity < diagnostic.Warning {
				t.Fatalf("%+v", d)
			}
		}
		p, err := Parse("", src)
		if (err == nil) != (diags.Err() == nil) {
			t.Fatalf("Parse says %v, and Lint %v", err, diags)
		}
		if err != nil {
			return
		}
		again, err := p.Definition().Compile()
		if err != nil {
			t.Fatal(err)
		}
		if again.Ref() != p.Ref() {
			t.Fatalf("%v has become %v", p.Ref(), again.Ref())
		}
	})
}
