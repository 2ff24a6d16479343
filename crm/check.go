package crm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/process"
)

// Check lists what the mapping says of a process that is not so: stages,
// commitments, call kinds, roles and kinds of evidence that it does not have, and as
// advice the rules whose commitments it would never count.
func (m *Mapping) Check(p *process.Process) diagnostic.List {
	c := checker{p: p, inherited: m.inherits}
	for _, w := range m.def.Stages {
		if _, ok := p.StageByID(process.StageID(w.To)); !ok {
			c.unknown("stages."+w.From, process.CodeUnknownStage, "stage", w.To, stageIDs(p))
		}
	}
	for i := range m.def.Activities {
		a := &m.def.Activities[i]
		c.words(fmt.Sprintf("activities[%d].call_kind", i), a.CallKind, CodeUnknownCallKind, "call kind", kindIDs(p), func(word string) bool {
			_, ok := p.Kind(process.KindID(word))
			return ok
		})
	}
	for i := range m.def.Contacts {
		c.words(fmt.Sprintf("contacts[%d].role", i), m.def.Contacts[i].Role, process.CodeUnknownRole, "role", p.Definition().Roles, p.KnowsRole)
	}
	for i := range m.def.Rules {
		c.rule(fmt.Sprintf("rules[%d]", i), &m.def.Rules[i])
	}
	if m.doc != nil {
		m.doc.root.Mark(c.diags)
	}
	c.diags.Sort()
	return c.diags
}

// inherits reports whether a part of the mapping comes from the one that it
// extends.
func (m *Mapping) inherits(path string) bool {
	return m.def.Extends != "" && m.doc != nil && m.doc.root.Locate(path).Value == m.doc.root
}

type checker struct {
	p         *process.Process
	inherited func(path string) bool
	diags     diagnostic.List
}

func (c *checker) unknown(path string, code diagnostic.Code, what, name string, known []string) {
	hint := nearest.Hint(name, known)
	if hint == "" && len(known) > 0 && len(known) <= 20 {
		hint = "there is " + strings.Join(known, ", ")
	}
	c.diags = append(c.diags, diagnostic.Diagnostic{
		Code: code, Severity: diagnostic.Error, Path: path, Hint: hint,
		Message: fmt.Sprintf("the process %s has no %s %q%s", c.p.ID(), what, name, c.origin(path)),
	})
}

// origin says that something does not stand in the document itself.
func (c *checker) origin(path string) string {
	if key, _, _ := strings.Cut(strings.ReplaceAll(path, "[", "."), "."); c.inherited(key) {
		return ", which this mapping inherits"
	}
	return ""
}

// words checks what a field is translated to.
func (c *checker) words(path string, f Field, code diagnostic.Code, what string, known []string, knows func(string) bool) {
	check := func(path, word string) {
		if word != "" && !knows(word) {
			c.unknown(path, code, what, word, known)
		}
	}
	for _, w := range f.Values {
		check(path+".values."+w.From, w.To)
	}
	check(path+".value", f.Value)
	check(path+".default", f.Default)
}

func (c *checker) rule(path string, u *Rule) {
	knows := func(id string) bool {
		_, ok := c.p.Rung(commitment.ID(id))
		return ok
	}
	if u.Commitment != "" && !knows(string(u.Commitment)) {
		c.unknown(path+".commitment", process.CodeUnknownCommitment, "commitment", string(u.Commitment), commitmentIDs(c.p))
	}
	c.words(path+".commitment", u.CommitmentOf, process.CodeUnknownCommitment, "commitment", commitmentIDs(c.p), knows)
	known := true
	for i, kind := range u.Evidence {
		if !c.p.KnowsEvidence(kind) {
			at := fmt.Sprintf("%s.evidence[%d]", path, i)
			c.unknown(at, process.CodeUnknownEvidence, "kind of evidence", kind, slices.Concat(commitment.EvidenceKinds(), c.p.Definition().EvidenceKinds))
			known = false
		}
	}
	if rung, ok := c.p.Rung(u.Commitment); ok && known {
		c.counts(path, u, c.p.Commitment(rung))
	}
}

// counts advises on a rule whose commitment can never qualify.
func (c *checker) counts(path string, u *Rule, of *process.Commitment) {
	if u.By != commitment.Buyer || u.Status != commitment.Given && u.Status != commitment.Kept {
		return
	}
	var lacks []string
	q := of.Require()
	if u.Status == commitment.Given && q.Dated && u.Due.IsZero() {
		lacks = append(lacks, "a due date: say with due: which column tells it")
	}
	// What is kept takes over the evidence that it was given with.
	if short := q.ShortOfProof(u.Evidence); short != 0 && (u.Status == commitment.Given || len(u.Evidence) > 0) {
		lacks = append(lacks, "the evidence "+strings.Join(q.Evidence.Names(), ", ")+": say with evidence: what the record proves")
	}
	if len(lacks) > 0 {
		c.diags = append(c.diags, diagnostic.Diagnostic{
			Code: AdviceNeverCounts, Severity: diagnostic.Warning, Path: path + ".commitment",
			Message: fmt.Sprintf("%s never counts as %s here, for want of what it requires", of.ID(), u.Status), Hint: strings.Join(lacks, "; "),
		})
	}
}

func stageIDs(p *process.Process) (ids []string) {
	for s := range p.Stages() {
		ids = append(ids, string(s.ID()))
	}
	return ids
}

func commitmentIDs(p *process.Process) (ids []string) {
	for c := range p.Commitments() {
		ids = append(ids, string(c.ID()))
	}
	return ids
}

func kindIDs(p *process.Process) (ids []string) {
	for k := range p.Kinds() {
		ids = append(ids, string(k.ID()))
	}
	return ids
}
