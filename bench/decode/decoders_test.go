package decode_test

import (
	"bytes"
	stdjson "encoding/json"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench/decode"
	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/outcome"
)

// records are some records as they come, of some 300 bytes each.
func records(t testing.TB) (lines [][]byte, bytesInAll int) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, history.Write(&out, 100))
	all := bytes.TrimSpace(out.Bytes())
	lines = bytes.Split(all, []byte("\n"))
	return lines, len(all) - len(lines) + 1
}

// full has every field.
const full = `{"id":"c-1","revision":3,"deal":"D-1","at":"2026-11-02T10:00:00Z","kind":"cold_call","channel":"phone","rep":"ana",` +
	`"contact":"no_show","target":"first_meeting","planned_at":"2026-11-01T16:00:00Z","asked":["first_meeting","pilot"],` +
	`"commitments":[{"commitment":"first_meeting","by":"buyer","status":"given","due":"2026-11-05T15:00:00Z","people":[` +
	`{"name":"J. Ortiz","role":"economic_buyer"},{"name":"K. Lind"}],"evidence":["calendar"],"note":"n"},{"other":"o"}],` +
	`"activities":["demo"],"rating":"great","no_sale":{"by":"buyer","reason":"budget","stage":"lost"},` +
	`"pause":{"until":"2026-12-01T00:00:00Z","reason":"r"},"notes":"a \"quoted\" n\u00f6te"}`

func TestAllDecodersReadTheSame(t *testing.T) {
	lines, _ := records(t)
	lines = append(lines, []byte(full))
	for _, d := range decode.New() {
		t.Run(d.Name, func(t *testing.T) {
			for _, line := range lines {
				var want, got decode.Call
				require.NoError(t, stdjson.Unmarshal(line, &want))
				require.NoError(t, d.Call(bytes.Clone(line), &got))
				require.Equal(t, want, got)
				if d.Ours == nil {
					continue
				}
				ours, err := outcome.DecodeCall(line)
				require.NoError(t, err)
				var call outcome.Call
				require.NoError(t, d.Ours(bytes.Clone(line), &call))
				require.Equal(t, ours, call)
			}
		})
	}
}

// A strict decoder refuses each of these.
var faults = []struct{ name, record string }{
	{"unknown", `{"deal":"D-1","dael":"D-2"}`},
	{"unknown", `{"commitments":[{"comitment":"pilot"}]}`},
	{"repeated", `{"deal":"D-1","deal":"D-2"}`},
	{"repeated", `{"commitments":[{"by":"buyer","by":"seller"}]}`},
	{"other case", `{"Deal":"D-1"}`},
	{"no UTF-8", "{\"deal\":\"D-\xff\"}"},
	{"half a pair", `{"deal":"\ud800"}`},
	{"control", "{\"deal\":\"D\x01\"}"},
	{"two records", `{"deal":"D-1"}{"deal":"D-2"}`},
	{"comma", `{"deal":"D-1",}`},
	{"type", `{"deal":1}`},
	{"type", `{"revision":1.5}`},
	{"zero", `{"revision":01}`},
}

// lax says what passes each decoder; one that is not named is strict. A change
// of a library shows here, and in the table of README.md.
var lax = map[string][]string{
	"encoding-json":       {"unknown", "repeated", "other case", "no UTF-8", "half a pair"},
	"encoding-json.known": {"repeated", "other case", "no UTF-8", "half a pair", "two records"},
	"goccy":               {"unknown", "repeated", "other case", "no UTF-8", "half a pair"},
	"goccy.known":         {"repeated", "other case", "no UTF-8", "half a pair", "two records"},
	"sonic":               {"unknown", "repeated", "other case", "no UTF-8", "half a pair", "control"},
	"sonic.known":         {"repeated", "other case", "no UTF-8", "half a pair"},
	"segmentio.known":     {"repeated", "other case", "no UTF-8", "half a pair"},
	"jx.copied":           {"half a pair"},
	"jx.shared":           {"half a pair"},
	"jx.kept":             {"half a pair"},
	"jlexer":              {"half a pair", "control", "zero"},
	"simdjson":            {"no UTF-8"},
}

func TestWhatPasses(t *testing.T) {
	for _, d := range decode.New() {
		if strings.HasPrefix(d.Name, "sonic") && runtime.GOARCH != "amd64" {
			continue // it hands over to others there
		}
		var passed []string
		for _, f := range faults {
			var c decode.Call
			if d.Call([]byte(f.record), &c) == nil && !slices.Contains(passed, f.name) {
				passed = append(passed, f.name)
			}
		}
		assert.Equal(t, lax[d.Name], passed, d.Name)
	}
}

// BenchmarkDecode decodes records of some 300 bytes, one after the other: into
// the plain struct, and in the rows that end with ".ours" into the type of the
// library.
func BenchmarkDecode(b *testing.B) {
	lines, size := records(b)
	b.Run("by=advance.decode", func(b *testing.B) {
		run(b, lines, size, func(line []byte, c *outcome.Call) (err error) {
			*c, err = outcome.DecodeCall(line)
			return err
		})
	})
	for _, d := range decode.New() {
		b.Run("by="+d.Name, func(b *testing.B) { run(b, lines, size, d.Call) })
		if d.Ours != nil {
			b.Run("by="+d.Name+".ours", func(b *testing.B) { run(b, lines, size, d.Ours) })
		}
	}
}

func run[T any](b *testing.B, lines [][]byte, size int, decode func([]byte, *T) error) {
	for _, line := range lines { // what compiles itself, or keeps buffers, does so now
		var c T
		require.NoError(b, decode(line, &c))
	}
	b.SetBytes(int64(size / len(lines)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		var c T
		if err := decode(lines[i%len(lines)], &c); err != nil {
			b.Fatal(err)
		}
	}
}
