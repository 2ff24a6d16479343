package pipeline

import (
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
func (h *History) claim(c *chapter, p *process.Process, asOf time.Time) {
	h.Claimed, h.Status = process.StageID(c.deal.Claimed), c.deal.Status
	if len(h.Moves) < len(c.moves) || c.deal.Closed.After(asOf) {
		h.Claimed, h.Status = c.claimedAt(asOf), Unknown
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
	case !c.deal.Closed.IsZero() && !c.deal.Closed.After(asOf):
		h.Closed = c.deal.Closed
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
func (c *chapter) claimedAt(t time.Time) process.StageID {
	if len(c.moves) == 0 {
		if c.deal.Closed.After(t) {
			return ""
		}
		return process.StageID(c.deal.Claimed)
	}
	claimed := c.moves[0].From
	for _, m := range c.moves {
		if m.At.After(t) {
			break
		}
		claimed = m.To
	}
	return claimed
}

// began returns the earliest that is known of a deal; the zero time where
// nothing is.
func (c *chapter) began() time.Time {
	var first time.Time
	see := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	see(c.deal.Created)
	see(c.deal.Opened)
	for i := range c.calls {
		see(c.calls[i].At)
	}
	if len(c.activities) > 0 {
		see(c.activities[0].At)
	}
	if len(c.moves) > 0 {
		see(c.moves[0].At)
	}
	return first
}

// tells reports whether some record could show a commitment.
func tells(activities []Activity, calls []outcome.Call) bool {
	read := make(map[string]bool, len(activities))
	for i := range activities {
		if activities[i].Tells {
			return true
		}
		read[activities[i].ID] = true
	}
	for i := range calls {
		if len(calls[i].Commitments) > 0 || !read[string(calls[i].ID)] {
			return true
		}
	}
	return false
}
