package outcome

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plain are records that the quick reader reads, and odd ones that it must
// leave alone, whether they are good or not.
var plain = []string{
	`{"deal":"D-1","at":"2026-11-02T10:00:00Z"}`,
	` { "at" : "2026-11-02T10:00:00.5+01:00" , "deal" : "D-1", "revision": 3 } `,
	`{"id":"c-17","deal":"D-1042","at":"2026-11-02T10:00:00Z","kind":"cold_call","channel":"phone","rep":"ana","contact":"no_show","target":"time","planned_at":"2026-11-01T10:00:00Z","asked":["time",""],"commitments":[{"commitment":"time","by":"buyer","status":"given","due":"2026-11-05","people":[{"name":"J. Ortiz","role":"sponsor"},{}],"evidence":["calendar"],"note":"n\\n"},{"other":"o","by":"seller"}],"activities":[],"rating":"great","notes":"Grüße \"so\""}`,
	`{"deal":"","at":"2026-11-02T10:00:00Z","asked":[],"commitments":[]}`,
}

var odd = []string{
	``, `{}x`, `{`, `[]`, `null`, `{"deal":null}`, `{"deal":"D-1","deal":"D-1"}`, `{"Deal":"D-1"}`, `{"x_y":1}`,
	`{"deal":"\\ud800"}`, "{\"deal\":\"\xff\"}", "{\"deal\":\"a\tb\"}", `{"revision":1.5}`, `{"revision":"1"}`, `{"revision":01}`,
	`{"at":"2026-11-02"}`, `{"at":"2026-11-02T10:00:00,5Z"}`, `{"at":"2026-13-02T10:00:00Z"}`, `{"at":12}`,
	`{"contact":"maybe"}`, `{"asked":"time"}`, `{"asked":[1]}`, `{"asked":["a",]}`, `{"commitments":[{"by":"buyer","by":"buyer"}]}`,
	`{"commitments":[{"people":[{"name":"a","name":"b"}]}]}`, `{"no_sale":{}}`, `{"pause":{}}`, `{"deal":"D"}{"deal":"E"}`, `{"deal":"D",}`,
}

func TestQuickReadsWhatIsPlain(t *testing.T) {
	for _, record := range plain {
		var c, want Call
		require.True(t, new(quick).record([]byte(record), &c), record)
		require.NoError(t, decode([]byte(record), &want), record)
		assert.Equal(t, want, c, record)
	}
	for _, record := range odd {
		assert.False(t, new(quick).record([]byte(record), new(Call)), record)
	}
}

// Two words may have the same place among those that are kept, as their hashes
// have it, and are then made anew.
func TestQuickAllocatesLittle(t *testing.T) {
	record := []byte(plain[2])
	var c Call
	var q quick
	q.record(record, &c)
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { c = Call{}; q.record(record, &c) }), 24.0)
}

// FuzzQuick: what the quick reader accepts, the strict one accepts too, with the
// same value.
func FuzzQuick(f *testing.F) {
	for _, record := range append(plain, odd...) {
		f.Add([]byte(record))
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		var c, want Call
		if !new(quick).record(record, &c) {
			return
		}
		if err := decode(record, &want); err != nil {
			t.Fatalf("%s: %v", record, err)
		}
		assert.Equal(t, want, c)
	})
}

// rfc3339 is the shape of a time, as an expression.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

// FuzzParseTime: a time has the shape of one, and is what the time package reads.
func FuzzParseTime(f *testing.F) {
	for _, text := range []string{
		"2026-11-02T10:00:00Z", "2026-11-02t10:00:00z", "2026-11-02T10:00:00.123456789123+23:59", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00",
		"2026-11-02T1:00:00Z", "2026-11-02T10:00:00,5Z", "2026-11-02T10:00:00+24:00", "2026-11-02T10:00:60Z", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseTime([]byte(text))
		want, fault := time.Parse(time.RFC3339, strings.ToUpper(text))
		good := fault == nil && rfc3339.MatchString(text) && inRange(want)
		assert.Equal(t, good, err == nil, text)
		if good {
			assert.Equal(t, want.UTC(), got)
		}
	})
}

// What a decoder decodes is what the function decodes, whatever stood in its
// memory before, and stays until the decoder is reset.
func TestDecoderUsesItsMemoryAgain(t *testing.T) {
	var d Decoder
	records := slices.Concat(plain, odd)
	for range 3 {
		calls := make([]Call, len(records))
		for range 40 { // more than there is room for at first
			for i, record := range records {
				_, err := d.DecodeLine("f", 1, []byte(record), &calls[i])
				_, want := DecodeLine("f", 1, []byte(record), new(Call))
				assert.Equal(t, want, err, record)
			}
		}
		for i, record := range records {
			var want Call
			if _, err := DecodeLine("f", 1, []byte(record), &want); err == nil {
				assert.Equal(t, want, calls[i], record)
			}
		}
		d.Reset()
	}
	var c Call
	decode := func() { d.Reset(); _, _ = d.DecodeLine("f", 1, []byte(plain[2]), &c) }
	assert.LessOrEqual(t, testing.AllocsPerRun(100, decode), 16.0)
}
