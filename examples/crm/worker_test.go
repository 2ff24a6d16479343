package main

import (
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// plant makes a database with the deals to look at and many more, each with a
// promise that time will change, and leaves nothing open.
func plant(t *testing.T, file string, more int) {
	t.Helper()
	d := testDesk(t, file, noon)
	require.NoError(t, d.write(t.Context(), func(tx *sql.Tx) error {
		for i := range more {
			call := outcome.Call{
				Deal: outcome.DealID(fmt.Sprintf("M-%03d", i)), At: noon.Add(-time.Duration(i) * time.Minute), Kind: "cold_call",
				Commitments: []outcome.Entry{{
					Commitment: "first_meeting", By: commitment.Buyer, Due: outcome.At(noon.AddDate(0, 0, 3)),
					People: []commitment.Person{{Name: "J. Ortiz"}}, Evidence: []string{"email"},
				}},
			}
			if _, err := d.store.Record(t.Context(), tx, call); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err := d.db.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	require.NoError(t, d.close())
}

// inside opens a database beside the program that works on it.
func inside(t *testing.T, file string, look func(d *desk, tx *sql.Tx) error) {
	t.Helper()
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	d, err := open(t.Context(), file, p, func() time.Time { return noon })
	require.NoError(t, err)
	defer func() { _ = d.close() }()
	require.NoError(t, d.write(t.Context(), func(tx *sql.Tx) error { return look(d, tx) }))
}

// due counts the deals that wait for the worker at the later of the two clocks.
func due(t *testing.T, file string) (n int) {
	t.Helper()
	inside(t, file, func(_ *desk, tx *sql.Tx) error {
		return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM advance_deals WHERE next_change <= $1`, later).Scan(&n)
	})
	return n
}

// notices counts what time has done, and says that the tables are sound.
func notices(t *testing.T, file string) (n int) {
	t.Helper()
	inside(t, file, func(d *desk, tx *sql.Tx) error {
		for report := (store.Report{Deals: 1}); report.Deals > 0; {
			var err error
			if report, err = d.store.Reconcile(t.Context(), tx, report.Last, 100); err != nil {
				return err
			}
			require.Empty(t, report.Differences)
		}
		return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM crm_notices`).Scan(&n)
	})
	return n
}

// What time does is told on the page of the day, once.
func TestWorkerTells(t *testing.T) {
	testWorkerTells(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon))
}

func testWorkerTells(t *testing.T, d *desk) {
	log := slog.New(slog.DiscardHandler)
	require.NoError(t, wakeAll(t.Context(), d, log))
	before, err := d.today(t.Context())
	require.NoError(t, err)

	d.now = func() time.Time { return noon.AddDate(0, 0, 5) } // the first meeting of D-1004 was to be within 6 days of 31 October
	require.NoError(t, wakeAll(t.Context(), d, log))
	after, err := d.today(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, before.Notices, after.Notices)
	told := map[string]bool{}
	for _, n := range after.Notices {
		told[n.Name+": "+n.What] = true
	}
	assert.True(t, told["Brightwater Foods: A promise is overdue: “Take a first meeting”."], "%v", told)

	require.NoError(t, wakeAll(t.Context(), d, log))
	again, err := d.today(t.Context())
	require.NoError(t, err)
	assert.Equal(t, after.Notices, again.Notices)

	_, err = d.erase(t.Context(), "D-1004")
	require.NoError(t, err)
	gone, err := d.today(t.Context())
	require.NoError(t, err)
	for _, n := range gone.Notices {
		assert.NotEqual(t, "Brightwater Foods", n.Name)
	}
}
