package main

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

// boardText is the board as the API writes it.
func boardText(t testing.TB, d *desk) string {
	t.Helper()
	b, err := d.board(t.Context())
	require.NoError(t, err)
	text, err := json.MarshalIndent(b, "", " ")
	require.NoError(t, err)
	return string(text)
}

// The deals to look at show everything that there is to see.
func TestSeed(t *testing.T) {
	d := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
	b, err := d.board(t.Context())
	require.NoError(t, err)
	assert.Empty(t, b.Parked)
	assert.NotEmpty(t, b.Lost)
	assert.Greater(t, b.Ahead, 3)
	assert.Less(t, b.Ahead, b.Open)
	gaps := 0
	results := map[string]bool{}
	for _, col := range b.Columns {
		assert.NotEmpty(t, col.Deals, col.Name)
		for _, c := range col.Deals {
			gaps += len(c.Standing.Gaps)
			f, err := d.file(t.Context(), c.Record.Deal)
			require.NoError(t, err)
			for _, v := range f.Verdicts {
				results[v.Result.String()] = true
				assert.False(t, v.At.After(noon), "%s: nothing lies in the future", c.Name())
				for _, finding := range v.Findings {
					assert.NotEqual(t, "error", finding.Severity.String(), "%s: %s", c.Name(), finding.Message)
				}
			}
		}
	}
	assert.Positive(t, gaps)
	for _, want := range []string{"order", "advance", "continuation", "no_contact", "refusal", "setback"} {
		assert.True(t, results[want], want)
	}
	today, err := d.today(t.Context())
	require.NoError(t, err)
	assert.NotEmpty(t, today.Overdue)
	assert.NotEmpty(t, today.Stalled)
	assert.NotEmpty(t, today.NoNext)
}

// The same clock gives the same deals, and a later one the same deals later.
func TestSeedFollowsTheClock(t *testing.T) {
	one := boardText(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon))
	assert.Equal(t, one, boardText(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)))
	later := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon.AddDate(0, 3, 7))
	assert.NotEqual(t, one, boardText(t, later))
	a, err := later.board(t.Context())
	require.NoError(t, err)
	for i, col := range a.Columns {
		assert.NotEmpty(t, col.Deals, "column %d", i)
	}
}

// Every built-in process gets deals to look at, and can be clicked through.
func TestSeedOfEveryProcess(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		p, err := process.Builtin(name)
		require.NoError(t, err)
		d, err := open(t.Context(), filepath.Join(t.TempDir(), "crm.db"), p, func() time.Time { return noon })
		require.NoError(t, err)
		require.NoError(t, d.prepare(t.Context(), true), name)
		b, err := d.board(t.Context())
		require.NoError(t, err)
		assert.Equal(t, len(stories()), len(b.Lost)+deals(b), name)
		assert.NotEmpty(t, b.Columns[p.Won()].Deals, name)
		url := site(t, d)
		for _, path := range []string{"/", "/today", "/team", "/process", "/process/picture", "/deals/D-1001", "/deals/D-1001/plan", "/deals/D-1001/record"} {
			assert.Equal(t, 200, statusOf(t, url+path), "%s %s", name, path)
		}
		require.NoError(t, d.close())
	}
}

func deals(b board) (n int) {
	for _, col := range b.Columns {
		n += len(col.Deals)
	}
	return n
}

// A second start finds what the first one left, and plants nothing again; deals
// of another process are refused with a way out.
func TestSecondStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a name with spaces & ?.db")
	d := testDesk(t, file, noon)
	_, err := d.erase(t.Context(), "D-1001")
	require.NoError(t, err)
	board := boardText(t, d)
	require.NoError(t, d.close())
	assert.Equal(t, board, boardText(t, testDesk(t, file, noon)))

	other, err := process.Builtin("transactional")
	require.NoError(t, err)
	d, err = open(t.Context(), file, other, func() time.Time { return noon })
	require.NoError(t, err)
	defer func() { _ = d.close() }()
	assert.ErrorContains(t, d.prepare(t.Context(), true), "name that process with -process")
}
