package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The weeks of remission of 42 patients, of E. J. Freireich and others, The
// effect of 6-mercaptopurine on the duration of steroid-induced remissions in
// acute leukemia, Blood 21 (1963), 699-716: the example by which most books
// explain the estimate. With a + the remission lasted on.
const (
	mercaptopurine = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
	placebo        = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
)

// days reads lengths in days.
func days(t *testing.T, text string) []spell {
	t.Helper()
	var spells []spell
	for word := range strings.FieldsSeq(text) {
		number, lasts := strings.CutSuffix(word, "+")
		n, err := strconv.Atoi(number)
		require.NoError(t, err)
		spells = append(spells, lasting(n, !lasts))
	}
	return spells
}

func lasting(days int, ended bool) spell {
	return spellOf(time.Time{}, time.Time{}.Add(time.Duration(days)*24*time.Hour), ended)
}

// text writes a quantile as a table would.
func (q Quantile) text() string {
	show := func(days *float64) string {
		if days == nil {
			return "-"
		}
		return fmt.Sprint(*days)
	}
	return show(q.Days) + " (" + show(q.Low) + " to " + show(q.High) + ")"
}

func TestWaitOfATextbook(t *testing.T) {
	w := newWait(days(t, mercaptopurine), Options{Curves: true})
	assert.Equal(t, 21, w.Spells)
	assert.Equal(t, 9, w.Ended)
	assert.Equal(t, "23 (13 to -)", w.Median.text())

	// Worked by hand: 1-3/21, then times 1-1/17, 1-1/15, 1-1/12, 1-1/11, 1-1/7, 1-1/6.
	for i, want := range []struct {
		days         float64
		atRisk, gone int
		left, error  float64
	}{
		{6, 21, 3, 0.8571, 0.0764},
		{7, 17, 1, 0.8067, 0.0869},
		{10, 15, 1, 0.7529, 0.0963},
		{13, 12, 1, 0.6902, 0.1068},
		{16, 11, 1, 0.6275, 0.1141},
		{22, 7, 1, 0.5378, 0.1282},
		{23, 6, 1, 0.4482, 0.1346},
	} {
		s := w.Curve[i]
		assert.Equal(t, want.days, s.Days)
		assert.Equal(t, want.atRisk, s.AtRisk)
		assert.Equal(t, want.gone, s.Ended)
		assert.InDelta(t, want.left, s.Left, 0.00005)
		// The interval is by the error of log(-log(left)): the error of left,
		// over left times its logarithm.
		reach := math.Exp(1.96 * want.error / (want.left * -math.Log(want.left)))
		assert.InDelta(t, math.Pow(want.left, reach), s.Low, 0.0005)
		assert.InDelta(t, math.Pow(want.left, 1/reach), s.High, 0.0005)
	}

	w = newWait(days(t, placebo), Options{})
	assert.Equal(t, "8 (4 to 11)", w.Median.text())
	assert.Equal(t, w.Spells, w.Ended)
	assert.Empty(t, w.Curve)
}

// redistributed estimates the same in another way, B. Efron's: everyone weighs
// the same, and the weight of who is lost from sight goes to those to the
// right, in equal parts.
func redistributed(spells []spell) map[int64]float64 {
	ordered := slices.Clone(spells)
	slices.SortFunc(ordered, func(a, b spell) int {
		if a.seconds() != b.seconds() {
			return int(a.seconds() - b.seconds())
		}
		return int(b&1) - int(a&1) // what ends goes first
	})
	weight := make([]float64, len(ordered))
	for i := range weight {
		weight[i] = 1 / float64(len(ordered))
	}
	left, out := 1.0, map[int64]float64{}
	for i, s := range ordered {
		if s.ended() {
			left -= weight[i]
			out[s.seconds()] = left
			continue
		}
		rest := len(ordered) - i - 1
		for j := i + 1; j < len(ordered); j++ {
			weight[j] += weight[i] / float64(rest)
		}
	}
	return out
}

func drawn(r *rand.Rand) []spell {
	spells := make([]spell, r.IntN(60))
	for i := range spells {
		spells[i] = lasting(r.IntN(40), r.IntN(3) > 0)
	}
	return spells
}

func TestCurveByRedistribution(t *testing.T) {
	for seed := range uint64(300) {
		spells := drawn(rand.New(rand.NewPCG(seed, 7)))
		w := newWait(spells, Options{Floor: -1, Curves: true})
		want := redistributed(spells)
		require.Len(t, w.Curve, len(want), "seed %d", seed)
		for i, s := range w.Curve {
			require.InDelta(t, want[int64(s.Days*day)], s.Left, 1e-9, "seed %d", seed)
			require.True(t, 0 <= s.Low && s.Low <= s.Left+1e-12 && s.Left <= s.High+1e-12 && s.High <= 1, "seed %d: %+v", seed, s)
			require.True(t, i == 0 || s.Left < w.Curve[i-1].Left, "seed %d: it comes down", seed)
		}
		for _, q := range []Quantile{w.Median, w.Quarter} {
			if q.Days == nil {
				require.Nil(t, q.High, "seed %d", seed)
				continue
			}
			require.NotNil(t, q.Low, "seed %d", seed)
			require.LessOrEqual(t, *q.Low, *q.Days, "seed %d", seed)
			if q.High != nil {
				require.GreaterOrEqual(t, *q.High, *q.Days, "seed %d", seed)
			}
		}
	}
}

// The interval of a median is every length that would not be called wrong: those
// at which the curve is not too many errors away from one half.
func TestMedianByTrial(t *testing.T) {
	loglog := func(x float64) float64 { return math.Log(-math.Log(x)) }
	for seed := range uint64(300) {
		spells := drawn(rand.New(rand.NewPCG(seed, 8)))
		w := newWait(spells, Options{Floor: -1, Curves: true})
		low, high := math.Inf(1), math.Inf(1)
		variance, begun := 0.0, false
		for i, s := range w.Curve {
			if s.Left == 0 {
				break
			}
			variance += float64(s.Ended) / float64(s.AtRisk*(s.AtRisk-s.Ended))
			wrong := (loglog(s.Left) - loglog(0.5)) / (math.Sqrt(variance) / -math.Log(s.Left))
			if math.Abs(math.Abs(wrong)-z) < 1e-6 {
				low = math.NaN() // too close to say
				break
			}
			if math.Abs(wrong) <= z && !begun {
				low, begun = s.Days, true
			}
			if wrong > z {
				high = s.Days
				if !begun {
					low = high
				}
				break
			}
			if i == len(w.Curve)-1 && !begun {
				low = math.Inf(1)
			}
		}
		if math.IsNaN(low) {
			continue
		}
		if !math.IsInf(low, 1) {
			require.NotNil(t, w.Median.Low, "seed %d", seed)
			require.Equal(t, low, *w.Median.Low, "seed %d", seed)
		}
		if math.IsInf(high, 1) {
			require.Nil(t, w.Median.High, "seed %d", seed)
		} else {
			require.NotNil(t, w.Median.High, "seed %d", seed)
			require.Equal(t, high, *w.Median.High, "seed %d", seed)
		}
	}
}

// What has not ended can only make a wait look longer: leaving it out would
// make every pipeline look quick.
func TestWhatLastsNeverShortensAWait(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		spells := drawn(r)
		before := newWait(slices.Clone(spells), Options{Floor: -1}).Median.Days
		after := newWait(append(spells, lasting(r.IntN(50), false)), Options{Floor: -1}).Median.Days
		switch {
		case before == nil:
			require.Nil(t, after, "seed %d", seed)
		case after != nil:
			require.GreaterOrEqual(t, *after, *before, "seed %d", seed)
		}
	}
}

func TestMedianOfWhatHasAllEnded(t *testing.T) {
	for _, c := range []struct{ spells, median string }{
		{"", "- (- to -)"},
		{"5", "5 (5 to -)"},
		{"0 0 0", "0 (0 to -)"},
		{"3+ 4+ 5+", "- (- to -)"},
		{"7 7 7 7", "7 (7 to -)"},
		{"1 2 3 4", "2 (1 to -)"},
		{"1 2 3 4 5", "3 (1 to -)"},
		{"1 2 3+ 4+", "2 (1 to -)"}, // it comes down to one half, and no further
		{"1 2+ 3+ 4+", "- (1 to -)"},
		{"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", "10 (5 to 15)"},
	} {
		w := newWait(days(t, c.spells), Options{Floor: -1})
		assert.Equal(t, c.median, w.Median.text(), c.spells)
	}
	// Where all have ended the median is that of plain counting, however the
	// factors of the curve are rounded.
	for half := 1; half < 200; half++ {
		var all []spell
		for i := range 2 * half {
			all = append(all, lasting(i+1, true))
		}
		assert.Equal(t, float64(half), *newWait(all, Options{}).Median.Days)
	}
	few := newWait(days(t, "1 2 3"), Options{Floor: 4, Curves: true})
	assert.Equal(t, Wait{Spells: 3, Ended: 3}, few)
}

func TestSpellsOfAnyLength(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	s := spellOf(first, last, true)
	assert.Equal(t, last.Unix()-first.Unix(), s.seconds())
	assert.True(t, s.ended())
	assert.Zero(t, spellOf(last, first, false))
	assert.Equal(t, int64(math.MaxInt64>>1), spellOf(time.Unix(0, 0), time.Unix(math.MaxInt64, 0), true).seconds())
	same := spellOf(first, last.Add(time.Millisecond), false)
	assert.Equal(t, s.seconds(), same.seconds(), "in whole seconds")
}
