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
		_ = f.judgeOwn(&v, true) // it comes in order, so there is nothing to refuse
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
	if Distinct(records) {
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

// Distinct reports whether records are known to be those of different calls, each
// with an id: in the order of time a [Fold] can then judge them as they are. A
// few are compared with each other. Of many the ids have to rise from record to
// record of a deal, as they do where they are numbers or times. Where it reports
// false, [Resolve] finds out.
func Distinct(records []Call) bool {
	const few = 32
	rises := func(c, before *Call) bool { return before.ID < c.ID }
	alone := true // one deal, whose ids rise
	for i := range records {
		if records[i].ID == "" {
			return false
		}
		alone = alone && (i == 0 || records[i].Deal == records[0].Deal && rises(&records[i], &records[i-1]))
	}
	if alone {
		return true
	}
	if len(records) <= few {
		for i := range records {
			for j := range i {
				if records[i].ID == records[j].ID && records[i].Deal == records[j].Deal {
					return false
				}
			}
		}
		return true
	}
	last := make(map[DealID]*Call)
	for i := range records {
		c := &records[i]
		if before := last[c.Deal]; before != nil && !rises(c, before) {
			return false
		}
		last[c.Deal] = c
	}
	return true
}

// inTime puts calls into the order of time, deal and id. Their times are brought
// together first: a call is larger than what a processor reads at once.
func inTime(calls []Resolved) []Resolved {
	if slices.IsSortedFunc(calls, func(a, b Resolved) int { return compareCalls(a.Call, b.Call) }) {
		return calls
	}
	type timed struct {
		at instant
		Resolved
	}
	list := make([]timed, len(calls))
	for i, c := range calls {
		list[i] = timed{instantOf(c.Call.At), c}
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
