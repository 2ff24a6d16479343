package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// TestErase is guarantee 11. Every text of the deal holds a mark, and no table
// of the database may hold one afterwards; it looks at all that are there, so
// that one that is added later can not be forgotten. It catches a table that is
// left out, and a neighbour that is hit.
func TestErase(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, touchy(t))
		db.record(t, s, given("D-10", "c-1", monday, "first_meeting"), given("D-0", "c-1", monday, "first_meeting"))
		neighbours := db.dump(t)

		c := given("D-1", "c-1-MARK", monday, "first_meeting")
		c.Notes, c.Rep, c.Channel, c.Activities = "MARK", "MARK", "MARK", []string{"MARK"}
		c.Commitments[0].People = []commitment.Person{{Name: "MARK", Role: "MARK"}}
		c.Commitments[0].Note = "MARK"
		c.Commitments = append(c.Commitments, outcome.Entry{Other: "MARK", By: commitment.Buyer})
		corrected := c
		corrected.Revision = 1
		bad := given("D-1", "c-2-MARK", monday.Add(-day))
		bad.Notes = "poison"
		db.record(t, s, c, corrected)
		inTx(t, db, func(tx *sql.Tx) {
			_, err := s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: "D-1", Name: "MARK", Owner: "MARK"}, process.Ref{})
			require.NoError(t, err)
			_, err = s.Due(t.Context(), tx, monday.Add(2*day), 1)
			require.NoError(t, err)
		})
		assert.NotEmpty(t, db.record(t, s, bad).Parked)
		require.Positive(t, lines(db.dump(t), "MARK"))
		cursor := db.changes(t, s, 0)[0].Position

		inTx(t, db, func(tx *sql.Tx) {
			erased, err := s.Erase(t.Context(), tx, "D-1")
			require.NoError(t, err)
			assert.True(t, erased)
		})
		after := db.changes(t, s, cursor)
		dump := db.dump(t)
		assert.Zero(t, lines(dump, "MARK"))
		assert.Equal(t, 1, lines(dump, "deal=D-1 "), "the tombstone")
		assert.Equal(t, strings.Count(neighbours, "\n")+1, strings.Count(dump, "\n"), "the neighbours")
		last := after[len(after)-1]
		assert.Equal(t, store.Change{Position: last.Position, Version: last.Version, Deal: "D-1", Kind: store.KindErased}, last)
		db.sound(t, s)

		inTx(t, db, func(tx *sql.Tx) {
			erased, err := s.Erase(t.Context(), tx, "D-1")
			require.NoError(t, err)
			assert.False(t, erased)
		})
		assert.Equal(t, dump, db.dump(t))
	})
}
