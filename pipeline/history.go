package pipeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Rows is what is on record of one deal: the part of a [Pipeline] that belongs
// to it, in any order.
type Rows struct {
	Deal       Deal
	Recorded   bool // there is a record of the deal, beside its id
	Calls      []outcome.Call
	Activities []Activity
	Moves      []Move
	CloseDates []CloseDate
}

// History is one deal: what is claimed of it, and what it earned.
type History struct {
	Deal Deal
	// Recorded is false for a deal that only its calls tell of.
	Recorded   bool
	Activities []Activity // in the order of time, then id
	Moves      []Move     // likewise
	CloseDates []CloseDate

	// Trusted is the stage that the deal was opened at on trust, see
	// [Options.Since]; it is empty where nothing was taken on trust.
	Trusted process.StageID
	// Settled says that the deal was over before [Options.Since], and Ahead that
	// it began after [Options.AsOf]. Neither is replayed.
	Settled bool
	Ahead   bool

	// Claimed is the stage that was claimed at [Options.AsOf], spelled as in the
	// deal record, and Status says whether the deal was claimed to be over; it
	// is never Unknown. Closed is since when; zero for an open deal, and where
	// nobody knows.
	Claimed process.StageID
	Status  Status
	Closed  time.Time

	// Tells says that some record of the deal could show a commitment: an
	// activity that tells, a call with an entry, or a call that was recorded as
	// one and not read out of an activity.
	Tells bool
	// Verdicts are those of the calls, in the order of time, then id.
	Verdicts []outcome.Verdict
	// Standing is that at [Options.AsOf].
	Standing outcome.Standing
	State    outcome.State
	// Errs are the calls that could not be judged, and a stage of the deal
	// record that the process does not have.
	Errs []error
}

// Replayer replays deals, one after the other, in room that it uses again: all of
// them take what the largest takes. It must not be used by several goroutines at
// once.
type Replayer struct {
	ev      *outcome.Evaluator
	options Options
	stages  stageNames
	fold    *outcome.Fold // nil before the first deal
	state   outcome.State // room for that of the history
	history History
}

// NewReplayer returns a replayer.
func NewReplayer(ev *outcome.Evaluator, o Options) *Replayer {
	return newReplayer(ev, o, namesOf(ev.Process()))
}

func newReplayer(ev *outcome.Evaluator, o Options, stages stageNames) *Replayer {
	return &Replayer{ev: ev, options: o, stages: stages}
}

// Replay replays a deal. It puts the rows into their order, and the history
// points into them: it is good until they change, and until the next deal is
// replayed.
func (r *Replayer) Replay(rows *Rows) *History {
	r.spell(rows)
	rows.sort()
	p, asOf, h := r.ev.Process(), r.options.AsOf, &r.history
	*h = History{
		Deal: rows.Deal, Recorded: rows.Recorded, Verdicts: h.Verdicts[:0],
		Activities: until(rows.Activities, asOf, func(a *Activity) time.Time { return a.At }),
		Moves:      until(rows.Moves, asOf, func(m *Move) time.Time { return m.At }),
		CloseDates: until(rows.CloseDates, asOf, func(d *CloseDate) time.Time { return d.At }),
	}
	began := rows.began()
	if began.After(asOf) {
		h.Ahead = true
		return h
	}
	h.claim(rows, p, asOf)

	record := h.Deal.Deal
	if record.Opened.IsZero() {
		record.Opened = h.Deal.Created
	}
	calls := until(rows.Calls, asOf, func(c *outcome.Call) time.Time { return c.At })
	if since := r.options.Since; began.Before(since) {
		switch stage, ok := p.StageByID(rows.claimedAt(since)); {
		case h.Status != OpenDeal && !h.Closed.IsZero() && h.Closed.Before(since),
			ok && stage.Closes() != "":
			h.Settled = true
			return h
		case !ok: // nothing to trust: the whole history counts
		default:
			h.Trusted, record.Stage, record.Opened = stage.ID(), stage.ID(), since
			calls = calls[len(until(calls, since.Add(-1), func(c *outcome.Call) time.Time { return c.At })):]
		}
	}
	h.Tells = tells(h.Activities, calls)
	r.judge(record, calls)
	standing, err := r.ev.Standing(h.State, asOf)
	if err != nil {
		h.Errs = append(h.Errs, err)
	}
	h.Standing = standing
	return h
}

// spell spells the stages of a deal as the process does.
func (r *Replayer) spell(rows *Rows) {
	if rows.Recorded {
		rows.Deal.Claimed = string(r.stages.stage(process.StageID(rows.Deal.Claimed)))
	}
	for i := range rows.Moves {
		m := &rows.Moves[i]
		m.From, m.To = r.stages.stage(m.From), r.stages.stage(m.To)
	}
}

// judge judges the calls of a deal, which are in order.
func (r *Replayer) judge(record outcome.Deal, calls []outcome.Call) {
	h := &r.history
	if !outcome.Distinct(calls) { // which of them counts is more than a fold knows
		states, errs := r.ev.Replay([]outcome.Deal{record}, calls, func(v outcome.Verdict) { h.Verdicts = append(h.Verdicts, v) })
		h.State, h.Errs = states[0], errs
		return
	}
	state, err := outcome.Open(r.ev.Process(), record)
	if err != nil {
		h.Errs = append(h.Errs, err)
	}
	if r.fold == nil {
		r.fold, _ = r.ev.Fold(state) // it is of this process
	} else {
		_ = r.fold.Reset(state)
	}
	h.Verdicts = slices.Grow(h.Verdicts, len(calls))
	for i := range calls {
		n := len(h.Verdicts)
		h.Verdicts = h.Verdicts[:n+1]
		if err := r.fold.Apply(&calls[i], &h.Verdicts[n]); err != nil {
			h.Verdicts, h.Errs = h.Verdicts[:n], append(h.Errs, err)
		}
	}
	r.fold.Save(&r.state)
	h.State = r.state
}

// until cuts off what lies after an instant.
func until[T any](list []T, last time.Time, at func(*T) time.Time) []T {
	n := len(list)
	if n > 0 && at(&list[n-1]).After(last) {
		n, _ = slices.BinarySearchFunc(list, last, func(e T, t time.Time) int {
			if at(&e).After(t) {
				return 1
			}
			return -1
		})
	}
	return list[:n:n]
}

// sortCalls puts calls into the order of time, then id.
func sortCalls(calls []outcome.Call) {
	for i := 1; i < len(calls); i++ {
		if compareCalls(&calls[i-1], &calls[i]) > 0 {
			slices.SortStableFunc(calls, func(a, b outcome.Call) int { return compareCalls(&a, &b) })
			return
		}
	}
}

func compareCalls(a, b *outcome.Call) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}
