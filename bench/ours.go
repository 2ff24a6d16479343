package bench

import (
	"slices"

	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/bench/machine"
	"github.com/advance-sales/advance/outcome"
)

// Full is a way to run the evaluator in full: the state and the verdict of each
// call, with its credit and its findings. It is a machine like the peers.
type Full struct {
	ev    *outcome.Evaluator
	calls []outcome.Call
	deals []outcome.DealID
	each  func(*outcome.Verdict) error // what else is made of a verdict; may be nil
	fold  *outcome.Fold                // nil for a state that is copied from call to call
	ready []outcome.Prepared           // the calls, where they were made ready beforehand
	v     outcome.Verdict
	text  []byte

	// What it came to, so that it can be checked, and no work is left out.
	Credited int // calls with a credit
	Moved    int // calls that moved their deal
	Bytes    int // of what was made of the verdicts
}

// FullKind is one of these ways. New makes a run through some calls.
type FullKind struct {
	Name string
	New  func(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error)
}

// FullKinds are the ways to run the evaluator, in the order of the table.
var FullKinds = []FullKind{
	{"advance.judge", newJudge},
	{"advance.record", func(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error) {
		f, err := newJudge(ev, calls)
		if err != nil {
			return nil, err
		}
		f.each = func(v *outcome.Verdict) error {
			r := v.Record()
			f.Bytes += len(r.Why)
			return nil
		}
		return f, nil
	}},
	{"advance.json", func(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error) {
		f, err := newJudge(ev, calls)
		if err != nil {
			return nil, err
		}
		f.each = func(v *outcome.Verdict) error {
			f.text = v.AppendJSON(f.text[:0])
			f.Bytes += len(f.text)
			return nil
		}
		return f, nil
	}},
	{"advance.fold", newFold},
	{"advance.apply", func(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error) {
		return newFull(ev, calls), nil
	}},
}

var _ machine.Machine = (*Full)(nil)

// newFull makes a run that is given the ids of the deals beforehand.
func newFull(ev *outcome.Evaluator, calls []outcome.Call) *Full {
	f := &Full{ev: ev, calls: calls}
	for first := 0; first < len(calls); first += history.Calls {
		f.deals = append(f.deals, calls[first].Deal)
	}
	return f
}

// newFold makes a run that folds each deal in place.
func newFold(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error) {
	f := newFull(ev, calls)
	state, err := outcome.Open(ev.Process(), outcome.Deal{Deal: calls[0].Deal})
	if err == nil {
		f.fold, err = ev.Fold(state)
	}
	return f, err
}

// newJudge makes a run that is given what the others are given: calls that were
// made ready.
func newJudge(ev *outcome.Evaluator, calls []outcome.Call) (*Full, error) {
	f, err := newFold(ev, calls)
	if err != nil {
		return nil, err
	}
	f.ready = make([]outcome.Prepared, len(calls))
	for i := range calls {
		if f.ready[i], err = ev.Prepare(&calls[i]); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Deal runs through a deal.
func (f *Full) Deal(first int) (stage int, err error) {
	state, err := outcome.Open(f.ev.Process(), outcome.Deal{Deal: f.deals[first/history.Calls]})
	if err != nil {
		return 0, err
	}
	v := &f.v
	if f.fold == nil {
		err = f.applied(state, first, v)
	} else if err = f.fold.Reset(state); err == nil {
		err = f.folded(first, v)
	}
	return slices.Index(history.Stages, v.To()), err
}

func (f *Full) folded(first int, v *outcome.Verdict) error {
	for i := first; i < first+history.Calls; i++ {
		var err error
		if f.ready != nil {
			err = f.fold.Judge(&f.ready[i], v)
		} else {
			err = f.fold.Apply(&f.calls[i], v)
		}
		if err != nil {
			return err
		}
		if err := f.judged(v); err != nil {
			return err
		}
	}
	return nil
}

func (f *Full) applied(state outcome.State, first int, v *outcome.Verdict) (err error) {
	for i := first; i < first+history.Calls; i++ {
		if state, *v, err = f.ev.Apply(state, f.calls[i]); err != nil {
			return err
		}
		if err := f.judged(v); err != nil {
			return err
		}
	}
	return nil
}

func (f *Full) judged(v *outcome.Verdict) error {
	if credited := v.Credited(); !credited.IsEmpty() {
		f.Credited++
	}
	if r := v.Result(); r == outcome.Advance || r == outcome.Order {
		f.Moved++
	}
	if f.each == nil {
		return nil
	}
	return f.each(v)
}
