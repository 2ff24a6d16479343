package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
)

func statusOf(t testing.TB, url string) int {
	t.Helper()
	answer, err := http.Get(url)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode
}

func request(t testing.TB, method, url, body string, header map[string]string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if host := header["Host"]; host != "" {
		r.Host = host
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, answer.Header, string(text)
}

// What comes from elsewhere is refused.
func TestGuard(t *testing.T) {
	base := site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon))
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	with := func(more map[string]string) map[string]string {
		out := map[string]string{}
		for _, m := range []map[string]string{form, more} {
			for k, v := range m {
				out[k] = v
			}
		}
		return out
	}
	tests := []struct {
		name, method, path, body string
		header                   map[string]string
		status                   int
	}{
		{"our own form", "POST", "/deals/D-1001/claim", "claimed=proof", with(map[string]string{"Sec-Fetch-Site": "same-origin"}), 303},
		{"a form of another site", "POST", "/deals/D-1001/claim", "claimed=won", with(map[string]string{"Sec-Fetch-Site": "cross-site"}), 403},
		{"a form of another site, in an old browser", "POST", "/deals/D-1001/claim", "claimed=won", with(map[string]string{"Origin": "http://evil.example"}), 403},
		{"another site erases", "DELETE", "/api/deals/D-1001", "", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"a name that points here", "GET", "/", "", map[string]string{"Host": "evil.example"}, 421},
		{"a name that points here, with a port", "GET", "/", "", map[string]string{"Host": "127.0.0.1.evil.example:8080"}, 421},
		{"localhost", "GET", "/", "", map[string]string{"Host": "localhost:8080"}, 200},
		{"the other loopback", "GET", "/", "", map[string]string{"Host": "[::1]:8080"}, 200},
		{"too much", "POST", "/deals/D-1001/record", "notes=" + strings.Repeat("x", maxBody), form, 413},
		{"a claim of nothing known", "POST", "/deals/D-1001/claim", "claimed=prof", form, 422},
		{"a plan of nothing known", "POST", "/deals/D-1001/plan", "kind=cold", form, 422},
		{"a plan for no deal", "POST", "/deals/D-0/plan", "kind=cold_call", form, 404},
		{"a call with no time", "POST", "/deals/D-1001/record", "kind=cold_call&contact=reached", form, 422},
		{"a call with a bad date", "POST", "/deals/D-1001/record", "at=2026-11-02T10:00&contact=reached&0.commitment=sign&0.status=given&0.due=soon", form, 422},
		{"a call with a bad status", "POST", "/deals/D-1001/record", "at=2026-11-02T10:00&contact=reached&0.commitment=sign&0.status=perhaps", form, 422},
		{"a deal with no name", "POST", "/deals", "name=+", form, 422},
		{"a deal with a strange amount", "POST", "/deals", "name=A&amount=NaN", form, 422},
	}
	for _, tt := range tests {
		status, _, body := request(t, tt.method, base+tt.path, tt.body, tt.header)
		assert.Equal(t, tt.status, status, "%s: %s", tt.name, body)
	}
	_, head, _ := request(t, "GET", base+"/deals/D-1001", "", nil)
	assert.Equal(t, 200, statusOf(t, base+"/deals/D-1001"), "nobody erased it")
	assert.Contains(t, head.Get("Content-Security-Policy"), "default-src 'none'")
	assert.Equal(t, "nosniff", head.Get("X-Content-Type-Options"))
	for _, path := range []string{"/", "/deals/D-1001", "/process/picture", "/static/base.css", "/nothing"} {
		_, head, body := request(t, "GET", base+path, "", nil)
		assert.NotContains(t, head.Get("Content-Security-Policy"), "unsafe-inline", path)
		assert.NotContains(t, head.Get("Content-Security-Policy"), "unsafe-eval", path)
		if path != "/process/picture" { // whose policy names its style by hash
			assert.NotRegexp(t, regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script>`), body, path)
		}
	}
}

// Texts stay texts, whatever they say.
func TestHostileTexts(t *testing.T) {
	d := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
	base := site(t, d)
	const bad = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}` + "\u202e"
	_, err := d.save(t.Context(), outcome.Deal{Deal: outcome.DealID(bad), Name: bad, Owner: bad, Currency: bad, Claimed: bad, Amount: new(float64)})
	require.NoError(t, err)
	at := base + "/deals/" + url.PathEscape(bad)
	form := url.Values{
		"at": {"2026-11-02T10:00"}, "contact": {"reached"}, "kind": {bad}, "notes": {bad}, "seller": {bad}, "activity": {bad},
		"0.commitment": {bad}, "0.status": {"given"}, "0.person": {bad}, "0.role": {bad}, "0.evidence": {bad}, "30.other": {bad}, "30.status": {"deferred"},
	}
	status, head, body := request(t, "POST", at+"/record", form.Encode(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
	require.Equal(t, 303, status, body)
	for _, page := range []string{base + "/", base + "/today", base + "/team", base + head.Get("Location"), at + "/plan", at + "/record"} {
		status, _, body := request(t, "GET", page, "", nil)
		assert.Equal(t, 200, status, page)
		assert.NotContains(t, body, "<script>alert", page)
		assert.NotContains(t, body, "<img", page)
	}
	for _, page := range []string{"/deals/" + url.PathEscape(bad+"x"), "/deals/D-1001/plan?kind=" + url.QueryEscape(bad), "/" + url.PathEscape(bad)} {
		_, _, body := request(t, "GET", base+page, "", nil)
		assert.NotContains(t, body, "<script>alert", page)
	}
}

// What is served beside our own files is what the list of it says.
func TestVendored(t *testing.T) {
	content, err := static.ReadFile("static/htmx.min.js")
	require.NoError(t, err)
	list, err := static.ReadFile("static/README.md")
	require.NoError(t, err)
	sum := sha256.Sum256(content)
	assert.Contains(t, string(list), hex.EncodeToString(sum[:]))
	assert.Contains(t, string(list), "4.0.1")
}
