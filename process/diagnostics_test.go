package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
)

// lintedAt is the instant at which the documents of the tests are looked at.
var lintedAt = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// faults are the errors of a document, as a program gets them.
func faults(t *testing.T, src []byte) diagnostic.List {
	p, err := Parse("", src)
	if err == nil {
		require.NotNil(t, p)
		return nil
	}
	require.Nil(t, p)
	var diags diagnostic.List
	require.True(t, errors.As(err, &diags), "%T", err)
	return diags
}

// eachDocument runs a test for every document of a folder of testdata, which
// says itself what is expected of it, in every way of writing down a file.
func eachDocument(t *testing.T, folder string, test func(t *testing.T, src []byte, wants []marktest.Want)) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		marked, err := os.ReadFile(file)
		require.NoError(t, err)
		clean, wants := marktest.Strip(t, string(marked))
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) { test(t, []byte(clean), wants) })
		t.Run(name+" with CRLF", func(t *testing.T) { test(t, []byte(strings.ReplaceAll(clean, "\n", "\r\n")), wants) })
		t.Run(name+" with BOM", func(t *testing.T) { test(t, []byte("\ufeff"+clean), wants) })
	}
}

func TestErrors(t *testing.T) {
	eachDocument(t, "err", func(t *testing.T, src []byte, wants []marktest.Want) {
		require.NotEmpty(t, wants)
		marktest.Check(t, wants, faults(t, src))
	})
}

func TestAdvice(t *testing.T) {
	eachDocument(t, "warn", func(t *testing.T, src []byte, wants []marktest.Want) {
		require.NotEmpty(t, wants)
		diags := Lint("", src, AdviceOptions{Now: lintedAt})
		marktest.Check(t, wants, diags)
		for _, d := range diags {
			assert.NotEmpty(t, d.Hint, "%s says not what would be right", d.Code)
		}
	})
}

func TestSound(t *testing.T) {
	eachDocument(t, "ok", func(t *testing.T, src []byte, wants []marktest.Want) {
		require.Empty(t, wants)
		assert.Empty(t, Lint("", src, AdviceOptions{Now: lintedAt}))
		assert.Empty(t, faults(t, src))
	})
}

func TestBuiltinsAreSound(t *testing.T) {
	for _, name := range BuiltinNames() {
		src, err := BuiltinSource(name)
		require.NoError(t, err)
		assert.Empty(t, Lint(name+".yaml", src, AdviceOptions{Now: lintedAt}), name)
		p, err := Builtin(name)
		require.NoError(t, err)
		assert.Equal(t, name, p.ID(), "the name of the file is the id")
		assert.Empty(t, p.Definition().Advice(AdviceOptions{Now: lintedAt}), name)
	}
}

// TestEveryCodeHasACase fails when a code is in the source and in no document
// of the tests.
func TestEveryCodeHasACase(t *testing.T) {
	expected := map[diagnostic.Code]bool{
		CodeTooMany: true, // its document is made in TestLimits
	}
	for _, folder := range []string{"err", "warn"} {
		eachDocument(t, folder, func(_ *testing.T, _ []byte, wants []marktest.Want) {
			for _, w := range wants {
				expected[w.Code] = true
			}
		})
	}
	for _, code := range marktest.Codes(t, "codes.go", "../internal/yamldoc/code.go") {
		assert.True(t, expected[code], "no document in testdata has the fault %s", code)
	}
}

func TestLimits(t *testing.T) {
	process := func(n int) []byte {
		var b bytes.Buffer
		b.WriteString("advance: 1\nid: a\nversion: 1\ncommitments:\n")
		for i := range n {
			fmt.Fprintf(&b, "  c%d: {}\n", i)
		}
		b.WriteString("stages:\n  - id: one\n    exit: c0\n    ladder:\n")
		for i := range n {
			fmt.Fprintf(&b, "      - c%d\n", i)
		}
		b.WriteString("  - {id: won, closes: won}\n  - {id: lost, closes: lost}\n")
		return b.Bytes()
	}
	assert.Empty(t, faults(t, process(256)))

	got := faults(t, process(257))
	require.Len(t, got, 1)
	assert.Equal(t, "4:1: error: 257 commitments are too many; a process can have 256 [too_many_commitments]", got[0].Error())

	large := append(process(2), bytes.Repeat([]byte("# x\n"), 3<<20)...)
	got = faults(t, large)
	require.Len(t, got, 1)
	assert.Equal(t, diagnostic.Code("too_large"), got[0].Code)
}

func TestStaleReview(t *testing.T) {
	for _, c := range []struct {
		reviewed, every, zone string
		now                   string // nothing: no clock
		stale                 bool
	}{
		{"2026-01-01", "", "", "2026-06-30T00:00:00Z", false}, // 180 days to the second
		{"2026-01-01", "", "", "2026-06-30T00:00:01Z", true},
		{"2026-01-01", "30d", "", "2026-01-31T00:00:01Z", true},
		{"2026-01-01", "30d", "", "2026-01-30T23:59:59Z", false},
		{"2026-01-01", "30d", "Asia/Tokyo", "2026-01-30T15:00:01Z", true},
		{"2026-01-01", "none", "", "2036-01-01T00:00:00Z", false},
		{"2026-01-01", "30d", "", "", false},
		{"2026-01-01", "30d", "", "2025-01-01T00:00:00Z", false},
		{"", "30d", "", "2036-01-01T00:00:00Z", false},
	} {
		def := minimal(t)
		def.Reviewed, def.TimeZone = c.reviewed, c.zone
		def.ReviewEvery = duration(c.every)
		var o AdviceOptions
		if c.now != "" {
			now, err := time.Parse(time.RFC3339, c.now)
			require.NoError(t, err)
			o.Now = now
		}
		var codes []diagnostic.Code
		for _, d := range def.Advice(o) {
			codes = append(codes, d.Code)
		}
		if c.stale {
			assert.Equal(t, []diagnostic.Code{AdviceStaleReview}, codes, "%+v", c)
		} else {
			assert.Empty(t, codes, "%+v", c)
		}
	}
}

// TestLiteral holds that a definition written in Go is told the same, by path.
func TestLiteral(t *testing.T) {
	def := minimal(t)
	def.TimeZone = "Berlin"
	def.Stages[0].Exit = []Criterion{{Any: []Item{Held("c"), Kept("nobody")}}}
	def.Stages[0].Gate = "strict"
	def.Stages[1].Forecast = "sure"
	def.Commitments[0].Ask = ""
	def.Findings = map[string]diagnostic.Severity{"hapy_ears": diagnostic.Info, "contradiction": diagnostic.Info}

	p, err := def.Compile()
	assert.Nil(t, p)
	assert.EqualError(t, err, strings.Join([]string{
		`timezone: error: "Berlin" is no time zone; write its IANA name, such as Europe/Berlin or UTC [bad_time_zone]`,
		`stages[0].gate: error: gate can not be "strict"; write one of soft, hard [bad_value]`,
		`stages[1].forecast: error: forecast can not be "sure"; write one of pipeline, best_case, commit, omitted [bad_value]`,
		`stages[0].exit[0].any[1].kept: error: the commitment "nobody" is not defined; define it under ` + "`commitments`" + ` [unknown_commitment]`,
		`findings.contradiction: error: contradiction is a fault of the data, and always an error; leave it out [fault_severity]`,
		`findings.hapy_ears: error: "hapy_ears" is no finding; did you mean "happy_ears"? [unknown_finding]`,
	}, "\n"))
	var d diagnostic.Diagnostic
	require.ErrorAs(t, err, &d)
	assert.Equal(t, CodeBadTimeZone, d.Code)

	assert.EqualError(t, def.Advice(AdviceOptions{}),
		"commitments.c: warning: \"c\" has no ask; write under `ask` how the seller asks for it, word for word [no_ask]")

	_, err = Definition{}.Compile()
	var list diagnostic.List
	require.ErrorAs(t, err, &list)
	for _, d := range list {
		assert.NotEmpty(t, d.Path, d.Error())
		assert.True(t, d.Range.IsZero())
	}
	assert.Empty(t, Definition{}.Advice(AdviceOptions{Now: lintedAt}))
}

func TestLoad(t *testing.T) {
	_, err := Load("testdata/nowhere.yaml")
	require.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, "reading the process")

	file := filepath.Join(t.TempDir(), "sales.yaml")
	require.NoError(t, os.WriteFile(file, []byte("advance: 1\nid: a b\nversion: 1\ncommitments: {}\nstages: []\n"), 0o600))
	_, err = Load(file)
	assert.ErrorContains(t, err, file+`:2:5: error: the id "a b" has ' ' in it; use letters, digits, - and _ [bad_id]`)

	p, err := Load("testdata/ok/every_key.yaml")
	require.NoError(t, err)
	assert.Equal(t, "every-key", p.ID())
	assert.Equal(t, 3, p.Version())
	assert.Equal(t, map[string]any{"x-crm": int64(17)}, p.Extensions("commitments.first_meeting"))
	assert.Equal(t, map[string]any{"x-owner": "sales operations"}, p.Extensions(""))
	assert.Equal(t, map[string]any{"x-note": map[string]any{"a": []any{int64(1), int64(2)}}}, p.Extensions("stages[1]"))
	assert.True(t, p.KnowsReason("no"), "in a list of words, no is a word")
}

func TestUnknownBuiltin(t *testing.T) {
	_, err := Builtin("complex_b2b")
	assert.ErrorContains(t, err, `did you mean "complex-b2b"?`)
	_, err = Builtin("../secret")
	assert.ErrorContains(t, err, "there is ")
}
