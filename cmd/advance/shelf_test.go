package main

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-faster/jx"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
)

// oddRecords are calls, or nearly, in which the deal is not easy to find.
var oddRecords = []string{
	`{"id":"c","deal":"D","at":"2026-01-02T00:00:00Z"}`,
	` { "at" : "2026-01-02T00:00:00Z" , "deal" : "D" } `,
	`{"x_a":{"deal":"no"},"deal":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"x_a":["deal","no",{"deal":"no"}],"x_b":"\",\"deal\":\"no","deal":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"notes":"deal","deal":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"notes":"\"deal\":\"no\"","deal":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"notes":"\\","deal":"D \"x\" \u00e9","at":"2026-01-02T00:00:00Z"}`,
	`{"d\u0065al":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"rating":"good","asked":["deal"],"revision":3,"deal":"é ","at":"2026-01-02T00:00:00Z"}`,
	`{"commitments":[{"commitment":"c","by":"buyer"}],"deal":"D","at":"2026-01-02T00:00:00Z"}`,
	`{"deal":"D","deal":"E","at":"2026-01-02T00:00:00Z"}`,
	`{"deal":7}`, `{"deal":null}`, `{"deal":"D`, `{"deal":`, `{"deal"`, `{"de`, `{`, `"deal":"D"`, `["deal","D"]`, `}`, ``, `null`,
	"{\"deal\":\"\xff\",\"at\":\"2026-01-02T00:00:00Z\"}",
}

// checkDeal holds that the deal that is found is that of the record.
func checkDeal(t *testing.T, record string) {
	var c outcome.Call
	blank, err := outcome.DecodeLine("f", 1, []byte(record), &c)
	deal, ok := dealOf(jx.DecodeBytes(nil), []byte(record))
	switch {
	case blank:
		assert.False(t, ok, record)
	case ok && err == nil:
		assert.Equal(t, string(c.Deal), string(deal), record)
	}
}

func TestDealOf(t *testing.T) {
	found := 0
	for _, record := range oddRecords {
		checkDeal(t, record)
		if deal, ok := dealOf(jx.DecodeBytes(nil), []byte(record)); ok && string(deal) == "D" {
			found++
		}
	}
	assert.Equal(t, 9, found)
}

func FuzzDealOf(f *testing.F) {
	for _, record := range oddRecords {
		f.Add(record)
	}
	f.Fuzz(checkDeal)
}

// TestShelf keeps of each call the revision that counts, by deal, wherever the
// records stand in their file, and refuses the others in the order of reading.
func TestShelf(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, calls := range []int{5, 200} { // of a deal, so that they are found one way and the other
		var lines []string
		for range 40 * calls {
			line := fmt.Sprintf(`{"id":"%d","deal":"D%d","revision":%d,"at":"2026-01-02T00:00:00Z"}`, rng.IntN(calls), rng.IntN(10), rng.IntN(3))
			switch rng.IntN(20) {
			case 0:
				line = line[:rng.IntN(len(line))]
			case 1:
				line = strings.Repeat(" ", rng.IntN(3))
			case 2:
				line = strings.Replace(line, "deal", `d\u0065al`, 1)
			}
			lines = append(lines, line)
		}
		s := newShelf()
		e := testEnv(t, new(strings.Builder))
		require.NoError(t, s.read("f", strings.NewReader(strings.Join(lines, "\n")), e.progress("")))
		s.sort()
		got := map[string]outcome.Call{}
		places := map[string]int{}
		for i := range s.Len() {
			var room dealRoom
			s.rows(i, &room)
			for j, c := range room.rows.Calls {
				key := string(c.Deal) + " " + string(c.ID)
				require.NotContains(t, got, key)
				got[key], places[key] = c, room.rows.Activities[j].Source.Line
			}
		}
		refused := slices.Collect(s.inOrder())

		// The same by hand, one after the other.
		want, wantPlaces, read, wantRefused := map[string]outcome.Call{}, map[string]int{}, 0, []int{}
		for i, line := range lines {
			var c outcome.Call
			blank, err := outcome.DecodeLine("f", i+1, []byte(line), &c)
			if blank {
				continue
			}
			read++
			key := string(c.Deal) + " " + string(c.ID)
			held, again := want[key]
			switch {
			case err != nil || again && held.Revision == c.Revision:
				wantRefused = append(wantRefused, i+1)
			case !again || held.Revision < c.Revision:
				want[key], wantPlaces[key] = c, i+1
			}
		}
		assert.True(t, reflect.DeepEqual(want, got))
		assert.Equal(t, wantPlaces, places)
		assert.Equal(t, read, s.counts[0].Read)
		assert.Len(t, refused, s.counts[0].Rejected)
		assert.Equal(t, read-len(wantRefused), s.counts[0].Used)
		var lineNumbers []int
		for _, why := range refused {
			switch why := why.(type) {
			case unplaced:
				lineNumbers = append(lineNumbers, why.Source.Line)
			case *outcome.RecordError:
				lineNumbers = append(lineNumbers, why.Line)
			}
		}
		assert.Equal(t, wantRefused, lineNumbers)
	}
}
