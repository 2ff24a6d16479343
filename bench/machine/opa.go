package machine

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/advance-sales/advance/bench/history"
)

// opaMachine has a query for each stage, prepared once. The facts are turned
// into values of the library beforehand.
type opaMachine struct {
	facts   []ast.Value
	stage   int
	queries []rego.PreparedEvalQuery
}

func newOPA(facts []Fact) (Machine, error) {
	m := &opaMachine{}
	for stage, ladder := range history.Ladders {
		policy := fmt.Sprintf(`package stage%d

default leaves := false

leaves if {
	input.commitment in {%q, %q}
	input.by == "buyer"
	input.status == "given"
	input.due >= input.at
	input.evidence in {"calendar", "email"}
}
`, stage, ladder[1], ladder[2])
		query, err := rego.New(
			rego.Query(fmt.Sprintf("data.stage%d.leaves", stage)),
			rego.Module("stages.rego", policy),
		).PrepareForEval(context.Background())
		if err != nil {
			return nil, err
		}
		m.queries = append(m.queries, query)
	}
	for _, f := range facts {
		value, err := ast.InterfaceToValue(map[string]any{
			"commitment": f.Commitment, "by": f.By, "status": f.Status, "at": f.At, "due": f.Due, "evidence": f.Evidence,
		})
		if err != nil {
			return nil, err
		}
		m.facts = append(m.facts, value)
	}
	return m, nil
}

// Deal runs through a deal.
func (m *opaMachine) Deal(first int) (int, error) {
	m.stage = 0
	err := each(first, m.call)
	return m.stage, err
}

func (m *opaMachine) call(i int) error {
	if m.stage == len(m.queries) {
		return nil
	}
	results, err := m.queries[m.stage].Eval(context.Background(), rego.EvalParsedInput(m.facts[i]))
	if err != nil {
		return err
	}
	if results.Allowed() {
		m.stage++
	}
	return nil
}
