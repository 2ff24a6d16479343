package oracle

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// Evaluate judges a whole history: the calls of every deal, in any order.
func Evaluate(p Process, deals []Deal, calls []Call) []Verdict {
	byDeal := map[string][]Call{}
	for _, call := range calls {
		byDeal[call.Deal] = append(byDeal[call.Deal], call)
	}
	verdicts := []Verdict{}
	for id, own := range byDeal {
		list, _ := history(p, find(deals, id), own)
		verdicts = append(verdicts, list...)
	}
	slices.SortFunc(verdicts, func(a, b Verdict) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Call, b.Call))
	})
	return verdicts
}

func find(deals []Deal, id string) *Deal {
	for _, deal := range deals {
		if deal.Deal == id {
			return &deal
		}
	}
	return nil
}

// history folds the calls of one deal and gives its last state.
func history(p Process, deal *Deal, calls []Call) ([]Verdict, state) {
	sorted, duplicates := distinct(calls)
	var first time.Time
	if len(sorted) > 0 {
		first = sorted[0].At
	}
	s := open(p, deal, first)
	var verdicts []Verdict
	for _, call := range sorted {
		var v Verdict
		s, v = judge(p, s, call, duplicates[call.ID])
		verdicts = append(verdicts, v)
	}
	return verdicts, s
}

// distinct makes one call of the records with one id, in the order of time and id,
// and tells which ids were recorded twice in contradiction.
func distinct(calls []Call) (sorted []Call, duplicates map[string]bool) {
	byID := map[string][]Call{}
	for _, call := range calls {
		if call.ID == "" {
			call.ID = derive(call)
		}
		byID[call.ID] = append(byID[call.ID], call)
	}
	duplicates = map[string]bool{}
	for id, records := range byID {
		slices.SortFunc(records, func(a, b Call) int {
			return cmp.Or(cmp.Compare(b.Revision, a.Revision), cmp.Compare(content(a), content(b)))
		})
		for _, other := range records[1:] {
			if other.Revision == records[0].Revision && content(other) != content(records[0]) {
				duplicates[id] = true
			}
		}
		sorted = append(sorted, records[0])
	}
	slices.SortFunc(sorted, func(a, b Call) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return sorted, duplicates
}

func content(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic("oracle: " + err.Error())
	}
	return string(text)
}

// derive gives a call without an id one that depends on its content alone.
func derive(call Call) string {
	sum := sha1.Sum([]byte(content(call)))
	return hex.EncodeToString(sum[:])
}
