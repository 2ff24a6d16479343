package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
)

// Unqualified returns the commitments that are on record in the call and do not
// count, since their record falls short of what they require: those that the
// findings with the code unqualified are about.
func (v *Verdict) Unqualified() (set commitment.Set) {
	if !v.codes.has(finding.Unqualified) {
		return set
	}
	for m := range v.said() {
		if m.code == finding.Unqualified {
			set.Add(m.rung)
		}
	}
	return set
}
