package main

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
)

// place is where a record stands.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// history is what was read of some deals and their calls.
type history struct {
	deals  []outcome.Deal // one record a deal, by id
	dealAt map[outcome.DealID]place

	calls  []outcome.Call
	places []place // of the calls
	index  map[callKey][]int32

	others map[outcome.DealID]bool // deals that were passed over
}

// callKey is what the records of one call have in common.
type callKey struct {
	deal     outcome.DealID
	id       outcome.CallID
	revision int
}

func keyOf(c *outcome.Call) callKey { return callKey{c.Deal, c.ID, c.Revision} }

// readHistory reads the deals and the calls: all of them, or those of only one
// deal where it is named.
func (e *env) readHistory(deals string, files []string, only outcome.DealID, memory *memoryLimit) (*history, error) {
	h, err := e.readOnlyDeals(deals, only)
	if err != nil {
		return nil, err
	}
	show := e.progress("calls read")
	defer show.done()
	err = e.readCalls(files, func(r outcome.Record[outcome.Call]) error {
		show.step()
		if h.passesOver(r.Value.Deal, only) {
			return nil
		}
		if len(h.calls)%4096 == 0 {
			if err := memory.check("these calls"); err != nil {
				return err
			}
		}
		h.calls = append(h.calls, r.Value)
		h.places = append(h.places, place{r.File, r.Line})
		return nil
	})
	return h, err
}

// readOnlyDeals reads the deals, as the start of a history.
func (e *env) readOnlyDeals(file string, only outcome.DealID) (*history, error) {
	h := &history{dealAt: make(map[outcome.DealID]place), others: make(map[outcome.DealID]bool)}
	records := make(map[outcome.DealID]outcome.Deal)
	err := e.readDeals(file, func(r outcome.Record[outcome.Deal]) error {
		if h.passesOver(r.Value.Deal, only) {
			return nil
		}
		h.deals = append(h.deals, r.Value)
		at := place{r.File, r.Line}
		if first, ok := h.dealAt[r.Value.Deal]; !ok {
			h.dealAt[r.Value.Deal], records[r.Value.Deal] = at, r.Value
		} else if !reflect.DeepEqual(records[r.Value.Deal], r.Value) {
			e.fault(fmt.Sprintf("%s: error: deal %q has another record at %s, and they differ: keep one [duplicate_deal]", at, r.Value.Deal, first))
		}
		return nil
	})
	h.deals = outcome.ResolveDeals(h.deals)
	return h, err
}

// passesOver reports whether a deal is passed over, and takes a note of it.
func (h *history) passesOver(deal, only outcome.DealID) bool {
	if only == "" || deal == only {
		return false
	}
	h.others[deal] = true
	return true
}

// otherDeals lists the deals that were passed over, by id.
func (h *history) otherDeals() []string {
	var ids []string
	for id := range h.others {
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	return ids
}

// last returns when the last call took place.
func (h *history) last() time.Time {
	var last time.Time
	for i := range h.calls {
		if h.calls[i].At.After(last) {
			last = h.calls[i].At
		}
	}
	return last
}

// chapter is the history of one deal.
type chapter struct {
	deal  outcome.Deal
	calls []outcome.Call
}

// chapters yields the history deal by deal, in the order of their ids.
func (h *history) chapters(yield func(chapter) bool) {
	order := make([]int, len(h.calls))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(h.calls[i].Deal, h.calls[j].Deal) })
	deals := h.deals
	for len(order) > 0 || len(deals) > 0 {
		var c chapter
		if len(deals) > 0 && (len(order) == 0 || deals[0].Deal <= h.calls[order[0]].Deal) {
			c.deal, deals = deals[0], deals[1:]
		} else {
			c.deal = outcome.Deal{Deal: h.calls[order[0]].Deal}
		}
		for len(order) > 0 && h.calls[order[0]].Deal == c.deal.Deal {
			c.calls, order = append(c.calls, h.calls[order[0]]), order[1:]
		}
		if !yield(c) {
			return
		}
	}
}

// placeOf finds the record of a call that was judged. Of a call that has a
// rival it finds the last one, which is the one that somebody added.
func (h *history) placeOf(c *outcome.Call, code string) place {
	if h.index == nil {
		h.index = make(map[callKey][]int32, len(h.calls))
		for i := range h.calls {
			key := keyOf(&h.calls[i])
			h.index[key] = append(h.index[key], int32(i))
		}
	}
	same := h.index[keyOf(c)]
	if code == finding.DuplicateCall.String() {
		return h.places[same[len(same)-1]]
	}
	for _, i := range same {
		if reflect.DeepEqual(h.calls[i], *c) {
			return h.places[i]
		}
	}
	return h.places[same[0]]
}

// faultsOf reports the findings of a call that are errors, at the line of its
// record.
func (e *env) faultsOf(v *outcome.Verdict, at func(code string) place) {
	if v.Worst() < diagnostic.Error {
		return
	}
	for _, f := range v.Record().Findings {
		if f.Severity == diagnostic.Error {
			e.fault(fmt.Sprintf("%s: error: %s [%s]", at(f.Code), f.Message, f.Code))
		}
	}
}

// faultOfDeal reports what is wrong with the record of a deal.
func (e *env) faultOfDeal(h *history, err error) {
	var unknown *outcome.UnknownStageError
	if errors.As(err, &unknown) {
		e.fault(fmt.Sprintf("%s: error: %v [%s]", h.dealAt[unknown.Deal], err, finding.UnknownStage))
		return
	}
	e.fault("error: " + err.Error())
}
