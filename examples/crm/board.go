package main

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// board is the pipeline by what was earned: a column a stage of the path.
type board struct {
	Columns []column `json:"columns"`
	Lost    []card   `json:"lost"`
	Parked  []card   `json:"parked"`
	Open    int      `json:"open"`
	Ahead   int      `json:"ahead"` // open deals that are claimed further than earned
}

// column is a stage with the deals that stand in it, the largest first.
type column struct {
	Stage process.StageID `json:"stage"`
	Name  string          `json:"name"`
	Won   bool            `json:"won"`
	Deals []card          `json:"deals"`
}

func (d *desk) board(ctx context.Context) (b board, err error) {
	var cards []card
	err = d.read(ctx, func(tx *sql.Tx) error {
		cards, err = d.cards(ctx, tx)
		return err
	})
	if err != nil {
		return b, err
	}
	slices.SortStableFunc(cards, func(a, b card) int { return cmp.Compare(amountOf(b.Record), amountOf(a.Record)) })
	b.Lost, b.Parked = []card{}, []card{}
	for s := range d.p.Stages() {
		if s.Index() <= d.p.Won() {
			b.Columns = append(b.Columns, column{Stage: s.ID(), Name: s.Name(), Won: s.Index() == d.p.Won(), Deals: []card{}})
		}
	}
	for _, c := range cards {
		switch stage, _ := d.p.StageByID(c.Standing.Stage); {
		case c.Parked != "":
			b.Parked = append(b.Parked, c)
		case c.Standing.Lost:
			b.Lost = append(b.Lost, c)
		default:
			col := &b.Columns[stage.Index()]
			col.Deals = append(col.Deals, c)
			if !c.Standing.Won {
				b.Open++
				if c.Ahead > 0 {
					b.Ahead++
				}
			}
		}
	}
	return b, nil
}

func amountOf(r outcome.Deal) float64 {
	if r.Amount == nil {
		return 0
	}
	return *r.Amount
}

// today is what somebody should look at today.
type today struct {
	Overdue []card   `json:"overdue"` // a promise of the buyer's is past its date
	Stalled []card   `json:"stalled"`
	NoNext  []card   `json:"no_next_commitment"` // and neither of the above
	Notices []notice `json:"notices"`            // what time has done, newest first
}

func (d *desk) today(ctx context.Context) (t today, err error) {
	t = today{Overdue: []card{}, Stalled: []card{}, NoNext: []card{}}
	var cards []card
	err = d.read(ctx, func(tx *sql.Tx) error {
		if cards, err = d.cards(ctx, tx); err != nil {
			return err
		}
		t.Notices, err = d.notices(ctx, tx, 12)
		return err
	})
	for _, c := range cards {
		switch s := c.Standing; {
		case c.Parked != "" || s.Won || s.Lost:
		case len(s.Overdue) > 0:
			t.Overdue = append(t.Overdue, c)
		case s.Stalled:
			t.Stalled = append(t.Stalled, c)
		case s.NoNext && !s.Paused:
			t.NoNext = append(t.NoNext, c)
		}
	}
	return t, err
}

// measures are the figures of the team: those of all calls of all deals, as
// judged at this moment.
func (d *desk) measures(ctx context.Context) (m measure.Measures, err error) {
	var p pipeline.Pipeline
	err = d.read(ctx, func(tx *sql.Tx) error {
		cards, err := d.cards(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range cards {
			p.Deals = append(p.Deals, pipeline.Deal{Deal: c.Record})
		}
		calls, err := allCalls(ctx, tx)
		for _, r := range outcome.Resolve(calls) {
			p.Calls = append(p.Calls, *r.Call)
		}
		return err
	})
	if err != nil {
		return m, err
	}
	book := pipeline.NewBook(d.ev, &p, pipeline.Options{AsOf: d.now()})
	figures := measure.NewCollector(d.p, measure.Options{})
	for i := range book.Len() {
		h := book.History(i)
		figures.Add(&h)
	}
	return figures.Measures(), nil
}

func allCalls(ctx context.Context, tx *sql.Tx) (calls []outcome.Call, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT record FROM advance_calls ORDER BY deal, call, revision`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var record string
		if err := rows.Scan(&record); err != nil {
			return nil, err
		}
		call, err := outcome.DecodeCall([]byte(record))
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, rows.Err()
}
