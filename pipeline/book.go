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
	pipeline *Pipeline
	stages   stageNames
	deals    []entry // in the order of their ids
	// The rows of each table, deal by deal; an entry has the last of its own.
	calls, activities, moves, closeDates []int32
}

// entry is where the rows of a deal are found.
type entry struct {
	deal   outcome.DealID
	record int32 // of the deal; -1 where there is none
	// The ends of its rows; they begin where those of the entry before end.
	calls, activities, moves, closeDates int32
}

// chapter is what belongs to one deal, in order.
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

// NewBook sorts a pipeline by deal. Of several records of one deal the first
// counts.
func NewBook(ev *outcome.Evaluator, p *Pipeline, o Options) *Book {
	b := &Book{ev: ev, options: o, pipeline: p, stages: namesOf(ev.Process())}
	index := make(map[outcome.DealID]int32, len(p.Deals))
	see := func(id outcome.DealID, record int32) {
		if _, ok := index[id]; !ok {
			index[id] = int32(len(b.deals))
			b.deals = append(b.deals, entry{deal: id, record: record})
		}
	}
	for i := range p.Deals {
		see(p.Deals[i].Deal.Deal, int32(i))
	}
	for i := range p.Calls {
		see(p.Calls[i].Deal, -1)
	}
	for i := range p.Activities {
		see(p.Activities[i].Deal, -1)
	}
	for i := range p.Moves {
		see(p.Moves[i].Deal, -1)
	}
	for i := range p.CloseDates {
		see(p.CloseDates[i].Deal, -1)
	}
	slices.SortFunc(b.deals, func(x, y entry) int { return cmp.Compare(x.deal, y.deal) })
	for i := range b.deals {
		index[b.deals[i].deal] = int32(i)
	}
	b.calls = group(b, len(p.Calls), func(i int) int32 { return index[p.Calls[i].Deal] }, func(e *entry) *int32 { return &e.calls })
	b.activities = group(b, len(p.Activities), func(i int) int32 { return index[p.Activities[i].Deal] }, func(e *entry) *int32 { return &e.activities })
	b.moves = group(b, len(p.Moves), func(i int) int32 { return index[p.Moves[i].Deal] }, func(e *entry) *int32 { return &e.moves })
	b.closeDates = group(b, len(p.CloseDates), func(i int) int32 { return index[p.CloseDates[i].Deal] }, func(e *entry) *int32 { return &e.closeDates })
	return b
}

// group lists the numbers of n rows by deal, and otherwise in their order. It
// notes in each entry where its rows end.
func group(b *Book, n int, dealOf func(int) int32, end func(*entry) *int32) []int32 {
	for i := range n {
		*end(&b.deals[dealOf(i)])++
	}
	var sum int32
	for i := range b.deals { // first as the place of the next row, which ends at the end
		e := end(&b.deals[i])
		sum, *e = sum+*e, sum
	}
	rows := make([]int32, n)
	for i := range n {
		e := end(&b.deals[dealOf(i)])
		rows[*e] = int32(i)
		*e++
	}
	return rows
}

// chapter gathers what belongs to deal i.
func (b *Book) chapter(i int) *chapter {
	e, before := b.deals[i], entry{}
	if i > 0 {
		before = b.deals[i-1]
	}
	c := &chapter{deal: Deal{Deal: outcome.Deal{Deal: e.deal}}, recorded: e.record >= 0}
	if c.recorded {
		c.deal = b.pipeline.Deals[e.record]
		c.deal.Claimed = string(b.stages.stage(process.StageID(c.deal.Claimed)))
	}
	c.calls = gather(b.pipeline.Calls, b.calls[before.calls:e.calls])
	c.activities = gather(b.pipeline.Activities, b.activities[before.activities:e.activities])
	c.moves = gather(b.pipeline.Moves, b.moves[before.moves:e.moves])
	c.closeDates = gather(b.pipeline.CloseDates, b.closeDates[before.closeDates:e.closeDates])
	for i := range c.moves {
		m := &c.moves[i]
		m.From, m.To = b.stages.stage(m.From), b.stages.stage(m.To)
	}
	c.sort()
	return c
}

func gather[T any](table []T, rows []int32) []T {
	list := make([]T, len(rows))
	for i, row := range rows {
		list[i] = table[row]
	}
	return list
}

// Len returns the number of deals.
func (b *Book) Len() int { return len(b.deals) }

// Process returns the process of the book.
func (b *Book) Process() *process.Process { return b.ev.Process() }

// Options returns what the book was told.
func (b *Book) Options() Options { return b.options }

// History replays deal i, from 0, in the order of the deals' ids.
func (b *Book) History(i int) History {
	c, asOf := b.chapter(i), b.options.AsOf
	h := History{
		Deal: c.deal, Recorded: c.recorded,
		Activities: until(c.activities, asOf, func(a *Activity) time.Time { return a.At }),
		Moves:      until(c.moves, asOf, func(m *Move) time.Time { return m.At }),
		CloseDates: until(c.closeDates, asOf, func(d *CloseDate) time.Time { return d.At }),
	}
	if began := c.began(); began.After(asOf) {
		h.Ahead = true
		return h
	}
	h.claim(c, b.Process(), asOf)
	record := h.Deal.Deal
	if record.Opened.IsZero() {
		record.Opened = h.Deal.Created
	}
	var from time.Time
	if since := b.options.Since; c.began().Before(since) {
		switch stage, ok := b.Process().StageByID(c.claimedAt(since)); {
		case h.Status != OpenDeal && !h.Closed.IsZero() && h.Closed.Before(since),
			ok && stage.Closes() != "":
			h.Settled = true
			return h
		case !ok: // nothing to trust: the whole history counts
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
	h.Tells = tells(h.Activities, calls)
	h.Verdicts = make([]outcome.Verdict, 0, len(calls))
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
