package outcome

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
)

// circumstances are the numbers on which it depends what the record of a call
// says, but for the dates and the words of the call itself: calls of the same
// circumstances have the same template.
type circumstances struct {
	codes   codes
	opened  uint64         // the stages whose exits it satisfied
	gone    commitment.Set // what lapsed
	touches [3]touched
	notes   [4]noted

	from, to   int16
	kind       int16 // by its place in the process; -1 where the record does not speak of it
	mark       int16 // before the call; likewise
	aim        int16 // the target; -1 for none
	target     TargetResult
	result     Result
	contact    Contact
	rating     Rating
	planned    bool
	targetHeld bool
	refusedBy  uint8 // 1 and the party; 0 without a refusal
	reasoned   bool  // with a reason
}

// touched is what of a touch the record speaks of.
type touched struct {
	acts  acts
	rung  commitment.Rung
	kept  bool // after the call
	dated bool // it was given with a date
}

// noted is a remark without its date.
type noted struct {
	code  finding.Code
	about bool
	rung  commitment.Rung
	short commitment.Shortfall
}

// told are the acts that a record speaks of.
const told = gained | credited | fulfilled | regained | lost | broken | withdrawn | notHeld | repeated | moved | excused

// worded are the findings that are worded anew each time: they are about names
// and notes of the record, which seldom come twice.
const worded codes = 1<<finding.Waived | 1<<finding.UnknownCommitment | 1<<finding.UnknownKind | 1<<finding.UnknownRole |
	1<<finding.UnknownEvidence | 1<<finding.UnknownReason | 1<<finding.UnknownStage

// ofKinds are the findings that name the kind of the call.
const ofKinds codes = 1<<finding.WrongTarget | 1<<finding.WrongStage | 1<<finding.LostFocus

// circumstances gathers the circumstances of a verdict. It reports whether there
// is no more to it.
func (l *templates) circumstances(v *Verdict, c *circumstances) bool {
	r := v.prepared()
	if v.codes&worded != 0 || v.house != nil || v.lowered != "" || v.touches.n > len(c.touches) {
		return false
	}
	for stage := range v.opened() {
		if stage > 63 {
			return false
		}
		c.opened |= 1 << stage
	}
	if v.anyGone {
		c.gone = v.gone
	}
	c.codes = v.codes
	for i := range v.touches.n {
		t := v.touches.at(i)
		c.touches[i] = touched{t.acts & told, t.rung, t.after.is(kept), !v.due(t.rung).isZero()}
	}
	if !c.note(v) {
		return false
	}
	c.kind, c.aim, c.mark = -1, -1, -1
	if r.kind != nil && v.codes&ofKinds != 0 {
		c.kind = int16(slices.Index(l.kinds, r.kind))
	}
	if r.hasTarget {
		c.aim = int16(r.target)
	}
	if v.codes.has(finding.TargetNoAdvance) || v.touches.acts.any(below) {
		c.mark = int16(v.mark)
	}
	c.from, c.to = int16(v.from), int16(v.to)
	c.target, c.result, c.contact = v.target, v.result, r.contact
	c.planned, c.targetHeld = r.traits.any(planned), v.targetHeld
	if v.codes.has(finding.HappyEars) {
		c.rating = v.Call().Rating
	}
	if r.traits.any(refuses) {
		no := v.Call().NoSale
		c.refusedBy, c.reasoned = 1+uint8(no.By), !commitment.Blank(no.Reason)
	}
	return true
}

// note enters the remarks about what was said. It reports whether there was room.
func (c *circumstances) note(v *Verdict) bool {
	n := 0
	for m := range v.said() {
		if n == len(c.notes) {
			return false
		}
		c.notes[n] = noted{m.code, m.about, m.rung, m.short}
		n++
	}
	return true
}
