package outcome

import (
	"sync"
	"unique"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// Options are what an [Evaluator] can be told. The zero Options are right.
type Options struct {
	// House are an organisation's own rules. They are asked in this order,
	// after everything else.
	House []Rule
}

// Evaluator judges calls by a process. What it says never changes, and it is safe
// for concurrent use, as far as its house rules are.
type Evaluator struct {
	process *process.Process
	ref     unique.Handle[process.Ref]
	house   []Rule
	shown   codes     // the findings that the process does not ignore
	desks   sync.Pool // of *desk
	forms   func() *templates
	memory  func() *memory
}

// NewEvaluator returns an evaluator of a process. One is enough for a program: it
// remembers what calls do to deals and how verdicts are put into words, in a few
// megabytes at most.
func NewEvaluator(p *process.Process, o Options) *Evaluator {
	ev := &Evaluator{process: p, ref: p.Handle(), house: append([]Rule(nil), o.House...)}
	for _, code := range finding.Codes() {
		if p.Severity(code) != diagnostic.Ignore {
			ev.shown.add(code)
		}
	}
	ev.desks.New = func() any { return &desk{fold: ev.newFold()} }
	ev.memory = sync.OnceValue(func() *memory { return newMemory(p, movesKept) })
	ev.forms = sync.OnceValue(func() *templates { return newTemplates(p, templatesKept) })
	return ev
}

// Process returns the process that calls are judged by.
func (ev *Evaluator) Process() *process.Process { return ev.process }

// Apply applies a call to the state of its deal, and returns the state after it
// and the verdict. The state and the call that it was given stay as they were.
// A [Fold] does the same in place, for those who have many calls of one deal.
//
// A call before the last one that was applied gives a [*LateError], the last
// one again a [*SeenError], a call of another deal a [*DealError], and a state
// of another process, or of another version of it, a [*ProcessError], and one
// that can not be judged at all a [*RecordError], see [Call.Validate]; the state
// is then returned as it came.
func (ev *Evaluator) Apply(s State, c Call) (next State, v Verdict, err error) {
	d := ev.desks.Get().(*desk)
	defer ev.clear(d)
	f := d.fold
	if err := f.reset(&s); err != nil {
		return s, Verdict{}, err
	}
	d.call = c
	if err := ev.prepare(&d.call, &v.own); err != nil {
		return s, Verdict{}, err
	}
	v.keep()
	if err := f.judgeOwn(&v, false); err != nil {
		return s, Verdict{}, err
	}
	if !f.changed {
		next.rungs = f.given
	}
	f.Save(&next)
	return next, v, nil
}

// desk is what one call is judged at.
type desk struct {
	fold *Fold
	call Call
}

// clear gives a desk back, and lets go of everything that belongs to a deal.
func (ev *Evaluator) clear(d *desk) {
	d.call, d.fold.state, d.fold.given = Call{}, State{}, nil
	ev.desks.Put(d)
}
