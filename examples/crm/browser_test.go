package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

// noon is the instant at which the clock of these tests stands.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// testDesk opens the deals to look at in a file of the test's own.
func testDesk(t testing.TB, name string, at time.Time) *desk {
	t.Helper()
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	d, err := open(t.Context(), name, p, func() time.Time { return at })
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.close() })
	require.NoError(t, d.prepare(t.Context(), true))
	return d
}

// site serves a desk, and returns its address.
func site(t testing.TB, d *desk) string {
	t.Helper()
	h, err := newServer(d, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), false)
	require.NoError(t, err)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// unavailable skips a test for want of something, but fails it in a pipeline,
// where everything has to be there.
func unavailable(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// look is how pages are looked at.
type look struct {
	name          string
	width, height int64
	dark          bool
}

var looks = []look{
	{"desktop-light", 1440, 900, false},
	{"desktop-dark", 1440, 900, true},
	{"phone-light", 390, 844, false},
	{"phone-dark", 390, 844, true},
}

// browser is a window of a headless Chromium.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string
}

// browse opens a window at the address of a site.
func browse(t *testing.T, url string) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	path := ""
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); name != "" && err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		unavailable(t, "Chromium is not installed: the pages were not looked at in a browser")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))...)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Listen(ctx, func(ev any) { // the window lives as long as this context
		switch ev := ev.(type) {
		case *log.EventEntryAdded:
			if ev.Entry.Level == log.EntryLevelError && ev.Entry.Source != log.EntrySourceNetwork { // a refusal of the policy, say
				t.Error("the browser says:", ev.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			t.Error("the browser says:", ev.ExceptionDetails.Text)
		}
	}))
	ctx, end := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(end)
	b := &browser{t: t, ctx: ctx, url: url}
	b.as(looks[0])
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	require.NoError(b.t, chromedp.Do(ctx, steps...))
}

func ask[T any](b *browser, a chromedp.Action[T]) T {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, a)
	require.NoError(b.t, err)
	return answer
}

// eval evaluates a script in the page.
func eval[T any](b *browser, script string) T {
	b.t.Helper()
	return ask(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// as looks from now on in another way.
func (b *browser) as(l look) {
	b.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(l.width, l.height), func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return chromedp.Void{}, err
	})
}

func (b *browser) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url+path), chromedp.WaitReady(chromedp.CSS("main")))
}

// text is what a part of the page says.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return ask(b, chromedp.Text(chromedp.CSS(selector)))
}

func (b *browser) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// tab goes on with the tab key until a selector has the focus, as somebody does
// who has no mouse.
func (b *browser) tab(to string) {
	b.t.Helper()
	for range 200 {
		b.press(kb.Tab)
		if eval[bool](b, `document.activeElement.matches(`+quoted(to)+`)`) {
			return
		}
	}
	b.t.Fatalf("%s can not be reached with the tab key", to)
}

func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}

// shoot keeps a picture of the page where CRM_SHOTS names a folder.
func (b *browser) shoot(name string) {
	b.t.Helper()
	folder := os.Getenv("CRM_SHOTS")
	if folder == "" {
		return
	}
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, name+".png"), ask(b, chromedp.FullScreenshot(100)), 0o666))
}

// findings are what axe found.
type findings struct {
	Passes     int `json:"passes"`
	Violations []struct {
		ID    string `json:"id"`
		Help  string `json:"help"`
		Nodes []struct {
			Target         []string `json:"target"`
			FailureSummary string   `json:"failureSummary"`
		} `json:"nodes"`
	} `json:"violations"`
}

// axe is axe-core 4.14.1, see testdata/README.md.
//
//go:embed testdata/axe.min.js.gz
var axe []byte

const axeSum = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

// accessible says that axe finds nothing wrong with the page.
func (b *browser) accessible(what string) {
	b.t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(axe))
	require.NoError(b.t, err)
	script, err := io.ReadAll(r)
	require.NoError(b.t, err)
	sum := sha256.Sum256(script)
	require.Equal(b.t, axeSum, hex.EncodeToString(sum[:]))
	b.do(chromedp.Evaluate[chromedp.Void](string(script)))
	found := eval[findings](b, `axe.run({iframes: false}).then(r => ({passes: r.passes.length, violations: r.violations}))`)
	require.NotZero(b.t, found.Passes)
	for _, v := range found.Violations {
		for _, n := range v.Nodes {
			b.t.Errorf("%s: %s (%s): %v\n%s", what, v.Help, v.ID, n.Target, n.FailureSummary)
		}
	}
}
