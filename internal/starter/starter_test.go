package starter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diff"
	"github.com/advance-sales/advance/process"
)

// What somebody starts with is sound, means what the built-in process means,
// and its cases pass.
func TestFiles(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		for _, base := range []string{"sales.yaml", "it's ours.yml", "ours"} {
			t.Run(name+" "+base, func(t *testing.T) {
				dir := t.TempDir()
				files, err := Files(filepath.Join(dir, base), name)
				require.NoError(t, err)
				require.Len(t, files, 4)
				for _, f := range files {
					assert.Equal(t, dir, filepath.Dir(f.Name))
					require.NoError(t, os.WriteFile(f.Name, f.Content, 0o666))
				}
				p, err := process.Load(files[0].Name)
				require.NoError(t, err)
				builtin, err := process.Builtin(name)
				require.NoError(t, err)
				assert.Equal(t, builtin.Ref().Fingerprint, p.Ref().Fingerprint)
				changes := diff.Compare(builtin, p).Changes
				require.Len(t, changes, 1, "%v", changes)
				assert.Equal(t, ID(base), p.ID())

				suite, err := cases.Load(files[1].Name)
				require.NoError(t, err)
				results := suite.Run(cases.RunOptions{})
				assert.NotEmpty(t, results)
				for _, r := range results {
					assert.True(t, r.Passed(), "%s: %v", r.Case, r.Misses)
				}
			})
		}
	}
}

// Every part is taught once, and nothing of the built-in document is lost.
func TestLessons(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		files, err := Files("sales.yaml", name)
		require.NoError(t, err)
		text := string(files[0].Content)
		assert.True(t, strings.HasPrefix(text, "# yaml-language-server: $schema=./process.schema.json\n"))
		source, err := process.BuiltinSource(name)
		require.NoError(t, err)
		for line := range strings.Lines(string(source)) {
			if line != "id: "+name+"\n" {
				assert.Contains(t, text, line)
			}
		}
		for key, lesson := range lessons {
			present := strings.Contains(string(source), "\n"+key+":")
			assert.Equal(t, present, strings.Contains(text, lesson), key)
		}
	}
}

func TestID(t *testing.T) {
	for file, want := range map[string]string{
		"sales.yaml": "sales", "dir/our sales.yml": "our-sales", "x/Ångström.yaml": "ngstr-m", "...yaml": "my-process", "plain": "plain",
	} {
		assert.Equal(t, want, ID(file))
	}
	_, err := Files("x.yaml", "complex")
	assert.Error(t, err)
}
