package machine

import (
	"context"
	"slices"

	"github.com/looplab/fsm"

	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/process"
)

// A machine of looplab/fsm has the ids of stages and commitments as its states
// and events. Its guard is a callback that cancels the event.
type fsmMachine struct {
	facts   []Fact
	machine *fsm.FSM // nil where each deal has its own
}

func newFSM(facts []Fact) (Machine, error) { return &fsmMachine{facts, buildFSM()}, nil }

func newFSMPerDeal(facts []Fact) (Machine, error) { return &fsmMachine{facts, nil}, nil }

func buildFSM() *fsm.FSM {
	var events fsm.Events
	for stage, ladder := range history.Ladders {
		for _, id := range ladder[1:] {
			events = append(events, fsm.EventDesc{
				Name: string(id), Src: []string{string(history.Stages[stage])}, Dst: string(history.Stages[stage+1]),
			})
		}
	}
	return fsm.NewFSM(string(history.Stages[0]), events, fsm.Callbacks{
		"before_event": func(_ context.Context, e *fsm.Event) {
			if !e.Args[0].(*Fact).counts() {
				e.Cancel()
			}
		},
	})
}

// Deal runs through a deal. It asks first whether there is a transition, which
// is cheaper than the error of one that there is not.
func (m *fsmMachine) Deal(first int) (int, error) {
	machine := m.machine
	if machine == nil {
		machine = buildFSM()
	} else {
		machine.SetState(string(history.Stages[0]))
	}
	ctx := context.Background()
	err := each(first, func(i int) error {
		f := &m.facts[i]
		if machine.Cannot(f.Commitment) {
			return nil
		}
		err := machine.Event(ctx, f.Commitment, f)
		if _, canceled := err.(fsm.CanceledError); canceled {
			return nil
		}
		return err
	})
	return slices.Index(history.Stages, process.StageID(machine.Current())), err
}
