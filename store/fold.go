package store

import (
	"context"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
)

// Folded is a deal after a verb has worked on it.
type Folded struct {
	Version int64 // of the row; it only ever grows
	State   outcome.State
	// Standing is how the deal stands at the latest of its calls and wake-ups.
	Standing outcome.Standing
	// Revised are the earlier verdicts that are not what they were, by time and
	// id of their calls.
	Revised []Revised
	// Parked says why the deal can not be judged; empty for a sound deal. The
	// state and the standing of a parked deal are zero.
	Parked string
}

// Revised is a verdict that a late or corrected record has changed.
type Revised struct{ Before, After outcome.VerdictRecord }

// fold is what a history adds up to.
type fold struct {
	state    outcome.State
	verdicts []verdict // by time and id
}

// verdict is a verdict with its row.
type verdict struct {
	outcome.VerdictRecord
	row verdictRow
}

// verdictRow is a row of the table of verdicts, but for its key.
type verdictRow struct {
	at     time.Time
	result string
	text   string
}

func newVerdict(v *outcome.Verdict) (verdict, error) {
	record := v.Record()
	text, err := json.Marshal(record)
	return verdict{record, verdictRow{record.At.UTC().Truncate(time.Microsecond), record.Result.String(), string(text)}}, err
}

func (r verdictRow) equal(o verdictRow) bool {
	return r.at.Equal(o.at) && r.result == o.result && r.text == o.text
}

// foldHistory folds a deal from its records. Its errors are all about the deal.
func foldHistory(ev *outcome.Evaluator, d *dealRow, history []storedCall) (f fold, err error) {
	err = guarded(func() error {
		deal, err := outcome.DecodeDeal([]byte(d.record))
		if err != nil {
			return err
		}
		calls := make([]outcome.Call, len(history))
		for i, stored := range history {
			if calls[i], err = stored.decode(d.id); err != nil {
				return err
			}
		}
		var failed error
		states, errs := ev.Replay([]outcome.Deal{deal}, calls, func(v outcome.Verdict) {
			judged, err := newVerdict(&v)
			if err != nil && failed == nil {
				failed = err
			}
			f.verdicts = append(f.verdicts, judged)
		})
		if len(errs) > 0 {
			return errs[0]
		}
		if failed != nil {
			return failed
		}
		f.state = states[0]
		return nil
	})
	return f, err
}

// guarded runs an evaluation. A house rule that panics over one deal must not
// end a program that works on many: its panic becomes the fault of the deal.
func guarded(evaluate func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("a rule of the house broke off: %v", reason)
		}
	}()
	return evaluate()
}

// refold folds the deal from its stored records into the row. What can not be
// judged is parked, and only the database gives an error.
func (s session) refold(ctx context.Context, ev *outcome.Evaluator, d *dealRow) (work, []Revised, error) {
	history, err := s.history(ctx, d.id)
	if err != nil {
		return work{}, nil, err
	}
	f, fault := foldHistory(ev, d, history)
	if fault == nil {
		fault = d.become(ev, f.state)
	}
	if fault != nil {
		d.park(fault)
		return work{}, nil, nil
	}
	return s.compare(ctx, d.id, f)
}

// compare finds what of the stored verdicts is not what a fold gives.
func (s session) compare(ctx context.Context, deal outcome.DealID, f fold) (w work, revised []Revised, err error) {
	stored, err := s.verdicts(ctx, deal)
	if err != nil {
		return work{}, nil, err
	}
	for _, v := range f.verdicts {
		was, found := stored[v.Call]
		delete(stored, v.Call)
		if found && was.equal(v.row) {
			continue
		}
		w.verdicts = append(w.verdicts, v)
		if !found {
			continue
		}
		if was.text == v.row.text {
			continue
		}
		var before outcome.VerdictRecord
		if err := json.Unmarshal([]byte(was.text), &before); err != nil {
			before = outcome.VerdictRecord{Call: v.Call, Deal: deal} // it could not be read, and is now replaced
		}
		revised = append(revised, Revised{before, v.VerdictRecord})
	}
	for call := range stored {
		w.gone = append(w.gone, call)
	}
	return w, revised, nil
}

// verdicts reads the stored verdicts of a deal, by call.
func (s session) verdicts(ctx context.Context, deal outcome.DealID) (map[outcome.CallID]verdictRow, error) {
	stored := map[outcome.CallID]verdictRow{}
	err := s.rows(ctx, func(scan func(...any) error) error {
		var call outcome.CallID
		var at timeColumn
		var v verdictRow
		err := scan(&call, &at, &v.result, &v.text)
		v.at = at.Time
		stored[call] = v
		return err
	}, `SELECT call, at, result, record FROM {verdicts} WHERE deal = $1`, string(deal))
	return stored, doing(err, "reading the verdicts of deal %q", deal)
}

// folded is the row as verbs return it.
func (d *dealRow) folded(revised []Revised) Folded {
	out := Folded{Version: d.version, Revised: revised, Parked: d.parked}
	if d.parked != "" {
		return out
	}
	err := out.State.UnmarshalJSON([]byte(d.state))
	if err == nil {
		err = json.Unmarshal([]byte(d.standing), &out.Standing)
	}
	if err != nil {
		return Folded{Version: d.version, Revised: revised, Parked: err.Error()}
	}
	return out
}

// Refold folds a deal from its stored records again, as a repair: of what
// [Store.Reconcile] found, or of a parked deal once the reason is gone. Where
// that changes nothing, nothing is written. A deal that does not exist gives a
// [*NoDealError].
func (s *Store) Refold(ctx context.Context, tx Tx, deal outcome.DealID) (Folded, error) {
	in, err := s.in(tx)
	if err != nil {
		return Folded{}, err
	}
	d, err := in.deal(ctx, deal, "{lock}")
	if err != nil {
		return Folded{}, err
	}
	if d == nil {
		return Folded{}, &NoDealError{deal}
	}
	ev, err := s.evaluator(d.id, d.process)
	if err != nil {
		return Folded{}, err
	}
	before := *d
	w, revised, err := in.refold(ctx, ev, d)
	if err != nil {
		return Folded{}, err
	}
	if *d == before && len(w.verdicts)+len(w.gone) == 0 {
		return d.folded(nil), nil
	}
	w.changes = notes(note{kind: KindRefolded}, d, revised)
	return d.folded(revised), in.write(ctx, d, w)
}

// notes are the changes that a verb made: its own, those of the verdicts that
// it revised, and that it parked the deal.
func notes(first note, d *dealRow, revised []Revised) []note {
	out := []note{first}
	for _, r := range revised {
		if r.After.Call != first.call {
			out = append(out, note{KindRevised, r.After.Call})
		}
	}
	if d.parked != "" {
		out = append(out, note{kind: KindParked})
	}
	return out
}
