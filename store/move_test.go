package store_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// TestUnknownProcess is guarantee 7, the refusal. It catches a deal that is
// judged by whatever process is at hand: another version, or one that was
// changed without a new version.
func TestUnknownProcess(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		newer := parse(t, second())
		s := db.store(t, newer)
		db.record(t, s, given("D-1", "c-1", monday, "first_meeting"))
		before := db.dump(t)
		for name, older := range map[string]*outcome.Evaluator{
			"is unknown: the store was given other versions":   parse(t, ladder),
			"is unknown: this process is not among those":      parse(t, second("id: ladder", "id: other")),
			"version 2 was changed without a new version (it ": parse(t, second("lapses_after: 7d", "lapses_after: 8d")),
		} {
			t.Run(name, func(t *testing.T) {
				s := db.bare(t, older)
				refused := func(verb func(tx *sql.Tx) error) {
					t.Helper()
					var unknown *store.UnknownProcessError
					require.ErrorAs(t, db.try(t.Context(), verb), &unknown)
					assert.Equal(t, newer.Process().Ref(), unknown.Process)
					assert.Contains(t, unknown.Error(), name)
				}
				refused(func(tx *sql.Tx) error {
					_, err := s.Record(t.Context(), tx, given("D-1", "c-2", monday.Add(day)))
					return err
				})
				refused(func(tx *sql.Tx) error {
					_, err := s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-1", Name: "Acme"}, process.Ref{})
					return err
				})
				refused(func(tx *sql.Tx) error {
					_, err := s.Refold(t.Context(), tx, "D-1")
					return err
				})
				refused(func(tx *sql.Tx) error {
					_, err := s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-2"}, newer.Process().Ref())
					return err
				})
				inTx(t, db, func(tx *sql.Tx) {
					woken, err := s.Due(t.Context(), tx, monday.Add(100*day), 10)
					require.NoError(t, err)
					assert.Empty(t, woken, "a worker that does not know the process leaves the deal to those that do")
				})
				assert.Equal(t, []string{"unknown_process"}, whats(db.reconcile(t, s)))
				assert.Equal(t, before, db.dump(t))
			})
		}
	})
}

// TestMove is guarantee 7, the step. It catches a deal that changes its process
// on the way, a move that is not checked, and verdicts that stay behind.
func TestMove(t *testing.T) {
	first := parse(t, ladder)
	renamed := parse(t, second("share_data", "send_data"))
	kept := parse(t, second("[share_data, meet_boss]", "[send_data, meet_boss]", "share_data: {", "send_data: {renamed_from: share_data, "))
	easier := parse(t, second("exit: meet_boss", "exit: share_data"))
	eachDatabase(t, func(t *testing.T, db database) {
		before := db.store(t, first)
		db.record(t, before,
			given("D-1", "c-1", monday, "first_meeting"),
			given("D-1", "c-2", monday.Add(day), "share_data"),
			given("D-2", "c-1", monday, "first_meeting"))
		inTx(t, db, func(tx *sql.Tx) {
			_, err := before.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-3", Stage: "discovery"}, process.Ref{})
			require.NoError(t, err)
		})

		// A program with the new version first does not move what it works on.
		s := db.bare(t, easier, first, parse(t, second("id: ladder", "id: other")))
		r := db.record(t, s, given("D-2", "c-2", monday.Add(day), "referral"))
		assert.Equal(t, 1, r.Verdict.Version)
		assert.Equal(t, 2, db.record(t, s, given("D-4", "c-1", monday)).Verdict.Version)

		move := func(t *testing.T, to *outcome.Evaluator, deal outcome.DealID, o store.MoveOptions) (m store.Moved, err error) {
			s := db.bare(t, to) // the process that the deal leaves need not be known
			err = db.try(t.Context(), func(tx *sql.Tx) error {
				m, err = s.Move(t.Context(), tx, deal, to.Process().Ref(), o)
				return err
			})
			return m, err
		}
		untouched := db.dump(t)

		var unknown *store.UnknownProcessError
		require.ErrorAs(t, db.try(t.Context(), func(tx *sql.Tx) error {
			_, err := before.Move(t.Context(), tx, "D-1", easier.Process().Ref(), store.MoveOptions{})
			return err
		}), &unknown)
		var other *store.OtherProcessError
		_, err := move(t, easier, "D-1", store.MoveOptions{From: renamed.Process().Ref()})
		require.ErrorAs(t, err, &other)
		var misfit *store.MoveError
		_, err = move(t, renamed, "D-1", store.MoveOptions{})
		require.ErrorAs(t, err, &misfit)
		require.Len(t, misfit.Faults, 1)
		assert.Equal(t, outcome.CallID("c-2"), misfit.Faults[0].Call)
		assert.Equal(t, "unknown_commitment", misfit.Faults[0].Finding.Code)
		assert.Contains(t, misfit.Error(), `call "c-2"`)
		var stage *outcome.UnknownStageError
		_, err = move(t, parse(t, second("id: discovery", "id: explore")), "D-3", store.MoveOptions{})
		require.ErrorAs(t, err, &stage)
		var fold *store.FoldError
		_, err = move(t, outcome.NewEvaluator(easier.Process(), outcome.Options{House: []outcome.Rule{
			outcome.RuleFunc(func(outcome.Change) outcome.Opinion { panic("no") }),
		}}), "D-1", store.MoveOptions{})
		require.ErrorAs(t, err, &fold)
		assert.Equal(t, untouched, db.dump(t))

		m, err := move(t, easier, "D-1", store.MoveOptions{From: first.Process().Ref()})
		require.NoError(t, err)
		assert.Equal(t, process.StageID("discovery"), m.Was.Stage)
		assert.Equal(t, process.StageID("won"), m.Standing.Stage)
		require.Len(t, m.Revised, 1, "c-1 means the same in both")
		assert.Equal(t, outcome.Order, m.Revised[0].After.Result)
		after := db.dump(t)
		_, err = move(t, easier, "D-1", store.MoveOptions{From: first.Process().Ref()})
		require.NoError(t, err, "a move that was made may be made again")
		assert.Equal(t, after, db.dump(t))
		db.sound(t, s)

		// There and back, under a name that is kept.
		_, err = move(t, kept, "D-2", store.MoveOptions{})
		require.NoError(t, err)
		db.record(t, db.bare(t, kept), given("D-2", "c-3", monday.Add(2*day), "share_data"))
		_, err = move(t, first, "D-2", store.MoveOptions{})
		require.NoError(t, err)
		db.sound(t, s)
	})
}

// TestMoveAcceptingFaults moves a deal whose calls do not all fit.
func TestMoveAcceptingFaults(t *testing.T) {
	first, renamed := parse(t, ladder), parse(t, second("share_data", "send_data"))
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, first, renamed)
		db.record(t, s, given("D-1", "c-1", monday, "first_meeting"), given("D-1", "c-2", monday.Add(day), "share_data"))
		inTx(t, db, func(tx *sql.Tx) {
			m, err := s.Move(t.Context(), tx, "D-1", renamed.Process().Ref(), store.MoveOptions{AcceptFaults: true})
			require.NoError(t, err)
			assert.Equal(t, renamed.Process().Ref(), m.State.Process())
			left, err := s.Deals(t.Context(), tx, store.Query{Process: first.Process().Ref()})
			require.NoError(t, err)
			assert.Empty(t, left)
			there, err := s.Deals(t.Context(), tx, store.Query{Process: renamed.Process().Ref()})
			require.NoError(t, err)
			assert.Len(t, there, 1)
		})
		db.sound(t, s)
	})
}
