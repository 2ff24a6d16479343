package outcome

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

func TestCalendar(t *testing.T) {
	check := func(at time.Time) {
		i := instantOf(at)
		require.Equal(t, at.Format(time.RFC3339Nano), string(appendTime(nil, i)))
		year, month, day, second := i.calendar()
		require.Equal(t, at.Truncate(time.Second),
			time.Date(int(year), time.Month(month), int(day), 0, 0, int(second), 0, time.UTC))
	}
	for year := 1; year <= 9999; year++ {
		for _, day := range []int{0, 58, 59, 60, 364, 365} { // from the first of January
			at := time.Date(year, time.January, 1+day, 0, 0, 0, 0, time.UTC)
			if at.Year() < 10_000 {
				check(at)
				check(at.Add(24*time.Hour - 1))
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		at := time.Unix(r.Int64N(lastTime.Unix()+unixToInternal)-unixToInternal+1, 0).UTC()
		check(at)
		check(at.Add(time.Duration(r.Int64N(1000)) * time.Millisecond))
		check(at.Add(time.Duration(r.Int64N(1e9))))
	}
}

// The day is that of the zone, and its year is told where it is not that of the
// call.
func TestDates(t *testing.T) {
	for _, zone := range []string{"", "Pacific/Auckland", "America/St_Johns", "Asia/Kolkata"} {
		p, err := process.Builtin(process.Default)
		require.NoError(t, err)
		def := p.Definition()
		def.TimeZone = zone
		p, err = def.Compile()
		require.NoError(t, err)
		seen := map[date]string{}
		for hours := range 9000 {
			call := time.Date(2027, time.December, 30, 23, 30, 0, 0, time.UTC)
			at := call.Add(time.Duration(hours-4500) * time.Hour)
			v := Verdict{own: Prepared{at: instantOf(call)}}
			d := texts{v: &v, p: p}.date(instantOf(at))
			got, local := string(d.append(nil)), at.In(p.Zone())
			want := fmt.Sprint(local.Day(), " ", local.Month())
			if local.Year() != call.In(p.Zone()).Year() {
				want += fmt.Sprint(" ", local.Year())
			}
			require.Equal(t, want, got)
			if seen[d] != "" {
				require.Equal(t, seen[d], got, "one date, one text")
			}
			seen[d] = got
		}
		assert.Greater(t, len(seen), 370)
	}
}

func TestDatesAllocateNothing(t *testing.T) {
	room := make([]byte, 0, 64)
	at := instantOf(time.Date(2026, time.November, 30, 23, 59, 59, 5000, time.UTC))
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		appendTime(room, at)
		date(2027<<9 | 11<<5 | 30).append(room)
	}))
	assert.Equal(t, "30 November 2026", string(date(2027<<9|11<<5|30).append(room)))
}
