package decode

import (
	"errors"

	"github.com/minio/simdjson-go"
)

// simdTokens are those of minio/simdjson-go, which finds all tokens of a record
// first, and gives them from its tape.
type simdTokens struct {
	at *simdjson.Iter // the next value
}

// simd uses the memory of one record again for the next.
type simd struct{ parsed *simdjson.ParsedJson }

func (s *simd) call(record []byte, c *Call) error {
	parsed, err := simdjson.Parse(record, s.parsed, simdjson.WithCopyStrings(false))
	if err != nil {
		return err
	}
	s.parsed = parsed
	it := parsed.Iter()
	it.AdvanceInto()
	_, root, err := it.Root(nil)
	if err != nil {
		return err
	}
	return readCall(simdTokens{root}, c)
}

func (t simdTokens) object(field func([]byte) error) error {
	var o simdjson.Object
	if _, err := t.at.Object(&o); err != nil {
		return err
	}
	outer := *t.at
	defer func() { *t.at = outer }()
	for {
		name, kind, err := o.NextElementBytes(t.at)
		if err != nil || kind == simdjson.TypeNone {
			return err
		}
		if err := field(name); err != nil {
			return err
		}
	}
}

func (t simdTokens) list(item func() error) error {
	var a simdjson.Array
	if _, err := t.at.Array(&a); err != nil {
		return err
	}
	outer := *t.at
	defer func() { *t.at = outer }()
	for it := a.Iter(); it.Advance() != simdjson.TypeNone; {
		*t.at = it
		if err := item(); err != nil {
			return err
		}
	}
	return nil
}

func (t simdTokens) text() (string, error)  { return t.at.String() }
func (t simdTokens) bytes() ([]byte, error) { return t.at.StringBytes() }

func (t simdTokens) number() (int, error) {
	if t.at.Type() != simdjson.TypeInt {
		return 0, errors.New("no whole number")
	}
	n, err := t.at.Int()
	return int(n), err
}
