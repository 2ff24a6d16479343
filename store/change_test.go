package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// TestOverlap is guarantee 9. The transaction that begins first commits last. It
// catches a cursor that is past a change before that has come into sight, as a
// serial number is.
func TestOverlap(t *testing.T) {
	db := openSchema(t, sharedCluster(t)) // SQLite has one writer at a time
	s := db.store(t, parse(t, ladder))
	early, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = s.Record(t.Context(), early, given("D-1", "c-1", monday))
	require.NoError(t, err)
	db.record(t, s, given("D-2", "c-1", monday), given("D-2", "c-2", monday.Add(day)))

	seen := db.changes(t, s, 0)
	require.Len(t, seen, 2)
	assert.Equal(t, outcome.DealID("D-2"), seen[0].Deal)
	require.NoError(t, early.Commit())
	late := db.changes(t, s, seen[1].Position)
	require.Len(t, late, 1, "the change of the transaction that began first")
	assert.Equal(t, outcome.DealID("D-1"), late[0].Deal)
	assert.Empty(t, db.changes(t, s, late[0].Position))
	assert.Equal(t, append(seen, late...), db.changes(t, s, 0), "the order is always the same")
}

// TestOrderWithinDeal is guarantee 9, the order. The transaction that wrote
// first, elsewhere, comes last to the deal. It catches an order by the age of
// transactions.
func TestOrderWithinDeal(t *testing.T) {
	db := openSchema(t, sharedCluster(t))
	s := db.store(t, parse(t, ladder))
	old, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = s.Record(t.Context(), old, given("D-1", "c-1", monday))
	require.NoError(t, err)
	db.record(t, s, given("D-2", "c-1", monday))
	_, err = s.Record(t.Context(), old, given("D-2", "c-2", monday.Add(day)))
	require.NoError(t, err)
	require.NoError(t, old.Commit())
	var calls []outcome.CallID
	for _, c := range db.changes(t, s, 0) {
		if c.Deal == "D-2" {
			calls = append(calls, c.Call)
		}
	}
	assert.Equal(t, []outcome.CallID{"c-1", "c-2"}, calls)
}

// TestPositionsAreNotReused reads changes, acts on them, and then loses the
// transaction. It catches positions that are given to other changes afterwards,
// which the follower would then never see.
func TestPositionsAreNotReused(t *testing.T) {
	db := openSchema(t, sharedCluster(t))
	s := db.store(t, parse(t, ladder))
	early, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = s.Record(t.Context(), early, given("D-1", "c-1", monday))
	require.NoError(t, err)
	db.record(t, s, given("D-2", "c-1", monday))

	lost, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	seen, err := s.Changes(t.Context(), lost, 0, 10)
	require.NoError(t, err)
	require.Len(t, seen, 1)
	require.NoError(t, lost.Rollback())

	require.NoError(t, early.Commit())
	var deals []outcome.DealID
	for _, c := range db.changes(t, s, seen[0].Position) {
		deals = append(deals, c.Deal)
	}
	assert.Equal(t, []outcome.DealID{"D-1", "D-2"}, deals)
}

// TestFollowers is guarantee 9 at large: writers that dawdle before they commit,
// and followers that read on all the while. Each of these must see every change
// once, and those of a deal in their order.
func TestFollowers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		const writers, each, followers = 8, 25, 3
		var writing, following sync.WaitGroup
		done := make(chan struct{})
		for w := range writers {
			writing.Go(func() {
				dice := rand.New(rand.NewPCG(uint64(w), 1))
				for n := range each {
					c := given(outcome.DealID(fmt.Sprintf("D-%d", dice.IntN(6))), outcome.CallID(fmt.Sprintf("%d-%d", w, n)),
						monday.Add(time.Duration(dice.IntN(1000))*time.Hour), "referral")
					assert.NoError(t, retry(t.Context(), func() error {
						return db.try(t.Context(), func(tx *sql.Tx) error {
							_, err := s.Record(t.Context(), tx, c)
							time.Sleep(time.Duration(dice.IntN(3)) * time.Millisecond)
							return err
						})
					}))
				}
			})
		}
		seen := make([][]store.Change, followers)
		for f := range followers {
			following.Go(func() {
				for cursor, last := store.Position(0), false; ; {
					var page []store.Change
					err := retry(t.Context(), func() error {
						return db.try(t.Context(), func(tx *sql.Tx) (err error) {
							page, err = s.Changes(t.Context(), tx, cursor, 7)
							return err
						})
					})
					if !assert.NoError(t, err) || last && len(page) == 0 {
						return
					}
					for _, c := range page {
						seen[f] = append(seen[f], c)
						cursor = c.Position
					}
					select {
					case <-done:
						last = true
					default:
						time.Sleep(time.Millisecond)
					}
				}
			})
		}
		writing.Wait()
		close(done)
		following.Wait()
		all := lines(db.dump(t), "changes:")
		for _, changes := range seen {
			assert.Len(t, changes, all)
			assert.Equal(t, seen[0], changes)
			versions := map[outcome.DealID]int64{}
			for _, c := range changes {
				assert.Greater(t, c.Version, versions[c.Deal], "the order of deal %s", c.Deal)
				versions[c.Deal] = c.Version
			}
			for deal, version := range versions {
				assert.Equal(t, db.deal(t, s, deal).Version, version)
			}
		}
	})
}

func TestTrimChanges(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.store(t, parse(t, ladder))
		db.record(t, s, given("D-1", "c-1", monday), given("D-1", "c-2", monday.Add(day)))
		seen := db.changes(t, s, 0)
		inTx(t, db, func(tx *sql.Tx) {
			n, err := s.TrimChanges(t.Context(), tx, seen[len(seen)-1].Position)
			require.NoError(t, err)
			assert.EqualValues(t, 2, n)
		})
		assert.Empty(t, db.changes(t, s, 0))
		db.record(t, s, given("D-1", "c-3", monday.Add(2*day)))
		assert.Len(t, db.changes(t, s, seen[1].Position), 1, "positions grow on")
		db.sound(t, s)
	})
}
