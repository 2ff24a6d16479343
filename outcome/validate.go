package outcome

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/commitment"
)

// MaxItems is the greatest length of each list in a record: what was asked,
// said or done in a call, the people and the evidence of an entry.
const MaxItems = 256

// Validate returns a [*RecordError] for a call that can not be judged: one
// without a deal or a time, with a word outside its fixed vocabulary, with an
// entry about both or neither of a commitment and something other, or with a
// list beyond its limit. Names that a process may not know are no such fault.
func (c *Call) Validate() error {
	if reason := c.flaw(); reason != "" {
		return &RecordError{Reason: reason}
	}
	return nil
}

// flaw says what keeps a call from being judged.
func (c *Call) flaw() string {
	switch {
	case commitment.Blank(string(c.Deal)):
		return `"deal" is missing`
	case c.At.IsZero():
		return `"at" is missing`
	case !inRange(c.At) || !inRange(c.PlannedAt):
		return "a time outside the years 1 to 9999"
	case c.Contact > NoContact:
		return "an unknown contact"
	case c.Rating > Poor:
		return "an unknown rating"
	case c.Pause != nil && c.Pause.Until.IsZero():
		return `"pause" has no "until"`
	case c.Pause != nil && !inRange(c.Pause.Until.t):
		return "a time outside the years 1 to 9999"
	case c.NoSale != nil && c.NoSale.By > commitment.ThirdParty:
		return "an unknown party"
	case len(c.Commitments) > MaxItems:
		return tooMany("commitments", len(c.Commitments))
	case len(c.Activities) > MaxItems:
		return tooMany("activities", len(c.Activities))
	}
	if reason := listFlaw("asked", c.Asked); reason != "" {
		return reason
	}
	for i := range c.Commitments {
		if reason := c.Commitments[i].flaw(); reason != "" {
			return fmt.Sprintf("commitments[%d] %s", i, reason)
		}
	}
	return ""
}

func (e *Entry) flaw() string {
	switch other := !commitment.Blank(e.Other); {
	case e.Commitment != "" && other:
		return `has both "commitment" and "other": it is about one of them`
	case e.Commitment == "" && !other:
		return `has neither "commitment" nor "other"`
	case e.By > commitment.ThirdParty:
		return "has an unknown party"
	case e.Status > commitment.Waived:
		return "has an unknown status"
	case !e.Due.IsZero() && !inRange(e.Due.t):
		return "is due outside the years 1 to 9999"
	case len(e.People) > MaxItems:
		return "has " + tooMany("people", len(e.People))
	}
	if reason := listFlaw("evidence", e.Evidence); reason != "" {
		return "has " + reason
	}
	return ""
}

func listFlaw[T ~string](what string, list []T) string {
	if len(list) > MaxItems {
		return tooMany(what, len(list))
	}
	for i := range list {
		if list[i] == "" {
			return fmt.Sprintf("an empty item in %q", what)
		}
	}
	return ""
}

func tooMany(what string, n int) string {
	return fmt.Sprintf("%d items in %q: the limit is %d", n, what, MaxItems)
}

// inRange reports whether RFC 3339 can name a time in UTC; none will do.
func inRange(t time.Time) bool {
	sec := t.Unix()
	return firstSecond <= sec && sec <= lastSecond
}

// The first and the last second that RFC 3339 can name in UTC, in Unix time.
const firstSecond, lastSecond = -62135596800, 253402300799
