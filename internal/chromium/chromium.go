package chromium

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Browser is a Chromium on this machine.
type Browser struct{ path string }

// names are what Chromium is called, where it is not named by the environment
// variable CHROMIUM.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// timeout bounds one look at a page.
const timeout = time.Minute

// Find finds Chromium, or skips the test; where CI is set it fails it.
func Find(t testing.TB) Browser {
	t.Helper()
	for _, name := range append([]string{os.Getenv("CHROMIUM")}, names...) {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return Browser{path}
		}
	}
	const missing = "Chromium is not installed: the page was not looked at in a browser"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return Browser{}
}

// View is how a page is looked at.
type View struct {
	Width, Height int  // of the window, in CSS pixels, 500 wide at least; 0: 1280 by 800
	Dark          bool // the reader prefers dark colours
}

// DOM returns the document of a page, as HTML, after its scripts have run.
func (b Browser) DOM(t testing.TB, page string, v View) string {
	t.Helper()
	return b.run(t, v, "--dump-dom", address(t, page))
}

// Screenshot writes what a page looks like into a PNG file.
func (b Browser) Screenshot(t testing.TB, page, png string, v View) {
	t.Helper()
	b.run(t, v, "--screenshot="+absolute(t, png), "--hide-scrollbars", address(t, page))
}

// PDF prints a page into a PDF file.
func (b Browser) PDF(t testing.TB, page, pdf string) {
	t.Helper()
	b.run(t, View{}, "--print-to-pdf="+absolute(t, pdf), "--no-pdf-header-footer", address(t, page))
}

// Phone writes a page that shows another one in a frame as narrow as a phone,
// which no window can be, and returns its file. What the page in the frame says
// with parent.postMessage stands in it as text.
func Phone(t testing.TB, page string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "phone.html")
	frame := fmt.Sprintf(`<!DOCTYPE html><body style="margin:0"><script>
addEventListener("message", e => document.body.append(e.data))
</script><iframe src=%q style="border:0" width="%d" height="%d"></iframe></body>`, address(t, page), PhoneWidth, 844)
	if err := os.WriteFile(file, []byte(frame), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// PhoneWidth is the width of a [Phone], in CSS pixels.
const PhoneWidth = 390

// run starts the browser and returns what it prints.
func (b Browser) run(t testing.TB, v View, args ...string) string {
	t.Helper()
	if v.Width == 0 {
		v.Width, v.Height = 1280, 800
	}
	dark := "1"
	if v.Dark {
		dark = "0"
	}
	ctx, stop := context.WithTimeout(t.Context(), timeout)
	defer stop()
	cmd := exec.CommandContext(ctx, b.path, append(append(quiet(t),
		fmt.Sprintf("--window-size=%d,%d", v.Width, v.Height), "--blink-settings=preferredColorScheme="+dark,
	), args...)...)
	var out, diagnostics bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &diagnostics
	if err := cmd.Run(); err != nil {
		t.Fatalf("running %s: %v\n%s", b.path, err, diagnostics.String())
	}
	return out.String()
}

// quiet are the flags of a browser with a profile of its own and nothing that
// would call out.
func quiet(t testing.TB) []string {
	return []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--user-data-dir=" + t.TempDir(),
	}
}

// address is the URL of a file, or an URL as it is.
func address(t testing.TB, page string) string {
	if bytes.Contains([]byte(page), []byte("://")) {
		return page
	}
	return "file://" + absolute(t, page)
}

func absolute(t testing.TB, file string) string {
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
