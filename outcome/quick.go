package outcome

import (
	"bytes"
	"hash/maphash"
	"io"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"github.com/advance-sales/advance/commitment"
)

// Call records come by the million, and almost all of them are plain: known
// fields, each there once, of the right kind. A quick reader reads those. What
// it can not read, for whatever reason, it leaves to [decode], which alone
// refuses records and says why. So all that has to hold is that what the quick
// reader accepts, decode would accept too, and with the same value.

// quick reads plain records with the tokens of a fast tokenizer. The loops over
// the fields of its three objects are written out: through a function for each
// field they take a third longer.
type quick struct {
	in    jx.Decoder
	known [256]string // short texts that came before, where their hashes put them
	deal  DealID      // of the record before

	// Room for the lists of some records: one after the other is a part of it.
	atOnce  int // how many items a room is made for; zero stands for roomFor
	entries []Entry
	people  []commitment.Person
	ids     []commitment.ID
	words   []string
}

var quicks = sync.Pool{New: func() any { return new(quick) }}

// record reads a call record, if it is a plain one.
func (q *quick) record(record []byte, c *Call) bool {
	// The tokenizer lets pass what is no UTF-8, and half a surrogate pair.
	if !utf8.Valid(record) || bytes.Contains(record, []byte(`\u`)) {
		return false
	}
	q.in.ResetBytes(record)
	return q.call(c) && q.in.Skip() == io.EOF
}

// fields are those that an object has had.
type fields uint32

// once reports whether a field is there for the first time.
func (f *fields) once(n int) bool {
	bit := fields(1) << n
	first := *f&bit == 0
	*f |= bit
	return first
}

func (q *quick) call(c *Call) bool {
	it, err := q.in.ObjIter()
	if err != nil {
		return false
	}
	var seen fields
	for it.Next() {
		var n int
		var ok bool
		switch string(it.Key()) {
		case "id":
			n, ok = 0, own(q, &c.ID)
		case "deal":
			n, ok = 1, q.dealID(&c.Deal)
		case "at":
			n, ok = 2, q.time(&c.At)
		case "kind":
			n, ok = 3, word(q, &c.Kind)
		case "channel":
			n, ok = 4, word(q, &c.Channel)
		case "rep":
			n, ok = 5, word(q, &c.Rep)
		case "contact":
			n, ok = 6, q.named(&c.Contact)
		case "target":
			n, ok = 7, word(q, &c.Target)
		case "planned_at":
			n, ok = 8, q.time(&c.PlannedAt)
		case "asked":
			n, ok = 9, list(q, &c.Asked, &q.ids, word)
		case "commitments":
			n, ok = 10, list(q, &c.Commitments, &q.entries, (*quick).entry)
		case "activities":
			n, ok = 11, list(q, &c.Activities, &q.words, word)
		case "rating":
			n, ok = 12, q.named(&c.Rating)
		case "notes":
			n, ok = 13, own(q, &c.Notes)
		case "revision":
			c.Revision, err = q.in.Int()
			n, ok = 14, err == nil
		}
		if !ok || !seen.once(n) {
			return false
		}
	}
	return it.Err() == nil
}

func (q *quick) entry(e *Entry) bool {
	it, err := q.in.ObjIter()
	if err != nil {
		return false
	}
	var seen fields
	for it.Next() {
		var n int
		var ok bool
		switch string(it.Key()) {
		case "commitment":
			n, ok = 0, word(q, &e.Commitment)
		case "other":
			n, ok = 1, own(q, &e.Other)
		case "by":
			n, ok = 2, q.named(&e.By)
		case "status":
			n, ok = 3, q.named(&e.Status)
		case "due":
			n, ok = 4, q.named(&e.Due)
		case "people":
			n, ok = 5, list(q, &e.People, &q.people, (*quick).person)
		case "evidence":
			n, ok = 6, list(q, &e.Evidence, &q.words, word)
		case "note":
			n, ok = 7, own(q, &e.Note)
		}
		if !ok || !seen.once(n) {
			return false
		}
	}
	return it.Err() == nil
}

func (q *quick) person(p *commitment.Person) bool {
	it, err := q.in.ObjIter()
	if err != nil {
		return false
	}
	var seen fields
	for it.Next() {
		var n int
		var ok bool
		switch string(it.Key()) {
		case "name":
			n, ok = 0, word(q, &p.Name)
		case "role":
			n, ok = 1, word(q, &p.Role)
		}
		if !ok || !seen.once(n) {
			return false
		}
	}
	return it.Err() == nil
}

// roomFor is how many items there is room for at a time. All of it is kept as
// long as one of the lists in it. Room that is used again is larger.
const roomFor, roomAgain = 16, 256

// list reads a list into a room. One that is there and empty is not nil.
func list[T any](q *quick, to, room *[]T, item func(*quick, *T) bool) bool {
	it, err := q.in.ArrIter()
	if err != nil {
		return false
	}
	least := max(roomFor, q.atOnce)
	if *room == nil {
		*room = make([]T, 0, least)
	}
	first := len(*room)
	for it.Next() {
		if len(*room) == cap(*room) {
			begun := (*room)[first:]
			*room = append(make([]T, 0, max(least, 2*len(begun))), begun...)
			first = 0
		}
		n := len(*room)
		*room = append(*room, *new(T)) // where another record may have been
		if !item(q, &(*room)[n]) {
			return false
		}
	}
	n := len(*room)
	*to = (*room)[first:n:n]
	return it.Err() == nil
}

// own reads a text that no other record is likely to have.
func own[T ~string](q *quick, to *T) bool {
	text, ok := q.text()
	*to = T(text)
	return ok
}

var seed = maphash.MakeSeed()

// word reads a text that many records have in common. Short ones are kept, so
// that they are not made anew each time.
func word[T ~string](q *quick, to *T) bool {
	text, ok := q.text()
	if len(text) > 32 {
		*to = T(text)
		return ok
	}
	kept := &q.known[uint8(maphash.Bytes(seed, text))]
	if *kept != string(text) {
		*kept = string(text)
	}
	*to = T(*kept)
	return ok
}

// dealID reads the id of a deal, which the records of one deal have in common
// where they stand together.
func (q *quick) dealID(to *DealID) bool {
	text, ok := q.text()
	if q.deal != DealID(text) {
		q.deal = DealID(text)
	}
	*to = q.deal
	return ok
}

// text reads a text, which is good until the next one.
func (q *quick) text() ([]byte, bool) {
	text, err := q.in.StrBytes()
	return text, err == nil
}

func (q *quick) time(to *time.Time) bool {
	text, ok := q.text()
	if !ok {
		return false
	}
	t, err := parseTime(text)
	*to = t
	return err == nil
}

// named reads a text that knows how to be read.
func (q *quick) named(to interface{ UnmarshalText([]byte) error }) bool {
	text, ok := q.text()
	return ok && to.UnmarshalText(text) == nil
}
