package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// wakeEvery wakes deals until the context ends. It can run on any number of
// machines: each deal goes to one of them.
func wakeEvery(ctx context.Context, d *desk, every time.Duration, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := wakeAll(ctx, d, log); err != nil && ctx.Err() == nil {
			log.Error("waking deals", "err", err) // what was not committed is still due
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// batch is how many deals are woken in one transaction.
const batch = 20

// wakeAll wakes the deals that time has changed, and writes down what it did to
// them in the transaction that wakes them: a program that is killed in between
// loses no notice, and writes none twice.
func wakeAll(ctx context.Context, d *desk, log *slog.Logger) error {
	for {
		var woken []store.Wake
		err := d.write(ctx, func(tx *sql.Tx) (err error) {
			if woken, err = d.store.Due(ctx, tx, d.now(), batch); err != nil {
				return err
			}
			for _, w := range woken {
				for _, what := range d.changed(w) {
					if _, err := tx.ExecContext(ctx, `INSERT INTO crm_notices (deal, at, what) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
						string(w.Deal), stamp(w.Is.At), what); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil || len(woken) == 0 {
			return err
		}
		for _, w := range woken {
			log.Info("woke", "deal", w.Deal, "stage", w.Is.Stage, "stalled", w.Is.Stalled, "parked", w.Parked)
		}
	}
}

// changed says what time has done to a deal.
func (d *desk) changed(w store.Wake) (what []string) {
	if w.Parked != "" {
		return []string{"It can not be judged any more: " + w.Parked}
	}
	if w.Was.Stage != w.Is.Stage {
		what = append(what, fmt.Sprintf("It fell back from %s to %s.", d.stageName(w.Was.Stage), d.stageName(w.Is.Stage)))
	}
	for _, id := range w.Was.Held {
		if !slices.Contains(w.Is.Held, id) {
			what = append(what, "A promise has lapsed: "+quote(d.commitmentName(id))+".")
		}
	}
	for _, p := range w.Is.Overdue {
		if !slices.ContainsFunc(w.Was.Overdue, func(q outcome.Promise) bool { return q == p }) {
			what = append(what, "A promise is overdue: "+quote(d.commitmentName(p.Commitment))+".")
		}
	}
	if w.Was.Paused && !w.Is.Paused {
		what = append(what, "Its pause is over.")
	}
	if w.Is.Stalled && !w.Was.Stalled {
		what = append(what, "It has stalled.")
	}
	return what
}
