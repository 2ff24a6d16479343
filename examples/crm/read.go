package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// card is a deal as the board shows it: where it stands at this moment, and
// beside that what its seller claims.
type card struct {
	Record   outcome.Deal     `json:"record"`
	Standing outcome.Standing `json:"standing,omitzero"`
	// Claimed is the claimed stage, where the process has it; Ahead is how many
	// stages it lies beyond the earned one, negative behind it.
	Claimed process.StageID `json:"claimed,omitzero"`
	Ahead   int             `json:"ahead"`
	// Last is the result of the latest call; empty before the first.
	Last   string `json:"last_result,omitzero"`
	Parked string `json:"parked,omitzero"` // why the deal can not be judged
}

// Name is what to call the deal.
func (c card) Name() string { return nameOf(c.Record) }

func nameOf(r outcome.Deal) string {
	if r.Name != "" {
		return r.Name
	}
	return string(r.Deal)
}

// card puts a stored deal on a card. The standing is that of this moment: what
// the store wrote down at the last call or wake-up may have changed since.
func (d *desk) card(record outcome.Deal, state outcome.State, parked string) (card, error) {
	c := card{Record: record, Parked: parked}
	if parked != "" {
		return c, nil
	}
	var err error
	if c.Standing, err = d.ev.Standing(state, d.now()); err != nil {
		return c, err
	}
	earned, _ := d.p.StageByID(c.Standing.Stage)
	if claimed, ok := d.p.StageByID(process.StageID(record.Claimed)); ok {
		c.Claimed = claimed.ID()
		if claimed.Index() <= d.p.Won() && earned.Index() <= d.p.Won() {
			c.Ahead = claimed.Index() - earned.Index()
		}
	}
	return c, nil
}

// cards reads all deals in two queries, in the order of their ids.
func (d *desk) cards(ctx context.Context, tx *sql.Tx) ([]card, error) {
	last, err := lastResults(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT record, state, COALESCE(parked, '') FROM advance_deals ORDER BY deal`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what went wrong
	out := []card{}
	for rows.Next() {
		var record, state, parked string
		if err := rows.Scan(&record, &state, &parked); err != nil {
			return nil, err
		}
		deal, err := outcome.DecodeDeal([]byte(record))
		if err != nil {
			return nil, err
		}
		var s outcome.State
		if parked == "" {
			if err := s.Scan(state); err != nil {
				return nil, err
			}
		}
		c, err := d.card(deal, s, parked)
		if err != nil {
			return nil, err
		}
		c.Last = last[deal.Deal]
		out = append(out, c)
	}
	return out, rows.Err()
}

func lastResults(ctx context.Context, tx *sql.Tx) (map[outcome.DealID]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT v.deal, v.result FROM advance_verdicts v WHERE NOT EXISTS
		(SELECT 1 FROM advance_verdicts w WHERE w.deal = v.deal AND (w.at > v.at OR (w.at = v.at AND w.call > v.call)))`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	last := map[outcome.DealID]string{}
	for rows.Next() {
		var deal outcome.DealID
		var result string
		if err := rows.Scan(&deal, &result); err != nil {
			return nil, err
		}
		last[deal] = result
	}
	return last, rows.Err()
}

// file is everything about one deal.
type file struct {
	card
	Calls    []outcome.Call          `json:"calls"` // by time, then id; those that count
	Verdicts []outcome.VerdictRecord `json:"verdicts"`
	plan     plan
	planned  bool
	state    outcome.State
}

func (d *desk) file(ctx context.Context, id outcome.DealID) (f file, err error) {
	err = d.read(ctx, func(tx *sql.Tx) error {
		deal, err := d.store.Deal(ctx, tx, id)
		if err != nil {
			return err
		}
		if f.card, err = d.card(deal.Record, deal.State, deal.Parked); err != nil {
			return err
		}
		f.state = deal.State
		calls, err := d.store.Calls(ctx, tx, id)
		if err != nil {
			return err
		}
		f.Calls = []outcome.Call{}
		for _, r := range outcome.Resolve(calls) {
			f.Calls = append(f.Calls, *r.Call)
		}
		if f.Verdicts, err = d.store.Verdicts(ctx, tx, id); err != nil {
			return err
		}
		if n := len(f.Verdicts); n > 0 {
			f.Last = f.Verdicts[n-1].Result.String()
		}
		f.plan, f.planned, err = d.plan(ctx, tx, id)
		return err
	})
	return f, err
}

// notice is something that time has done to a deal.
type notice struct {
	Deal outcome.DealID `json:"deal"`
	Name string         `json:"name"`
	At   time.Time      `json:"at"`
	What string         `json:"what"`
}

// notices reads the latest of them, newest first.
func (d *desk) notices(ctx context.Context, tx *sql.Tx, limit int) ([]notice, error) {
	rows, err := tx.QueryContext(ctx, `SELECT n.deal, d.record, n.at, n.what FROM crm_notices n JOIN advance_deals d ON d.deal = n.deal
		ORDER BY n.at DESC, n.deal, n.what LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := []notice{}
	for rows.Next() {
		var n notice
		var record, at string
		if err := rows.Scan(&n.Deal, &record, &at, &n.What); err != nil {
			return nil, err
		}
		deal, err := outcome.DecodeDeal([]byte(record))
		if err != nil {
			return nil, err
		}
		n.Name = nameOf(deal)
		if n.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}
