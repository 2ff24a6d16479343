package decode

import (
	"hash/maphash"
	"io"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/go-faster/jx"
)

// jxReader reads with the tokens of go-faster/jx. It has the loops of readCall
// once more, written out on the type itself, as calls through an interface and
// closures take it a third of its speed.
type jxReader struct {
	d     *jx.Decoder
	texts texts
	known [256]string // texts that came before, each where its hash puts it
}

// texts says where texts come from.
type texts int

const (
	copied texts = iota // each is a copy of its own
	shared              // each is a part of one copy of the record
	kept                // short ones are taken from those that came before
)

func newJX(t texts) *jxReader { return &jxReader{d: jx.DecodeBytes(nil), texts: t} }

var hashSeed = maphash.MakeSeed()

// call refuses what is no UTF-8 itself, as jx lets it pass.
func (r *jxReader) call(record []byte, c *Call) error {
	if !utf8.Valid(record) {
		return errUTF8
	}
	if r.texts == shared {
		record = append([]byte(nil), record...)
	}
	r.d.ResetBytes(record)
	if err := r.readCall(c); err != nil {
		return err
	}
	if err := r.d.Skip(); err != io.EOF {
		return errTrailing
	}
	return nil
}

func (r *jxReader) readCall(c *Call) error {
	it, err := r.d.ObjIter()
	if err != nil {
		return err
	}
	var g guard
	for it.Next() {
		name := it.Key()
		s := c.slot(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		switch s.field {
		case revision:
			c.Revision, err = r.d.Int()
		case commitments:
			c.Commitments, err = r.readEntries()
		case noSale:
			c.NoSale = new(NoSale)
			err = r.readFlat(c.NoSale.slot)
		case pause:
			c.Pause = new(Pause)
			err = r.readFlat(c.Pause.slot)
		default:
			err = r.readSlot(s)
		}
		if err != nil {
			return err
		}
	}
	return it.Err()
}

func (r *jxReader) readEntries() ([]Entry, error) {
	it, err := r.d.ArrIter()
	if err != nil {
		return nil, err
	}
	var all []Entry
	for it.Next() {
		all = append(all, Entry{})
		if err := r.readEntry(&all[len(all)-1]); err != nil {
			return nil, err
		}
	}
	return all, it.Err()
}

func (r *jxReader) readEntry(e *Entry) error {
	it, err := r.d.ObjIter()
	if err != nil {
		return err
	}
	var g guard
	for it.Next() {
		name := it.Key()
		s := e.slot(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		if s.field == people {
			e.People, err = r.readPeople()
		} else {
			err = r.readSlot(s)
		}
		if err != nil {
			return err
		}
	}
	return it.Err()
}

func (r *jxReader) readPeople() ([]Person, error) {
	it, err := r.d.ArrIter()
	if err != nil {
		return nil, err
	}
	var all []Person
	for it.Next() {
		all = append(all, Person{})
		if err := r.readFlat(all[len(all)-1].slot); err != nil {
			return nil, err
		}
	}
	return all, it.Err()
}

// readFlat reads an object of texts and times.
func (r *jxReader) readFlat(of func([]byte) slot) error {
	it, err := r.d.ObjIter()
	if err != nil {
		return err
	}
	var g guard
	for it.Next() {
		name := it.Key()
		s := of(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		if err := r.readSlot(s); err != nil {
			return err
		}
	}
	return it.Err()
}

func (r *jxReader) readSlot(s slot) (err error) {
	switch {
	case s.text != nil:
		*s.text, err = r.text()
	case s.time != nil:
		err = r.readTime(s.time)
	default:
		*s.texts, err = r.readTexts()
	}
	return err
}

func (r *jxReader) readTexts() ([]string, error) {
	it, err := r.d.ArrIter()
	if err != nil {
		return nil, err
	}
	var all []string
	for it.Next() {
		text, err := r.text()
		if err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, it.Err()
}

func (r *jxReader) text() (string, error) {
	b, err := r.d.StrBytes()
	if err != nil {
		return "", err
	}
	switch {
	case r.texts == shared: // nobody else has the copy, and nothing writes to it
		return unsafe.String(unsafe.SliceData(b), len(b)), nil
	case r.texts == kept && len(b) <= 32:
		known := &r.known[uint8(maphash.Bytes(hashSeed, b))]
		if *known != string(b) {
			*known = string(b)
		}
		return *known, nil
	}
	return string(b), nil
}

func (r *jxReader) readTime(when *time.Time) error {
	b, err := r.d.StrBytes()
	if err != nil {
		return err
	}
	return when.UnmarshalText(b)
}
