package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// The code of this file is that of docs/embedding.md, function by function;
// TestEmbeddingPage holds the two together.

func saveCallInOwnTables(ctx context.Context, tx *sql.Tx, ev *outcome.Evaluator, call outcome.Call) (outcome.VerdictRecord, error) {
	var state outcome.State
	var version int
	row := tx.QueryRowContext(ctx, `SELECT state, version FROM my_deals WHERE id = $1`, string(call.Deal))
	if err := row.Scan(&state, &version); err != nil {
		return outcome.VerdictRecord{}, err
	}

	next, verdict, err := ev.Apply(state, call)
	if late := (*outcome.LateError)(nil); errors.As(err, &late) {
		// A call from the past: fold the history with it, by ev.Replay.
		return outcome.VerdictRecord{}, err
	}
	if err != nil {
		return outcome.VerdictRecord{}, err
	}

	standing, err := ev.Standing(next, call.At)
	if err != nil {
		return outcome.VerdictRecord{}, err
	}
	result, err := tx.ExecContext(ctx, `UPDATE my_deals SET state = $1, stage = $2, version = version + 1
		WHERE id = $3 AND version = $4`, next, string(standing.Stage), string(call.Deal), version)
	if err != nil {
		return outcome.VerdictRecord{}, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return outcome.VerdictRecord{}, errors.Join(err, errors.New("somebody else was quicker"))
	}
	return verdict.Record(), nil
}

func openStore(ctx context.Context, db *sql.DB) (*store.Store, error) {
	p, err := process.Builtin("ten-commitments") // or process.Load("sales.yaml")
	if err != nil {
		return nil, err
	}
	s, err := store.New(store.Options{
		Dialect:    store.SQLite,
		Evaluators: []*outcome.Evaluator{outcome.NewEvaluator(p, outcome.Options{})},
	})
	if err != nil {
		return nil, err
	}
	return s, inTransaction(ctx, db, func(tx *sql.Tx) error {
		_, _, err := s.Migrate(ctx, tx)
		return err
	})
}

func inTransaction(ctx context.Context, db *sql.DB, work func(tx *sql.Tx) error) error {
	for attempt := 1; ; attempt++ {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err = work(tx); err == nil {
			err = tx.Commit()
		} else {
			err = errors.Join(err, tx.Rollback())
		}
		if err == nil || attempt == 10 || !store.Retryable(err) {
			return err
		}
	}
}

func saveCall(ctx context.Context, db *sql.DB, s *store.Store, body []byte) (recorded store.Recorded, err error) {
	call, err := outcome.DecodeCall(body)
	if err != nil {
		return recorded, err // an *outcome.RecordError: tell the sender
	}
	err = inTransaction(ctx, db, func(tx *sql.Tx) error {
		if recorded, err = s.Record(ctx, tx, call); err != nil {
			return err
		}
		// Whatever belongs to it in your own tables.
		_, err = tx.ExecContext(ctx, `INSERT INTO my_activities (deal, note) VALUES ($1, $2)`, string(call.Deal), call.Notes)
		return err
	})
	return recorded, err
}

func wakeDeals(ctx context.Context, db *sql.DB, s *store.Store, now time.Time, notify func(store.Wake)) error {
	for {
		var batch []store.Wake
		err := inTransaction(ctx, db, func(tx *sql.Tx) (err error) {
			batch, err = s.Due(ctx, tx, now, 100)
			return err
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, w := range batch {
			if w.Is.Stalled && !w.Was.Stalled {
				notify(w)
			}
		}
	}
}

func followChanges(ctx context.Context, db *sql.DB, s *store.Store, cursor store.Position, send func(store.Change) error) (store.Position, error) {
	for {
		var batch []store.Change
		err := inTransaction(ctx, db, func(tx *sql.Tx) (err error) {
			batch, err = s.Changes(ctx, tx, cursor, 100)
			return err
		})
		if err != nil || len(batch) == 0 {
			return cursor, err
		}
		for _, c := range batch {
			if err := send(c); err != nil {
				return cursor, err // the next run begins with this one
			}
			cursor = c.Position
		}
	}
}

func moveDeals(ctx context.Context, db *sql.DB, s *store.Store, from, to process.Ref, misfit func(error)) error {
	for after := outcome.DealID(""); ; {
		var page []store.Summary
		err := inTransaction(ctx, db, func(tx *sql.Tx) (err error) {
			page, err = s.Deals(ctx, tx, store.Query{Process: from, After: after})
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, d := range page {
			err := inTransaction(ctx, db, func(tx *sql.Tx) error {
				_, err := s.Move(ctx, tx, d.Deal, to, store.MoveOptions{From: from})
				return err
			})
			if no := (*store.MoveError)(nil); errors.As(err, &no) {
				misfit(no) // it stays where it is until somebody has looked
			} else if err != nil {
				return err
			}
			after = d.Deal
		}
	}
}

func forget(ctx context.Context, db *sql.DB, s *store.Store, deal outcome.DealID) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		_, err := s.Erase(ctx, tx, deal)
		return err
	})
}

// A call is judged in the transaction that saves it, and time does the rest.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "advance")
	check(err)
	defer func() { check(os.RemoveAll(dir)) }()
	db, err := sql.Open("sqlite", sqliteDSN(filepath.Join(dir, "crm.db")))
	check(err)
	defer func() { check(db.Close()) }()
	_, err = db.Exec(`CREATE TABLE my_activities (deal TEXT, note TEXT)`)
	check(err)
	s, err := openStore(ctx, db)
	check(err)

	recorded, err := saveCall(ctx, db, s, []byte(`{"deal":"D-1042","at":"2026-11-02T10:00:00Z","notes":"Great rapport",
		"commitments":[{"commitment":"time","by":"seller","note":"We will call again"}]}`))
	check(err)
	fmt.Println(recorded.Verdict.Result)

	monthsLater := time.Date(2027, time.March, 1, 0, 0, 0, 0, time.UTC)
	check(wakeDeals(ctx, db, s, monthsLater, func(w store.Wake) { fmt.Println(w.Deal, "is stalled") }))
	cursor, err := followChanges(ctx, db, s, 0, func(c store.Change) error {
		fmt.Println(c.Kind)
		return nil
	})
	check(err)
	check(forget(ctx, db, s, "D-1042"))
	_, err = followChanges(ctx, db, s, cursor, func(c store.Change) error {
		fmt.Println(c.Kind, c.Deal)
		return nil
	})
	check(err)

	// Output:
	// continuation
	// D-1042 is stalled
	// recorded
	// woken
	// erased D-1042
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
