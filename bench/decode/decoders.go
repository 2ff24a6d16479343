package decode

import (
	"bytes"
	stdjson "encoding/json"

	"github.com/bytedance/sonic"
	"github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
	"github.com/minio/simdjson-go"
	segmentio "github.com/segmentio/encoding/json"

	"github.com/advance-sales/advance/outcome"
)

// Decoder is a way to decode a record.
type Decoder struct {
	// Name is that of the library. Behind a dot it says how the library is set:
	// "known" refuses unknown fields, "copied", "shared" and "kept" say where
	// texts come from.
	Name string
	// Call decodes into the plain struct.
	Call func([]byte, *Call) error
	// Ours decodes into the type of the library, checks of its words and
	// times included; nil for what works on tokens.
	Ours func([]byte, *outcome.Call) error
}

// New returns all decoders, in the order of the table. They share nothing with
// those of another call of New: what they hold is used by one goroutine. One
// that the processor can not run is left out.
func New() []Decoder {
	all := []Decoder{
		{"encoding-json", as[Call](stdjson.Unmarshal), as[outcome.Call](stdjson.Unmarshal)},
		{"encoding-json.known", stdKnown[Call], stdKnown[outcome.Call]},
		{"json-experiment", v2[Call], v2[outcome.Call]},
		{"jsontext", newTextDecoder().call, nil},
		{"goccy", as[Call](goccy.Unmarshal), as[outcome.Call](goccy.Unmarshal)},
		{"goccy.known", goccyKnown[Call], goccyKnown[outcome.Call]},
		{"sonic", as[Call](sonic.Unmarshal), as[outcome.Call](sonic.Unmarshal)},
		{"sonic.known", as[Call](sonicKnown.Unmarshal), as[outcome.Call](sonicKnown.Unmarshal)},
		{"segmentio.known", segmentioKnown[Call], segmentioKnown[outcome.Call]},
		{"jx.copied", newJX(copied).call, nil},
		{"jx.shared", newJX(shared).call, nil},
		{"jx.kept", newJX(kept).call, nil},
		{"jlexer", jlexed, nil},
	}
	if simdjson.SupportedCPU() {
		all = append(all, Decoder{"simdjson", new(simd).call, nil})
	}
	return all
}

func as[T any](unmarshal func([]byte, any) error) func([]byte, *T) error {
	return func(record []byte, c *T) error { return unmarshal(record, c) }
}

func stdKnown[T any](record []byte, c *T) error {
	d := stdjson.NewDecoder(bytes.NewReader(record))
	d.DisallowUnknownFields()
	return d.Decode(c)
}

// v2 refuses repeated fields and what is no UTF-8 by itself.
func v2[T any](record []byte, c *T) error {
	return json.Unmarshal(record, c, json.RejectUnknownMembers(true))
}

func goccyKnown[T any](record []byte, c *T) error {
	d := goccy.NewDecoder(bytes.NewReader(record))
	d.DisallowUnknownFields()
	return d.Decode(c)
}

var sonicKnown = sonic.Config{DisallowUnknownFields: true, ValidateString: true, CopyString: true}.Froze()

func segmentioKnown[T any](record []byte, c *T) error {
	rest, err := segmentio.Parse(record, c, segmentio.DisallowUnknownFields)
	if err == nil && len(bytes.TrimSpace(rest)) > 0 {
		return errTrailing
	}
	return err
}
