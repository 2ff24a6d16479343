package measure

import (
	"math"
	"slices"
	"time"
)

// Wait is how long something takes, by the estimate of E. L. Kaplan and P.
// Meier (1958): what has not ended yet counts for as long as it was seen.
type Wait struct {
	Spells int      `json:"spells"` // lengths of time, ended or not
	Ended  int      `json:"ended"`  // of those: they came to their end
	Enough bool     `json:"enough"` // Spells is not below the floor
	Median Quantile `json:"median"` // when half have ended
	// Quarter is when a quarter have ended: it is often reached where the
	// median is not.
	Quarter Quantile `json:"quarter"`
	// Curve is the share that has not ended, from each length at which some
	// ended to the next. It is left out without [Options.Curves].
	Curve []Step `json:"curve,omitempty"`
}

// Quantile is a length of time in days of 24 hours, with its 95 % interval (R.
// Brookmeyer and J. Crowley, 1982, on the log-log scale). Days is nil where it
// is not reached: the curve stays above. So are the ends of the interval.
type Quantile struct {
	Days *float64 `json:"days"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// Step is a step of a curve.
type Step struct {
	Days   float64 `json:"days"`
	AtRisk int     `json:"at_risk"` // those that had lasted so long
	Ended  int     `json:"ended"`   // of those: at this very length
	Left   float64 `json:"left"`    // the share that lasts longer
	Low    float64 `json:"low"`     // of its 95 % interval
	High   float64 `json:"high"`
}

const day = 24 * 60 * 60

// spell is a length of time in whole seconds, doubled, and one more where it
// came to its end. Of spells of one length those that did not end sort first.
type spell int64

// spellOf is the spell from one instant to another, which does not lie before
// it.
func spellOf(from, to time.Time, ended bool) spell {
	s := spell(min(max(to.Unix()-from.Unix(), 0), math.MaxInt64>>1)) << 1
	if ended {
		s++
	}
	return s
}

// spells are any number of them, in pieces: a list that grew would be copied each
// time, and again where lists are put together.
type spells struct{ pieces [][]spell }

func (l *spells) add(s spell) {
	const least, most = 4, 512
	last := len(l.pieces) - 1
	if last < 0 || len(l.pieces[last]) == cap(l.pieces[last]) {
		size := least
		if last >= 0 {
			size = min(2*cap(l.pieces[last]), most)
		}
		l.pieces = append(l.pieces, make([]spell, 0, size))
		last++
	}
	l.pieces[last] = append(l.pieces[last], s)
}

// merge adds those of another list, which stays as it is.
func (l *spells) merge(m *spells) {
	for _, piece := range m.pieces {
		l.pieces = append(l.pieces, slices.Clip(piece))
	}
}

// list puts all of them into one list.
func (l *spells) list() []spell { return slices.Concat(l.pieces...) }

func (s spell) seconds() int64 { return int64(s >> 1) }
func (s spell) ended() bool    { return s&1 == 1 }

// newWait sorts the spells and makes the estimate.
func newWait(spells []spell, o Options) Wait {
	slices.Sort(spells)
	w := Wait{Spells: len(spells)}
	steps := curve(spells)
	for _, s := range steps {
		w.Ended += s.Ended
	}
	w.Enough = w.Spells > 0 && w.Spells >= o.Floor
	if !w.Enough {
		return w
	}
	w.Median, w.Quarter = quantile(steps, 0.5), quantile(steps, 0.75)
	if o.Curves {
		w.Curve = steps
	}
	return w
}

// curve makes the product-limit estimate from sorted spells, with intervals by
// the variance of M. Greenwood (1926). What ends at one length ends before what
// is lost from sight at it.
func curve(spells []spell) []Step {
	var steps []Step
	left, greenwood, high := 1.0, 0.0, 1.0
	for i := 0; i < len(spells); {
		atRisk, length, ended := len(spells)-i, spells[i].seconds(), 0
		for ; i < len(spells) && spells[i].seconds() == length; i++ {
			if spells[i].ended() {
				ended++
			}
		}
		if ended == 0 {
			continue
		}
		n, d := float64(atRisk), float64(ended)
		s := Step{Days: float64(length) / day, AtRisk: atRisk, Ended: ended, High: high}
		if ended < atRisk {
			left *= 1 - d/n
			greenwood += d / n / (n - d)
			reach := math.Exp(z * math.Sqrt(greenwood) / -math.Log(left))
			s.Left, s.Low, s.High = left, math.Pow(left, reach), math.Pow(left, 1/reach)
		}
		high = s.High
		steps = append(steps, s)
	}
	return steps
}

// rounding is how much a share may be off by the rounding of its factors.
const rounding = 1e-9

// quantile finds when the curve, and the two ends of its interval, come down to
// a share.
func quantile(steps []Step, share float64) Quantile {
	down := func(at func(*Step) float64) *float64 {
		for i := range steps {
			if at(&steps[i]) <= share+rounding {
				return new(steps[i].Days)
			}
		}
		return nil
	}
	return Quantile{
		Days: down(func(s *Step) float64 { return s.Left }),
		Low:  down(func(s *Step) float64 { return s.Low }),
		High: down(func(s *Step) float64 { return s.High }),
	}
}
