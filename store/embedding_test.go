package store_test

import (
	"database/sql"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
)

// TestEmbeddingPage holds docs/embedding.md and the code that is compiled and
// run here together: every block of Go on the page stands in
// embedding_example_test.go, and every function there but the example itself on
// the page.
func TestEmbeddingPage(t *testing.T) {
	page, err := os.ReadFile("../docs/embedding.md")
	require.NoError(t, err)
	code, err := os.ReadFile("embedding_example_test.go")
	require.NoError(t, err)
	blocks := strings.Split(string(page), "```go\n")[1:]
	require.NotEmpty(t, blocks)
	shown := ""
	for _, block := range blocks {
		block, _, _ = strings.Cut(block, "```")
		assert.Contains(t, string(code), block)
		shown += block
	}
	helpers, _, _ := strings.Cut(string(code), "// A call is judged")
	for line := range strings.Lines(helpers) {
		if strings.HasPrefix(line, "func ") {
			assert.Contains(t, shown, line)
		}
	}
}

// TestOwnTables runs the page's way without the store.
func TestOwnTables(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		ev := parse(t, ladder)
		_, err := db.Exec(`CREATE TABLE my_deals (id TEXT PRIMARY KEY, state TEXT NOT NULL, stage TEXT NOT NULL, version INTEGER NOT NULL)`)
		require.NoError(t, err)
		defer func() { _, _ = db.Exec(`DROP TABLE my_deals`) }()
		state, err := outcome.Open(ev.Process(), outcome.Deal{Deal: "D-1"})
		require.NoError(t, err)
		_, err = db.Exec(`INSERT INTO my_deals (id, state, stage, version) VALUES ('D-1', $1, 'target', 1)`, state)
		require.NoError(t, err)
		inTx(t, db, func(tx *sql.Tx) {
			v, err := saveCallInOwnTables(t.Context(), tx, ev, given("D-1", "c-2", monday, "first_meeting"))
			require.NoError(t, err)
			assert.Equal(t, outcome.Advance, v.Result)
			_, err = saveCallInOwnTables(t.Context(), tx, ev, given("D-1", "c-1", monday.Add(-day), "first_meeting"))
			var late *outcome.LateError
			require.ErrorAs(t, err, &late)
		})
	})
}

// TestMoveDeals runs the page's way to a new version of a process.
func TestMoveDeals(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		first, next := parse(t, ladder), parse(t, second("share_data", "send_data"))
		s := db.store(t, first, next)
		for _, deal := range []outcome.DealID{"D-1", "D-2", "D-3"} {
			db.record(t, s, given(deal, "c-1", monday, "first_meeting"))
		}
		db.record(t, s, given("D-2", "c-2", monday.Add(day), "share_data"))
		misfits := 0
		require.NoError(t, moveDeals(t.Context(), db.DB, s, first.Process().Ref(), next.Process().Ref(), func(error) { misfits++ }))
		assert.Equal(t, 1, misfits)
		assert.Equal(t, next.Process().Ref(), db.deal(t, s, "D-3").Process)
		assert.Equal(t, first.Process().Ref(), db.deal(t, s, "D-2").Process)
		db.sound(t, s)
	})
}
