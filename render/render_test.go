package render

import (
	"bytes"
	"flag"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

var update = flag.Bool("update", false, "write the golden files anew")

func plainText(w io.Writer, p *process.Process) error { return Text(w, p, TextOptions{}) }

func colored(w io.Writer, p *process.Process) error {
	return Text(w, p, TextOptions{Width: 60, Color: true})
}

func drawing(t *testing.T, draw func(io.Writer, *process.Process) error, p *process.Process) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, draw(&b, p))
	return b.String()
}

func TestGolden(t *testing.T) {
	p, err := process.Load("testdata/small.yaml")
	require.NoError(t, err)
	for name, draw := range map[string]func(io.Writer, *process.Process) error{
		"small.txt": plainText, "small-colored.txt": colored, "small.mmd": Mermaid, "small.html": HTML,
	} {
		t.Run(name, func(t *testing.T) {
			got := drawing(t, draw, p)
			file := filepath.Join("testdata", name)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o666))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

// Everything that a wall needs to show is on the page, for every built-in
// process.
func TestEverythingIsThere(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		t.Run(name, func(t *testing.T) {
			p, err := process.Builtin(name)
			require.NoError(t, err)
			page := html.UnescapeString(drawing(t, HTML, p))
			chart := drawing(t, Mermaid, p)
			ladder := strings.Join(strings.Fields(drawing(t, plainText, p)), " ")
			for s := range p.Stages() {
				assert.Contains(t, page, ">"+s.Name()+"</h")
				assert.Contains(t, chart, label(s.Name()))
				assert.Contains(t, ladder, s.Name())
			}
			for c := range p.Commitments() {
				assert.Contains(t, page, ">"+c.Name()+"</h3>")
				assert.Contains(t, page, "“"+c.Ask()+"”")
				assert.Contains(t, chart, label(c.Name()))
				assert.Contains(t, strings.ReplaceAll(ladder, "├───┤ ", ""), c.Name())
			}
			for k := range p.Kinds() {
				assert.Contains(t, page, ">"+k.Name()+"</h3>")
				assert.Contains(t, page, "“"+k.Refocus()+"”")
				assert.Contains(t, ladder, k.Name())
			}
			assert.NotContains(t, page, "src=")
			assert.NotContains(t, page, "http:")
			assert.NotContains(t, page, "https:")
			assert.NotContains(t, page, "<script")
			for line := range strings.Lines(drawing(t, plainText, p)) {
				assert.LessOrEqual(t, terminal.Columns(strings.TrimSuffix(line, "\n")), 80)
			}
		})
	}
}

// hostile is a process whose texts try to be something else.
func hostile(t *testing.T) *process.Process {
	t.Helper()
	const evil = `</style></title><script>alert(1)</script> "q" 'q' & --> end; %%{init}%% #quot; [x] {y} |z| ` + "`t`" + ` _i_ \n`
	p, err := process.Load("testdata/small.yaml")
	require.NoError(t, err)
	d := p.Definition()
	d.Name, d.Description, d.Roles, d.LossReasons = evil, evil, []string{evil, "facility_manager"}, []string{evil}
	for i := range d.Commitments {
		c := &d.Commitments[i]
		c.Name, c.Ask, c.Description = evil+string(c.ID), evil, evil
		c.Requires.Roles = &commitment.Need{All: []string{evil}}
	}
	for i := range d.Stages {
		d.Stages[i].Name, d.Stages[i].Description = evil, "\x1b[31m"+evil
	}
	for i := range d.CallKinds {
		k := &d.CallKinds[i]
		k.Name, k.Description, k.Refocus, k.NotFor = evil, evil, evil, []string{evil}
	}
	p, err = d.Compile()
	require.NoError(t, err)
	return p
}

func TestHostileTexts(t *testing.T) {
	p := hostile(t)
	page := drawing(t, HTML, p)
	assert.NotContains(t, page, "<script")
	assert.Equal(t, 1, strings.Count(page, "</style>"))
	assert.Equal(t, 1, strings.Count(page, "</title>"))
	assert.NotContains(t, drawing(t, plainText, p), "\x1b")

	// In the chart every text stands between its quotes, and nothing of it has
	// a meaning there but codes of characters.
	chart := drawing(t, Mermaid, p)
	_, body, _ := strings.Cut(chart, "flowchart LR\n")
	quoted := regexp.MustCompile(`"([^"\n]*)"`)
	for _, text := range quoted.FindAllStringSubmatch(body, -1) {
		assert.NotRegexp(t, "[<>`*_{}|%&]|\\]|\\[", text[1])
		assert.NotContains(t, regexp.MustCompile(`#\d+;`).ReplaceAllString(text[1], ""), "#")
		assert.NotContains(t, regexp.MustCompile(`#\d+;`).ReplaceAllString(text[1], ""), ";")
	}
	form := regexp.MustCompile(`^  (s\d+ (--|==)>\|""\| s\d+|s\d+\(\[""\]\):::lost|subgraph s\d+ \[""\]|  direction BT|  c\d+\[""\](:::awaited)?|  c\d+ --- c\d+|end|class s\d+ \w+|classDef .*)$`)
	for line := range strings.Lines(quoted.ReplaceAllString(body, `""`)) {
		assert.Regexp(t, form, strings.TrimSuffix(line, "\n"))
	}
}

// The size of print falls with what a process has to say.
func TestFit(t *testing.T) {
	small, err := process.Load("testdata/small.yaml")
	require.NoError(t, err)
	big, err := process.Builtin("ten-commitments")
	require.NoError(t, err)
	a, b := newChart(small), newChart(big)
	assert.Greater(t, a.fit(), b.fit())
	for _, c := range []chart{a, b} {
		size := c.fit()
		assert.GreaterOrEqual(t, size, smallest)
		assert.LessOrEqual(t, size, largest)
		assert.LessOrEqual(t, c.height(size)*size, float64(sheetHeight))
	}
}
