package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// dice is a source of biased choices.
type dice struct{ *rand.Rand }

// chance is true in so many of a hundred cases.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between draws from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// one draws one of several.
func one[T any](d dice, list ...T) T { return list[d.IntN(len(list))] }

// some draws at most n different ones of a list, at least one when there is one.
func some[T any](d dice, n int, list []T) []T {
	list = slices.Clone(list)
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if len(list) == 0 || n <= 0 {
		return nil
	}
	return list[:d.between(1, min(n, len(list)))]
}

func ptr[T any](v T) *T { return &v }

var (
	zones         = []string{"", "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"}
	roleNames     = []string{"champion", "user_buyer", "technical_buyer", "economic_buyer"}
	ownEvidence   = []string{"slack_channel", "product_usage"}
	lossReasons   = []string{"budget", "competitor", "no_decision"}
	activityNames = []string{"needs_analysis", "demo", "pricing", "small_talk"}
	neverIgnored  = []string{
		"unknown_commitment", "unknown_kind", "unknown_role", "unknown_evidence",
		"unknown_reason", "unknown_stage", "contradiction", "duplicate_call",
	}
)

// generateProcess draws a valid process.
func generateProcess(d dice) Process {
	p := Process{
		Advance: 1, ID: fmt.Sprintf("p-%d", d.IntN(1000)), Version: d.between(1, 9), Name: "Generated process",
		Timezone:    one(d, zones...),
		Commitments: map[string]Commitment{},
		CallKinds:   map[string]CallKind{},
	}
	if d.chance(60) {
		p.Roles = roleNames
	}
	if d.chance(50) {
		p.EvidenceKinds = ownEvidence
	}
	if d.chance(50) {
		p.LossReasons = lossReasons
	}
	if d.chance(80) {
		p.Defaults = generateDefaults(d, p)
	}
	generateStages(d, &p)
	for _, id := range p.order() {
		p.Commitments[id] = generateCommitment(d, p, id)
	}
	generateKinds(d, &p)
	generateSeverities(d, &p)
	return p
}

func generateDefaults(d dice, p Process) *Defaults {
	result := &Defaults{}
	if d.chance(40) {
		result.Requires = &Requires{Dated: ptr(true)}
		if d.chance(20) {
			result.Requires.Dated = ptr(false)
		} else if d.chance(30) {
			result.Requires.Within = one(d, "2w", "30d")
		}
		if d.chance(15) {
			result.Requires.People = ptr(1)
		}
		if d.chance(15) {
			result.Requires.Roles = generateWords(d, p.rolesInUse())
		}
		if d.chance(15) {
			result.Requires.Evidence = generateWords(d, p.evidenceInUse())
		}
	}
	if d.chance(60) {
		result.LapsesAfter = one(d, "5d", "1w", "2w", "1d12h")
	}
	if d.chance(70) {
		result.StallsAfter = generateStalls(d)
	}
	if d.chance(25) {
		result.Gate = one(d, "hard", "soft")
	}
	return result
}

func (p Process) rolesInUse() []string {
	if len(p.Roles) > 0 {
		return p.Roles
	}
	return roleNames
}

func (p Process) evidenceInUse() []string {
	return slices.Concat([]string{"email", "calendar", "document"}, p.EvidenceKinds)
}

func generateStalls(d dice) *StallsAfter {
	switch d.IntN(4) {
	case 0:
		return &StallsAfter{Calls: d.between(1, 4)}
	case 1:
		return &StallsAfter{Time: one(d, "5d", "2w")}
	default:
		return &StallsAfter{Calls: d.between(1, 4), Time: one(d, "4d", "10d", "3w")}
	}
}

func generateWords(d dice, from []string) *Words {
	switch d.IntN(3) {
	case 0:
		return &Words{One: one(d, from...)}
	case 1:
		return &Words{All: some(d, 2, from)}
	default:
		return &Words{Any: some(d, 3, from)}
	}
}

// generateStages draws stages, ladders and exits. Every commitment has one home,
// and its id says nothing about its rung.
func generateStages(d dice, p *Process) {
	numbers := d.Perm(40)
	var earlier []string
	for i := range d.between(2, 4) {
		stage := Stage{ID: fmt.Sprintf("s%d", i+1), Name: fmt.Sprintf("Stage %d", i+1)}
		rungs := d.between(1, 4)
		if i > 0 && d.chance(7) {
			rungs = 0
		}
		for range rungs {
			stage.Ladder = append(stage.Ladder, fmt.Sprintf("c%d", numbers[0]))
			numbers = numbers[1:]
		}
		stage.Exit = generateExit(d, stage.Ladder, earlier)
		if d.chance(30) {
			stage.Gate = one(d, "hard", "hard", "soft")
		}
		if d.chance(30) {
			stage.StallsAfter = generateStalls(d)
			if d.chance(25) {
				stage.StallsAfter = &StallsAfter{None: true}
			} else if d.chance(15) {
				stage.StallsAfter.Calls, stage.StallsAfter.Time = d.between(2, 4), "none"
			}
		}
		earlier = append(earlier, stage.Ladder...)
		p.Stages = append(p.Stages, stage)
	}
	won := Stage{ID: "won", Name: "Won", Closes: "won"}
	if d.chance(50) {
		for range d.between(1, 2) {
			won.Ladder = append(won.Ladder, fmt.Sprintf("c%d", numbers[0]))
			numbers = numbers[1:]
		}
	}
	p.Stages = append(p.Stages, won)
	for i := range d.between(1, 3) {
		p.Stages = append(p.Stages, Stage{ID: fmt.Sprintf("lost%d", i+1), Name: fmt.Sprintf("Lost %d", i+1), Closes: "lost"})
	}
}

// generateExit draws an exit that has at least one item new to its stage, none of
// a later stage, and none twice in a criterion.
func generateExit(d dice, own, earlier []string) Exit {
	var exit Exit
	switch {
	case len(own) == 0:
		exit = append(exit, Criterion{Form: "item", Of: []Item{{ID: one(d, earlier...), Kept: true}}})
	case d.chance(45):
		exit = append(exit, Criterion{Form: "item", Of: []Item{{ID: own[len(own)-1], Kept: d.chance(15)}}})
	default:
		// The first item keeps the exit valid; the others may come from anywhere.
		exit = append(exit, generateCriterion(d, one(d, own...), slices.Concat(own, earlier)))
	}
	if all := slices.Concat(own, earlier); d.chance(35) {
		exit = append(exit, generateCriterion(d, one(d, all...), all))
	}
	if len(earlier) > 0 && d.chance(20) {
		exit = append(exit, Criterion{Form: "item", Of: []Item{{ID: one(d, earlier...), Kept: true}}})
	}
	return exit
}

func generateCriterion(d dice, first string, all []string) Criterion {
	c := Criterion{Form: "item", Of: []Item{{ID: first, Kept: d.chance(20)}}}
	if d.chance(30) {
		return c
	}
	for _, id := range some(d, 2, all) {
		if id != first {
			c.Of = append(c.Of, Item{ID: id, Kept: d.chance(25)})
		}
	}
	c.Form = "any"
	if d.chance(50) {
		c.Form, c.N = "at_least", d.between(1, len(c.Of))
	}
	d.Shuffle(len(c.Of), func(i, j int) { c.Of[i], c.Of[j] = c.Of[j], c.Of[i] })
	return c
}

func generateCommitment(d dice, p Process, id string) Commitment {
	c := Commitment{Name: "Commit to " + id, Ask: "Shall we do " + id + "?"}
	if d.chance(20) {
		c.RenamedFrom = "old_" + id
	}
	switch {
	case d.chance(35):
		c.LapsesAfter = one(d, "3d", "1w", "36h")
	case p.Defaults != nil && p.Defaults.LapsesAfter != "" && d.chance(20):
		c.LapsesAfter = "none"
	}
	if !d.chance(60) {
		return c
	}
	r := &Requires{}
	inherited := p.Defaults != nil && p.Defaults.Requires != nil
	switch d.IntN(5) {
	case 0:
		r.Dated = ptr(false)
	case 1:
		r.Dated = ptr(true)
	case 2:
		r.Within = one(d, "1w", "10d", "3w")
	case 3:
		if inherited && p.Defaults.Requires.Within != "" {
			r.Within = "none"
		}
	}
	if d.chance(20) {
		r.People = ptr(d.between(1, 2))
	} else if inherited && p.Defaults.Requires.People != nil && d.chance(30) {
		r.People = ptr(0)
	}
	if d.chance(20) {
		r.Roles = generateWords(d, p.rolesInUse())
	}
	if d.chance(25) {
		r.Evidence = generateWords(d, append(p.evidenceInUse(), "verbal"))
	}
	if *r != (Requires{}) {
		c.Requires = r
	}
	return c
}

func generateKinds(d dice, p *Process) {
	order := p.order()
	for i := range d.between(1, 4) {
		kind := CallKind{
			Name: fmt.Sprintf("Kind %d", i+1), Outcome: one(d, order...), Refocus: "Back to the point.",
		}
		for _, id := range some(d, 2, order) {
			if id != kind.Outcome && d.chance(80) {
				kind.Fallbacks = append(kind.Fallbacks, id)
			}
		}
		if d.chance(60) {
			kind.Keeps = some(d, 2, order)
		}
		if d.chance(60) {
			kind.NotFor = some(d, 2, activityNames)
		}
		if d.chance(40) {
			for _, stage := range some(d, 3, p.Stages) {
				kind.Stages = append(kind.Stages, stage.ID)
			}
		}
		p.CallKinds[fmt.Sprintf("k%d", i+1)] = kind
	}
}

// generateSeverities overrides a few severities; data faults stay errors.
func generateSeverities(d dice, p *Process) {
	if !d.chance(30) {
		return
	}
	p.Findings = map[string]string{}
	for range d.between(1, 5) {
		code := one(d, codes...).code
		if slices.Contains(neverIgnored, code) {
			p.Findings[code] = "error"
		} else {
			p.Findings[code] = one(d, "ignore", "info", "warning", "error")
		}
	}
}
