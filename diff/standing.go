package diff

import (
	"errors"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// standings compares where the deals stand.
func (r *replay) standings(was, is judged) {
	before, after := map[process.StageID]int{}, map[process.StageID]int{}
	for i := range was.states {
		a, b := r.standing(was, i), r.standing(is, i)
		before[a.Stage]++
		after[b.Stage]++
		if r.same(a.Stage, b.Stage) && a.Stalled == b.Stalled {
			continue
		}
		deal := was.states[i].Deal()
		r.effect.Moved = append(r.effect.Moved, DealEffect{Deal: deal, Name: r.names[deal], Was: a, Is: b})
	}
	r.effect.Stages = []StageTally{}
	for s := range r.new.Stages() {
		t := StageTally{Stage: s.ID(), Is: after[s.ID()]}
		if was, there := r.stageNew[s.ID()]; there {
			t.Was = before[was]
		}
		r.effect.Stages = append(r.effect.Stages, t)
	}
	for s := range r.old.Stages() {
		if _, there := r.stage[s.ID()]; !there {
			r.effect.Stages = append(r.effect.Stages, StageTally{Stage: s.ID(), Was: before[s.ID()]})
		}
	}
}

func (r *replay) standing(j judged, i int) Standing {
	s, err := j.ev.Standing(j.states[i], r.history.At)
	if err != nil {
		return Standing{} // the state is the evaluator's own
	}
	return Standing{Stage: s.Stage, Stalled: s.Stalled}
}

// carry finds the saved deals that only a replay takes over. Between processes
// with different ids that is all of them, and goes without saying.
func (r *replay) carry(states []outcome.State) {
	if r.old.ID() != r.new.ID() {
		return
	}
	for _, s := range states {
		_, err := outcome.Carry(s, r.old, r.new)
		if err == nil {
			continue
		}
		out := Uncarried{Deal: s.Deal(), Name: r.names[s.Deal()]}
		var carry *outcome.CarryError
		if errors.As(err, &carry) {
			for _, o := range carry.Obstacles {
				out.Reasons = append(out.Reasons, o.Message)
			}
		} else {
			out.Reasons = []string{err.Error()}
		}
		r.effect.Replays = append(r.effect.Replays, out)
	}
}
