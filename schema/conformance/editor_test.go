package conformance_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

// newFolder is a folder with the schemas in it, as `advance schema` writes them.
func newFolder(t *testing.T) string {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, name := range []string{"process", "cases"} {
		text, err := schema.JSON(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+".schema.json"), text, 0o666))
	}
	return folder
}

// modeline names the schema of a document, for editors. Places in the document
// are a line further down with it.
func modeline(schema string) string {
	return "# yaml-language-server: $schema=" + schema + ".schema.json\n"
}

// TestEditor opens documents in a language server: sound ones have nothing
// underlined, and broken ones the lines that the readers name.
func TestEditor(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a language server is started")
	}
	e := openEditor(t, newFolder(t))

	t.Run("sound", func(t *testing.T) {
		for _, name := range process.BuiltinNames() {
			src, err := process.BuiltinSource(name)
			require.NoError(t, err)
			assert.Empty(t, e.open(name+".yaml", modeline("process")+string(src)), name)
			src, err = cases.BuiltinSource(name)
			require.NoError(t, err)
			assert.Empty(t, e.open(name+".cases.yaml", modeline("cases")+string(src)), name)
		}
		for kind, file := range map[string]string{"process": "process/testdata/ok/every_key.yaml", "cases": "cases/testdata/tiny.cases.yaml"} {
			src, err := os.ReadFile(filepath.Join(root, file))
			require.NoError(t, err)
			assert.Empty(t, e.open("sound-"+kind+".yaml", modeline(kind)+string(src)), file)
		}
	})

	for kind, folder := range map[string]string{"process": "process/testdata/err", "cases": "cases/testdata/err"} {
		for path, marked := range documents(t, folder) {
			clean, wants := marktest.Strip(t, string(marked))
			if v, ok := value(t, []byte(clean)); !ok || v == nil {
				continue // no YAML
			}
			t.Run(filepath.Base(path), func(t *testing.T) {
				underlined := map[int]string{} // by line, as readers count it
				for _, m := range e.open("broken-"+kind+"-"+filepath.Base(path), modeline(kind)+clean) {
					underlined[m.Range.Start.Line] += m.Message + "\n"
				}
				expected := map[int][]diagnostic.Code{}
				for _, w := range wants {
					expected[w.Line] = append(expected[w.Line], w.Code)
				}
				for line, codes := range expected {
					if slices.ContainsFunc(codes, func(c diagnostic.Code) bool { return slices.Contains(structural, c) }) {
						assert.Contains(t, underlined, line, "%v", codes)
					}
				}
				for line, message := range underlined {
					assert.Contains(t, expected, line, message)
				}
			})
		}
	}
}

// cursor takes the cursor, ‸, out of a text.
func cursor(t *testing.T, text string) (string, position) {
	t.Helper()
	before, after, ok := strings.Cut(text, "‸")
	require.True(t, ok)
	return before + after, position{
		Line:      strings.Count(before, "\n"),
		Character: len(before) - (strings.LastIndex(before, "\n") + 1),
	}
}

// TestCompletion asks for what can stand at a place.
func TestCompletion(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a language server is started")
	}
	e := openEditor(t, newFolder(t))
	for i, test := range []struct {
		schema, text string
		want         []string
	}{
		{"process", "advance: 1\n‸", []string{"id", "version", "commitments", "call_kinds", "stages", "findings", "defaults"}},
		{"process", "commitments:\n  demo:\n    name: Watch a demo\n    ‸", []string{"ask", "requires", "lapses_after", "allow"}},
		{"process", "commitments:\n  demo:\n    requires:\n      ‸", []string{"dated", "within", "people", "roles", "evidence"}},
		{"process", "stages:\n  - id: target\n    gate: ‸", []string{"soft", "hard"}},
		{"process", "stages:\n  - id: target\n    forecast: ‸", []string{"pipeline", "best_case", "commit", "omitted"}},
		{"process", "stages:\n  - id: won\n    closes: ‸", []string{"won", "lost"}},
		{"process", "findings:\n  happy_ears: ‸", []string{"ignore", "info", "warning", "error"}},
		{"process", "findings:\n  ‸", []string{"happy_ears", "not_asked", "seller_only"}},
		{"process", "stages:\n  - id: target\n    exit:\n      - ‸", []string{"kept", "any", "at_least"}},
		{"cases", "process: a.yaml\ncases:\n  - name: a\n    ‸", []string{"deal", "history", "state", "call", "expect"}},
		{"cases", "process: a.yaml\ncases:\n  - name: a\n    call:\n      ‸", []string{"at", "kind", "commitments", "rating"}},
		{"cases", "process: a.yaml\ncases:\n  - name: a\n    expect:\n      result: ‸", []string{"advance", "continuation", "order", "no_sale"}},
		{"cases", "process: a.yaml\ncases:\n  - name: a\n    expect:\n      ‸", []string{"result", "to", "findings", "no_findings", "next", "standing"}},
	} {
		text, at := cursor(t, modeline(test.schema)+test.text)
		name := fmt.Sprintf("complete-%d.yaml", i)
		e.open(name, text)
		assert.Subset(t, e.complete(name, at), test.want, test.text)
	}
}

// TestHover asks for what a key means.
func TestHover(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a language server is started")
	}
	e := openEditor(t, newFolder(t))
	for i, test := range []struct{ schema, text, want string }{
		{"process", "advance: 1\ncommitments:\n  demo:\n    laps‸es_after: 7d\n", "How long after its date a commitment is still held"},
		{"process", "commitments:\n  demo:\n    requires:\n      wit‸hin: 7d\n", "at most this far after the call"},
		{"process", "defaults:\n  requi‸res: {dated: true}\n", "What every commitment requires"},
		{"process", "stages:\n  - id: target\n    ex‸it: demo\n", "What has to be held to leave the stage"},
		{"process", "findings:\n  happy_‸ears: info\n", "The seller liked the call, and the deal did not move"},
		{"cases", "cases:\n  - call: {at: 2026-03-02, rat‸ing: great}\n", "It never changes a result"},
		{"cases", "cases:\n  - expect: {primar‸y: demo}\n", "the best to ask for next"},
	} {
		text, at := cursor(t, modeline(test.schema)+test.text)
		name := fmt.Sprintf("hover-%d.yaml", i)
		e.open(name, text)
		assert.Contains(t, e.hover(name, at), test.want, test.text)
	}
}
