package outcome

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

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
			v := Verdict{own: ready{brief: brief{at: instantOf(call)}}}
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
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		date(2027<<9 | 11<<5 | 30).append(room)
	}))
	assert.Equal(t, "30 November 2026", string(date(2027<<9|11<<5|30).append(room)))
}
