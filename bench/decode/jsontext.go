package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// textTokens are those of go-json-experiment/json/jsontext, which refuses
// repeated fields and what is no UTF-8 by itself.
type textTokens struct {
	d *jsontext.Decoder
	r *bytes.Reader
}

func newTextDecoder() textTokens {
	r := bytes.NewReader(nil)
	return textTokens{d: jsontext.NewDecoder(r), r: r}
}

func (t textTokens) call(record []byte, c *Call) error {
	t.r.Reset(record)
	t.d.Reset(t.r)
	if err := readCall(t, c); err != nil {
		return err
	}
	if _, err := t.d.ReadToken(); err != io.EOF {
		return errTrailing
	}
	return nil
}

func (t textTokens) object(field func([]byte) error) error {
	return t.each('{', func() error {
		name, err := t.bytes()
		if err != nil {
			return err
		}
		return field(name)
	})
}

func (t textTokens) list(item func() error) error { return t.each('[', item) }

func (t textTokens) each(open jsontext.Kind, item func() error) error {
	if token, err := t.d.ReadToken(); err != nil {
		return err
	} else if token.Kind() != open {
		return fmt.Errorf("%v instead of %v", token.Kind(), open)
	}
	for {
		switch t.d.PeekKind() {
		case ']', '}', 0:
			_, err := t.d.ReadToken()
			return err
		}
		if err := item(); err != nil {
			return err
		}
	}
}

func (t textTokens) text() (string, error) {
	b, err := t.bytes()
	return string(b), err
}

func (t textTokens) bytes() ([]byte, error) {
	value, err := t.d.ReadValue()
	switch {
	case err != nil:
		return nil, err
	case value.Kind() != '"':
		return nil, errors.New("no text")
	case bytes.IndexByte(value, '\\') < 0:
		return value[1 : len(value)-1], nil
	}
	return jsontext.AppendUnquote(nil, value)
}

func (t textTokens) number() (int, error) {
	token, err := t.d.ReadToken()
	if err != nil {
		return 0, err
	}
	n, err := token.Int()
	return int(n), err
}
