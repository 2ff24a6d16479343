package pipeline

import (
	"slices"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// halfDay is from the noon of a day to its end, or to its start.
const halfDay = 12 * time.Hour

// Start is the earliest that the activity can have been.
func (a *Activity) Start() time.Time {
	if a.Day {
		return a.At.Add(-halfDay)
	}
	return a.At
}

// claim finds what was claimed of the deal at an instant. The deal record says
// it, unless the deal has moved or was closed since.
func (h *History) claim(rows *Rows, p *process.Process, asOf time.Time) {
	h.Claimed, h.Status = process.StageID(rows.Deal.Claimed), rows.Deal.Status
	if len(h.Moves) < len(rows.Moves) || rows.Deal.Closed.After(asOf) {
		h.Claimed, h.Status = rows.claimedAt(asOf), Unknown
	}
	closes := process.Closes("")
	if stage, ok := p.StageByID(h.Claimed); ok {
		closes = stage.Closes()
	}
	switch {
	case h.Status == WonDeal || h.Status == LostDeal:
	case closes == process.ClosesWon:
		h.Status = WonDeal
	case closes == process.ClosesLost:
		h.Status = LostDeal
	default:
		h.Status = OpenDeal
	}
	switch last := len(h.Moves) - 1; {
	case h.Status == OpenDeal:
	case !rows.Deal.Closed.IsZero() && !rows.Deal.Closed.After(asOf):
		h.Closed = rows.Deal.Closed
	case last >= 0 && closes != "" && h.Moves[last].To == h.Claimed:
		h.Closed = h.Moves[last].At
		if h.Moves[last].Day {
			h.Closed = h.Closed.Add(halfDay - time.Second) // all of the day belongs to the deal
			if h.Closed.After(asOf) {
				h.Closed = asOf
			}
		}
	}
}

// claimedAt returns the stage that was claimed at an instant: where the last
// move until then led to, or where the first one after it came from. Of a deal
// that never moved it is the stage that it claims, unless it was closed after
// the instant: then nobody knows.
func (rows *Rows) claimedAt(t time.Time) process.StageID {
	if len(rows.Moves) == 0 {
		if rows.Deal.Closed.After(t) {
			return ""
		}
		return process.StageID(rows.Deal.Claimed)
	}
	claimed := rows.Moves[0].From
	for _, m := range rows.Moves {
		if m.At.After(t) {
			break
		}
		claimed = m.To
	}
	return claimed
}

// began returns the earliest that is known of a deal; the zero time where
// nothing is.
func (rows *Rows) began() time.Time {
	var first time.Time
	see := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	see(rows.Deal.Created)
	see(rows.Deal.Opened)
	for i := range rows.Calls {
		see(rows.Calls[i].At)
	}
	if len(rows.Activities) > 0 {
		see(rows.Activities[0].At)
	}
	if len(rows.Moves) > 0 {
		see(rows.Moves[0].At)
	}
	return first
}

// tells reports whether some record could show a commitment.
func tells(activities []Activity, calls []outcome.Call) bool {
	if slices.ContainsFunc(activities, func(a Activity) bool { return a.Tells }) {
		return true
	}
	read := make(map[string]bool, len(activities))
	for i := range activities {
		read[activities[i].ID] = true
	}
	for i := range calls {
		if len(calls[i].Commitments) > 0 || !read[string(calls[i].ID)] {
			return true
		}
	}
	return false
}
