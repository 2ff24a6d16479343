package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

type texts struct {
	v *Verdict
	p *process.Process
}

// about returns the commitment that a remark is about: its id, or as it was
// written where the process has no such commitment.
func (t texts) about(m remark) commitment.ID {
	switch {
	case m.about:
		return t.p.Commitment(m.rung).ID()
	case m.code == finding.UnknownCommitment, m.code == finding.UnknownRole, m.code == finding.UnknownEvidence:
		return commitment.ID(m.name)
	}
	return ""
}

func (t texts) finding(m remark) string { return "" }
func (t texts) why(next []step) string  { return "" }
