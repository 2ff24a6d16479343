package machine

import (
	"context"

	"github.com/qmuntal/stateless"

	"github.com/advance-sales/advance/bench/history"
)

// A machine of qmuntal/stateless has stages and rungs as its states and
// triggers: numbers below 256, which Go boxes without allocating.
type statelessMachine struct {
	facts   []Fact
	stage   int
	machine *stateless.StateMachine
}

func newStateless(facts []Fact) (Machine, error) {
	m := &statelessMachine{facts: facts}
	m.machine = stateless.NewStateMachineWithExternalStorage(
		func(context.Context) (stateless.State, error) { return m.stage, nil },
		func(_ context.Context, s stateless.State) error {
			m.stage = s.(int)
			return nil
		},
		stateless.FiringImmediate,
	)
	configure(m.machine)
	return m, nil
}

// configure permits the transitions, and lets any other trigger pass.
func configure(m *stateless.StateMachine) {
	counts := func(_ context.Context, args ...any) bool { return args[0].(*Fact).counts() }
	for stage := range history.Ladders {
		m.Configure(stage).
			Permit(Rung(3*stage+1), stage+1, counts).
			Permit(Rung(3*stage+2), stage+1, counts)
	}
	m.OnUnhandledTrigger(func(context.Context, stateless.State, stateless.Trigger, []string) error { return nil })
}

// Deal runs through a deal.
func (m *statelessMachine) Deal(first int) (int, error) {
	m.stage = 0
	err := fire(m.machine, m.facts, first)
	return m.stage, err
}

func fire(m *stateless.StateMachine, facts []Fact, first int) error {
	ctx := context.Background()
	return each(first, func(i int) error {
		f := &facts[i]
		return m.FireCtx(ctx, f.Rung, f)
	})
}

// statelessPerDeal builds a machine for each deal, which holds its stage itself.
type statelessPerDeal []Fact

func newStatelessPerDeal(facts []Fact) (Machine, error) { return statelessPerDeal(facts), nil }

// Deal runs through a deal.
func (facts statelessPerDeal) Deal(first int) (int, error) {
	m := stateless.NewStateMachineWithMode(0, stateless.FiringImmediate)
	configure(m)
	if err := fire(m, facts, first); err != nil {
		return 0, err
	}
	return m.MustState().(int), nil
}
