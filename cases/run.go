package cases

import (
	"regexp"
	"slices"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// RunOptions are what running a suite can be told. The zero RunOptions run all
// of it.
type RunOptions struct {
	// Run picks the cases whose names it matches; nil picks all.
	Run *regexp.Regexp
	// House are the house rules to judge with.
	House []outcome.Rule
}

// Result is what came of one case.
type Result struct {
	Case    string
	Range   diagnostic.Range // where its name stands
	Verdict outcome.VerdictRecord
	// Misses is what was expected and did not come, in the order of the
	// document. A case without any has passed.
	Misses []Miss

	change outcome.Change // what the call did
}

// Passed reports whether everything came as expected.
func (r *Result) Passed() bool { return len(r.Misses) == 0 }

// Miss is one thing that came otherwise than expected.
type Miss struct {
	Range diagnostic.Range // where the expectation stands
	Key   string           // what it is about, such as "result" or "standing.open"
	Want  string
	Got   string
}

// Run judges the cases of the suite, in the order of the document.
func (s *Suite) Run(o RunOptions) []Result {
	var results []Result
	for i := range s.Cases {
		if c := &s.Cases[i]; o.Run == nil || o.Run.MatchString(c.Name) {
			results = append(results, c.run(s.Process, o.House))
		}
	}
	return results
}

// judged is the verdict on a call, and the deal after it.
type judged struct {
	evaluator *outcome.Evaluator
	verdict   outcome.VerdictRecord
	state     outcome.State
	change    outcome.Change
}

func (c *Case) run(p *process.Process, house []outcome.Rule) Result {
	j := judged{}
	// The last rule only looks: a case is judged by what it expects of the
	// verdict, but coverage wants to know what the call did.
	look := outcome.RuleFunc(func(ch outcome.Change) outcome.Opinion {
		if ch.Call.ID == c.Call.ID {
			j.change = ch
		}
		return outcome.Opinion{}
	})
	j.evaluator = outcome.NewEvaluator(p, outcome.Options{House: append(slices.Clone(house), look)})
	calls := append(slices.Clone(c.History), c.Call)
	states, _ := j.evaluator.Replay([]outcome.Deal{c.Deal}, calls, func(v outcome.Verdict) {
		if v.Call().ID == c.Call.ID {
			j.verdict = v.Record()
		}
	})
	j.state = states[0]
	result := Result{Case: c.Name, Range: c.Range, Verdict: j.verdict, change: j.change}
	for _, e := range c.expect {
		if got, ok := e.met(&j); !ok {
			result.Misses = append(result.Misses, Miss{Range: e.node.Range(), Key: e.key, Want: e.want, Got: got})
		}
	}
	return result
}

// at returns how the deal stands at an instant; the zero instant is that of
// the call.
func (j *judged) at(t time.Time) outcome.Standing {
	if t.IsZero() {
		t = j.verdict.At
	}
	standing, err := j.evaluator.Standing(j.state, t)
	if err != nil {
		panic("cases: the state comes from this very evaluator: " + err.Error()) // cannot happen
	}
	return standing
}
