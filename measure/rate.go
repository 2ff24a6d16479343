package measure

import "math"

// z is the quantile of the normal distribution that leaves 2.5 % above it: all
// intervals here are of 95 %.
const z = 1.959963984540054

// Rate is a share with its 95 % interval. Value, Low and High are set only
// where Enough is true.
type Rate struct {
	Hits   int     `json:"hits"`
	Of     int     `json:"of"`
	Enough bool    `json:"enough"` // Of is not below the floor
	Value  float64 `json:"value"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// NewRate returns the share of hits, with its interval unless there are fewer
// observations than a floor.
func NewRate(hits, of, floor int) Rate {
	r := Rate{Hits: hits, Of: of, Enough: of > 0 && of >= floor}
	if r.Enough {
		r.Value = float64(hits) / float64(of)
		r.Low, r.High = Wilson(hits, of)
	}
	return r
}

// Wilson returns the 95 % score interval of a share (E. B. Wilson, 1927): the
// shares that would not be called wrong by what was observed. Unlike the usual
// plus and minus it stays between 0 and 1, and is not empty for 0 or all hits.
// Of no observations it is everything from 0 to 1.
func Wilson(hits, of int) (low, high float64) {
	if of <= 0 {
		return 0, 1
	}
	n, p := float64(of), float64(hits)/float64(of)
	middle := p + z*z/(2*n)
	reach := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	low, high = (middle-reach)/scale, (middle+reach)/scale
	if hits <= 0 {
		low = 0
	}
	if hits >= of {
		high = 1
	}
	return max(low, 0), min(high, 1)
}

// Ratio is how many calls there were for each advance, with its 95 % interval.
// It is the inverse of the advance rate, and so are its ends.
type Ratio struct {
	Calls    int  `json:"calls"`
	Advances int  `json:"advances"`
	Enough   bool `json:"enough"` // Calls is not below the floor
	// Value is nil where there was no advance, or not enough to be shown; High
	// is nil where no number of calls would be called too high.
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

func newRatio(advances, calls, floor int) Ratio {
	rate := NewRate(advances, calls, floor)
	r := Ratio{Calls: calls, Advances: advances, Enough: rate.Enough}
	if rate.Enough {
		r.Value, r.Low, r.High = inverse(rate.Value), inverse(rate.High), inverse(rate.Low)
	}
	return r
}

// inverse returns nil for what has none.
func inverse(x float64) *float64 {
	if x <= 0 {
		return nil
	}
	return new(1 / x)
}
