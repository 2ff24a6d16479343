package pipeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Options are what a replay can be told.
type Options struct {
	// AsOf is the instant that deals are looked at from. What lies after it is
	// left out. It is required.
	AsOf time.Time
	// Since opens the deals that are older on trust: at the stage that they
	// claimed then, without what happened before. Zero replays everything.
	Since time.Time
}

// Book is a pipeline sorted by deal and ready to be replayed. It is safe for
// concurrent use as long as nobody changes the pipeline.
type Book struct {
	ev       *outcome.Evaluator
	options  Options
	chapters []chapter
}

// chapter is what belongs to one deal.
type chapter struct {
	deal       Deal
	recorded   bool // there is a record of the deal
	calls      []outcome.Call
	activities []Activity
	moves      []Move
	closeDates []CloseDate
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
	// Settled says that the deal was over before [Options.Since]. It is not
	// replayed.
	Settled bool
	// Verdicts are those of the calls, in the order of time, then id.
	Verdicts []outcome.Verdict
	// Standing is that at [Options.AsOf].
	Standing outcome.Standing
	State    outcome.State
	// Errs are the calls that could not be judged, and a stage of the deal
	// record that the process does not have.
	Errs []error
}

// NewBook sorts a pipeline by deal. Of several records of one deal the first
// counts.
func NewBook(ev *outcome.Evaluator, p *Pipeline, o Options) *Book {
	b := &Book{ev: ev, options: o}
	index := make(map[outcome.DealID]int32, len(p.Deals))
	at := func(id outcome.DealID) *chapter {
		i, ok := index[id]
		if !ok {
			i = int32(len(b.chapters))
			index[id] = i
			b.chapters = append(b.chapters, chapter{deal: Deal{Deal: outcome.Deal{Deal: id}}})
		}
		return &b.chapters[i]
	}
	for i := range p.Deals {
		if c := at(p.Deals[i].Deal.Deal); !c.recorded {
			c.deal, c.recorded = p.Deals[i], true
		}
	}
	for i := range p.Calls {
		c := at(p.Calls[i].Deal)
		c.calls = append(c.calls, p.Calls[i])
	}
	for _, a := range p.Activities {
		c := at(a.Deal)
		c.activities = append(c.activities, a)
	}
	for _, m := range p.Moves {
		c := at(m.Deal)
		c.moves = append(c.moves, m)
	}
	for _, d := range p.CloseDates {
		c := at(d.Deal)
		c.closeDates = append(c.closeDates, d)
	}
	slices.SortFunc(b.chapters, func(x, y chapter) int { return cmp.Compare(x.deal.Deal.Deal, y.deal.Deal.Deal) })
	for i := range b.chapters {
		b.chapters[i].sort()
	}
	return b
}

func (c *chapter) sort() {
	slices.SortStableFunc(c.activities, func(a, b Activity) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(c.moves, func(a, b Move) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(c.closeDates, func(a, b CloseDate) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
}

// Len returns the number of deals.
func (b *Book) Len() int { return len(b.chapters) }

// Process returns the process of the book.
func (b *Book) Process() *process.Process { return b.ev.Process() }

// Options returns what the book was told.
func (b *Book) Options() Options { return b.options }

// History replays deal i, from 0, in the order of the deals' ids.
func (b *Book) History(i int) History {
	c, asOf := &b.chapters[i], b.options.AsOf
	h := History{
		Deal: c.deal, Recorded: c.recorded,
		Activities: until(c.activities, asOf, func(a *Activity) time.Time { return a.At }),
		Moves:      until(c.moves, asOf, func(m *Move) time.Time { return m.At }),
		CloseDates: until(c.closeDates, asOf, func(d *CloseDate) time.Time { return d.At }),
	}
	record := h.Deal.Deal
	if record.Opened.IsZero() {
		record.Opened = h.Deal.Created
	}
	var from time.Time
	if since := b.options.Since; c.began().Before(since) {
		switch stage, ok := b.Process().StageByID(h.claimedAt(since)); {
		case !ok: // nothing to trust: the whole history counts
		case stage.Closes() != "":
			h.Settled = true
			return h
		default:
			h.Trusted, from = stage.ID(), since
			record.Stage, record.Opened = h.Trusted, since
		}
	}
	calls := make([]outcome.Call, 0, len(c.calls))
	for i := range c.calls {
		if at := c.calls[i].At; !at.Before(from) && !at.After(asOf) {
			calls = append(calls, c.calls[i])
		}
	}
	var states []outcome.State
	states, h.Errs = b.ev.Replay([]outcome.Deal{record}, calls, func(v outcome.Verdict) { h.Verdicts = append(h.Verdicts, v) })
	h.State = states[0]
	standing, err := b.ev.Standing(h.State, asOf)
	if err != nil {
		h.Errs = append(h.Errs, err)
	}
	h.Standing = standing
	return h
}

// until cuts off what lies after an instant.
func until[T any](list []T, last time.Time, at func(*T) time.Time) []T {
	n, _ := slices.BinarySearchFunc(list, last, func(e T, t time.Time) int {
		if at(&e).After(t) {
			return 1
		}
		return -1
	})
	return list[:n:n]
}

// began returns the earliest that is known of a deal; the zero time where
// nothing is.
func (c *chapter) began() time.Time {
	var first time.Time
	see := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	see(c.deal.Created)
	see(c.deal.Opened)
	for i := range c.calls {
		see(c.calls[i].At)
	}
	if len(c.activities) > 0 {
		see(c.activities[0].At)
	}
	if len(c.moves) > 0 {
		see(c.moves[0].At)
	}
	return first
}

// claimedAt returns the stage that was claimed at an instant: where the last
// move until then led to, or where the first one after it came from, or, of a
// deal that never moved, the stage that it claims.
func (h *History) claimedAt(t time.Time) process.StageID {
	claimed := process.StageID(h.Deal.Claimed)
	for i, m := range h.Moves {
		switch {
		case !m.At.After(t):
			claimed = m.To
		case i == 0 && m.From != "":
			return m.From
		default:
			return claimed
		}
	}
	return claimed
}
