package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
)

// identify puts findings into their order and gives each its identity.
// Findings that nothing tells apart, such as the third row with one id beside
// the second, are numbered.
func identify(list []Finding) {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Code.rank(), b.Code.rank()), cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Message, b.Message), slices.CompareFunc(a.Evidence, b.Evidence, compareEvidence))
	})
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

// identity is the first 64 bits of a SHA-256 over the parts, each with a length
// before it, in hexadecimal.
func identity(f *Finding, nth int) string {
	h := sha256.New()
	for _, part := range []string{string(f.Code), string(f.Deal), f.Subject, strconv.Itoa(nth)} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func compareEvidence(a, b Evidence) int {
	return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.ID, b.ID), a.At.Compare(b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
