package measure_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/measure"
)

// The figures are those of method 3 in table I of R. G. Newcombe, Two-sided
// confidence intervals for the single proportion, Statistics in Medicine 17
// (1998), 857-872.
func TestWilsonPublished(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := measure.Wilson(c.hits, c.of)
		assert.InDelta(t, c.low, low, 0.00005, "%d of %d", c.hits, c.of)
		assert.InDelta(t, c.high, high, 0.00005, "%d of %d", c.hits, c.of)
	}
}

// The ends of the interval are the shares at which the observation lies just so
// many standard errors away: found here by halving, without the formula.
func TestWilsonSolvesTheScoreEquation(t *testing.T) {
	far := func(hits, of int, share float64) bool {
		deviation := math.Abs(float64(hits)/float64(of) - share)
		return deviation > 1.959963984540054*math.Sqrt(share*(1-share)/float64(of))
	}
	halve := func(near, away float64, outside func(float64) bool) float64 {
		for range 200 {
			if middle := (near + away) / 2; outside(middle) {
				away = middle
			} else {
				near = middle
			}
		}
		return near
	}
	for _, of := range []int{1, 2, 3, 7, 10, 29, 100, 1000, 1_000_000} {
		for _, hits := range []int{0, 1, of / 3, of / 2, of - 1, of} {
			share := float64(hits) / float64(of)
			outside := func(p float64) bool { return far(hits, of, p) }
			low, high := measure.Wilson(hits, of)
			assert.InDelta(t, halve(share, 0, outside), low, 1e-9, "%d of %d", hits, of)
			assert.InDelta(t, halve(share, 1, outside), high, 1e-9, "%d of %d", hits, of)
			assert.True(t, 0 <= low && low <= share && share <= high && high <= 1, "%d of %d: %v %v", hits, of, low, high)
		}
	}
}

// How often the interval holds the true share is no matter of chance: all that
// can be observed is weighed by how likely it is.
func TestWilsonHoldsWhatItPromises(t *testing.T) {
	for _, of := range []int{10, 20, 50, 200} {
		sum, least, shares := 0.0, 1.0, 0
		for share := 0.05; share < 0.951; share += 0.01 {
			held := 0.0
			for hits := range of + 1 {
				if low, high := measure.Wilson(hits, of); low <= share && share <= high {
					held += binomial(hits, of, share)
				}
			}
			sum, least, shares = sum+held, min(least, held), shares+1
		}
		assert.InDelta(t, 0.95, sum/float64(shares), 0.012, "on average over all shares, of %d", of)
		assert.Greater(t, least, 0.88, "at worst, of %d", of)
	}
}

// binomial is how likely so many hits are.
func binomial(hits, of int, share float64) float64 {
	n, _ := math.Lgamma(float64(of + 1))
	k, _ := math.Lgamma(float64(hits + 1))
	m, _ := math.Lgamma(float64(of - hits + 1))
	return math.Exp(n - k - m + float64(hits)*math.Log(share) + float64(of-hits)*math.Log(1-share))
}

func TestWilsonNarrowsAndMirrors(t *testing.T) {
	width := 1.0
	for _, of := range []int{2, 4, 10, 100, 10_000} {
		low, high := measure.Wilson(of/2, of)
		assert.Less(t, high-low, width)
		width = high - low
		low, high = measure.Wilson(of/2-1, of)
		restLow, restHigh := measure.Wilson(of-of/2+1, of)
		assert.InDelta(t, low, 1-restHigh, 1e-12)
		assert.InDelta(t, high, 1-restLow, 1e-12)
	}
	low, high := measure.Wilson(math.MaxInt/2, math.MaxInt)
	assert.InDelta(t, 0.5, low, 1e-6)
	assert.InDelta(t, 0.5, high, 1e-6)
	low, high = measure.Wilson(0, 0)
	assert.Equal(t, []float64{0, 1}, []float64{low, high})
}

func TestNoRateBelowTheFloor(t *testing.T) {
	for _, c := range []struct {
		hits, of, floor int
		enough          bool
	}{
		{0, 0, -1, false},
		{0, 0, 10, false},
		{9, 9, 10, false},
		{10, 10, 10, true},
		{0, 10, 10, true},
		{1, 1, -1, true},
	} {
		r := measure.NewRate(c.hits, c.of, c.floor)
		assert.Equal(t, c.enough, r.Enough, "%+v", c)
		if !c.enough {
			assert.Equal(t, measure.Rate{Hits: c.hits, Of: c.of}, r)
		}
		text, err := json.Marshal(r)
		require.NoError(t, err)
		var back measure.Rate
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, r, back)
	}
}
