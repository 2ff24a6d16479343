package decode

import (
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
)

// easyTokens are those of mailru/easyjson/jlexer. It keeps its first error, and
// gives nothing from there on.
type easyTokens struct{ l *jlexer.Lexer }

func jlexed(record []byte, c *Call) error {
	if !utf8.Valid(record) {
		return errUTF8
	}
	l := jlexer.Lexer{Data: record}
	if err := readCall(easyTokens{&l}, c); err != nil {
		return err
	}
	l.Consumed()
	return l.Error()
}

func (t easyTokens) object(field func([]byte) error) error {
	t.l.Delim('{')
	for !t.l.IsDelim('}') {
		name := t.l.UnsafeBytes()
		t.l.WantColon()
		if err := t.l.Error(); err != nil {
			return err
		}
		if err := field(name); err != nil {
			return err
		}
		t.l.WantComma()
	}
	t.l.Delim('}')
	return t.l.Error()
}

func (t easyTokens) list(item func() error) error {
	t.l.Delim('[')
	for !t.l.IsDelim(']') {
		if err := item(); err != nil {
			return err
		}
		t.l.WantComma()
	}
	t.l.Delim(']')
	return t.l.Error()
}

func (t easyTokens) text() (string, error)  { return t.l.String(), t.l.Error() }
func (t easyTokens) bytes() ([]byte, error) { return t.l.UnsafeBytes(), t.l.Error() }
func (t easyTokens) number() (int, error)   { return t.l.Int(), t.l.Error() }
