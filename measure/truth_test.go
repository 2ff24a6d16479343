package measure

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hours is a spell of so many days, to the second.
func hours(days float64, ended bool) spell {
	return spellOf(time.Time{}, time.Time{}.Add(time.Duration(days*float64(24*time.Hour))), ended)
}

// Lengths are drawn whose true median is known, and cut off at random. Of a
// hundred intervals about ninety-five should hold it.
func TestMedianHoldsWhatItPromises(t *testing.T) {
	const draws, truth = 600, 20.0
	r := rand.New(rand.NewPCG(5, 5))
	held := 0
	for range draws {
		var spells []spell
		for range 50 {
			length, seen := r.ExpFloat64()*truth/0.6931471805599453, r.Float64()*100
			spells = append(spells, hours(min(length, seen), length <= seen))
		}
		q := newWait(spells, Options{}).Median
		if q.Low != nil && *q.Low <= truth && (q.High == nil || *q.High >= truth) {
			held++
		}
	}
	assert.InDelta(t, 0.95, float64(held)/draws, 0.025)
}

// Deals begin on any day, are won at a steady rate and lost at another. What
// share is won by a day is known; the count in which lost deals wait in vain
// finds it. To drop them on the day they were lost would promise far too much.
func TestLostDealsWaitInVain(t *testing.T) {
	const (
		winning, losing, now = 0.005, 0.015, 200.0 // a day
		by                   = 100.0
		truth                = 0.25 * (1 - 0.1353352832366127) // their part of what ends, and how much has by then
	)
	r := rand.New(rand.NewPCG(6, 6))
	var vain, dropped []spell
	for range 6000 {
		seen := r.Float64() * now
		win, lose := r.ExpFloat64()/winning, r.ExpFloat64()/losing
		won := win < lose && win <= seen
		if won {
			vain = append(vain, hours(win, true))
			dropped = append(dropped, hours(win, true))
			continue
		}
		vain = append(vain, hours(seen, false))
		dropped = append(dropped, hours(min(lose, seen), false))
	}
	shareBy := func(spells []spell) float64 {
		left := 1.0
		for _, s := range newWait(spells, Options{Curves: true}).Curve {
			if s.Days <= by {
				left = s.Left
			}
		}
		return 1 - left
	}
	assert.InDelta(t, truth, shareBy(vain), 0.015)
	require.Greater(t, shareBy(dropped), 0.35)
}
