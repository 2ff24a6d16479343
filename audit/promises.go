package audit

import (
	"fmt"
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
)

// promises looks at what the buyer of an open deal has promised.
func (v *view) promises() {
	switch {
	case v.open() && !v.knows:
		v.silent()
	case v.open() && !v.h.Standing.Lost:
		v.waiting()
		v.overdue()
		v.broken()
		v.unqualified()
	}
	if v.knows {
		v.waived()
	}
}

// waiting finds a deal that nothing is going on with.
func (v *view) waiting() {
	s := &v.h.Standing
	switch {
	case s.Stalled && v.counted(Stalled), s.NoNext && !s.Stalled && v.counted(NoNextCommitment):
	case s.Stalled:
		since := "the buyer gave nothing new"
		if !s.Progress.IsZero() {
			since = "there has been no progress since " + v.day(s.Progress)
		}
		v.say(Stalled, "", "It stands at "+v.earned.Name()+", "+since+", and no date with the buyer lies ahead.",
			v.askOr("give the deal up"), v.lastRecords()...)
	case s.NoNext:
		v.say(NoNextCommitment, "", "The buyer has promised nothing that lies ahead.",
			v.askOr("record what the buyer has agreed to do next"), v.lastRecords()...)
	}
}

// lastRecords is the last call of the deal, or its own record.
func (v *view) lastRecords() []Evidence {
	if n := len(v.h.Verdicts); n > 0 {
		return []Evidence{v.callRecord(v.h.Verdicts[n-1].Call())}
	}
	return []Evidence{v.dealRecord()}
}

// silent finds a deal with which nothing at all has happened for as long as its
// stage allows. It stands in for what can not be told of a deal without
// commitments on record.
func (v *view) silent() {
	if v.at < 0 {
		return
	}
	limit := v.stage.Stalls().Time
	last, record := v.out.Last, v.dealRecord()
	if n := len(v.h.Activities); n > 0 && !v.h.Activities[n-1].At.Before(last) {
		record = activityRecord(&v.h.Activities[n-1])
	}
	if n := len(v.h.Moves); n > 0 && v.h.Moves[n-1].At.After(last) {
		last, record = v.h.Moves[n-1].At, moveRecord(&v.h.Moves[n-1])
	}
	if last.IsZero() {
		last = v.out.Created
	}
	if limit < 0 || last.IsZero() || v.o.AsOf.Sub(last) < limit {
		return
	}
	v.say(Silent, "", fmt.Sprintf("Nothing has happened since %s, and %s allows %s.", v.day(last), v.stage.Name(), prose.Length(limit)),
		"Call the buyer and agree on a next step with a date, or give the deal up.", record)
}

// overdue finds promises whose dates have passed.
func (v *view) overdue() {
	for _, p := range v.h.Standing.Overdue {
		if v.counted(Overdue) {
			continue
		}
		v.say(Overdue, string(p.Commitment), v.nameOf(p.Commitment)+" was due by "+v.day(p.Due)+".",
			"Ask whether it has happened: record it as kept or broken, or agree on a new date.", v.given(p.Commitment)...)
	}
}

// given is the last call in which a commitment was given.
func (v *view) given(id commitment.ID) []Evidence {
	for i := len(v.h.Verdicts) - 1; i >= 0; i-- {
		call := v.h.Verdicts[i].Call()
		for j := range call.Commitments {
			if e := &call.Commitments[j]; e.Commitment == id && e.By == commitment.Buyer && e.Status == commitment.Given {
				return []Evidence{v.callRecord(call)}
			}
		}
	}
	return []Evidence{v.dealRecord()}
}

// broken finds what the buyer had promised, and what was then broken, taken
// back or ran out, and was not given again.
func (v *view) broken() {
	var ended [commitment.MaxRungs]*outcome.Call // by a call
	var ever commitment.Set
	for i := range v.h.Verdicts {
		verdict := &v.h.Verdicts[i]
		held := verdict.Gained().Union(verdict.Regained())
		ever = ever.Union(held)
		for r := range held.All() {
			ended[r] = nil
		}
		if verdict.Result() == outcome.NoSaleResult { // what it took back, it took back with the deal
			continue
		}
		for r := range verdict.Lost().All() {
			ended[r] = verdict.Call()
		}
	}
	for _, id := range v.h.Standing.Held {
		if r, ok := v.process.Rung(id); ok {
			ever.Remove(r)
		}
	}
	for r := range ever.All() {
		id := v.process.Commitment(r).ID()
		call, code := ended[r], Lapsed
		if call != nil {
			code = Broken
		}
		if v.counted(code) {
			continue
		}
		if call != nil {
			v.say(Broken, string(id), fmt.Sprintf("%s was broken or taken back on %s.", v.nameOf(id), v.day(call.At)),
				"Find out why, and ask for it again or for something smaller.", v.callRecord(call))
			continue
		}
		v.say(Lapsed, string(id), fmt.Sprintf("%s was promised, and ran out without being kept.", v.nameOf(id)),
			"Ask whether it has happened: record it as kept, or ask for it again.", v.given(id)...)
	}
}

// unqualified finds what the buyer is on record for, and what would be held if
// its record did not fall short.
func (v *view) unqualified() {
	for i := range v.h.Verdicts {
		verdict := &v.h.Verdicts[i]
		for r := range verdict.Unqualified().All() {
			id := v.process.Commitment(r).ID()
			if !slices.Contains(v.h.Standing.Held, id) && !v.counted(Unqualified) {
				v.fallsShort(verdict, id)
			}
		}
	}
}

// fallsShort says what the record of a commitment falls short of.
func (v *view) fallsShort(verdict *outcome.Verdict, id commitment.ID) {
	call, findings := verdict.Call(), verdict.Record().Findings
	i := slices.IndexFunc(findings, func(f outcome.FindingRecord) bool {
		return f.Code == finding.Unqualified.String() && f.Commitment == id
	})
	v.say(Unqualified, string(call.ID)+" "+string(id), "On "+v.day(call.At)+": "+stop(findings[i].Message),
		"Complete the record if it was so, or ask the buyer for what is missing.", v.callRecord(call))
}

// waived finds what an exit of the path does without.
func (v *view) waived() {
	items := v.process.ExitItems()
	for _, id := range v.h.Standing.Waived {
		r, ok := v.process.Rung(id)
		if !ok || !items.Has(r) {
			continue
		}
		call, note := v.waiver(id)
		message := fmt.Sprintf("%s was waived", v.nameOf(id))
		record := v.dealRecord()
		if call != nil {
			message += " on " + v.day(call.At)
			record = v.callRecord(call)
		}
		if note != "" {
			message += ": " + note
		}
		v.say(Waived, string(id), message+".", "Make sure that this deal can do without it, and who decided so.", record)
	}
}

func (v *view) waiver(id commitment.ID) (call *outcome.Call, note string) {
	for i := len(v.h.Verdicts) - 1; i >= 0; i-- {
		c := v.h.Verdicts[i].Call()
		for j := range c.Commitments {
			if e := &c.Commitments[j]; e.Commitment == id && e.Status == commitment.Waived {
				return c, e.Note
			}
		}
	}
	return nil, ""
}

// sinceClosed reports whether an instant lies after the end of a deal. Where
// the end is a midnight only the day of it is known, and all of that day
// belongs to the deal.
func sinceClosed(t, closed time.Time, zone *time.Location) bool {
	for _, z := range []*time.Location{zone, time.UTC} {
		if local := closed.In(z); local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 && local.Nanosecond() == 0 {
			return !t.Before(local.AddDate(0, 0, 1))
		}
	}
	return t.After(closed)
}
