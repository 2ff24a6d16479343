package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

var errBroken = errors.New("the connection broke")

// intercepted is a transaction that does something before one of its
// statements, counted from 0; an error takes the place of the statement.
type intercepted struct {
	store.Tx
	at, count int
	do        func() error
}

func (i *intercepted) before() error {
	i.count++
	if i.count-1 == i.at {
		return i.do()
	}
	return nil
}

func (i *intercepted) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := i.before(); err != nil {
		return nil, err
	}
	return i.Tx.ExecContext(ctx, query, args...)
}

func (i *intercepted) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := i.before(); err != nil {
		return nil, err
	}
	return i.Tx.QueryContext(ctx, query, args...)
}

// TestTogether is guarantee 4. Each verb is broken at each of its statements. It
// catches an error that is swallowed, a write outside of the transaction, and
// whatever remains after it was rolled back.
func TestTogether(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		first, next := parse(t, ladder), parse(t, second("exit: meet_boss", "exit: share_data"))
		s := db.store(t, first, next)
		db.record(t, s,
			given("D-1", "c-1", monday, "first_meeting"),
			given("D-1", "c-2", monday.Add(day), "share_data"),
			given("D-2", "c-1", monday, "first_meeting"))
		late := given("D-1", "c-0", monday.Add(-day), "first_meeting")
		verbs := map[string]func(tx store.Tx) error{
			"record, new": func(tx store.Tx) error {
				_, err := s.Record(t.Context(), tx, given("D-3", "c-1", monday, "referral"))
				return err
			},
			"record, in order": func(tx store.Tx) error {
				_, err := s.Record(t.Context(), tx, given("D-1", "c-3", monday.Add(2*day), "meet_boss"))
				return err
			},
			"record, late": func(tx store.Tx) error {
				r, err := s.Record(t.Context(), tx, late)
				if err == nil {
					assert.Len(t, r.Revised, 1)
				}
				return err
			},
			"save": func(tx store.Tx) error {
				_, err := s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-1", Stage: "discovery"}, process.Ref{})
				return err
			},
			"move": func(tx store.Tx) error {
				_, err := s.Move(t.Context(), tx, "D-1", next.Process().Ref(), store.MoveOptions{})
				return err
			},
			"due": func(tx store.Tx) error {
				_, err := s.Due(t.Context(), tx, monday.Add(5*day), 10)
				return err
			},
			"erase": func(tx store.Tx) error {
				_, err := s.Erase(t.Context(), tx, "D-1")
				return err
			},
		}
		before := db.dump(t)
		for name, verb := range verbs {
			t.Run(name, func(t *testing.T) {
				statements := 0
				for broken := 0; statements == 0; broken++ {
					tx, err := db.BeginTx(t.Context(), nil)
					require.NoError(t, err)
					i := &intercepted{Tx: tx, at: broken, do: func() error { return errBroken }}
					if err = verb(i); err == nil {
						statements = i.count // all of them went through
						assert.Equal(t, broken, statements, "an error was swallowed")
					} else {
						require.ErrorIs(t, err, errBroken)
					}
					require.NoError(t, tx.Rollback())
					require.Equal(t, before, db.dump(t), "after a break at statement %d", broken)
				}
				assert.Greater(t, statements, 3)
			})
		}
		// And a break of the caller's own, after the verb.
		err := db.try(t.Context(), func(tx *sql.Tx) error {
			_, err := s.Record(t.Context(), tx, late)
			return errors.Join(err, errBroken)
		})
		require.ErrorIs(t, err, errBroken)
		assert.Equal(t, before, db.dump(t))
	})
}

// TestCompareAndSet is guarantee 5. The slow writer has no transaction that
// could protect it, and another writer gets between its reading and its writing.
// It catches a write that does not compare the version, and versions that are
// used again after a deal was erased.
func TestCompareAndSet(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		ctx := t.Context()
		type verb func(tx store.Tx, deal outcome.DealID) error
		call := func(id outcome.CallID, what commitment.ID) verb {
			return func(tx store.Tx, deal outcome.DealID) error {
				_, err := s.Record(ctx, tx, given(deal, id, monday.Add(day), what))
				return err
			}
		}
		saved := func(tx store.Tx, deal outcome.DealID) error {
			_, err := s.SaveDeal(ctx, tx, outcome.Deal{Deal: deal, Stage: "discovery"}, process.Ref{})
			return err
		}
		woken := func(tx store.Tx, _ outcome.DealID) error {
			_, err := s.Due(ctx, tx, monday.Add(50*day), 100)
			return err
		}
		reborn := func(tx store.Tx, deal outcome.DealID) error {
			_, err := s.Erase(ctx, tx, deal)
			return errors.Join(err, call("c-1", "referral")(tx, deal))
		}
		tests := map[string]struct {
			deal        outcome.DealID
			slow, quick verb
		}{
			"two calls":                            {"D-1", call("c-2", "share_data"), call("c-3", "meet_boss")},
			"two first calls":                      {"new", call("c-2", "share_data"), call("c-3", "meet_boss")},
			"the same call":                        {"D-2", call("c-2", "share_data"), call("c-2", "share_data")},
			"call and deal":                        {"D-3", saved, call("c-3", "meet_boss")},
			"call and wake-up":                     {"D-4", woken, call("c-3", "meet_boss")},
			"call and another deal of the same id": {"D-5", call("c-2", "share_data"), reborn},
		}
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				if test.deal != "new" {
					db.record(t, s, given(test.deal, "c-1", monday, "first_meeting"))
				}
				var between outcome.State
				conn, err := db.Conn(ctx)
				require.NoError(t, err)
				defer func() { _ = conn.Close() }()
				err = test.slow(&intercepted{Tx: conn, at: 1, do: func() error {
					if err := db.try(ctx, func(tx *sql.Tx) error { return test.quick(tx, test.deal) }); err != nil {
						return err
					}
					between = db.deal(t, s, test.deal).State
					return nil
				}}, test.deal)
				if name == "the same call" && err == nil {
					return // it saw that the other was quicker
				}
				require.ErrorIs(t, err, store.ErrConflict)
				assert.True(t, store.Retryable(err))
				assert.True(t, db.deal(t, s, test.deal).State.Equal(between), "the slow writer has overwritten the quick one")

				// Done again, it goes through.
				require.NoError(t, db.try(ctx, func(tx *sql.Tx) error { return test.slow(tx, test.deal) }))
			})
		}
	})
}

// TestCrowd lets many writers at one deal at once, in transactions as programs
// have them. All get through by doing again what Retryable allows.
func TestCrowd(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		db.SetMaxOpenConns(8)
		const writers, each = 8, 10
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for n := range each {
					c := given("D-1", outcome.CallID(fmt.Sprintf("c-%d-%d", w, n)), monday.Add(time.Duration(3*w-2*n)*day), "referral", "share_data")
					assert.NoError(t, retry(t.Context(), func() error {
						return db.try(t.Context(), func(tx *sql.Tx) error {
							_, err := s.Record(t.Context(), tx, c)
							return err
						})
					}))
				}
			})
		}
		wg.Wait()
		inTx(t, db, func(tx *sql.Tx) {
			verdicts, err := s.Verdicts(t.Context(), tx, "D-1")
			require.NoError(t, err)
			assert.Len(t, verdicts, writers*each)
		})
		db.sound(t, s)
	})
}

// retry does something again for as long as that may help.
func retry(ctx context.Context, do func() error) error {
	for {
		err := do()
		if err == nil || ctx.Err() != nil || !store.Retryable(err) {
			return err
		}
	}
}
