package oracle

import (
	"cmp"
	"slices"
)

// entry is an entry with its defaults filled in and its commitment resolved; id
// is empty for something off the ladder.
type entry struct {
	Entry
	id string
}

// reading is a call with every name looked up. What is not in the process is
// reported and left out.
type reading struct {
	Call
	kind      *CallKind
	target    string // named or from the kind; "" for none
	named     bool   // the record named the target
	asked     bool   // something was asked for
	entries   []entry
	lostStage string
}

var builtinEvidence = []string{"verbal", "email", "calendar", "recording", "document", "signature", "payment"}

// read looks up every name that a call uses.
func read(p Process, c Call, found findings) reading {
	r := reading{Call: c}
	if r.Contact == "" {
		r.Contact = "reached"
	}
	if kind, ok := p.CallKinds[c.Kind]; ok {
		r.kind, r.target = &kind, kind.Outcome
	} else if c.Kind != "" {
		found.add("unknown_kind", "")
	}
	if c.Target != "" {
		if id, ok := p.resolve(c.Target); ok {
			r.target, r.named = id, true
		} else {
			found.add("unknown_commitment", c.Target)
		}
	}
	for _, name := range c.Asked {
		if _, ok := p.resolve(name); ok {
			r.asked = true
		} else {
			found.add("unknown_commitment", name)
		}
	}
	for _, e := range c.Commitments {
		r.readEntry(p, e, found)
	}
	if c.NoSale != nil {
		r.readNoSale(p, found)
	}
	return r
}

func (r *reading) readEntry(p Process, e Entry, found findings) {
	e.By = cmp.Or(e.By, "unknown")
	e.Status = cmp.Or(e.Status, "given")
	id, known := "", true
	if e.Other == "" {
		id, known = p.resolve(e.Commitment)
		if !known {
			id = e.Commitment
			found.add("unknown_commitment", id)
		}
	}
	for _, person := range e.People {
		if person.Role != "" && len(p.Roles) > 0 && !slices.Contains(p.Roles, person.Role) {
			found.add("unknown_role", id)
		}
	}
	for _, kind := range e.Evidence {
		if !slices.Contains(builtinEvidence, kind) && !slices.Contains(p.EvidenceKinds, kind) {
			found.add("unknown_evidence", id)
		}
	}
	if !known {
		return
	}
	r.entries = append(r.entries, entry{Entry: e, id: id})
	if e.By == "buyer" {
		switch e.Status {
		case "declined", "deferred", "conditional":
			r.asked = true
		case "given":
			r.asked = r.asked || e.Other == ""
		}
	}
}

func (r *reading) readNoSale(p Process, found findings) {
	lost := p.lostStages()
	r.lostStage = lost[0]
	if slices.Contains(lost, r.NoSale.Stage) {
		r.lostStage = r.NoSale.Stage
	} else if r.NoSale.Stage != "" {
		found.add("unknown_stage", "")
	}
	if reason := r.NoSale.Reason; reason != "" && len(p.LossReasons) > 0 && !slices.Contains(p.LossReasons, reason) {
		found.add("unknown_reason", "")
	}
}

// about lists the entries for a commitment with a status, by any of some people.
func (r reading) about(id, status string, by ...string) []entry {
	var list []entry
	for _, e := range r.entries {
		if e.Other == "" && e.id == id && e.Status == status && slices.Contains(by, e.By) {
			list = append(list, e)
		}
	}
	return list
}

func (r reading) has(id, status string, by ...string) bool {
	return len(r.about(id, status, by...)) > 0
}

// decided tells whether the buyer's entries themselves say what became of a
// commitment, so that the call's taking place, or not, says nothing about it.
func (r reading) decided(id string) bool {
	for _, status := range []string{"given", "kept", "broken", "waived", "withdrawn"} {
		if r.has(id, status, "buyer") {
			return true
		}
	}
	return false
}

// keeps tells whether the kind of the call keeps a commitment.
func (r reading) keeps(id string) bool { return r.kind != nil && slices.Contains(r.kind.Keeps, id) }

// reached tells whether somebody spoke with the buyer.
func (r reading) reached() bool { return r.Contact == "reached" }

// said adds what the entries alone tell, whatever the deal.
func (r reading) said(p Process, found findings) {
	for _, e := range r.entries {
		switch {
		case e.By == "buyer":
			switch e.Status {
			case "declined", "deferred", "conditional":
				found.add(e.Status, e.id)
			case "given", "kept":
				if e.Other != "" {
					found.add("off_ladder", "")
				}
			}
		case e.By != "seller" && e.Other == "":
			found.add("not_by_buyer", e.id)
		}
		if e.Other == "" && e.Status == "waived" && p.waives(e) && p.inSomeExit(e.id) {
			found.add("waived", e.id)
		}
		if e.Other == "" && e.Status == "waived" && e.By == "buyer" && e.Note == "" {
			found.add("unqualified", e.id)
		}
	}
}

// waives tells whether a waiver counts: by either side, with the reason in a note.
func (p Process) waives(e entry) bool {
	return (e.By == "buyer" || e.By == "seller") && e.Note != ""
}
