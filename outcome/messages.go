package outcome

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

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

// finding puts a remark into a sentence without its full stop. What it lists of
// a record it lists in the order of the words: that of the record means nothing.
func (t texts) finding(m remark) string {
	c, p := t.v.Call(), t.p
	switch m.code {
	case finding.NoTarget:
		return "Neither a target nor a kind of call is on record: nobody can say what the call was for"
	case finding.PlannedLate:
		return "The call was planned after it had taken place"
	case finding.WrongTarget:
		kind, _ := p.Kind(c.Kind)
		return fmt.Sprintf("The target, %s, is neither the outcome nor a fallback of %s; its outcome is %s",
			t.title(m.rung), prose.Quote(kind.Name()), t.title(kind.Outcome()))
	case finding.TargetNoAdvance:
		if t.v.targetHeld() {
			return fmt.Sprintf("The target, %s, could not have moved the deal: it had been held before", t.title(m.rung))
		}
		return fmt.Sprintf("The target, %s, could not have moved the deal: %s ranks above it and had been reached, and no exit waits for it",
			t.title(m.rung), t.title(commitment.Rung(t.v.before().Mark)))
	case finding.WrongStage:
		kind, _ := p.Kind(c.Kind)
		return fmt.Sprintf("%s does not belong to %s, where the deal stood", prose.Quote(kind.Name()), t.stage(t.v.before().Stage))
	case finding.NotAsked:
		return "Nothing was asked of the buyer, and nothing was obtained"
	case finding.LostFocus:
		return t.lostFocus()
	case finding.KeptOnly:
		return "The buyer kept a promise, to " + t.acts(t.v.Kept()) + ", and gave nothing new"
	case finding.HappyEars:
		return fmt.Sprintf("Rated %s, and yet the deal did not move", c.Rating)
	case finding.Declined:
		return "The buyer declined to " + t.said(m, commitment.Declined)
	case finding.Deferred:
		return "The buyer put this off: " + t.said(m, commitment.Deferred) + "; that is no yes"
	case finding.Conditional:
		return "The buyer made this conditional: " + t.said(m, commitment.Conditional) +
			"; get the step that has to come first, with its date and its owner"
	case finding.SellerOnly:
		if m.about {
			return "Only the seller spoke for " + t.title(m.rung) + ": what a seller will do moves no deal"
		}
		return "Only the seller promised something: what a seller will do moves no deal"
	case finding.NotByBuyer:
		return t.title(m.rung) + " was not said by the buyer: only the buyer's own word counts"
	case finding.Unqualified:
		if m.short == shortOfReason {
			return "The waiver of " + t.title(m.rung) + " does not count: it needs a note with the reason"
		}
		return t.title(m.rung) + " does not count: it needs " + prose.And(needs(p.Commitment(m.rung).Require(), m.short)...)
	case finding.PastDue:
		return t.title(m.rung) + " does not count: it was given for " + t.leave(slot{givenDate, uint8(m.rung)}) + ", before the call"
	case finding.BelowMark:
		return t.title(m.rung) + " is new, but " + t.title(commitment.Rung(t.v.before().Mark)) + " ranks above it and had been reached"
	case finding.Repeat:
		return t.title(m.rung) + " was so already, and no new date was agreed"
	case finding.Rescheduled:
		if !t.v.due(m.rung).isZero() {
			return t.title(m.rung) + " has another date: " + t.leave(slot{dueDate, uint8(m.rung)})
		}
		return t.title(m.rung) + " was broken and given again"
	case finding.Regained:
		return t.title(m.rung) + " had been lost and is held again"
	case finding.Waived:
		return t.title(m.rung) + " was waived: " + t.reason(m.rung)
	case finding.OffLadder:
		return "The buyer agreed to something that is no step of this process: " + t.leave(slot{quotedActs, 0})
	case finding.Broken:
		return "The buyer did not " + t.act(m.rung) + ": it is no longer held"
	case finding.Withdrawn:
		return "The buyer took back the promise to " + t.act(m.rung)
	case finding.NotHeld:
		return t.title(m.rung) + " was not held, so it could not be lost"
	case finding.Lapsed:
		return t.title(m.rung) + " has lapsed since the previous call: its time ran out and nobody kept it"
	case finding.Gap:
		return "The deal moved past what is not satisfied yet: " + t.leave(slot{exitsPassed, 0})
	case finding.Stalled:
		return t.stalled()
	case finding.Reopened:
		return "A lost deal came back, to " + t.stage(t.v.after().Stage)
	default:
		return t.fault(m)
	}
}

// fault words a fault of the data.
func (t texts) fault(m remark) string {
	p := t.p
	switch m.code {
	case finding.UnknownCommitment:
		return unknown("commitment", m.name, commitmentIDs(p))
	case finding.UnknownKind:
		return unknown("call kind", m.name, kindIDs(p))
	case finding.UnknownRole:
		return t.unknownIn(m, "role", p.KnowsRole, t.v.ev.forms().def.Roles, func(e *entry) []string {
			var roles []string
			for _, person := range e.People {
				roles = append(roles, string(person.Role))
			}
			return roles
		})
	case finding.UnknownEvidence:
		known := append(commitment.EvidenceKinds(), t.v.ev.forms().def.EvidenceKinds...)
		return t.unknownIn(m, "evidence", p.KnowsEvidence, known, func(e *entry) []string { return e.Evidence })
	case finding.UnknownReason:
		return unknown("loss reason", m.name, t.v.ev.forms().def.LossReasons)
	case finding.UnknownStage:
		var lost []string
		for s := range p.Stages() {
			if s.Closes() == process.ClosesLost {
				lost = append(lost, string(s.ID()))
			}
		}
		return unknown("lost stage", m.name, lost) + "; the first is used, " + lost[0]
	case finding.Contradiction:
		return "Nobody was reached, and yet the buyer gave " + t.title(m.rung) + ": one of the two can not be true"
	case finding.DuplicateCall:
		return "Another record of this call has the same revision and another content: correct one, and give it a higher revision"
	}
	return m.code.String()
}

// unknown says that a name is not in the process, and what it could have been.
func unknown(what, name string, known []string) string {
	return fmt.Sprintf("unknown %s %q%s", what, name, orHint(name, known))
}

// unknownIn names every unknown word of the entries that a remark is about.
func (t texts) unknownIn(m remark, what string, knows func(string) bool, known []string, words func(*entry) []string) string {
	var found []string
	for _, e := range resolve(t.p, t.v.Call()) {
		name := ""
		if !e.known {
			name = string(e.Commitment)
		}
		if e.known != m.about || e.known && e.rung != m.rung || name != m.name {
			continue
		}
		for _, w := range words(&e) {
			if w != "" && !knows(w) && !slices.Contains(found, w) {
				found = append(found, w)
			}
		}
	}
	slices.Sort(found)
	for i, w := range found {
		hint := ""
		if near, ok := nearest.Name(w, known); ok {
			hint = fmt.Sprintf(" (did you mean %q?)", near)
		}
		found[i] = fmt.Sprintf("%q%s", w, hint)
	}
	return "unknown " + what + " " + prose.And(found...)
}

func (t texts) lostFocus() string {
	kind, _ := t.p.Kind(t.v.Call().Kind)
	out := "The time went into " + t.leave(slot{activities, 0}) + ", which belongs in another call"
	if t.v.prepared().traits.any(aimed) {
		out += ", and " + t.title(t.v.prepared().target) + " was not obtained"
	}
	if kind.Refocus() != "" {
		out += "; to come back to it: " + prose.Quote(kind.Refocus())
	}
	return out
}

// activities lists what belongs in another kind of call.
func (t texts) activities() string {
	kind, _ := t.p.Kind(t.v.Call().Kind)
	var room [4]string
	strayed := room[:0]
	for _, a := range t.v.Call().Activities {
		if kind.Excludes(a) && !slices.Contains(strayed, prose.Words(a)) {
			strayed = append(strayed, prose.Words(a))
		}
	}
	slices.Sort(strayed)
	return prose.And(strayed...)
}

// said words what the buyer declined, put off or made conditional.
func (t texts) said(m remark, status commitment.Status) string {
	if m.about {
		return t.act(m.rung)
	}
	return t.leave(slot{quoted, uint8(status)})
}

// others quotes what the buyer said of things that are not on the ladder.
func (t texts) others(statuses ...commitment.Status) string {
	var room [4]string
	list := room[:0]
	for i := range t.v.Call().Commitments {
		if e := &t.v.Call().Commitments[i]; e.Other != "" && e.By == commitment.Buyer && slices.Contains(statuses, e.Status) {
			list = append(list, prose.Quote(e.Other))
		}
	}
	slices.Sort(list)
	return prose.And(list...)
}

// reason is what the notes of a waiver say.
func (t texts) reason(r commitment.Rung) string {
	var notes []string
	for _, e := range resolve(t.p, t.v.Call()) {
		if e.known && e.rung == r && e.Status == commitment.Waived && !commitment.Blank(e.Note) {
			notes = append(notes, strings.TrimSpace(e.Note))
		}
	}
	slices.Sort(notes)
	return strings.Join(notes, "; ")
}

// exitsPassed names the exits that the call moved past.
func (t texts) exitsPassed() string {
	from := t.v.before().Stage
	if from > t.p.Won() {
		from = 0
	}
	var gaps []int
	for s := range t.p.Gaps(t.v.after().Holdings(), t.v.after().Stage) {
		if s.Index() >= from {
			gaps = append(gaps, s.Index())
		}
	}
	if len(gaps) > 1 {
		return "the exits of " + t.stages(gaps)
	}
	return "the exit of " + t.stages(gaps)
}

func (t texts) stalled() string {
	stage := t.p.Stage(t.v.after().Stage)
	return "The deal is stalled: the buyer has nothing open, and the limit of " + stage.Name() + ", " +
		prose.Stalls(stage.Stalls()) + ", is reached"
}
