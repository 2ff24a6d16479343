package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// hearing is what is known of the call that is being judged. It is used again
// for the next.
type hearing struct {
	call    *Call
	verdict *Verdict
	at      instant
	kind    *process.Kind // nil without a kind, and for an unknown one
	named   bool          // the record itself names the target
	asked   bool          // the seller asked for something, by the record's own list
	idle    bool          // the target could not have been credited

	entries []entry
	room    [8]entry // enough for the entries of an ordinary call
	words   words    // what the buyer's entries about commitments say

	acts      acts
	unwon     bool // an item that the deal was won through was broken or withdrawn
	stalled   bool
	anyLapsed bool
	lapsed    commitment.Set // held after the previous call, and lapsed since
}

// words are the statuses of entries.
type words uint16

func (w words) any(status commitment.Status) bool { return w&(1<<status) != 0 }

// judge applies a call to the deal and fills in the verdict. Twice says that the
// record has a rival of the same revision.
func (f *Fold) judge(c *Call, twice bool, v *Verdict) {
	p, h := f.ev.process, &f.hearing
	v.begin(p, c)
	h.call, h.verdict, h.at = c, v, instantOf(c.At)
	h.acts, h.unwon = 0, false
	if h.anyLapsed {
		h.anyLapsed, h.lapsed = false, commitment.Set{}
	}
	if f.state.opened.isZero() {
		f.state.opened = h.at
		f.state.clock = later(f.state.clock, h.at)
	}
	if !f.lapses.isZero() && f.lapses.before(h.at) {
		f.lapse()
	}
	v.from, v.mark = f.now.Stage, f.now.Mark

	f.look()
	f.fold()

	v.target = v.cameOfTheTarget()
	v.planned = h.named && !c.PlannedAt.After(c.At)
	v.result = f.moved()
	if len(f.ev.house) > 0 {
		f.askTheHouse()
	}
	if h.reached() {
		f.wasItPlanned()
		f.wasAnythingAsked()
		f.didItKeepItsFocus()
		f.wasAPromiseAllThatCame()
		f.wasItMorePleasantThanUseful()
	}
	f.whatDidTheBuyerSay()
	f.whatDidOthersSay()
	f.didTheLadderRise()
	f.howDoesTheDealStand()
	f.isTheRecordSound()
	if twice {
		v.remarks.plain(finding.DuplicateCall)
	}
}

// look resolves the names of a call: its kind, its target, what was asked for
// and what was said. Names that the process does not have are faults of the
// record.
func (f *Fold) look() {
	p, h := f.ev.process, &f.hearing
	c, v := h.call, h.verdict

	h.kind = nil
	if c.Kind != "" {
		var ok bool
		if h.kind, ok = p.Kind(c.Kind); !ok {
			v.remarks.add(remark{code: finding.UnknownKind, name: string(c.Kind)})
		}
	}
	h.named, h.idle = false, false
	if c.Target != "" {
		if v.targetRung, h.named = p.Rung(c.Target); !h.named {
			v.remarks.unknown(c.Target)
		}
	}
	v.hasTarget = h.named
	if !h.named && h.kind != nil {
		v.targetRung, v.hasTarget = h.kind.Outcome(), true
	}
	if v.hasTarget {
		v.targetHeld = f.now.Ever.Has(v.targetRung)
		h.idle = v.targetHeld || int(v.targetRung) <= f.now.Mark && !p.Awaits(f.now.Holdings(), v.targetRung)
	}
	h.asked = false
	for _, id := range c.Asked {
		if _, ok := p.Rung(id); ok {
			h.asked = true
		} else {
			v.remarks.unknown(id)
		}
	}
	h.entries, h.words = h.room[:0], 0
	if len(c.Commitments) > len(h.room) {
		h.entries = make([]entry, 0, len(c.Commitments))
	}
	for i := range c.Commitments {
		h.entries = h.entries[:i+1]
		e := &h.entries[i]
		*e = entry{Entry: &c.Commitments[i]}
		if e.Other != "" {
			continue
		}
		if e.rung, e.known = p.Rung(e.Commitment); !e.known {
			v.remarks.unknown(e.Commitment)
		} else if e.By == commitment.Buyer {
			h.words |= 1 << e.Status
		} else if e.By == commitment.Seller && e.Status == commitment.Waived {
			h.words |= 1 << commitment.Waived
		}
	}
}

// reached reports whether the call reached the buyer.
func (h *hearing) reached() bool { return h.call.Contact == Reached }

// said reports whether the buyer said something of a commitment.
func (h *hearing) said(status commitment.Status, r commitment.Rung) bool {
	if !h.words.any(status) {
		return false
	}
	for i := range h.entries {
		if e := &h.entries[i]; e.is(status) && e.rung == r {
			return true
		}
	}
	return false
}
