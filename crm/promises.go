package crm

import (
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

// promise is a commitment in a deal.
type promise struct {
	deal outcome.DealID
	id   commitment.ID
}

// takesBack reports whether an entry says that something will not be, or was not.
func takesBack(e outcome.Entry) bool {
	return e.Status == commitment.Broken || e.Status == commitment.Withdrawn
}

// dropLate takes out what is broken or withdrawn after it was kept. A mapping can
// read several meetings as the same commitment; a later one that does not take
// place is no word about the one that did. Without it, a missed meeting at
// the end of a sale would take the deal back to its beginning.
//
// What only such words made a call of is a call no more: asCalls are those that
// are calls whatever was said in them.
func dropLate(calls []outcome.Call, asCalls map[int]bool) []outcome.Call {
	kept := map[promise]time.Time{}
	for i := range calls {
		for _, e := range calls[i].Commitments {
			if e.By != commitment.Buyer || e.Status != commitment.Kept {
				continue
			}
			key := promise{calls[i].Deal, e.Commitment}
			if first, ok := kept[key]; !ok || calls[i].At.Before(first) {
				kept[key] = calls[i].At
			}
		}
	}
	if len(kept) == 0 {
		return calls
	}
	left := calls[:0]
	for i, c := range calls {
		n := len(c.Commitments)
		c.Commitments = slices.DeleteFunc(c.Commitments, func(e outcome.Entry) bool {
			if !takesBack(e) {
				return false
			}
			first, ok := kept[promise{c.Deal, e.Commitment}]
			return ok && first.Before(c.At)
		})
		if len(c.Commitments) == 0 {
			c.Commitments = nil
		}
		if n == len(c.Commitments) || c.Commitments != nil || asCalls[i] {
			left = append(left, c)
		}
	}
	clear(calls[len(left):])
	return left
}
