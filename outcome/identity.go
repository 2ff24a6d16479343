package outcome

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// namespace is that of the ids of calls that came without one.
var namespace = uuid.NewSHA1(uuid.NameSpaceDNS, []byte("call.advance-sales.github.com"))

// Identify returns the call with an id. One that has none gets a version-5 UUID
// of its canonical form, so that the same content always has the same id. The
// canonical form is the JSON of the record after RFC 8785, without id and
// revision, without what is empty or the default, all times in UTC, and with
// every list sorted by its own canonical form: the order of the entries of a
// call means nothing. The namespace is the version-5 UUID of
// "call.advance-sales.github.com" in the DNS namespace.
func (c Call) Identify() Call {
	if c.ID == "" {
		c.ID = CallID(uuid.NewSHA1(namespace, c.canonical()).String())
	}
	return c
}

// canonical returns the canonical form of the content.
func (c Call) canonical() []byte {
	c.ID, c.Revision = "", 0
	c.At, c.PlannedAt = c.At.UTC(), c.PlannedAt.UTC()
	c.Asked = sortedByForm(c.Asked)
	c.Activities = sortedByForm(c.Activities)
	c.Commitments = slices.Clone(c.Commitments)
	for i := range c.Commitments {
		e := &c.Commitments[i]
		e.People = sortedByForm(e.People)
		e.Evidence = sortedByForm(e.Evidence)
	}
	c.Commitments = sortedByForm(c.Commitments)
	return form(c)
}

func sortedByForm[T any](list []T) []T {
	if len(list) < 2 {
		return list
	}
	type formed struct {
		v    T
		form []byte
	}
	all := make([]formed, len(list))
	for i, v := range list {
		all[i] = formed{v, form(v)}
	}
	slices.SortStableFunc(all, func(a, b formed) int { return bytes.Compare(a.form, b.form) })
	out := make([]T, len(list))
	for i := range all {
		out[i] = all[i].v
	}
	return out
}

// form returns the RFC 8785 form of a value made of texts, numbers and times,
// which always has one.
func form(v any) []byte {
	text, err := json.Marshal(v, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return []byte(err.Error()) // a year beyond 9999: still the same for the same value
	}
	value := jsontext.Value(text)
	_ = value.Canonicalize()
	return value
}

// compareCalls orders the calls of a file: by time, deal and id.
func compareCalls(a, b *Call) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.ID, b.ID))
}

// tail returns the last eight bytes of an id as a number: ids that go one after
// the other differ there. Two that do not may still be different.
func (id CallID) tail() (tail uint64) {
	for i := max(0, len(id)-8); i < len(id); i++ {
		tail = tail<<8 | uint64(id[i])
	}
	return tail
}
