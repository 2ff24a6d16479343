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

// Len returns the number of deals.
func (b *Book) Len() int { return len(b.deals) }

// Process returns the process of the book.
func (b *Book) Process() *process.Process { return b.ev.Process() }

// Options returns what the book was told.
func (b *Book) Options() Options { return b.options }

// History replays deal i, from 0, in the order of the deals' ids. Those who go
// through many deals and keep none use [Book.Rows] and a [Replayer].
func (b *Book) History(i int) History {
	var rows Rows
	b.Rows(i, &rows)
	return *newReplayer(b.ev, b.options, b.stages).Replay(&rows)
}

// Rows gathers what is on record of deal i, from 0, in the order of the deals'
// ids. It writes over the rows that it is given and uses their memory again.
func (b *Book) Rows(i int, rows *Rows) {
	e, before := b.deals[i], entry{}
	if i > 0 {
		before = b.deals[i-1]
	}
	rows.Deal, rows.Recorded = Deal{Deal: outcome.Deal{Deal: e.deal}}, e.record >= 0
	if rows.Recorded {
		rows.Deal = b.pipeline.Deals[e.record]
	}
	rows.Calls = gather(rows.Calls, b.pipeline.Calls, b.calls[before.calls:e.calls])
	rows.Activities = gather(rows.Activities, b.pipeline.Activities, b.activities[before.activities:e.activities])
	rows.Moves = gather(rows.Moves, b.pipeline.Moves, b.moves[before.moves:e.moves])
	rows.CloseDates = gather(rows.CloseDates, b.pipeline.CloseDates, b.closeDates[before.closeDates:e.closeDates])
}

func gather[T any](room, table []T, rows []int32) []T {
	if cap(room) < len(rows) || room == nil {
		room = make([]T, 0, len(rows))
	}
	room = room[:0]
	for _, row := range rows {
		room = append(room, table[row])
	}
	return room
}
