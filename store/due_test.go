package store_test

import (
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// due runs one batch in a transaction of its own.
func (db database) due(t testing.TB, s *store.Store, now time.Time) (out []store.Wake) {
	t.Helper()
	inTx(t, db, func(tx *sql.Tx) {
		var err error
		out, err = s.Due(t.Context(), tx, now, 1000)
		require.NoError(t, err)
	})
	return out
}

// TestDue is guarantee 8. It catches a wake-up that comes before its change (by
// rounding down), one that is handed out twice, and one that is lost.
func TestDue(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		ev := parse(t, ladder)
		s := db.store(t, ev)
		due := monday.Add(2*day + 123*time.Nanosecond)
		c := given("D-1", "c-1", monday, "first_meeting")
		c.Commitments[0].Due = outcome.At(due)
		db.record(t, s, c)
		next := db.deal(t, s, "D-1").NextChange
		assert.Equal(t, due.Truncate(time.Microsecond).Add(time.Microsecond), next)

		assert.Empty(t, db.due(t, s, due), "on its due date a promise is not overdue")
		woken := db.due(t, s, next)
		require.Len(t, woken, 1)
		assert.Empty(t, woken[0].Was.Overdue)
		assert.Len(t, woken[0].Is.Overdue, 1)
		dump := db.dump(t)
		assert.Empty(t, db.due(t, s, next), "twice is once")
		assert.Empty(t, db.due(t, s, monday), "a clock that is behind wakes nobody")
		assert.Equal(t, dump, db.dump(t))

		// A lapse, a stall, and then nothing more.
		assert.Equal(t, process.StageID("target"), db.due(t, s, due.Add(7*day+time.Microsecond))[0].Is.Stage)
		assert.True(t, db.due(t, s, due.Add(60*day))[0].Is.Stalled)
		assert.Empty(t, db.due(t, s, due.Add(6000*day)))
		assert.Zero(t, db.deal(t, s, "D-1").NextChange)
		assert.Equal(t, 3, lines(db.dump(t), "kind=woken"))

		// A late call does not repeat what was handed out, and how the deal
		// stands is told with it in mind.
		late := db.record(t, s, given("D-1", "c-0", monday.Add(-day), "referral"))
		assert.True(t, late.Standing.Stalled)
		assert.Empty(t, db.due(t, s, due.Add(60*day)))

		// A call that was dated into the next century by mistake silences the
		// deal only until it is corrected.
		wrong := given("D-1", "c-2", monday.Add(40000*day), "share_data")
		db.record(t, s, wrong)
		assert.Empty(t, db.due(t, s, due.Add(90*day)))
		right := given("D-1", "c-2", due.Add(61*day), "share_data")
		right.Revision = 1
		db.record(t, s, right)
		assert.Len(t, db.due(t, s, due.Add(90*day)), 1)
		db.sound(t, s)
	})
}

// TestDueWalk follows generated deals from one wake-up to the next, up to the
// last. It catches a loop of wake-ups in which nothing changes, and a standing
// that is not the one of its instant.
func TestDueWalk(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		for seed := range uint64(4) {
			g := generate(t, seed, oracle.Options{Deals: 10})
			db.options.Prefix = fmt.Sprintf("walk_%d_", seed)
			s := db.store(t, g.ev)
			db.inOneTransaction(t, s, g, 0)
			_, states := g.folded(t)
			for id := range states {
				for step := 0; ; step++ {
					require.Less(t, step, 200, "deal %s of world %d never comes to rest", id, seed)
					now := db.deal(t, s, id).NextChange
					if now.IsZero() {
						break
					}
					for _, w := range db.due(t, s, now) {
						want, err := g.ev.Standing(states[w.Deal], now)
						require.NoError(t, err)
						require.Equal(t, want, w.Is)
						require.NotEqual(t, timeless(w.Was), timeless(w.Is), "deal %s of world %d: a wake-up for nothing", w.Deal, seed)
					}
				}
			}
			db.sound(t, s)
		}
	})
}

func timeless(s outcome.Standing) outcome.Standing {
	s.At, s.NextChange = time.Time{}, time.Time{}
	return s
}

// TestWorkers is guarantee 8 for many workers: one that holds a batch neither
// blocks the others (with PostgreSQL) nor shares it, and one that dies loses
// nothing. It catches the loss of SKIP LOCKED and of the compare-and-set.
func TestWorkers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		const deals = 40
		inTx(t, db, func(tx *sql.Tx) {
			for i := range deals {
				_, err := s.Record(t.Context(), tx, given(outcome.DealID(fmt.Sprintf("D-%02d", i)), "c-1", monday, "first_meeting"))
				require.NoError(t, err)
			}
		})
		now := monday.Add(3 * day)
		dying, err := db.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		held, err := s.Due(t.Context(), dying, now, 10)
		require.NoError(t, err)
		require.Len(t, held, 10)
		if db.options.Dialect == store.PostgreSQL {
			other, err := db.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			_, err = other.Exec("SET LOCAL lock_timeout = '2s'")
			require.NoError(t, err)
			free, err := s.Due(t.Context(), other, now, 10)
			require.NoError(t, err, "a batch in hand blocks nobody")
			require.Len(t, free, 10)
			assert.NotEqual(t, held[0].Deal, free[0].Deal)
			require.NoError(t, other.Rollback())
		}
		require.NoError(t, dying.Rollback())

		var mu sync.Mutex
		seen := map[outcome.DealID]int{}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					var batch []store.Wake
					err := retry(t.Context(), func() error {
						return db.try(t.Context(), func(tx *sql.Tx) (err error) {
							batch, err = s.Due(t.Context(), tx, now, 3)
							return err
						})
					})
					if !assert.NoError(t, err) || len(batch) == 0 {
						return
					}
					mu.Lock()
					for _, w := range batch {
						seen[w.Deal]++
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for deal, n := range seen {
			assert.Equal(t, 1, n, deal)
		}
		assert.Equal(t, deals, lines(db.dump(t), "kind=woken"))
		for _, w := range held {
			assert.Len(t, db.deal(t, s, w.Deal).Standing.Overdue, 1)
		}
	})
}
