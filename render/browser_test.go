package render

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/chromium"
	"github.com/advance-sales/advance/process"
)

// measure is put into a page to say how it is laid out.
const measure = `<script>
const box = e => { const r = e.getBoundingClientRect(); return {left: r.left, right: r.right, top: r.top, bottom: r.bottom} };
const said = "layout: " + JSON.stringify({
  width: innerWidth,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  stages: [...document.querySelectorAll(".stage")].map(s => ({
    step: box(s.querySelector(".step")),
    rungs: [...s.querySelectorAll(".rung")].map(box),
    cut: [...s.querySelectorAll("h2, h3, p, li")].filter(e => e.scrollWidth > e.clientWidth + 1).length,
  })),
  ink: getComputedStyle(document.body).color,
  paper: getComputedStyle(document.body).backgroundColor,
}) + " end";
document.body.append(said); parent.postMessage(said, "*");
</script></body>`

type layout struct {
	Width    int
	Overflow int
	Stages   []struct {
		Step  rect
		Rungs []rect // weakest first
		Cut   int
	}
	Ink, Paper string
}

type rect struct{ Left, Right, Top, Bottom float64 }

// pageWith writes the page of a process with a script that measures it.
func pageWith(t *testing.T, p *process.Process) string {
	t.Helper()
	page := drawing(t, HTML, p)
	page = strings.Replace(page, "default-src 'none'", "script-src 'unsafe-inline'", 1)
	page = strings.Replace(page, "</body>", measure, 1)
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o666))
	return file
}

func measured(t *testing.T, dom string) layout {
	t.Helper()
	found := regexp.MustCompile(`(?s)layout: (\{.*?\}) end`).FindAllStringSubmatch(dom, -1)
	require.NotEmpty(t, found)
	var l layout
	require.NoError(t, json.Unmarshal([]byte(found[len(found)-1][1]), &l))
	return l
}

// On a wide screen the stages stand from left to right, each a step higher than
// the one before it, and the rungs rise from the step of their stage.
func TestWide(t *testing.T) {
	b := chromium.Find(t)
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	page := pageWith(t, p)
	light := measured(t, b.DOM(t, page, chromium.View{Width: 1440, Height: 900}))
	assert.LessOrEqual(t, light.Overflow, 0)
	require.Len(t, light.Stages, p.Won()+1)
	for i, s := range light.Stages {
		assert.Zero(t, s.Cut, "stage %d", i)
		foot := s.Step.Top
		for _, r := range s.Rungs {
			assert.LessOrEqual(t, r.Bottom, foot+1)
			foot = r.Top
		}
		if i > 0 {
			assert.Greater(t, s.Step.Left, light.Stages[i-1].Step.Right)
			assert.Less(t, s.Step.Top, light.Stages[i-1].Step.Top)
			assert.InDelta(t, s.Step.Bottom, light.Stages[i-1].Step.Bottom, 1)
		}
	}
	dark := measured(t, b.DOM(t, page, chromium.View{Width: 1440, Height: 900, Dark: true}))
	assert.NotEqual(t, light.Paper, dark.Paper)
	assert.NotEqual(t, light.Ink, dark.Ink)
}

// On a phone the stages stand below each other, and nothing is wider than the
// screen.
func TestPhone(t *testing.T) {
	b := chromium.Find(t)
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	l := measured(t, b.DOM(t, chromium.Phone(t, pageWith(t, p)), chromium.View{}))
	assert.Equal(t, chromium.PhoneWidth, l.Width)
	assert.LessOrEqual(t, l.Overflow, 0)
	for i, s := range l.Stages {
		assert.Zero(t, s.Cut, "stage %d", i)
		assert.LessOrEqual(t, s.Step.Right, float64(chromium.PhoneWidth))
		if i > 0 {
			assert.Greater(t, s.Step.Top, l.Stages[i-1].Step.Bottom)
		}
	}
}

// On paper the path is one sheet, and the calls are another.
func TestPrint(t *testing.T) {
	b := chromium.Find(t)
	dir := t.TempDir()
	for _, name := range []string{"transactional", "ten-commitments"} {
		p, err := process.Builtin(name)
		require.NoError(t, err)
		file, pdf := filepath.Join(dir, name+".html"), filepath.Join(dir, name+".pdf")
		page := strings.Replace(drawing(t, HTML, p), "@page { size: landscape", "@page { size: A4 landscape", 1)
		require.NoError(t, os.WriteFile(file, []byte(page), 0o666))
		b.PDF(t, file, pdf)
		content, err := os.ReadFile(pdf)
		require.NoError(t, err)
		sheets := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(content, -1))
		assert.Equal(t, 2, sheets, name)
		assert.True(t, bytes.Contains(content, []byte("/MediaBox [0 0 841")), "%s is printed in landscape", name)
	}
}

// Texts stay texts, whatever they say.
func TestHostilePage(t *testing.T) {
	b := chromium.Find(t)
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, []byte(drawing(t, HTML, hostile(t))), 0o666))
	dom := b.DOM(t, file, chromium.View{})
	assert.NotContains(t, dom, "<script")
	assert.Equal(t, 4, strings.Count(dom, `class="stage`))
}
