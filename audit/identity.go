package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/advance-sales/advance/outcome"
)

// identify puts findings into their order and gives each its identity.
// Findings that nothing tells apart, such as the third row with one id beside
// the second, are numbered. All that are of one deal have to be there.
func identify(list []Finding) {
	slices.SortStableFunc(list, func(a, b Finding) int { return compareFindings(&a, &b) })
	same := 0
	for i := range list {
		f := &list[i]
		same++
		if i == 0 || list[i-1].Deal != f.Deal || list[i-1].Code != f.Code || list[i-1].Subject != f.Subject {
			same = 1
		}
		f.Identity = identity(f, same)
	}
}

func compareFindings(a, b *Finding) int {
	switch {
	case a.Deal != b.Deal:
		return cmp.Compare(a.Deal, b.Deal)
	case a.Code != b.Code:
		return cmp.Compare(a.Code.rank(), b.Code.rank())
	case a.Subject != b.Subject:
		return cmp.Compare(a.Subject, b.Subject)
	}
	return cmp.Or(cmp.Compare(a.Message, b.Message), slices.CompareFunc(a.Evidence, b.Evidence, compareEvidence))
}

// insert puts more findings among some that were identified deal by deal.
func insert(list, more []Finding) []Finding {
	slices.SortStableFunc(more, func(a, b Finding) int { return cmp.Compare(a.Deal, b.Deal) })
	out := list
	if len(more) > 0 {
		out = make([]Finding, 0, len(list)+len(more))
	}
	for len(more) > 0 {
		deal, n := more[0].Deal, 1
		for n < len(more) && more[n].Deal == deal {
			n++
		}
		from, _ := slices.BinarySearchFunc(list, deal, func(f Finding, d outcome.DealID) int { return cmp.Compare(f.Deal, d) })
		to := from
		for to < len(list) && list[to].Deal == deal {
			to++
		}
		out = append(out, list[:from]...)
		begin := len(out)
		out = append(append(out, list[from:to]...), more[:n]...)
		identify(out[begin:])
		if list, more = list[to:], more[n:]; len(more) == 0 {
			out = append(out, list...)
		}
	}
	return out
}

// identity is the first 64 bits of a SHA-256 over the parts, each with a length
// before it, in hexadecimal.
func identity(f *Finding, nth int) string {
	var room [256]byte
	text := room[:0]
	for _, part := range [...]string{string(f.Code), string(f.Deal), f.Subject, strconv.Itoa(nth)} {
		text = strconv.AppendInt(text, int64(len(part)), 10)
		text = append(append(text, ':'), part...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func compareEvidence(a, b Evidence) int {
	return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.ID, b.ID), a.At.Compare(b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
