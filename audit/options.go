package audit

import (
	"time"

	"github.com/advance-sales/advance/diagnostic"
)

// Options are what an audit can be told.
type Options struct {
	// AsOf is the instant that deals are looked at from. It is required.
	AsOf time.Time
	// Since opens the deals that are older on trust, at the stage that they
	// claimed then, and finds nothing in what happened before.
	Since time.Time
	// Severities are those that differ from [Code.Default]. What is Ignore is
	// not looked for.
	Severities map[Code]diagnostic.Severity
	// Baseline is what is known already: it is counted and not listed.
	Baseline *Baseline
	// Rows are put into the report as they are.
	Rows []Rows
	// Details keeps the calls and the ladder of every deal in the report. That
	// takes memory for every call.
	Details bool
	// CountOnly leaves the list of findings empty: they are counted, and no more is
	// made of them. The deals come without Next then, and say by [Deal.Has] what was
	// found. With a Baseline it is of no effect.
	CountOnly bool

	// Pushes is how often a close date has to be put off before that is found;
	// 3 when zero.
	Pushes int
	// MoveGrace is how long after a move a commitment may be recorded and still
	// count for it; a day when zero. Many systems record the day alone, and
	// sellers move a deal before they write down why.
	MoveGrace time.Duration
}

// The defaults of the options.
const (
	DefaultPushes    = 3
	DefaultMoveGrace = 24 * time.Hour
)

func (o Options) withDefaults() Options {
	o.CountOnly = o.CountOnly && o.Baseline == nil
	if o.Pushes == 0 {
		o.Pushes = DefaultPushes
	}
	if o.MoveGrace == 0 {
		o.MoveGrace = DefaultMoveGrace
	}
	return o
}
