package machine

import (
	"fmt"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/advance-sales/advance/bench/history"
)

// exprMachine has a condition for each stage, compiled once, and runs them all
// on one virtual machine. The facts are maps, made beforehand: the library finds
// a key several times faster than the field of a struct.
type exprMachine struct {
	facts    []map[string]any
	stage    int
	programs []*vm.Program
	vm       vm.VM
}

func newExpr(facts []Fact) (Machine, error) {
	m := &exprMachine{}
	for _, f := range facts {
		m.facts = append(m.facts, map[string]any{
			"commitment": f.Commitment, "by": f.By, "status": f.Status, "at": f.At, "due": f.Due, "evidence": f.Evidence,
		})
	}
	types := map[string]any{"commitment": "", "by": "", "status": "", "at": int64(0), "due": int64(0), "evidence": ""}
	for _, ladder := range history.Ladders {
		condition := fmt.Sprintf(`(commitment == %q || commitment == %q) && by == "buyer" && status == "given" && `+
			`due >= at && (evidence == "calendar" || evidence == "email")`, ladder[1], ladder[2])
		program, err := expr.Compile(condition, expr.Env(types), expr.AsBool())
		if err != nil {
			return nil, err
		}
		m.programs = append(m.programs, program)
	}
	return m, nil
}

// Deal runs through a deal.
func (m *exprMachine) Deal(first int) (int, error) {
	m.stage = 0
	err := each(first, m.call)
	return m.stage, err
}

func (m *exprMachine) call(i int) error {
	if m.stage == len(m.programs) {
		return nil
	}
	leaves, err := m.vm.Run(m.programs[m.stage], m.facts[i])
	if err != nil {
		return err
	}
	if leaves.(bool) {
		m.stage++
	}
	return nil
}
