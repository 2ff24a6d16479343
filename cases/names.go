package cases

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
)

// The names in a call that its process should have. What it does not have is
// kept until the whole case is read: the case may be about that very fault.

func (r *reader) named(n *yamldoc.Node, id commitment.ID) {
	if r.process == nil || id == "" {
		return
	}
	if _, ok := r.process.Rung(id); !ok {
		r.missing(n, process.CodeUnknownCommitment, "commitment", string(id), r.commitmentIDs())
	}
}

func (r *reader) kind(n *yamldoc.Node, id process.KindID) {
	if r.process == nil || id == "" {
		return
	}
	if _, ok := r.process.Kind(id); !ok {
		var known []string
		for k := range r.process.Kinds() {
			known = append(known, string(k.ID()))
		}
		r.missing(n, CodeUnknownKind, "call kind", string(id), known)
	}
}

func (r *reader) role(n *yamldoc.Node, role commitment.Role) {
	if r.process != nil && role != "" && !r.process.KnowsRole(string(role)) {
		r.missing(n, process.CodeUnknownRole, "role", string(role), r.process.Definition().Roles)
	}
}

func (r *reader) evidence(n *yamldoc.Node, kind string) {
	if r.process != nil && !r.process.KnowsEvidence(kind) {
		r.missing(n, process.CodeUnknownEvidence, "evidence kind", kind,
			append(commitment.EvidenceKinds(), r.process.Definition().EvidenceKinds...))
	}
}

func (r *reader) reason(n *yamldoc.Node, reason string) {
	if r.process != nil && reason != "" && !r.process.KnowsReason(reason) {
		r.missing(n, CodeUnknownReason, "loss reason", reason, r.process.Definition().LossReasons)
	}
}

func (r *reader) lostStage(n *yamldoc.Node, id process.StageID) {
	if r.process == nil || id == "" {
		return
	}
	if s, ok := r.process.StageByID(id); ok && s.Closes() == process.ClosesLost {
		return
	}
	var known []string
	for s := range r.process.Stages() {
		if s.Closes() == process.ClosesLost {
			known = append(known, string(s.ID()))
		}
	}
	r.missing(n, process.CodeUnknownStage, "lost stage", string(id), known)
}

func (r *reader) missing(n *yamldoc.Node, code diagnostic.Code, what, name string, known []string) {
	r.unknown = append(r.unknown, dataFault{n, code, notThere(what, name), orList(name, known)})
}

// The names in everything else, which have to be there.

// rung finds a commitment, and reports one that the process does not have.
func (r *reader) rung(n *yamldoc.Node, id commitment.ID) (commitment.Rung, bool) {
	if r.process == nil {
		return 0, false
	}
	rung, ok := r.process.Rung(id)
	if !ok {
		r.Report(n, process.CodeUnknownCommitment, diagnostic.Error, notThere("commitment", string(id)), orList(string(id), r.commitmentIDs()))
	}
	return rung, ok
}

// stageID reports a stage that the process does not have.
func (r *reader) stageID(n *yamldoc.Node, id process.StageID) {
	if r.process == nil {
		return
	}
	if _, ok := r.process.StageByID(id); !ok {
		var known []string
		for s := range r.process.Stages() {
			known = append(known, string(s.ID()))
		}
		r.Report(n, process.CodeUnknownStage, diagnostic.Error, notThere("stage", string(id)), orList(string(id), known))
	}
}

func (r *reader) commitmentIDs() []string {
	var known []string
	for c := range r.process.Commitments() {
		known = append(known, string(c.ID()))
	}
	return known
}

func notThere(what, name string) string { return fmt.Sprintf("the process has no %s %q", what, name) }

// orList suggests the nearest name, or all of them while they can be read at a
// glance.
func orList(name string, known []string) string {
	hint := nearest.Hint(name, known)
	if hint == "" && len(known) > 0 && len(known) <= 12 {
		return "there is " + strings.Join(known, ", ")
	}
	return hint
}
