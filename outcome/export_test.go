package outcome

import "github.com/advance-sales/advance/process"

// PlainRecord makes the record of a verdict without a template.
func (v *Verdict) PlainRecord() VerdictRecord {
	return v.record(newOutlook(v.ev.process, v.after()), nil)
}

// FromTemplate reports whether the record of a verdict comes from a template.
func (v *Verdict) FromTemplate() bool {
	return v.ev.forms().of(v, newOutlook(v.ev.process, v.after())) != nil
}

// NewCrampedEvaluator returns an evaluator with room for a few moves and
// templates only.
func NewCrampedEvaluator(p *process.Process, o Options, room int) *Evaluator {
	ev := NewEvaluator(p, o)
	m := newMemory(p, room)
	ev.memory = func() *memory { return m }
	l := newTemplates(p, room)
	ev.forms = func() *templates { return l }
	return ev
}

// Forget forgets all moves.
func (ev *Evaluator) Forget() {
	l := ev.memory()
	clear(l.moves.places)
	clear(l.start.latest[:])
	for i := range l.positions.places {
		if r := l.positions.places[i].Load(); r != nil {
			clear(r.value.latest[:])
		}
	}
}

// Move returns what tells the moves of verdicts apart.
func (v *Verdict) Move() any { return v.move }
