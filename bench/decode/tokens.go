package decode

import "time"

// tokens is what a tokenizer gives: values one after the other, each asked for
// by what it has to be.
type tokens interface {
	// object calls back for each field, whose value then is the next.
	object(field func(name []byte) error) error
	// list calls back for each item, which then is the next value.
	list(item func() error) error
	text() (string, error)
	// bytes is text that is valid until the next value.
	bytes() ([]byte, error)
	number() (int, error)
}

func readCall[T tokens](t T, c *Call) error {
	var g guard
	return t.object(func(name []byte) error {
		s := c.slot(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		switch s.field {
		case revision:
			n, err := t.number()
			c.Revision = n
			return err
		case commitments:
			return t.list(func() error {
				c.Commitments = append(c.Commitments, Entry{})
				return readEntry(t, &c.Commitments[len(c.Commitments)-1])
			})
		case noSale:
			c.NoSale = new(NoSale)
			return readFlat(t, c.NoSale.slot)
		case pause:
			c.Pause = new(Pause)
			return readFlat(t, c.Pause.slot)
		}
		return readSlot(t, s)
	})
}

func readEntry[T tokens](t T, e *Entry) error {
	var g guard
	return t.object(func(name []byte) error {
		s := e.slot(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		if s.field == people {
			return t.list(func() error {
				e.People = append(e.People, Person{})
				return readFlat(t, e.People[len(e.People)-1].slot)
			})
		}
		return readSlot(t, s)
	})
}

// readFlat reads an object of texts and times.
func readFlat[T tokens](t T, of func([]byte) slot) error {
	var g guard
	return t.object(func(name []byte) error {
		s := of(name)
		if err := g.check(s, name); err != nil {
			return err
		}
		return readSlot(t, s)
	})
}

func readSlot[T tokens](t T, s slot) error {
	switch {
	case s.text != nil:
		text, err := t.text()
		*s.text = text
		return err
	case s.time != nil:
		return readTime(t, s.time)
	}
	return t.list(func() error {
		text, err := t.text()
		*s.texts = append(*s.texts, text)
		return err
	})
}

func readTime[T tokens](t T, when *time.Time) error {
	text, err := t.bytes()
	if err != nil {
		return err
	}
	return when.UnmarshalText(text)
}
