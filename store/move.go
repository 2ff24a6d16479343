package store

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// MoveOptions say how strict [Store.Move] is. The zero MoveOptions are right.
type MoveOptions struct {
	// From is the process that the deal must stand in; the zero Ref is any.
	From process.Ref
	// AcceptFaults moves a deal also when the new process finds faults in the
	// data of its calls that the old one did not, such as a commitment that it
	// does not have.
	AcceptFaults bool
}

// Moved is a deal that stands in another process now.
type Moved struct {
	Folded
	From, To process.Ref
	Was      outcome.Standing // as it was known before
}

// Move puts a deal into another process, or another version of its own: its
// calls are judged by that from the first one on. Revised leaves out verdicts in
// which nothing but the process and the version has changed. A deal that stands
// there already is left as it is.
//
// Nothing is written when the store has no evaluator of the process
// ([*UnknownProcessError]), the deal does not stand where From says
// ([*OtherProcessError]), its calls do not fit ([*MoveError]), its record names
// a stage that is not there ([*outcome.UnknownStageError]), or its history can
// not be judged ([*FoldError]). To see what a move would do, do it and roll
// back.
func (s *Store) Move(ctx context.Context, tx Tx, deal outcome.DealID, to process.Ref, o MoveOptions) (Moved, error) {
	in, err := s.in(tx)
	if err != nil {
		return Moved{}, err
	}
	ev, err := s.evaluator(deal, to)
	if err != nil {
		return Moved{}, err
	}
	d, err := in.deal(ctx, deal, "{lock}")
	if err != nil {
		return Moved{}, err
	}
	if d == nil {
		return Moved{}, &NoDealError{deal}
	}
	if d.process == to {
		return Moved{Folded: d.folded(nil), From: to, To: to}, nil
	}
	if o.From != (process.Ref{}) && o.From != d.process {
		return Moved{}, &OtherProcessError{Deal: deal, Have: d.process, Want: o.From}
	}
	out := Moved{From: d.process, To: to}
	_ = json.Unmarshal([]byte(d.standing), &out.Was)
	history, err := in.history(ctx, deal)
	if err != nil {
		return Moved{}, err
	}
	d.process = to
	f, err := foldHistory(ev, d, history)
	if err == nil {
		err = d.become(ev, f.state)
	}
	if stage := (*outcome.UnknownStageError)(nil); errors.As(err, &stage) {
		return Moved{}, err
	}
	if err != nil {
		return Moved{}, &FoldError{deal, err.Error()}
	}
	stored, err := in.verdicts(ctx, deal)
	if err != nil {
		return Moved{}, err
	}
	if faults := newFaults(stored, f.verdicts); len(faults) > 0 && !o.AcceptFaults {
		return Moved{}, &MoveError{Deal: deal, To: to, Faults: faults}
	}
	w, revised, err := in.compare(ctx, deal, f)
	if err != nil {
		return Moved{}, err
	}
	revised = exceptVersion(revised)
	w.changes = notes(note{kind: KindMoved}, d, revised)
	if err := in.write(ctx, d, w); err != nil {
		return Moved{}, err
	}
	out.Folded = d.folded(revised)
	return out, nil
}

// newFaults finds what the new verdicts call a fault of the data and the stored
// ones do not.
func newFaults(stored map[outcome.CallID]verdictRow, verdicts []verdict) []Fault {
	type key struct{ code, commitment string }
	var out []Fault
	for _, v := range verdicts {
		var before outcome.VerdictRecord
		_ = json.Unmarshal([]byte(stored[v.Call].text), &before) // what can not be read has found nothing
		old := map[key]bool{}
		for _, f := range before.Findings {
			old[key{f.Code, string(f.Commitment)}] = true
		}
		for _, f := range v.Findings {
			if f.Severity == diagnostic.Error && !old[key{f.Code, string(f.Commitment)}] {
				out = append(out, Fault{v.Call, f})
			}
		}
	}
	return out
}

func exceptVersion(revised []Revised) []Revised {
	var out []Revised
	for _, r := range revised {
		before := r.Before
		before.Process, before.Version = r.After.Process, r.After.Version
		was, err1 := json.Marshal(before)
		is, err2 := json.Marshal(r.After)
		if err1 != nil || err2 != nil || string(was) != string(is) {
			out = append(out, r)
		}
	}
	return out
}
