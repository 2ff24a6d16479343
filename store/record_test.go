package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// TestSetDecides is guarantee 1. It catches a call applied on top of a later
// one, a call that is known under its id applied again, a lower revision that
// wins, and a deal record that comes late and is not folded in.
func TestSetDecides(t *testing.T) {
	worlds := uint64(6)
	if long {
		worlds = 200
	}
	eachDatabase(t, func(t *testing.T, db database) {
		for seed := range worlds {
			g := generate(t, seed, oracle.Options{})
			digest, states := g.folded(t)
			for order := range uint64(2) {
				db.options.Prefix = fmt.Sprintf("world_%d_%d_", seed, order)
				s := db.store(t, g.ev)
				db.inOneTransaction(t, s, g, order)
				require.Equal(t, digest, db.digest(t, s), "world %d, order %d", seed, order)
				for id, want := range states {
					require.True(t, db.deal(t, s, id).State.Equal(want), "world %d, order %d, deal %s", seed, order, id)
				}
				db.sound(t, s)
			}
		}
	})
}

// inOneTransaction records everything: in order 0 the deal records come
// somewhere in between, in any other after all calls.
func (db database) inOneTransaction(t *testing.T, s *store.Store, g generated, order uint64) {
	t.Helper()
	inTx(t, db, func(tx *sql.Tx) {
		calls := g.shuffled(order)
		for i := range len(calls) + 1 {
			for j, d := range g.deals {
				if at := j * 3 % (len(calls) + 1); i == at && order == 0 || i == len(calls) && order > 0 {
					_, err := s.SaveDeal(t.Context(), tx, d, process.Ref{})
					require.NoError(t, err)
				}
			}
			if i < len(calls) {
				_, err := s.Record(t.Context(), tx, calls[i])
				require.NoError(t, err)
			}
		}
	})
}

// TestSameCall is guarantee 1 for records of one call that come last by their
// time, and could be taken for a new call. It catches a look at the last call
// alone.
func TestSameCall(t *testing.T) {
	first := given("D-1", "c-1", monday, "first_meeting")
	second := given("D-1", "c-2", monday.Add(day), "share_data")
	moved := given("D-1", "c-1", monday.Add(2*day), "first_meeting")
	moved.Revision = 1
	outdated := given("D-1", "c-1", monday.Add(3*day), "meet_boss")
	rival := given("D-1", "c-2", monday.Add(4*day), "meet_boss")
	eachDatabase(t, func(t *testing.T, db database) {
		for name, calls := range map[string][]outcome.Call{
			"moved":    {first, second, moved},
			"outdated": {moved, second, outdated},
			"rival":    {first, second, rival},
		} {
			t.Run(name, func(t *testing.T) {
				g := generated{ev: parse(t, ladder), calls: calls}
				digest, states := g.folded(t)
				db.options.Prefix = name + "_"
				s := db.store(t, g.ev)
				last := db.record(t, s, calls...)
				assert.Equal(t, digest, db.digest(t, s))
				assert.True(t, last.State.Equal(states["D-1"]))
				db.sound(t, s)
			})
		}
	})
}

// TestLateAndCorrected is guarantee 2. It catches a verdict that changed and is
// not named, one that is named and did not change, and the loss of what it was.
func TestLateAndCorrected(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		first := db.record(t, s, given("D-1", "c-1", monday, "first_meeting"))
		assert.Equal(t, outcome.Advance, first.Verdict.Result)
		assert.Empty(t, first.Revised)
		assert.Equal(t, process.StageID("discovery"), first.Standing.Stage)
		db.record(t, s, given("D-1", "c-3", monday.Add(3*day), "share_data"))

		// A late call takes the credit from c-1 and leaves c-3 as it was.
		late := db.record(t, s, given("D-1", "c-0", monday.Add(-day), "first_meeting"))
		assert.Equal(t, outcome.Advance, late.Verdict.Result)
		require.Len(t, late.Revised, 1)
		assert.Equal(t, outcome.CallID("c-1"), late.Revised[0].After.Call)
		assert.Equal(t, outcome.Advance, late.Revised[0].Before.Result)
		assert.Equal(t, outcome.Continuation, late.Revised[0].After.Result)
		assert.Equal(t, outcome.CallID("c-3"), late.State.LastCall())

		// A correction of c-0 gives it back, and names its own old verdict too.
		corrected := given("D-1", "c-0", monday.Add(-day), "referral")
		corrected.Revision = 1
		again := db.record(t, s, corrected)
		assert.Equal(t, []commitment.ID{"referral"}, again.Verdict.Credited)
		require.Len(t, again.Revised, 2)
		assert.Equal(t, outcome.CallID("c-0"), again.Revised[0].Before.Call)
		assert.Equal(t, []commitment.ID{"first_meeting"}, again.Revised[0].Before.Credited)
		assert.Equal(t, outcome.CallID("c-1"), again.Revised[1].After.Call)
		assert.Equal(t, outcome.Advance, again.Revised[1].After.Result)

		// A revision that comes after a higher one is kept and counts for nothing.
		older := given("D-1", "c-1", monday, "meet_boss")
		older.Revision = -1
		nothing := db.record(t, s, older)
		assert.False(t, nothing.Seen)
		assert.Empty(t, nothing.Revised)
		assert.Equal(t, []commitment.ID{"first_meeting"}, nothing.Verdict.Credited)

		var kinds []string
		for _, c := range db.changes(t, s, 0) {
			kinds = append(kinds, string(c.Kind)+" "+string(c.Call))
		}
		assert.Equal(t, []string{
			"recorded c-1", "recorded c-3", "recorded c-0", "revised c-1", "recorded c-0", "revised c-1", "recorded c-1",
		}, kinds)
		db.sound(t, s)
	})
}

// TestOnce is guarantee 3. It catches a second row, verdict or change for a
// record that is there, whether its id was given or comes from its content.
func TestOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		named, unnamed := given("D-1", "c-1", monday, "referral", "first_meeting"), given("D-1", "", monday.Add(day), "share_data")
		one, two := db.record(t, s, named), db.record(t, s, unnamed)
		before := db.dump(t)

		// The order of entries and the zone of a time are not content.
		named.Commitments[0], named.Commitments[1] = named.Commitments[1], named.Commitments[0]
		named.At = named.At.In(time.FixedZone("", 3600))
		oneAgain, twoAgain := db.record(t, s, named), db.record(t, s, unnamed)
		assert.Equal(t, before, db.dump(t))

		assert.False(t, one.Seen)
		assert.True(t, oneAgain.Seen)
		assert.True(t, twoAgain.Seen)
		assert.Equal(t, one.Verdict, oneAgain.Verdict)
		assert.Equal(t, two.Verdict, twoAgain.Verdict)
		assert.Equal(t, two.Call, twoAgain.Call)
		assert.Equal(t, two.Version, twoAgain.Version)

		inTx(t, db, func(tx *sql.Tx) {
			deal := outcome.Deal{Deal: "D-2", Name: "Acme", Opened: monday}
			opened, err := s.SaveDeal(t.Context(), tx, deal, process.Ref{})
			require.NoError(t, err)
			again, err := s.SaveDeal(t.Context(), tx, deal, process.Ref{})
			require.NoError(t, err)
			assert.Equal(t, opened.Version, again.Version)
		})
	})
}

// touchy is a house rule that breaks off over calls with a note.
func touchy(t testing.TB) *outcome.Evaluator {
	return outcome.NewEvaluator(parse(t, ladder).Process(), outcome.Options{House: []outcome.Rule{
		outcome.RuleFunc(func(c outcome.Change) outcome.Opinion {
			if c.Call.Notes == "poison" {
				panic("no idea what to make of this")
			}
			return outcome.Opinion{}
		}),
	}})
}

// TestParked is guarantee 6. It catches a panic or an error that reaches the
// caller or the next deal, a record of a bad deal that is lost, and a deal that
// does not come back.
func TestParked(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, touchy(t))
		db.record(t, s, given("D-1", "c-1", monday, "first_meeting"))
		bad := given("D-1", "c-2", monday.Add(day), "share_data")
		bad.Notes = "poison"
		fresh := given("D-0", "c-1", monday)
		fresh.Notes = "poison"

		// Good, bad and good again, in one transaction.
		inTx(t, db, func(tx *sql.Tx) {
			for _, c := range []outcome.Call{fresh, bad, given("D-2", "c-1", monday, "first_meeting")} {
				r, err := s.Record(t.Context(), tx, c)
				require.NoError(t, err)
				if c.Notes == "" {
					assert.Empty(t, r.Parked)
					assert.Equal(t, outcome.Advance, r.Verdict.Result)
				} else {
					assert.Contains(t, r.Parked, "no idea what to make of this")
					assert.Empty(t, r.Verdict.Call)
				}
			}
		})
		seen := db.record(t, s, bad)
		assert.True(t, seen.Seen)
		assert.NotEmpty(t, seen.Parked)

		// What comes while it is parked is kept.
		assert.NotEmpty(t, db.record(t, s, given("D-1", "c-3", monday.Add(2*day), "meet_boss")).Parked)
		assert.Equal(t, []string{"parked", "parked"}, whats(db.reconcile(t, s)))
		inTx(t, db, func(tx *sql.Tx) {
			parked, err := s.Deals(t.Context(), tx, store.Query{Parked: true})
			require.NoError(t, err)
			require.Len(t, parked, 2)
			assert.Equal(t, outcome.DealID("D-0"), parked[0].Deal)
			woken, err := s.Due(t.Context(), tx, monday.Add(100*day), 10)
			require.NoError(t, err)
			require.Len(t, woken, 1, "a parked deal has no wake-ups")
			assert.Equal(t, outcome.DealID("D-2"), woken[0].Deal)
		})

		// A corrected record brings it back, with the verdict on what came meanwhile.
		bad.Notes, bad.Revision = "", 1
		back := db.record(t, s, bad)
		assert.Empty(t, back.Parked)
		assert.Equal(t, process.StageID("won"), back.Standing.Stage)
		// Another program, whose rules do not break off, repairs the other.
		plain := db.bare(t, parse(t, ladder))
		inTx(t, db, func(tx *sql.Tx) {
			f, err := plain.Refold(t.Context(), tx, "D-0")
			require.NoError(t, err)
			assert.Empty(t, f.Parked)
		})
		db.sound(t, plain)
	})
}

// TestDueParks is guarantee 6 for wake-ups: what can not be read is folded again,
// and what can not be folded is parked and leaves the batch.
func TestDueParks(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		for _, deal := range []outcome.DealID{"D-1", "D-2", "D-3"} {
			db.record(t, s, given(deal, "c-1", monday, "first_meeting"))
		}
		db.spoil(t, "UPDATE {deals} SET state = '{\"future\":1}' WHERE deal IN ('D-1', 'D-2')")
		db.spoil(t, "UPDATE {calls} SET record = '{}' WHERE deal = 'D-1'")
		inTx(t, db, func(tx *sql.Tx) {
			woken, err := s.Due(t.Context(), tx, monday.Add(4*day), 10)
			require.NoError(t, err)
			require.Len(t, woken, 3)
			assert.Contains(t, woken[0].Parked, `"deal" is missing`)
			for _, w := range woken[1:] {
				assert.Empty(t, w.Parked)
				assert.Len(t, w.Is.Overdue, 1)
			}
		})
		assert.Equal(t, []string{"parked"}, whats(db.reconcile(t, s)))
		assert.NotEmpty(t, db.record(t, s, given("D-1", "c-2", monday, "meet_boss")).Parked)
	})
}

// spoil changes the tables behind the back of the store.
func (db database) spoil(t testing.TB, query string) {
	t.Helper()
	for _, name := range []string{"deals", "calls", "verdicts", "changes"} {
		query = strings.ReplaceAll(query, "{"+name+"}", db.table(name))
	}
	result, err := db.Exec(query)
	require.NoError(t, err)
	n, err := result.RowsAffected()
	require.NoError(t, err)
	require.NotZero(t, n)
}

// TestBadRecord refuses what nobody could judge before anything is written.
func TestBadRecord(t *testing.T) {
	good := given("D-1", "c-1", monday, "referral")
	tests := map[string]struct {
		change func(*outcome.Call)
		want   string
	}{
		"no deal":       {func(c *outcome.Call) { c.Deal = "" }, `"deal" is missing`},
		"no time":       {func(c *outcome.Call) { c.At = time.Time{} }, `"at" is missing`},
		"no year":       {func(c *outcome.Call) { c.At = c.At.AddDate(10000, 0, 0) }, "year"},
		"long deal":     {func(c *outcome.Call) { c.Deal = outcome.DealID(strings.Repeat("x", 256)) }, "255 bytes"},
		"long id":       {func(c *outcome.Call) { c.ID = outcome.CallID(strings.Repeat("x", 256)) }, "255 bytes"},
		"zero byte":     {func(c *outcome.Call) { c.ID = "a\x00b" }, "zero byte"},
		"no text":       {func(c *outcome.Call) { c.ID = "a\xffb" }, "UTF-8"},
		"endless":       {func(c *outcome.Call) { c.Notes = strings.Repeat("x", outcome.MaxRecord) }, "the limit"},
		"empty entries": {func(c *outcome.Call) { c.Commitments[0].Commitment = "" }, "neither"},
	}
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				c := good
				c.Commitments = append([]outcome.Entry(nil), c.Commitments...)
				test.change(&c)
				inTx(t, db, func(tx *sql.Tx) {
					_, err := s.Record(t.Context(), tx, c)
					var bad *outcome.RecordError
					require.ErrorAs(t, err, &bad)
					assert.Contains(t, bad.Reason, test.want)
				})
			})
		}
		assert.Empty(t, db.dump(t))

		// What only looks odd is stored as it is.
		odd := given("D ' \" $1 ?1", "c {calls} 'x", monday, "referral")
		odd.Notes = "\x00 \u2028 <>& 'quoted' 世界"
		r := db.record(t, s, odd)
		assert.Equal(t, odd.ID, r.Verdict.Call)
		inTx(t, db, func(tx *sql.Tx) {
			calls, err := s.Calls(t.Context(), tx, odd.Deal)
			require.NoError(t, err)
			require.Len(t, calls, 1)
			assert.Equal(t, odd.Notes, calls[0].Notes)
		})
		db.sound(t, s)
	})
}

func TestErrors(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		_, err := s.Record(t.Context(), db.DB, given("D-1", "c-1", monday))
		require.ErrorIs(t, err, store.ErrNoTransaction)
		inTx(t, db, func(tx *sql.Tx) {
			var none *store.NoDealError
			_, err := s.Deal(t.Context(), tx, "D-1")
			require.ErrorAs(t, err, &none)
			_, err = s.Refold(t.Context(), tx, "D-1")
			require.ErrorAs(t, err, &none)
			_, err = s.Move(t.Context(), tx, "D-1", s.Processes()[0], store.MoveOptions{})
			require.ErrorAs(t, err, &none)
			var stage *outcome.UnknownStageError
			_, err = s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-1", Stage: "discovry"}, process.Ref{})
			require.ErrorAs(t, err, &stage)
			var bad *outcome.RecordError
			_, err = s.SaveDeal(t.Context(), tx, outcome.Deal{}, process.Ref{})
			require.ErrorAs(t, err, &bad)
		})
		assert.Empty(t, db.dump(t))
	})
}

// TestRetryable knows the errors of real drivers.
func TestRetryable(t *testing.T) {
	assert.True(t, store.Retryable(errors.Join(errors.New("x"), store.ErrConflict)))
	assert.False(t, store.Retryable(errors.New("x")))
	assert.False(t, store.Retryable(nil))
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		db.record(t, s, given("D-1", "c-1", monday))
		begin := "BEGIN" // a transaction that reads before it is known to write
		if db.options.Dialect == store.PostgreSQL {
			begin = "BEGIN ISOLATION LEVEL REPEATABLE READ"
		}
		conn, err := db.Conn(t.Context())
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		_, err = conn.ExecContext(t.Context(), begin)
		require.NoError(t, err)
		_, err = s.Deal(t.Context(), conn, "D-1")
		require.NoError(t, err)
		db.record(t, s, given("D-1", "c-2", monday.Add(day)))
		_, err = s.Record(t.Context(), conn, given("D-1", "c-3", monday.Add(2*day)))
		require.Error(t, err)
		assert.True(t, store.Retryable(err), err)
		_, err = conn.ExecContext(t.Context(), "ROLLBACK")
		require.NoError(t, err)

		_, err = db.Exec("SELECT nonsense")
		require.Error(t, err)
		assert.False(t, store.Retryable(err))
	})
}
