package diff

import (
	"cmp"
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// History is what has happened: deals and their calls, in any order.
type History struct {
	Deals []outcome.Deal
	Calls []outcome.Call
	At    time.Time // the instant at which deals stand somewhere
}

// Effect is what the change of a process does to histories. Lists are never
// nil; deals are in the order of their ids, verdicts in that of
// [outcome.Evaluator.Replay].
type Effect struct {
	At       time.Time      `json:"at"`
	Deals    int            `json:"deals"`
	Calls    int            `json:"calls"`
	Moved    []DealEffect   `json:"moved"`    // deals that would stand elsewhere, or be stalled otherwise
	Verdicts []CallEffect   `json:"verdicts"` // verdicts that would be others
	Replays  []Uncarried    `json:"replays"`  // saved deals that can not be carried over
	Stages   []StageTally   `json:"stages"`   // along the new path, then what it no longer has
	Results  []ResultTally  `json:"results"`  // in the order in which results are tried
	Findings []FindingTally `json:"findings"` // of the codes whose number differs, by code
	// Faults are the deal records that a process can not open.
	Faults []error `json:"-"`
}

// DealEffect is a deal that would stand elsewhere.
type DealEffect struct {
	Deal outcome.DealID `json:"deal"`
	Name string         `json:"name,omitzero"`
	Was  Standing       `json:"was"`
	Is   Standing       `json:"is"`
}

// Standing is where a deal stands.
type Standing struct {
	Stage   process.StageID `json:"stage"`
	Stalled bool            `json:"stalled"`
}

// CallEffect is a call whose verdict would be another.
type CallEffect struct {
	Deal outcome.DealID `json:"deal"`
	Name string         `json:"name,omitzero"` // of the deal
	Call outcome.CallID `json:"call"`
	At   time.Time      `json:"at"`
	Was  Verdict        `json:"was"`
	Is   Verdict        `json:"is"`
	// Differs says what of the verdict: result, stage, credit, commitments,
	// target, findings.
	Differs []string `json:"differs"`
}

// Verdict is what of a verdict can differ. Findings are codes, with their
// commitment behind a colon where they have one.
type Verdict struct {
	Result   outcome.Result       `json:"result"`
	From     process.StageID      `json:"from"`
	To       process.StageID      `json:"to"`
	Credited []commitment.ID      `json:"credited"`
	Target   outcome.TargetResult `json:"target"`
	Findings []string             `json:"findings"`
}

// Uncarried is a saved deal that [outcome.Carry] refuses.
type Uncarried struct {
	Deal    outcome.DealID `json:"deal"`
	Name    string         `json:"name,omitzero"`
	Reasons []string       `json:"reasons"`
}

// StageTally counts the deals in a stage.
type StageTally struct {
	Stage process.StageID `json:"stage"`
	Was   int             `json:"was"`
	Is    int             `json:"is"`
}

// ResultTally counts the calls with a result.
type ResultTally struct {
	Result outcome.Result `json:"result"`
	Was    int            `json:"was"`
	Is     int            `json:"is"`
}

// FindingTally counts the findings of a code.
type FindingTally struct {
	Code string `json:"code"`
	Was  int    `json:"was"`
	Is   int    `json:"is"`
}

// Replay judges histories by both processes and says what differs. What has
// only another id is the same.
func Replay(old, new *process.Process, h History) Effect {
	r := replay{
		match: newMatch(old, new), history: h, names: map[outcome.DealID]string{},
		effect: Effect{At: h.At.UTC(), Moved: []DealEffect{}, Verdicts: []CallEffect{}, Replays: []Uncarried{}, Findings: []FindingTally{}},
	}
	for _, d := range h.Deals {
		if r.names[d.Deal] == "" {
			r.names[d.Deal] = d.Name
		}
	}
	was, is := r.judge(old), r.judge(new)
	r.effect.Calls = len(was.verdicts)
	r.effect.Deals = len(was.states)
	r.effect.Faults = append(was.faults, is.faults...)
	r.verdicts(was, is)
	r.standings(was, is)
	r.carry(was.states)
	return r.effect
}

// replay gathers an effect.
type replay struct {
	*match
	history History
	names   map[outcome.DealID]string
	effect  Effect
}

// judged is what one process makes of the histories.
type judged struct {
	ev       *outcome.Evaluator
	verdicts []outcome.VerdictRecord
	states   []outcome.State
	faults   []error
}

func (r *replay) judge(p *process.Process) judged {
	j := judged{ev: outcome.NewEvaluator(p, outcome.Options{})}
	j.states, j.faults = j.ev.Replay(r.history.Deals, r.history.Calls, func(v outcome.Verdict) {
		j.verdicts = append(j.verdicts, v.Record())
	})
	return j
}

// verdicts compares the verdicts, which both processes give in the same order.
func (r *replay) verdicts(was, is judged) {
	results := map[outcome.Result]*ResultTally{}
	for result := outcome.Order; result <= outcome.Continuation; result++ {
		results[result] = &ResultTally{Result: result}
	}
	codes := map[string]*FindingTally{}
	tally := func(code string) *FindingTally {
		if codes[code] == nil {
			codes[code] = &FindingTally{Code: code}
		}
		return codes[code]
	}
	for i := range was.verdicts {
		a, b := &was.verdicts[i], &is.verdicts[i]
		results[a.Result].Was++
		results[b.Result].Is++
		for _, f := range a.Findings {
			tally(f.Code).Was++
		}
		for _, f := range b.Findings {
			tally(f.Code).Is++
		}
		if differs := r.differs(a, b); len(differs) > 0 {
			r.effect.Verdicts = append(r.effect.Verdicts, CallEffect{
				Deal: a.Deal, Name: r.names[a.Deal], Call: a.Call, At: a.At, Was: side(a), Is: side(b), Differs: differs,
			})
		}
	}
	for result := outcome.Order; result <= outcome.Continuation; result++ {
		r.effect.Results = append(r.effect.Results, *results[result])
	}
	for _, t := range codes {
		if t.Was != t.Is {
			r.effect.Findings = append(r.effect.Findings, *t)
		}
	}
	slices.SortFunc(r.effect.Findings, func(a, b FindingTally) int { return cmp.Compare(a.Code, b.Code) })
}

// differs says what of a verdict differs.
func (r *replay) differs(was, is *outcome.VerdictRecord) []string {
	var list []string
	note := func(what string, differs bool) {
		if differs {
			list = append(list, what)
		}
	}
	note("result", was.Result != is.Result)
	note("stage", !r.same(was.From, is.From) || !r.same(was.To, is.To))
	note("credit", !r.sameIDs(was.Credited, is.Credited))
	note("commitments", !r.sameIDs(was.Gained, is.Gained) || !r.sameIDs(was.Kept, is.Kept) ||
		!r.sameIDs(was.Regained, is.Regained) || !r.sameIDs(was.Lost, is.Lost))
	note("target", was.Target.Result != is.Target.Result)
	note("findings", !r.sameFindings(was.Findings, is.Findings))
	return list
}

// same reports whether an old stage is a new one.
func (r *replay) same(was, is process.StageID) bool { return r.stage[was] == is }

func (r *replay) sameIDs(was, is []commitment.ID) bool {
	return slices.Equal(r.arrived(was), slices.Sorted(slices.Values(is)))
}

func (r *replay) arrived(was []commitment.ID) []commitment.ID {
	var ids []commitment.ID
	for _, id := range was {
		ids = append(ids, r.id(id))
	}
	slices.Sort(ids)
	return ids
}

func (r *replay) sameFindings(was, is []outcome.FindingRecord) bool {
	forms := func(list []outcome.FindingRecord, id func(commitment.ID) commitment.ID) []string {
		var forms []string
		for _, f := range list {
			forms = append(forms, f.Code+" "+f.Severity.String()+" "+string(id(f.Commitment)))
		}
		slices.Sort(forms)
		return forms
	}
	return slices.Equal(forms(was, r.id), forms(is, func(id commitment.ID) commitment.ID { return id }))
}

func side(v *outcome.VerdictRecord) Verdict {
	out := Verdict{Result: v.Result, From: v.From, To: v.To, Credited: v.Credited, Target: v.Target.Result, Findings: []string{}}
	for _, f := range v.Findings {
		name := f.Code
		if f.Commitment != "" {
			name += ":" + string(f.Commitment)
		}
		out.Findings = append(out.Findings, name)
	}
	return out
}
