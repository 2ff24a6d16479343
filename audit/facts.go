package audit

import (
	"fmt"
	"math"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
)

// commit is the forecast category of deals that are counted on.
const commit = "commit"

// facts looks at activities, dates and amounts.
func (v *view) facts() {
	if v.open() {
		v.closeDate()
	} else {
		v.closed()
	}
	v.amount()
}

// closed looks at a deal that is over.
func (v *view) closed() {
	h := v.h
	if len(h.Activities) == 0 && len(h.Verdicts) == 0 && h.Trusted == "" {
		v.say(NoActivity, "", fmt.Sprintf("It is closed as %s%s, and nothing was ever done about it.", v.out.Status, v.closedOn()),
			"Find out where its calls and meetings went, or whether it ever was a deal.", v.dealRecord())
	}
	if h.Closed.IsZero() {
		if h.Deal.CloseDate.IsZero() {
			v.say(ClosedWithoutDate, "", fmt.Sprintf("It is closed as %s, and nobody knows when.", v.out.Status),
				"Enter the day on which it was closed.", v.dealRecord())
		}
		return
	}
	activities := make(map[string]bool, len(h.Activities))
	for i := range h.Activities {
		a := &h.Activities[i]
		activities[a.ID] = true
		if sinceClosed(a.Start(), h.Closed, v.zone) && !a.At.Before(v.since()) {
			v.afterClose(a.ID, orThing(a.Kind), activityRecord(a))
		}
	}
	for i := range h.Verdicts {
		if c := h.Verdicts[i].Call(); !readOut(c, activities) && sinceClosed(c.At, h.Closed, v.zone) {
			v.afterClose(string(c.ID), "call", v.callRecord(c))
		}
	}
}

func (v *view) afterClose(subject, kind string, record Evidence) {
	v.say(ActivityAfterClose, subject, fmt.Sprintf("It was closed as %s%s, and has this on record for %s: %s.", v.out.Status, v.closedOn(), v.day(record.At), kind),
		"Correct the date, put it under the deal that it belongs to, or reopen this one.", record)
}

func orThing(kind string) string {
	if kind == "" {
		return "an activity"
	}
	return prose.Words(kind)
}

// closeDate looks at the day on which an open deal is to be closed.
func (v *view) closeDate() {
	date := v.h.Deal.CloseDate
	if !date.IsZero() && date.End(v.zone).Before(v.o.AsOf) && !v.counted(CloseDatePast) {
		v.say(CloseDatePast, "", fmt.Sprintf("It is open, and was to be closed by %s.", v.day(date.End(v.zone))),
			"Agree on a date with the buyer and enter that, or close the deal.", v.dealRecord())
	}
	var before outcome.When
	var pushes []Evidence
	for i := range v.h.CloseDates {
		c := &v.h.CloseDates[i]
		if c.Date.IsZero() {
			continue
		}
		if before.IsZero() {
			before = c.From
		}
		if !before.IsZero() && c.Date.End(v.zone).After(before.End(v.zone)) && !c.At.Before(v.since()) {
			pushes = append(pushes, evidence(tableHistory, c.ID, c.At, c.Source))
		}
		before = c.Date
	}
	if len(pushes) >= v.o.Pushes {
		v.say(CloseDatePushed, "", fmt.Sprintf("Its close date was put off %d times, the last time on %s to %s.",
			len(pushes), v.day(pushes[len(pushes)-1].At), v.day(before.End(v.zone))),
			"Ask the buyer what has to happen by when, and let the date follow from that.", pushes...)
	}
}

// amount looks at what a deal is worth.
func (v *view) amount() {
	a := v.out.Amount
	switch {
	case a != nil && (*a < 0 || math.IsNaN(*a)):
		v.say(NegativeAmount, "", fmt.Sprintf("Its amount is %g.", *a), "Correct the amount.", v.dealRecord())
	case (a == nil || *a == 0) && v.late() && v.h.Recorded && !v.counted(NoAmount):
		where := v.process.Stage(v.at).Name()
		v.say(NoAmount, "", fmt.Sprintf("It is claimed at %s, and has no amount.", where),
			"Enter what the buyer is going to pay, or a cautious estimate.", v.dealRecord())
	}
}

// late reports whether a deal is claimed so far on that its amount has to be
// known: at a stage that the forecast counts on, or, in a process that forecasts
// none, in the last third of the open stages; or won.
func (v *view) late() bool {
	won := v.process.Won()
	switch {
	case v.at < 0:
		return false
	case v.at == won || v.process.Stage(v.at).Forecast() == commit:
		return true
	case v.commits:
		return false
	}
	return 3*v.at >= 2*won
}
