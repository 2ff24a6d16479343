package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// TestReconcile is guarantee 10: whatever is changed behind the back of the
// store is found, and named for what it is; Refold mends what the calls can
// tell. It catches every column that Reconcile does not look at.
func TestReconcile(t *testing.T) {
	tests := map[string]struct {
		spoil string
		want  []string
		lost  bool // the calls can not tell
	}{
		"state":          {`UPDATE {deals} SET state = REPLACE(CAST(state AS text), '"run":1', '"run":2')`, []string{"state"}, false},
		"no state":       {`UPDATE {deals} SET state = '{"future":1}'`, []string{"state"}, false},
		"stage":          {`UPDATE {deals} SET stage = 'won'`, []string{"standing"}, false},
		"standing":       {`UPDATE {deals} SET standing = REPLACE(CAST(standing AS text), '"stalled":false', '"stalled":true')`, []string{"standing"}, false},
		"no wake-up":     {`UPDATE {deals} SET next_change = NULL`, []string{"next_change"}, false},
		"other wake-up":  {`UPDATE {deals} SET next_change = '2026-03-02T00:00:00.000000Z'`, []string{"next_change"}, false},
		"verdict":        {`UPDATE {verdicts} SET record = REPLACE(CAST(record AS text), '"to":"discovery"', '"to":"won"') WHERE call = 'c-1'`, []string{"verdict c-1"}, false},
		"wording":        {`UPDATE {verdicts} SET record = REPLACE(CAST(record AS text), '"why":"', '"why":"Well: ') WHERE call = 'c-1'`, []string{"wording c-1"}, false},
		"no verdict":     {`DELETE FROM {verdicts} WHERE call = 'c-2'`, []string{"missing c-2"}, false},
		"result":         {`UPDATE {verdicts} SET result = 'order' WHERE call = 'c-1'`, []string{"verdict c-1"}, false},
		"time":           {`UPDATE {verdicts} SET at = '2026-03-02T00:00:00.000000Z' WHERE call = 'c-1'`, []string{"verdict c-1"}, false},
		"surplus":        {`INSERT INTO {verdicts} (deal, call, at, result, record) VALUES ('D-1', 'c-9', '2026-03-02T00:00:00.000000Z', 'order', '{}')`, []string{"surplus c-9"}, false},
		"lost call":      {`DELETE FROM {calls} WHERE call = 'c-2'`, []string{"state", "standing", "surplus c-2"}, false},
		"changed call":   {`UPDATE {calls} SET record = REPLACE(CAST(record AS text), 'first_meeting', 'referral') WHERE call = 'c-1'`, []string{"unjudgeable"}, true},
		"no call":        {`UPDATE {calls} SET record = '{}' WHERE call = 'c-1'`, []string{"unjudgeable"}, true},
		"no deal":        {`DELETE FROM {deals}`, []string{"no_deal"}, true},
		"deal record":    {`UPDATE {deals} SET record = '{"deal":"D-1","stage":"discovery"}'`, []string{"state", "standing", "verdict c-1"}, false},
		"no deal record": {`UPDATE {deals} SET record = '{}'`, []string{"unjudgeable"}, true},
		"process":        {`UPDATE {deals} SET fingerprint = 'other'`, []string{"unknown_process"}, true},
		"other deal":     {`UPDATE {calls} SET deal = 'D-0' WHERE call = 'c-2'`, []string{"no_deal", "state", "standing", "surplus c-2"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, db database) {
				s := db.store(t, parse(t, ladder))
				db.record(t, s, given("D-1", "c-1", monday, "first_meeting"), outcome.Call{Deal: "D-1", ID: "c-2", At: monday.Add(day)})
				db.sound(t, s)
				query := test.spoil
				if db.options.Dialect == store.PostgreSQL && strings.Contains(query, "REPLACE") {
					query = strings.NewReplacer("= REPLACE(", "= CAST(REPLACE(", "')", "') AS json)").Replace(query)
				}
				db.spoil(t, query)
				found := db.reconcile(t, s)
				assert.Equal(t, test.want, whats(found))
				for _, d := range found {
					assert.NotEmpty(t, d.String())
				}
				if test.lost {
					return
				}
				inTx(t, db, func(tx *sql.Tx) {
					_, err := s.Refold(t.Context(), tx, "D-1")
					require.NoError(t, err)
				})
				db.sound(t, s)
				sound := db.dump(t)
				inTx(t, db, func(tx *sql.Tx) {
					_, err := s.Refold(t.Context(), tx, "D-1")
					require.NoError(t, err)
				})
				assert.Equal(t, sound, db.dump(t), "a sound deal is left as it is")
			})
		})
	}
}

// TestReconcilePages goes through many deals, those without calls and those
// without a row included.
func TestReconcilePages(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		inTx(t, db, func(tx *sql.Tx) {
			for _, id := range []outcome.DealID{"a", "B", "b", "ä", "D-1", "D-10", "D-2"} {
				_, err := s.SaveDeal(t.Context(), tx, outcome.Deal{Deal: id}, process.Ref{})
				require.NoError(t, err)
			}
			_, err := s.Record(t.Context(), tx, given("C", "c-1", monday))
			require.NoError(t, err)
		})
		db.spoil(t, `DELETE FROM {deals} WHERE deal = 'C'`)
		var pages []int
		var order []outcome.DealID
		inTx(t, db, func(tx *sql.Tx) {
			for last := outcome.DealID(""); ; {
				r, err := s.Reconcile(t.Context(), tx, last, 3)
				require.NoError(t, err)
				pages, last = append(pages, r.Deals), r.Last
				order = append(order, last)
				if r.Deals == 0 {
					return
				}
			}
		})
		assert.Equal(t, []int{3, 3, 2, 0}, pages)
		assert.Equal(t, []outcome.DealID{"D-1", "a", "ä", "ä"}, order, "by bytes, whatever the language of the database")
		assert.Equal(t, []string{"no_deal"}, whats(db.reconcile(t, s)))
	})
}
