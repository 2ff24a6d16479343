package table

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// envelope is what the beginning of a JSON file shows about where its rows are.
type envelope struct {
	row    bool     // the object at the top is itself a row
	each   string   // the path of the rows in it
	arrays []string // the lists of objects in it
}

// listNames are what lists of rows are called in the answers of programs.
var listNames = []string{"results", "records", "data", "value", "items"}

// survey looks at the first object of a file.
func survey(start []byte) envelope {
	var e envelope
	dec := jsontext.NewDecoder(bytes.NewBuffer(start), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if _, err := dec.ReadToken(); err != nil {
		return e
	}
	for dec.PeekKind() == jsontext.KindString {
		tok, err := dec.ReadToken()
		if err != nil {
			break
		}
		name := tok.String()
		switch name {
		case "id", "Id", "ID", "properties":
			e.row = true
		}
		if dec.PeekKind() != jsontext.KindBeginArray {
			if dec.SkipValue() != nil {
				break
			}
			continue
		}
		e.array(dec, name)
	}
	_, err := dec.ReadToken()
	alone := err != nil || len(bytes.TrimSpace(start[dec.InputOffset():])) == 0
	e.decide(alone)
	return e
}

// array looks at a list.
func (e *envelope) array(dec *jsontext.Decoder, name string) {
	_, _ = dec.ReadToken() // it has been peeked at
	switch kind := dec.PeekKind(); {
	case kind == jsontext.KindBeginObject, kind == jsontext.KindEndArray && slices.Contains(listNames, name):
		e.arrays = append(e.arrays, name)
	}
	for dec.PeekKind() != jsontext.KindEndArray {
		if dec.SkipValue() != nil {
			return
		}
	}
	_, _ = dec.ReadToken()
}

// decide says where the rows are. An object that is alone in its file and has a
// single list of objects is the wrapping of that list.
func (e *envelope) decide(alone bool) {
	if e.row {
		return
	}
	for _, name := range listNames {
		if slices.Contains(e.arrays, name) {
			e.each = name
			return
		}
	}
	switch {
	case !alone:
		e.row = true
	case len(e.arrays) == 1:
		e.each = e.arrays[0]
	}
}

// lines reports whether a text that begins with an object has one on each line.
func lines(text []byte) bool {
	end := bytes.IndexAny(text, "\r\n")
	if end < 0 {
		return false
	}
	first, rest := bytes.TrimSpace(text[:end]), bytes.TrimSpace(text[end:])
	return len(first) > 1 && first[len(first)-1] == '}' && len(rest) > 0 && rest[0] == '{'
}
