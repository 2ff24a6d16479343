package machine

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/advance-sales/advance/bench/history"
)

// celMachine has a program for each stage, made once. The facts are turned into
// values of the library beforehand, so that nothing is converted when one runs.
type celMachine struct {
	facts    []celFact
	stage    int
	programs []cel.Program
}

func newCEL(facts []Fact) (Machine, error) {
	env, err := cel.NewEnv(
		cel.Variable("commitment", cel.StringType), cel.Variable("by", cel.StringType), cel.Variable("status", cel.StringType),
		cel.Variable("at", cel.IntType), cel.Variable("due", cel.IntType), cel.Variable("evidence", cel.StringType),
	)
	if err != nil {
		return nil, err
	}
	m := &celMachine{}
	for _, ladder := range history.Ladders {
		condition := fmt.Sprintf(`(commitment == %q || commitment == %q) && by == "buyer" && status == "given" && `+
			`due >= at && (evidence == "calendar" || evidence == "email")`, ladder[1], ladder[2])
		checked, issues := env.Compile(condition)
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		program, err := env.Program(checked, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			return nil, err
		}
		m.programs = append(m.programs, program)
	}
	for _, f := range facts {
		m.facts = append(m.facts, celFact{
			types.String(f.Commitment), types.String(f.By), types.String(f.Status), types.Int(f.At), types.Int(f.Due), types.String(f.Evidence),
		})
	}
	return m, nil
}

// celFact is a fact as the variables of a program.
type celFact struct{ commitment, by, status, at, due, evidence ref.Val }

// ResolveName gives the value of a variable.
func (f *celFact) ResolveName(name string) (any, bool) {
	switch name {
	case "commitment":
		return f.commitment, true
	case "by":
		return f.by, true
	case "status":
		return f.status, true
	case "at":
		return f.at, true
	case "due":
		return f.due, true
	case "evidence":
		return f.evidence, true
	}
	return nil, false
}

// Parent returns that there are no other variables.
func (f *celFact) Parent() cel.Activation { return nil }

// Deal runs through a deal.
func (m *celMachine) Deal(first int) (int, error) {
	m.stage = 0
	err := each(first, m.call)
	return m.stage, err
}

func (m *celMachine) call(i int) error {
	if m.stage == len(m.programs) {
		return nil
	}
	leaves, _, err := m.programs[m.stage].Eval(&m.facts[i])
	if err != nil {
		return err
	}
	if leaves == types.True {
		m.stage++
	}
	return nil
}
