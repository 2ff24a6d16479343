package outcome

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Replay judges whole histories: the calls of any number of deals, in any
// order. Records with the same deal and id are one call, that of the highest
// revision; where two of the same revision differ, the first by content counts
// and its verdict says so. A deal without a record is opened by its first call.
// Of several records of one deal the first by content counts.
//
// The verdicts come in the order of time, deal and id. The states of all deals
// are returned in the order of their ids, those without calls included. A deal
// record that names an unknown stage is opened at the first; its
// [*UnknownStageError] is among the errors, and so is the [*RecordError] of a
// call that can not be judged, which is passed over.
func (ev *Evaluator) Replay(deals []Deal, calls []Call, each func(Verdict)) ([]State, []error) {
	folds := make(map[DealID]*Fold, len(deals))
	var errs []error
	open := func(d Deal) *Fold {
		s, err := Open(ev.process, d)
		if err != nil {
			errs = append(errs, err)
		}
		f := ev.newFold()
		_ = f.Reset(s) // it is of this process
		folds[d.Deal] = f
		return f
	}
	for _, d := range ResolveDeals(deals) {
		open(d)
	}
	var v Verdict
	for _, c := range Resolve(calls) {
		if err := ev.prepare(c.Call, &v.own); err != nil {
			errs = append(errs, err)
			continue
		}
		f := folds[c.Call.Deal]
		if f == nil {
			f = open(Deal{Deal: c.Call.Deal})
		}
		f.judge(&v.own, &v)
		if c.Disputed {
			v.dispute()
		}
		each(v)
	}
	out := make([]State, 0, len(folds))
	for _, f := range folds {
		out = append(out, f.State())
	}
	slices.SortFunc(out, func(a, b State) int { return cmp.Compare(a.deal, b.deal) })
	return out, errs
}

// Resolved is a call of a history, once all its records are known.
type Resolved struct {
	Call *Call
	// Disputed says that another record of the same deal, id and revision has
	// another content.
	Disputed bool
}

// Resolve finds the calls in a number of records: one for each deal and id, in
// the order of time, deal and id. Records without an id get theirs. The calls
// point into the slice where they can.
func Resolve(records []Call) []Resolved {
	if inOrder(records) {
		calls := make([]Resolved, len(records))
		for i := range records {
			calls[i].Call = &records[i]
		}
		return calls
	}
	if idsRise(records) {
		calls := make([]Resolved, len(records))
		for i := range records {
			calls[i].Call = &records[i]
		}
		return inTime(calls)
	}
	all := make([]*Call, len(records))
	for i := range records {
		all[i] = &records[i]
		if all[i].ID == "" {
			c := records[i].Identify()
			all[i] = &c
		}
	}
	slices.SortStableFunc(all, func(a, b *Call) int {
		return cmp.Or(strings.Compare(string(a.Deal), string(b.Deal)), strings.Compare(string(a.ID), string(b.ID)),
			cmp.Compare(b.Revision, a.Revision))
	})
	calls := make([]Resolved, 0, len(all))
	for len(all) > 0 {
		first, n := all[0], 1
		for n < len(all) && all[n].Deal == first.Deal && all[n].ID == first.ID {
			n++
		}
		calls = append(calls, settle(all[:n]))
		all = all[n:]
	}
	return inTime(calls)
}

// idsRise reports whether the ids of each deal rise from record to record, so
// that no call can be there twice: as they do where they are numbers or times.
func idsRise(records []Call) bool {
	last := make(map[DealID]CallID)
	for i := range records {
		c := &records[i]
		if c.ID <= last[c.Deal] {
			return false
		}
		last[c.Deal] = c.ID
	}
	return true
}

// inTime puts calls into the order of time, deal and id. Their times are brought
// together first: a call is larger than what a processor reads at once.
func inTime(calls []Resolved) []Resolved {
	type timed struct {
		at instant
		Resolved
	}
	list, sorted := make([]timed, len(calls)), true
	for i, c := range calls {
		list[i] = timed{instantOf(c.Call.At), c}
		sorted = sorted && (i == 0 || compareCalls(calls[i-1].Call, c.Call) < 0)
	}
	if sorted {
		return calls
	}
	slices.SortFunc(list, func(a, b timed) int {
		if order := a.at.compare(b.at); order != 0 {
			return order
		}
		return compareCalls(a.Call, b.Call)
	})
	for i := range list {
		calls[i] = list[i].Resolved
	}
	return calls
}

// inOrder reports whether records are those of different calls of one deal, in
// order already, as far as that is seen at a glance.
func inOrder(records []Call) bool {
	const glance = 32
	rising := true // the ids, so that none can be there twice
	for i := range records {
		c := &records[i]
		if c.ID == "" || c.Deal != records[0].Deal {
			return false
		}
		if i > 0 {
			before := &records[i-1]
			if compareCalls(before, c) >= 0 {
				return false
			}
			rising = rising && before.ID < c.ID
		}
	}
	if rising {
		return true
	}
	if len(records) > glance {
		return false
	}
	for i := range records {
		for j := range i {
			if records[i].ID == records[j].ID {
				return false
			}
		}
	}
	return true
}

// settle chooses among the records of one call, highest revision first.
func settle(records []*Call) Resolved {
	out := Resolved{Call: records[0]}
	if len(records) == 1 {
		return out
	}
	best := records[0].canonical()
	for _, c := range records[1:] {
		if c.Revision != out.Call.Revision {
			break
		}
		switch content := c.canonical(); bytes.Compare(content, best) {
		case -1:
			out.Call, best, out.Disputed = c, content, true
		case 1:
			out.Disputed = true
		}
	}
	return out
}

// ResolveDeals finds the deals in a number of records: one for each, the first
// by content, in the order of their ids.
func ResolveDeals(records []Deal) []Deal {
	deals := slices.Clone(records)
	slices.SortStableFunc(deals, func(a, b Deal) int {
		if a.Deal != b.Deal {
			return strings.Compare(string(a.Deal), string(b.Deal))
		}
		return bytes.Compare(form(a), form(b))
	})
	return slices.CompactFunc(deals, func(a, b Deal) bool { return a.Deal == b.Deal })
}
