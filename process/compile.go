package process

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"
	_ "time/tzdata" // a time zone means the same wherever the program runs
	"unique"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
)

// Compile resolves every reference of a definition. The error is a
// [diagnostic.List] with everything that is wrong with it. The definition is
// copied: changing it afterwards changes nothing.
func (d Definition) Compile() (*Process, error) {
	diags := validate(d, func(string) bool { return false })
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return compile(d.clone()), nil
}

// compile builds the process of a sound definition, which it takes over.
func compile(def Definition) *Process {
	p := &Process{def: def}
	p.zone, _ = loadZone(def.TimeZone)
	p.compileLadders()
	p.compileExits()
	p.compileKinds()
	p.roles = wordIndex(def.Roles)
	p.reasons = wordIndex(def.LossReasons)
	p.evidence = wordIndex(append(commitment.EvidenceKinds(), def.EvidenceKinds...))
	for _, code := range finding.Codes() {
		p.severities[code] = code.Default()
		if s, ok := def.Findings[code.String()]; ok {
			p.severities[code] = s
		}
	}
	p.ref = Ref{ID: def.ID, Version: def.Version, Fingerprint: p.fingerprint()}
	p.handle = unique.Make(p.ref)
	return p
}

// compileLadders numbers stages and rungs.
func (p *Process) compileLadders() {
	rungs := make(map[commitment.ID]int, len(p.def.Commitments))
	for _, lost := range []bool{false, true} {
		for _, s := range p.def.Stages {
			if (s.Closes == ClosesLost) != lost {
				continue
			}
			if s.Closes == ClosesWon {
				p.won = len(p.stages)
			}
			s.Gate = cmp.Or(s.Gate, p.def.Defaults.Gate, Soft)
			if s.Gate == Hard && s.Closes == "" {
				p.paths.gates = append(p.paths.gates, len(p.stages))
			}
			p.stages = append(p.stages, CompiledStage{
				def: s, index: len(p.stages), stalls: resolveStalls(s.StallsAfter, p.def.Defaults.StallsAfter),
			})
		}
	}
	byID := map[commitment.ID]commitment.Definition{}
	for _, c := range p.def.Commitments {
		byID[c.ID] = c
	}
	for i := range p.stages {
		for step, id := range p.stages[i].def.Ladder {
			def, rung := byID[id], commitment.Rung(len(p.commitments))
			p.stages[i].ladder = append(p.stages[i].ladder, rung)
			p.commitments = append(p.commitments, Commitment{
				def: def, rung: rung, stage: i, step: step + 1,
				require: resolveRequirement(def.Requires, p.def.Defaults.Requires),
				lapses:  resolveDuration(def.LapsesAfter, p.def.Defaults.LapsesAfter),
			})
			rungs[id] = int(rung)
			if def.RenamedFrom != "" {
				rungs[def.RenamedFrom] = int(rung)
			}
		}
	}
	p.rungs = nameIndex(rungs)
}

func (p *Process) compileExits() {
	for i := range p.stages {
		s := &p.stages[i]
		for _, c := range s.def.Exit {
			out := criterion{n: 1}
			if c.Of != nil {
				out.n = c.AtLeast
			}
			for _, item := range c.Items() {
				rung, _ := p.Rung(item.Commitment)
				if item.Kept {
					out.kept.Add(rung)
				} else {
					out.held.Add(rung)
				}
				s.items.Add(rung)
			}
			s.exit = append(s.exit, out)
		}
		p.awaited = p.awaited.Union(s.items)
	}
	p.compilePaths()
}

func (p *Process) compileKinds() {
	numbers := make(map[KindID]int, len(p.def.CallKinds))
	for i, def := range p.def.CallKinds {
		outcome, _ := p.Rung(def.Outcome)
		k := Kind{
			def: def, index: i, outcome: outcome, notFor: wordIndex(def.NotFor),
			fallbacks: p.set(def.Fallbacks), keeps: p.set(def.Keeps),
		}
		if len(def.Stages) > 0 {
			k.stages = make([]bool, len(p.stages))
			for i := range p.stages {
				k.stages[i] = slices.Contains(def.Stages, p.stages[i].ID())
			}
		}
		p.kinds = append(p.kinds, k)
		numbers[def.ID] = i
	}
	p.kindIDs = nameIndex(numbers)
}

func (p *Process) set(ids []commitment.ID) commitment.Set {
	var set commitment.Set
	for _, id := range ids {
		rung, _ := p.Rung(id)
		set.Add(rung)
	}
	return set
}

// resolveRequirement works the defaults in, key by key.
func resolveRequirement(own, inherited commitment.Requirements) commitment.Requirement {
	q := commitment.Requirement{Dated: true, Within: resolveDuration(own.Within, inherited.Within)}
	ownWithin := own.Within != "" && own.Within != commitment.None
	switch {
	case own.Dated != nil:
		q.Dated = *own.Dated || ownWithin
	case ownWithin:
	case inherited.Dated != nil:
		q.Dated = *inherited.Dated
	}
	if own.Dated != nil && !*own.Dated {
		q.Within = -1
	}
	if people := cmp.Or(own.People, inherited.People); people != nil {
		q.People = *people
	}
	if roles := cmp.Or(own.Roles, inherited.Roles); roles != nil {
		q.Roles = *roles
	}
	if evidence := cmp.Or(own.Evidence, inherited.Evidence); evidence != nil {
		q.Evidence = *evidence
	}
	return q
}

// resolveDuration returns -1 where there is none.
func resolveDuration(own, inherited commitment.Duration) time.Duration {
	length, err := cmp.Or(own, inherited).Parse()
	if err != nil {
		return -1 // none, or nothing inherited: a sound definition has no other
	}
	return length
}

func resolveStalls(own, inherited StallLimit) StallAfter {
	if own.Off {
		return StallAfter{Time: -1}
	}
	if inherited.Off {
		inherited = StallLimit{}
	}
	out := StallAfter{Time: resolveDuration(own.Time, inherited.Time)}
	if calls := cmp.Or(own.Calls, inherited.Calls); calls != nil {
		out.Calls = *calls
	}
	return out
}

// clone copies everything that could be changed through the copy, but for the
// values of extensions.
func (d Definition) clone() Definition {
	d.Roles = slices.Clone(d.Roles)
	d.EvidenceKinds = slices.Clone(d.EvidenceKinds)
	d.LossReasons = slices.Clone(d.LossReasons)
	d.Findings = maps.Clone(d.Findings)
	d.Extensions = maps.Clone(d.Extensions)
	d.Defaults.Requires = cloneRequirements(d.Defaults.Requires)
	d.Defaults.StallsAfter.Calls = clonePointer(d.Defaults.StallsAfter.Calls)
	d.Commitments = slices.Clone(d.Commitments)
	for i := range d.Commitments {
		c := &d.Commitments[i]
		c.Requires = cloneRequirements(c.Requires)
		c.Allow = slices.Clone(c.Allow)
	}
	d.CallKinds = slices.Clone(d.CallKinds)
	for i := range d.CallKinds {
		k := &d.CallKinds[i]
		k.Fallbacks = slices.Clone(k.Fallbacks)
		k.Keeps = slices.Clone(k.Keeps)
		k.NotFor = slices.Clone(k.NotFor)
		k.Stages = slices.Clone(k.Stages)
	}
	d.Stages = slices.Clone(d.Stages)
	for i := range d.Stages {
		s := &d.Stages[i]
		s.Probability = clonePointer(s.Probability)
		s.StallsAfter.Calls = clonePointer(s.StallsAfter.Calls)
		s.Ladder = slices.Clone(s.Ladder)
		s.Exit = cloneExit(s.Exit)
	}
	return d
}

func cloneExit(exit []Criterion) []Criterion {
	exit = slices.Clone(exit)
	for i := range exit {
		exit[i].Any = slices.Clone(exit[i].Any)
		exit[i].Of = slices.Clone(exit[i].Of)
	}
	return exit
}

func cloneRequirements(q commitment.Requirements) commitment.Requirements {
	q.Dated, q.People = clonePointer(q.Dated), clonePointer(q.People)
	for _, need := range []**commitment.Need{&q.Roles, &q.Evidence} {
		if *need = clonePointer(*need); *need != nil {
			(*need).All = slices.Clone((*need).All)
			(*need).Any = slices.Clone((*need).Any)
		}
	}
	return q
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// fingerprint is a digest of what the process means: of everything that
// decides where a deal stands and which result a call has. Texts, vocabularies,
// severities and forecasts are not in it, nor is the order of what is a set.
func (p *Process) fingerprint() string {
	type rung struct {
		ID      commitment.ID
		Was     commitment.ID
		Require commitment.Requirement
		Lapses  time.Duration
	}
	type stage struct {
		ID     StageID
		Closes Closes
		Ladder []commitment.Rung
		Hard   bool
		Exit   []settledCriterion
		Stalls StallAfter
	}
	type kind struct {
		ID      KindID
		Outcome commitment.Rung
		Keeps   commitment.Set
	}
	var meaning struct {
		Zone   string
		Rungs  []rung
		Stages []stage
		Kinds  []kind
	}
	meaning.Zone = p.zone.String()
	for _, c := range p.commitments {
		meaning.Rungs = append(meaning.Rungs, rung{c.def.ID, c.def.RenamedFrom, settled(c.require), c.lapses})
	}
	for _, s := range p.stages {
		out := stage{ID: s.def.ID, Closes: s.def.Closes, Ladder: s.ladder}
		if s.def.Closes == "" {
			out.Hard, out.Exit, out.Stalls = s.Hard(), settledExit(s.exit), s.stalls
		}
		meaning.Stages = append(meaning.Stages, out)
	}
	for _, k := range p.kinds {
		meaning.Kinds = append(meaning.Kinds, kind{k.def.ID, k.outcome, k.keeps})
	}
	slices.SortFunc(meaning.Kinds, func(a, b kind) int { return cmp.Compare(a.ID, b.ID) })
	text, err := json.Marshal(meaning)
	if err != nil {
		panic("process: the meaning of a process is plain data: " + err.Error()) // cannot happen
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// settled returns a requirement in the one form that all with its meaning have.
func settled(q commitment.Requirement) commitment.Requirement {
	q.Within = max(q.Within, -1)
	q.Roles, q.Evidence = settledNeed(q.Roles), settledNeed(q.Evidence)
	return q
}

func settledNeed(n commitment.Need) commitment.Need {
	if len(n.Any) == 1 {
		n = commitment.Need{All: append(slices.Clone(n.All), n.Any[0])}
	}
	return commitment.Need{
		All: slices.Compact(slices.Sorted(slices.Values(n.All))),
		Any: slices.Compact(slices.Sorted(slices.Values(n.Any))),
	}
}

// settledCriterion is a criterion as the fingerprint sees it.
type settledCriterion struct {
	N    int
	Held commitment.Set
	Kept commitment.Set
}

// settledExit returns the criteria of an exit in one order, each that asks for
// all of its items as one criterion an item.
func settledExit(exit []criterion) []settledCriterion {
	var out []settledCriterion
	for _, c := range exit {
		if c.n < c.held.Len()+c.kept.Len() {
			out = append(out, settledCriterion{c.n, c.held, c.kept})
			continue
		}
		for r := range c.held.All() {
			one := settledCriterion{N: 1}
			one.Held.Add(r)
			out = append(out, one)
		}
		for r := range c.kept.All() {
			one := settledCriterion{N: 1}
			one.Kept.Add(r)
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b settledCriterion) int {
		return cmp.Or(cmp.Compare(a.N, b.N), slices.Compare(a.Held[:], b.Held[:]), slices.Compare(a.Kept[:], b.Kept[:]))
	})
	return slices.Compact(out)
}
