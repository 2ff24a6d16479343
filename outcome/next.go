package outcome

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Role is the part that a commitment plays among those to ask for.
type Role string

// The roles.
const (
	RoleGap      Role = "gap"      // it would close an exit that was passed over
	RolePrimary  Role = "primary"  // the best outcome
	RoleFallback Role = "fallback" // acceptable instead
)

// RoleNames lists the roles as verdicts spell them.
func RoleNames() []string {
	return []string{string(RoleGap), string(RolePrimary), string(RoleFallback)}
}

// step is a commitment that would be credited now.
type step struct {
	rung commitment.Rung
	role Role
}

// nextSteps lists what would be credited to the next call: what the gaps wait
// for, then the rungs of the stage, strongest first; where that has none, those
// of the stage after it. A lost deal has none.
func nextSteps(p *process.Process, now *Snapshot) []step {
	if now.Stage > p.Won() {
		return nil
	}
	var steps []step
	h := now.Holdings()
	ch := Change{Process: p, Before: *now}
	for gap := range p.Gaps(h, now.Stage) {
		missing := gap.Missing(h)
		for r := range missing.All() {
			if ch.Creditable(r) && !slices.Contains(steps, step{r, RoleGap}) {
				steps = append(steps, step{r, RoleGap})
			}
		}
	}
	for stage := now.Stage; stage <= min(now.Stage+1, p.Won()); stage++ {
		role, none := RolePrimary, true
		for _, r := range slices.Backward(slices.Collect(p.Stage(stage).Ladder())) {
			if ch.Creditable(r) {
				steps = append(steps, step{r, role})
				role, none = RoleFallback, false
			}
		}
		if !none {
			break
		}
	}
	return steps
}
