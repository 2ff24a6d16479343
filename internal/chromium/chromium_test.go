package chromium

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestView(t *testing.T) {
	b := Find(t)
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	require.NoError(t, os.WriteFile(page, []byte(`<!DOCTYPE html><p id=p></p><script>
p.textContent = innerWidth + (matchMedia("(prefers-color-scheme: dark)").matches ? " dark" : " light")</script>`), 0o666))

	for _, v := range []View{{Width: 900, Height: 600}, {Width: 1440, Height: 600, Dark: true}} {
		scheme := " light"
		if v.Dark {
			scheme = " dark"
		}
		assert.Contains(t, b.DOM(t, page, v), strconv.Itoa(v.Width)+scheme)
	}

	narrow := filepath.Join(dir, "narrow.html")
	require.NoError(t, os.WriteFile(narrow, []byte(`<!DOCTYPE html><script>parent.postMessage("width " + innerWidth, "*")</script>`), 0o666))
	assert.Contains(t, b.DOM(t, Phone(t, narrow), View{}), "width 390")

	b.Screenshot(t, page, filepath.Join(dir, "page.png"), View{})
	b.PDF(t, page, filepath.Join(dir, "page.pdf"))
	for file, begin := range map[string]string{"page.png": "\x89PNG", "page.pdf": "%PDF"} {
		content, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		assert.Equal(t, begin, string(content[:4]))
	}
}
