package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

func written(t testing.TB, r *audit.Report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, r, Options{}))
	return b.String()
}

// embedded is the data in a page, read back.
func embedded(t testing.TB, page string) data {
	t.Helper()
	text := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).FindStringSubmatch(page)
	require.NotNil(t, text)
	var d data
	require.NoError(t, json.Unmarshal([]byte(text[1]), &d))
	return d
}

func TestWrite(t *testing.T) {
	ev, p := quarter(t)
	r := audited(t, ev, p)
	page := written(t, r)
	assert.Less(t, len(page), 1<<20)
	assert.Contains(t, html.UnescapeString(page), audit.Purpose)
	assert.Contains(t, page, "<title>Pipeline audit, 2026-09-30 18:00</title>")
	for _, row := range r.Rows {
		assert.Regexp(t, `(?s)<bdi>`+row.Table+`</bdi></th><td>\d+</td>`, page)
	}
	d := embedded(t, page)
	assert.Len(t, d.Findings, len(r.Findings))
	assert.Len(t, d.Deals, len(r.Deals))

	// The same report gives the same bytes, and so does the same audit.
	assert.Equal(t, page, written(t, r))
	assert.Equal(t, page, written(t, audited(t, ev, p)))

	var titled bytes.Buffer
	require.NoError(t, Write(&titled, r, Options{Title: `Q3 <"north">`}))
	assert.Contains(t, titled.String(), "<title>Q3 &lt;&#34;north&#34;&gt;,")
}

// Every part of the page that a browser runs or applies is named by its hash,
// and nothing else is let in.
func TestPolicy(t *testing.T) {
	ev, p := quarter(t)
	page := written(t, audited(t, ev, p))
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	require.NotNil(t, policy)
	said := html.UnescapeString(policy[1])
	assert.True(t, strings.HasPrefix(said, "default-src 'none';"), said)
	assert.NotContains(t, said, "unsafe")
	inline := regexp.MustCompile(`(?s)<(?:script|style)>(.*?)</(?:script|style)>`).FindAllStringSubmatch(page, -1)
	require.Len(t, inline, 3)
	for _, part := range inline {
		assert.Contains(t, said, hashOf(part[1]))
	}
	assert.NotRegexp(t, `<[^>]*\s(style|on[a-z]+|src)=`, regexp.MustCompile(`(?s)<script.*`).ReplaceAllString(page, ""))
}

// hostile are texts that want to be something else.
const hostile = `</script><script>alert(1)</script><!--"'&` + "\u2028\u202eabc \u05e9\u05dc\u05d5\u05dd"

// spoiled is a pipeline in which every text is hostile.
func spoiled(t testing.TB) (*outcome.Evaluator, *pipeline.Pipeline) {
	t.Helper()
	p, err := process.Builtin("transactional")
	require.NoError(t, err)
	at := quarterEnds.Add(-100 * 24 * time.Hour)
	amount := -1e300
	all := pipeline.Pipeline{
		Deals: []pipeline.Deal{{
			Deal: outcome.Deal{
				Deal: hostile, Name: hostile, Owner: hostile, Currency: hostile, Amount: &amount,
				Claimed: string(p.Stage(1).ID()), Opened: at,
			},
			Source: pipeline.Source{File: hostile, Line: 1},
		}, {
			Deal: outcome.Deal{Deal: "plain", Claimed: hostile},
		}},
		Calls:      []outcome.Call{{ID: hostile, Deal: hostile, At: at, Rep: hostile, Kind: hostile}},
		Activities: []pipeline.Activity{{ID: hostile, Deal: hostile, At: at, Kind: hostile, Tells: true}},
		Moves:      []pipeline.Move{{ID: hostile, Deal: hostile, At: at, From: hostile, To: hostile}},
	}
	return outcome.NewEvaluator(p, outcome.Options{}), &all
}

// A text from data ends no element and begins none.
func TestHostile(t *testing.T) {
	ev, p := spoiled(t)
	r, err := audit.Run(ev, p, audit.Options{AsOf: quarterEnds, Details: true, Rows: []audit.Rows{{Table: hostile}}})
	require.NoError(t, err)
	require.NotEmpty(t, r.Findings)
	var b bytes.Buffer
	require.NoError(t, Write(&b, r, Options{Title: hostile}))
	page := b.String()
	assert.NotContains(t, page, hostile)
	assert.NotContains(t, page, "alert(1)</")
	assert.Equal(t, 4, strings.Count(page, "<script"))
	assert.Equal(t, 4, strings.Count(page, "</script"))
	assert.NotContains(t, page, "<!--")
	d := embedded(t, page)
	assert.Equal(t, hostile, d.Deals[0].Name)
	assert.Equal(t, hostile, d.Findings[0].Owner)
}

// A pipeline with nothing in it has a page too.
func TestEmpty(t *testing.T) {
	ev, _ := quarter(t)
	r, err := audit.Run(ev, &pipeline.Pipeline{}, audit.Options{AsOf: quarterEnds})
	require.NoError(t, err)
	page := written(t, r)
	assert.Contains(t, page, "There are no open deals at a stage of the process.")
	assert.NotContains(t, page, "<nil>")

	var none audit.Report
	assert.NotPanics(t, func() { written(t, &none) })
}

type broken struct{ left int }

var errBroken = errors.New("the disk is full")

func (w *broken) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestWriteError(t *testing.T) {
	ev, p := quarter(t)
	r := audited(t, ev, p)
	size := len(written(t, r))
	for _, left := range []int{0, 5000, 300_000, size - 1} {
		assert.ErrorIs(t, Write(&broken{left}, r, Options{}), errBroken, "after %d bytes", left)
	}
	assert.NoError(t, Write(&broken{size}, r, Options{}))
}
