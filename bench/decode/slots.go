package decode

import (
	"errors"
	"fmt"
	"time"
)

var (
	errTrailing = errors.New("more behind the record")
	errUTF8     = errors.New("no UTF-8")
)

// slot is the place of a field in a struct: what is set in it, or for a field
// that is an object or a list of objects which of them it is.
type slot struct {
	field field
	text  *string
	time  *time.Time
	texts *[]string
}

// field is a field of a struct, as a bit of a set.
type field uint32

// The fields that a slot does not point to.
const (
	revision field = 1 << (iota + 20)
	commitments
	people
	noSale
	pause
)

// guard refuses a field that is not known, or that has been there.
type guard field

func (g *guard) check(s slot, name []byte) error {
	switch {
	case s.field == 0:
		return fmt.Errorf("unknown field %q", name)
	case field(*g)&s.field != 0:
		return fmt.Errorf("the field %q is there twice", name)
	}
	*g |= guard(s.field)
	return nil
}

func (c *Call) slot(name []byte) slot {
	switch string(name) {
	case "id":
		return slot{field: 1 << 0, text: &c.ID}
	case "revision":
		return slot{field: revision}
	case "deal":
		return slot{field: 1 << 1, text: &c.Deal}
	case "at":
		return slot{field: 1 << 2, time: &c.At}
	case "kind":
		return slot{field: 1 << 3, text: &c.Kind}
	case "channel":
		return slot{field: 1 << 4, text: &c.Channel}
	case "rep":
		return slot{field: 1 << 5, text: &c.Rep}
	case "contact":
		return slot{field: 1 << 6, text: &c.Contact}
	case "target":
		return slot{field: 1 << 7, text: &c.Target}
	case "planned_at":
		return slot{field: 1 << 8, time: &c.PlannedAt}
	case "asked":
		return slot{field: 1 << 9, texts: &c.Asked}
	case "commitments":
		return slot{field: commitments}
	case "activities":
		return slot{field: 1 << 10, texts: &c.Activities}
	case "rating":
		return slot{field: 1 << 11, text: &c.Rating}
	case "no_sale":
		return slot{field: noSale}
	case "pause":
		return slot{field: pause}
	case "notes":
		return slot{field: 1 << 12, text: &c.Notes}
	}
	return slot{}
}

func (e *Entry) slot(name []byte) slot {
	switch string(name) {
	case "commitment":
		return slot{field: 1 << 0, text: &e.Commitment}
	case "other":
		return slot{field: 1 << 1, text: &e.Other}
	case "by":
		return slot{field: 1 << 2, text: &e.By}
	case "status":
		return slot{field: 1 << 3, text: &e.Status}
	case "due":
		return slot{field: 1 << 4, time: &e.Due}
	case "people":
		return slot{field: people}
	case "evidence":
		return slot{field: 1 << 5, texts: &e.Evidence}
	case "note":
		return slot{field: 1 << 6, text: &e.Note}
	}
	return slot{}
}

func (p *Person) slot(name []byte) slot {
	switch string(name) {
	case "name":
		return slot{field: 1 << 0, text: &p.Name}
	case "role":
		return slot{field: 1 << 1, text: &p.Role}
	}
	return slot{}
}

func (n *NoSale) slot(name []byte) slot {
	switch string(name) {
	case "by":
		return slot{field: 1 << 0, text: &n.By}
	case "reason":
		return slot{field: 1 << 1, text: &n.Reason}
	case "stage":
		return slot{field: 1 << 2, text: &n.Stage}
	}
	return slot{}
}

func (p *Pause) slot(name []byte) slot {
	switch string(name) {
	case "until":
		return slot{field: 1 << 0, time: &p.Until}
	case "reason":
		return slot{field: 1 << 1, text: &p.Reason}
	}
	return slot{}
}
