package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diff"
)

const before = `advance: 1
id: small
version: 1
name: Small
commitments:
  talk: {name: Take a meeting, ask: Let us meet on Tuesday.}
  data: {name: Share the figures, requires: {evidence: {any: [email, document]}}}
  sign: {name: Sign, requires: {dated: false}}
stages:
  - {id: start, name: Start, ladder: [talk], exit: talk, stalls_after: {calls: 3}}
  - {id: middle, name: Middle, ladder: [data], exit: data, probability: 20}
  - {id: end, name: End, ladder: [sign], exit: sign}
  - {id: won, name: Won, closes: won}
  - {id: lost, name: Lost, closes: lost}
`

const smallCalls = `{"id":"a1","deal":"A","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"talk","by":"buyer","due":"2026-01-08"}]}
{"id":"a2","deal":"A","at":"2026-01-08T10:00:00Z","commitments":[{"commitment":"data","by":"buyer","due":"2026-01-20","evidence":["email"]}]}
{"id":"b1","deal":"B","at":"2026-01-06T10:00:00Z","commitments":[{"commitment":"talk","by":"buyer","due":"2026-01-09"}]}
{"id":"c1","deal":"C","at":"2026-01-06T10:00:00Z","rating":"great","commitments":[{"other":"send a flyer","by":"seller"}]}
`

// versions writes an old and a new version, and some calls, into a directory of
// their own, which the test runs in.
func versions(t *testing.T, pairs ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"old.yaml": before, "new.yaml": strings.NewReplacer(pairs...).Replace(before), "calls.jsonl": smallCalls,
		"deals.jsonl": `{"deal":"A","name":"Acme"}` + "\n" + `{"deal":"D","stage":"midle"}` + "\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(content), 0o666))
	}
}

func TestDiffGolden(t *testing.T) {
	home, err := filepath.Abs("testdata/golden")
	require.NoError(t, err)
	for _, test := range []struct {
		name, args string
		code       int
		change     []string
	}{
		{"diff-nothing", "diff old.yaml new.yaml", exitOK, nil},
		{"diff-texts", "diff old.yaml new.yaml calls.jsonl", exitOK, []string{"on Tuesday", "on Thursday"}},
		{"diff-not-raised", "diff old.yaml new.yaml", exitFaults, []string{"email, document", "document"}},
		{"diff-calls", "diff --as-of 2026-01-09 --deals deals.jsonl old.yaml new.yaml calls.jsonl", exitFaults, []string{
			"version: 1", "version: 2", "email, document", "document", "probability: 20", "probability: 30", "calls: 3", "calls: 1",
			"on Tuesday", "on Thursday", "  talk: {", "  meet: {renamed_from: talk, ", "[talk]", "[meet]", "exit: talk", "exit: meet",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			versions(t, test.change...)
			got := try(t, "", words(test.args))
			assert.Equal(t, test.code, got.code)
			golden(t, filepath.Join(home, test.name+".txt"), "$ advance "+test.args+"\n"+got.out+"--- stderr\n"+got.err)
		})
	}
}

func TestDiffJSON(t *testing.T) {
	versions(t, "version: 1", "version: 2", "email, document", "document")
	got := try(t, "", words("diff --format json --as-of 2026-01-09 old.yaml new.yaml calls.jsonl"))
	assert.Equal(t, exitOK, got.code)
	var found struct {
		Version diff.Version
		Changes []diff.Change
		Effect  struct {
			Deals    int
			Moved    []diff.DealEffect
			Verdicts []struct{ Call string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(got.out), &found))
	assert.Equal(t, diff.VersionRight, found.Version)
	require.Len(t, found.Changes, 1)
	assert.Equal(t, diff.Tightened, found.Changes[0].Action)
	assert.Equal(t, 3, found.Effect.Deals)
	require.Len(t, found.Effect.Moved, 1)
	assert.Equal(t, "middle", string(found.Effect.Moved[0].Is.Stage))
	require.Len(t, found.Effect.Verdicts, 1)
	assert.Equal(t, "a2", found.Effect.Verdicts[0].Call)
	assert.NotContains(t, try(t, "", words("diff --format json old.yaml new.yaml")).out, "effect")
}

func TestDiffExits(t *testing.T) {
	versions(t, "version: 1", "version: 2")
	require.NoError(t, os.WriteFile("bad.jsonl", []byte("{\n"), 0o666))
	require.NoError(t, os.WriteFile("broken.yaml", []byte("advance: 1\n"), 0o666))
	for args, code := range map[string]int{
		"diff old.yaml new.yaml":            exitOK,
		"diff new.yaml old.yaml":            exitFaults, // lowered
		"diff old.yaml new.yaml bad.jsonl":  exitFaults,
		"diff old.yaml broken.yaml":         exitFaults,
		"diff old.yaml":                     exitFailed,
		"diff old.yaml nowhere.yaml":        exitFailed,
		"diff old.yaml new.yaml nowhere":    exitFailed,
		"diff old.yaml new.yaml --deals no": exitFailed,
		"diff complex-b2b transactional":    exitOK,
	} {
		assert.Equal(t, code, try(t, "", words(args)).code, args)
	}
}
