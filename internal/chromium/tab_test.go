package chromium

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTab(t *testing.T) {
	b := Find(t)
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	require.NoError(t, os.WriteFile(page, []byte(`<!DOCTYPE html><input id=in><button>Say</button><script>
document.querySelector("button").onclick = e => { document.title = e.isTrusted + " " + document.getElementById("in").value }
document.getElementById("in").onkeydown = e => { if (e.key === "Enter") { console.error("entered"); missing() } }
</script><img src="nothing.png">`), 0o666))

	tab := b.Open(t, page, View{})
	tab.Click("#in")
	tab.Type("hello")
	tab.Click("button")
	var title string
	tab.Eval("document.title", &title)
	assert.Equal(t, "true hello", title)

	require.Len(t, tab.Requests, 2)
	assert.Contains(t, tab.Requests[1], "nothing.png")
	before := len(tab.Complaints)
	tab.Click("#in")
	tab.Press("Enter")
	tab.Wait("true")
	require.Len(t, tab.Complaints, before+2)
	assert.Contains(t, tab.Complaints[before], "entered")
	assert.Contains(t, tab.Complaints[before+1], "missing is not defined")

	var width int
	tab.Resize(360, 640)
	tab.Eval("Promise.resolve(innerWidth)", &width)
	assert.Equal(t, 360, width)
	for _, dark := range []bool{false, true} {
		tab.Media("print", dark)
		var got []bool
		tab.Eval(`["print", "(prefers-color-scheme: dark)"].map(q => matchMedia(q).matches)`, &got)
		assert.Equal(t, []bool{true, dark}, got)
	}

	tab.Screenshot(filepath.Join(dir, "page.png"), true)
	tab.PDF(filepath.Join(dir, "page.pdf"))
	for file, begin := range map[string]string{"page.png": "\x89PNG", "page.pdf": "%PDF"} {
		content, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		assert.Equal(t, begin, string(content[:4]))
	}
}
