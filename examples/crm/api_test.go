package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// contract is the document that a server hands out, and what holds answers
// against it.
type contract struct {
	url    string
	doc    *openapi3.T
	router routers.Router
}

func contractOf(t *testing.T, url string) contract {
	t.Helper()
	answer, err := http.Get(url + "/openapi.json")
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	router, err := gorillamux.NewRouter(doc)
	require.NoError(t, err)
	return contract{url, doc, router}
}

// ask sends a request, holds the answer against the document, and returns it.
// A request that the document allows must be one that it describes.
func (c contract) ask(t *testing.T, method, path, body string) (status int, answer map[string]any) {
	t.Helper()
	r := httptest.NewRequest(method, c.url+path, strings.NewReader(body))
	r.RequestURI = ""
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	got, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = got.Body.Close() }()
	text, err := io.ReadAll(got.Body)
	require.NoError(t, err)

	described := httptest.NewRequest(method, path, strings.NewReader(body))
	described.Header = r.Header
	route, parameters, err := c.router.FindRoute(described)
	require.NoError(t, err, "%s %s", method, path)
	request := &openapi3filter.RequestValidationInput{Request: described, PathParams: parameters, Route: route}
	if got.StatusCode < 400 {
		assert.NoError(t, openapi3filter.ValidateRequest(t.Context(), request), "%s %s", method, path)
	}
	response := &openapi3filter.ResponseValidationInput{RequestValidationInput: request, Status: got.StatusCode, Header: got.Header}
	response.SetBodyBytes(text)
	require.NoError(t, openapi3filter.ValidateResponse(t.Context(), response), "%s %s: %d %s", method, path, got.StatusCode, text)
	if len(text) > 0 {
		require.NoError(t, json.Unmarshal(text, &answer))
	}
	return got.StatusCode, answer
}

// Every route is in the document, and the document has no other.
func TestEveryRouteIsDescribed(t *testing.T) {
	d := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
	c := contractOf(t, site(t, d))
	want := []string{"GET /healthz", "GET /openapi.json"}
	for _, r := range (&web{desk: d}).apiRoutes() {
		want = append(want, r.method+" "+r.path)
	}
	have := []string{}
	for path, item := range c.doc.Paths.Map() {
		for method := range item.Operations() {
			have = append(have, method+" "+path)
		}
	}
	slices.Sort(want)
	slices.Sort(have)
	assert.Equal(t, want, have)
}

const (
	newDeal = `{"deal": "D-9", "name": "Acme", "amount": 1000, "currency": "EUR", "claimed": "proof"}`
	nice    = `{"id": "a", "deal": "D-9", "at": "2026-11-01T10:00:00Z", "kind": "cold_call", "rating": "great",
		"commitments": [{"other": "call again", "by": "seller"}]}`
	better = `{"id": "b", "deal": "D-9", "at": "2026-11-01T11:00:00Z", "kind": "cold_call",
		"commitments": [{"commitment": "first_meeting", "by": "buyer", "due": "2026-11-05", "people": [{"name": "J. Ortiz"}], "evidence": ["calendar"]}]}`
)

// What the API answers is what the document says, for what works and for what
// does not.
func TestAnswersAreAsDescribed(t *testing.T) {
	c := contractOf(t, site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)))
	tests := []struct {
		name, method, path, body string
		status                   int
		code                     string // of a problem
	}{
		{"health", "GET", "/healthz", "", 200, ""},
		{"document", "GET", "/openapi.json", "", 200, ""},
		{"process", "GET", "/api/process", "", 200, ""},
		{"board", "GET", "/api/board", "", 200, ""},
		{"today", "GET", "/api/today", "", 200, ""},
		{"rates", "GET", "/api/rates", "", 200, ""},
		{"deal", "GET", "/api/deals/D-1014", "", 200, ""},
		{"no deal", "GET", "/api/deals/D-0", "", 404, "no_deal"},
		{"open", "PUT", "/api/deals/D-9", newDeal, 200, ""},
		{"open under another name", "PUT", "/api/deals/D-8", newDeal, 422, "other_deal"},
		{"open at no stage", "PUT", "/api/deals/D-8", `{"deal": "D-8", "stage": "prof"}`, 422, "unknown_stage"},
		{"open with nothing", "PUT", "/api/deals/D-8", `{`, 422, "bad_record"},
		{"record", "POST", "/api/deals/D-9/calls", nice, 201, ""},
		{"record again", "POST", "/api/deals/D-9/calls", nice, 200, ""},
		{"record an advance", "POST", "/api/deals/D-9/calls", better, 201, ""},
		{"record a correction", "POST", "/api/deals/D-9/calls", strings.Replace(nice, `"id": "a"`, `"id": "a", "revision": 1`, 1), 201, ""},
		{"record nothing", "POST", "/api/deals/D-9/calls", `{"deal": "D-9"}`, 422, "bad_record"},
		{"record an unknown field", "POST", "/api/deals/D-9/calls", `{"deal": "D-9", "at": "2026-11-01T10:00:00Z", "happy": true}`, 422, "bad_record"},
		{"record elsewhere", "POST", "/api/deals/D-8/calls", nice, 422, "other_deal"},
		{"record too much", "POST", "/api/deals/D-9/calls", `{"notes": "` + strings.Repeat("x", maxBody) + `"}`, 413, "too_large"},
		{"plan", "GET", "/api/deals/D-9/plan", "", 200, ""},
		{"plan a kind", "GET", "/api/deals/D-9/plan?kind=cold_call", "", 200, ""},
		{"plan no kind", "GET", "/api/deals/D-9/plan?kind=col_call", "", 422, "unknown_kind"},
		{"erase", "DELETE", "/api/deals/D-9", "", 204, ""},
		{"erase again", "DELETE", "/api/deals/D-9", "", 404, "no_deal"},
	}
	for _, tt := range tests {
		status, answer := c.ask(t, tt.method, tt.path, tt.body)
		assert.Equal(t, tt.status, status, "%s: %v", tt.name, answer)
		if tt.code != "" {
			assert.Equal(t, tt.code, answer["code"], tt.name)
			assert.EqualValues(t, status, answer["status"], tt.name)
		}
	}
}

// Recording a call says what came of it, and the board follows.
func TestRecordedCallMovesTheDeal(t *testing.T) {
	c := contractOf(t, site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)))
	c.ask(t, "PUT", "/api/deals/D-9", newDeal)
	_, answer := c.ask(t, "POST", "/api/deals/D-9/calls", nice)
	assert.Equal(t, "continuation", answer["verdict"].(map[string]any)["result"])
	_, answer = c.ask(t, "POST", "/api/deals/D-9/calls", better)
	verdict := answer["verdict"].(map[string]any)
	assert.Equal(t, "advance", verdict["result"])
	assert.Equal(t, "discovery", verdict["to"])
	_, deal := c.ask(t, "GET", "/api/deals/D-9", "")
	assert.Equal(t, "discovery", deal["standing"].(map[string]any)["stage"])
	assert.EqualValues(t, 2, deal["ahead"])
}

// What no route takes is a problem too.
func TestOtherAddresses(t *testing.T) {
	url := site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon))
	tests := []struct {
		method, path, kind string
		status             int
		allow              string
	}{
		{"GET", "/api/nothing", "", 404, ""},
		{"POST", "/api/board", "", 405, "GET, HEAD"},
		{"PATCH", "/api/deals/D-1001", "", 405, "DELETE, GET, HEAD, PUT"},
		{"PUT", "/api/deals/D-1001", "text/plain", 415, ""},
	}
	for _, tt := range tests {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, url+tt.path, bytes.NewReader(nil))
		require.NoError(t, err)
		r.Header.Set("Content-Type", tt.kind)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		assert.NoError(t, answer.Body.Close())
		assert.Equal(t, tt.status, answer.StatusCode, "%s %s", tt.method, tt.path)
		assert.Equal(t, "application/problem+json", answer.Header.Get("Content-Type"))
		assert.Equal(t, tt.allow, answer.Header.Get("Allow"))
	}
}
