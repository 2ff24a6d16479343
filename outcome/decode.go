package outcome

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/blocks"
	"github.com/advance-sales/advance/internal/nearest"
)

// MaxRecord is the greatest length of one record, in bytes.
const MaxRecord = 1 << 20

// RecordError says that a record could not be read, and why. Its code is
// bad_record.
type RecordError struct {
	File   string // may be empty
	Line   int    // from 1; 0 where the record came from no file
	Reason string
}

// Error returns "file:line: error: reason [bad_record]".
func (e *RecordError) Error() string {
	var b strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&b, "%s:%d: ", e.File, e.Line)
	}
	fmt.Fprintf(&b, "error: %s [bad_record]", e.Reason)
	return b.String()
}

// Record is something read from a line of a file.
type Record[T any] struct {
	Value T
	File  string
	Line  int // from 1
}

// DecodeCall reads the JSON record of a call. It is strict: an unknown or
// repeated field, an unknown word of a fixed vocabulary or a time that can not
// be read gives a [*RecordError]. Fields that begin with "x_" are free. A call
// without an id gets the one that its content gives it.
func DecodeCall(record []byte) (Call, error) {
	var c Call
	if err := decodeCall(record, &c); err != nil {
		return Call{}, err
	}
	return c, nil
}

// decodeCall is DecodeCall in place.
func decodeCall(record []byte, c *Call) error {
	q := quicks.Get().(*quick)
	defer quicks.Put(q)
	return q.decode(record, c)
}

// decode reads a record, plain or not.
func (q *quick) decode(record []byte, c *Call) error {
	*c = Call{}
	if !q.record(record, c) {
		*c = Call{}
		if err := decode(record, c); err != nil {
			return err
		}
	}
	if err := c.Validate(); err != nil {
		return err
	}
	if c.ID == "" {
		*c = c.Identify()
	}
	return nil
}

// DecodeLine reads the call on a line of a file, as [ReadCalls] does, into a
// place of the caller. Lines can so be read side by side. A blank line has no
// call.
func DecodeLine(file string, number int, line []byte, c *Call) (blank bool, err error) {
	return decodeLine(file, number, line, c, decodeCall)
}

// Decoder decodes calls one after the other, into memory that it uses again. The
// zero Decoder is ready. It must not be used by several goroutines at once.
type Decoder struct{ quick quick }

// DecodeLine is the function of that name, but that the lists of the call are good
// until [Decoder.Reset] only.
func (d *Decoder) DecodeLine(file string, number int, line []byte, c *Call) (blank bool, err error) {
	d.quick.atOnce = roomAgain
	return decodeLine(file, number, line, c, d.quick.decode)
}

// Reset says that nobody looks at the calls any more that were decoded so far.
func (d *Decoder) Reset() {
	q := &d.quick
	q.entries, q.people, q.ids, q.words = q.entries[:0], q.people[:0], q.ids[:0], q.words[:0]
}

// DecodeDeal reads the JSON record of a deal, as strictly as [DecodeCall].
func DecodeDeal(record []byte) (Deal, error) {
	var d Deal
	if err := decodeDeal(record, &d); err != nil {
		return Deal{}, err
	}
	return d, nil
}

// DecodeDealLine reads the deal on a line of a file, as [ReadDeals] does, into a
// place of the caller.
func DecodeDealLine(file string, number int, line []byte, d *Deal) (blank bool, err error) {
	return decodeLine(file, number, line, d, decodeDeal)
}

func decodeDeal(record []byte, d *Deal) error {
	if err := decode(record, d); err != nil {
		return err
	}
	if commitment.Blank(string(d.Deal)) {
		return &RecordError{Reason: `"deal" is missing`}
	}
	return nil
}

// ReadCalls reads call records, one JSON object a line, as [DecodeCall] does.
// Blank lines are passed over. A line that can not be read gives a
// [*RecordError] and the rest goes on; any other error is that of the reader,
// and ends it. The file name is for the errors alone.
func ReadCalls(file string, r io.Reader) iter.Seq2[Record[Call], error] {
	return lines(file, r, decodeCall)
}

// ReadDeals reads deal records likewise.
func ReadDeals(file string, r io.Reader) iter.Seq2[Record[Deal], error] {
	return lines(file, r, decodeDeal)
}

func lines[T any](file string, r io.Reader, decode func([]byte, *T) error) iter.Seq2[Record[T], error] {
	return func(yield func(Record[T], error) bool) {
		for b, err := range blocks.Read(r, MaxRecord) {
			if err != nil {
				yield(Record[T]{File: file, Line: b.First}, fmt.Errorf("reading %s: %w", file, err))
				return
			}
			for number, line := range b.Lines() {
				record := Record[T]{File: file, Line: number}
				blank, err := decodeLine(file, number, line, &record.Value, decode)
				if err != nil {
					record.Value = *new(T)
				}
				if !blank && !yield(record, err) {
					return
				}
			}
		}
	}
}

func decodeLine[T any](file string, number int, line []byte, to *T, decode func([]byte, *T) error) (blank bool, err error) {
	switch {
	case len(line) > MaxRecord:
		err = &RecordError{Reason: fmt.Sprintf("a record of more than %d bytes, the limit", MaxRecord)}
	case len(bytes.TrimSpace(line)) > 0:
		err = decode(line, to)
	default:
		return true, nil
	}
	var bad *RecordError
	if err != nil && errors.As(err, &bad) {
		bad.File, bad.Line = file, number
	}
	return false, err
}

// strict refuses unknown fields (repeated ones are refused anyway), and words
// times its own way.
var strict = json.JoinOptions(
	json.RejectUnknownMembers(true),
	json.WithUnmarshalers(json.UnmarshalFunc(func(value []byte, t *time.Time) (err error) {
		switch jsontext.Value(value).Kind() {
		case 'n':
			*t = time.Time{}
			return nil
		case '"':
		default:
			return errors.New("no text")
		}
		text, err := jsontext.AppendUnquote(nil, value)
		if err == nil {
			*t, err = parseTime(text)
		}
		return err
	})),
)

// decode reads a record strictly, but for fields that begin with "x_".
func decode[T any](record []byte, v *T) error {
	err := json.Unmarshal(record, v, strict)
	if errors.Is(err, json.ErrUnknownName) || errors.Is(err, jsontext.ErrDuplicateName) {
		rest, found, flaw := withoutFree(record)
		switch {
		case flaw != nil:
			err = flaw
		case found:
			*v = *new(T)
			err = json.Unmarshal(rest, v, strict)
		}
	}
	if err != nil {
		return &RecordError{Reason: explain(err, record)}
	}
	return nil
}

// withoutFree copies a record without the fields that begin with "x_", and says
// whether there were any.
func withoutFree(record []byte) (rest []byte, found bool, err error) {
	var out bytes.Buffer
	twice := jsontext.AllowDuplicateNames(true) // of free fields; the others are looked at again
	in, enc := jsontext.NewDecoder(bytes.NewReader(record), twice), jsontext.NewEncoder(&out, twice)
	for {
		kind, members := in.StackIndex(in.StackDepth())
		token, err := in.ReadToken()
		switch {
		case err == io.EOF:
			return out.Bytes(), found, nil
		case err != nil:
			return nil, false, err
		case kind == '{' && members%2 == 0 && token.Kind() == '"' && strings.HasPrefix(token.String(), "x_"):
			found = true
			err = in.SkipValue()
		default:
			err = enc.WriteToken(token)
		}
		if err != nil {
			return nil, false, err
		}
	}
}

// explain words the error of a record for the person who wrote it.
func explain(err error, record []byte) string {
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &syntactic):
		place := fieldPath(syntactic.JSONPointer)
		if errors.Is(err, jsontext.ErrDuplicateName) {
			return fmt.Sprintf("the field %q is there twice", place)
		}
		if first := bytes.TrimSpace(record); len(first) > 0 && first[0] != '{' {
			return `a record is a JSON object, {"deal": ...}, one a line`
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return "the JSON ends too early: a record is one object on one line"
		}
		return fmt.Sprintf("no JSON at column %d: %s", syntactic.ByteOffset+1, strings.TrimPrefix(syntactic.Err.Error(), "jsontext: "))
	case errors.As(err, &semantic):
		place := fieldPath(semantic.JSONPointer)
		var word commitment.UnknownWordError
		switch {
		case errors.Is(err, json.ErrUnknownName):
			name := semantic.JSONPointer.LastToken()
			reason := fmt.Sprintf("unknown field %q", place)
			if semantic.GoType != nil {
				if hint := nearest.Hint(name, fieldNames(semantic.GoType)); hint != "" {
					return reason + ": " + hint
				}
			}
			return reason + `: free fields begin with "x_"`
		case place == "":
			return `a record is a JSON object, {"deal": ...}, one a line`
		case errors.As(err, &word), semantic.JSONKind == '"' && semantic.Err != nil:
			return place + ": " + semantic.Err.Error()
		case semantic.JSONKind == '0' && len(semantic.JSONValue) > 0 && len(semantic.JSONValue) < 40 && kindOf(semantic.GoType) != "a text":
			return fmt.Sprintf("%s has to be %s, and %s is none", place, kindOf(semantic.GoType), semantic.JSONValue)
		case semantic.GoType != nil:
			return fmt.Sprintf("%s has to be %s, and this is %s", place, kindOf(semantic.GoType), jsonKinds[semantic.JSONKind])
		}
	}
	return err.Error()
}

// fieldPath turns "/commitments/0/due" into "commitments[0].due".
func fieldPath(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		switch {
		case token != "" && strings.Trim(token, "0123456789") == "":
			b.WriteString("[" + token + "]")
		case b.Len() > 0:
			b.WriteString("." + token)
		default:
			b.WriteString(token)
		}
	}
	return b.String()
}

// fieldNames lists the names that the fields of a struct have in JSON.
func fieldNames(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for f := range t.Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Pointer:
		return kindOf(t.Elem())
	case reflect.Struct:
		if t.NumField() > 0 && len(fieldNames(t)) > 0 {
			return "an object"
		}
	}
	return "a text"
}

var jsonKinds = map[jsontext.Kind]string{
	'n': "null", 'f': "false", 't': "true", '"': "a text", '0': "a number", '{': "an object", '[': "a list",
}
