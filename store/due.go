package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
)

// Wake is a deal that time has changed.
type Wake struct {
	Deal    outcome.DealID
	Version int64
	Was     outcome.Standing // as it was known before
	Is      outcome.Standing // at the instant that was asked for
	// Parked says why the deal could not be judged; empty for a sound deal.
	Parked string
}

// Due takes up to limit deals whose next change has come by an instant, notes
// how they stand at that instant and when they change next, and returns them,
// the longest overdue first. What it returned it does not return again, once
// the transaction is committed. An empty list means that nothing is left, or
// that other workers have it in hand.
//
// Any number of workers may do this at once. PostgreSQL gives each its own
// deals; with SQLite they take turns. A worker gets only deals of processes
// that its store knows.
//
// The instant is the caller's: there is no other clock. It is cut to
// microseconds.
func (s *Store) Due(ctx context.Context, tx Tx, now time.Time, limit int) ([]Wake, error) {
	in, err := s.in(tx)
	if err != nil {
		return nil, err
	}
	now = now.UTC().Truncate(time.Microsecond)
	args := []any{s.dialect.column(now), limit}
	var ours []string
	for _, ref := range s.refs {
		n := len(args)
		ours = append(ours, fmt.Sprintf("(process = $%d AND process_version = $%d AND fingerprint = $%d)", n+1, n+2, n+3))
		args = append(args, ref.ID, ref.Version, ref.Fingerprint)
	}
	found, err := in.deals(ctx, `WHERE next_change <= $1 AND (`+strings.Join(ours, " OR ")+`) ORDER BY next_change, deal LIMIT $2 {skip}`, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Wake, 0, len(found))
	for _, d := range found {
		w, err := in.wake(ctx, d, now)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

func (s session) wake(ctx context.Context, d *dealRow, now time.Time) (Wake, error) {
	ev := s.evaluators[d.process]
	out := Wake{Deal: d.id}
	// What was known before is told as far as it can be read.
	_ = json.Unmarshal([]byte(d.standing), &out.Was)
	d.woken.Time = now
	w, revised := work{}, []Revised(nil)
	var state outcome.State
	fault := state.UnmarshalJSON([]byte(d.state))
	if fault == nil {
		fault = d.become(ev, state)
	}
	if fault != nil {
		var err error
		if w, revised, err = s.refold(ctx, ev, d); err != nil {
			return Wake{}, err
		}
	}
	w.changes = notes(note{kind: KindWoken}, d, revised)
	if err := s.write(ctx, d, w); err != nil {
		return Wake{}, err
	}
	f := d.folded(nil)
	out.Version, out.Is, out.Parked = f.Version, f.Standing, f.Parked
	return out, nil
}
