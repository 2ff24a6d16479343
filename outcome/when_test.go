package outcome

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDaysOfAZone(t *testing.T) {
	tests := []struct{ zone, date, start, end string }{
		{"UTC", "2026-11-05", "2026-11-05T00:00:00Z", "2026-11-05T23:59:59.999999999Z"},
		{"Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00Z", "2026-07-01T21:59:59.999999999Z"},
		{"Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999999999Z"}, // an hour short
		{"Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999999999Z"}, // an hour long
		// The clocks jump at midnight: the day begins at one o'clock.
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999999999Z"},
		{"Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z", "2024-03-31T20:59:59.999999999Z"},
		// They fall back from one to midnight: midnight comes twice, the first counts.
		{"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T04:59:59.999999999Z"},
		// They fall back from midnight to eleven: the day before is longer.
		{"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T02:59:59.999999999Z"},
		{"America/New_York", "9999-12-31", "9999-12-31T05:00:00Z", "9999-12-31T23:59:59.999999999Z"}, // as far as records go
	}
	for _, tt := range tests {
		t.Run(tt.zone+" "+tt.date, func(t *testing.T) {
			zone, err := time.LoadLocation(tt.zone)
			require.NoError(t, err)
			var w When
			require.NoError(t, w.UnmarshalText([]byte(tt.date)))
			assert.True(t, w.IsDate())
			assert.Equal(t, tt.start, w.Start(zone).Format(time.RFC3339Nano))
			assert.Equal(t, tt.end, w.End(zone).Format(time.RFC3339Nano))
			assert.Equal(t, tt.date, w.String())
		})
	}
}

// Days never overlap and leave nothing out, in any zone.
func TestDaysFollowOneAnother(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "America/Havana", "Africa/Cairo", "Pacific/Apia", "Asia/Tehran", "America/St_Johns"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for day := time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
			today := On(day.Date())
			y, m, d := day.AddDate(0, 0, 1).Date()
			require.Equal(t, On(y, m, d).Start(zone), today.End(zone).Add(1), "%s %s", name, day)
			if today.Start(zone).Before(today.End(zone)) {
				wy, wm, wd := day.Date()
				gy, gm, gd := today.Start(zone).In(zone).Date()
				require.Equal(t, []int{wy, int(wm), wd}, []int{gy, int(gm), gd}, "%s %s", name, day)
			}
		}
	}
}

func TestInstants(t *testing.T) {
	for _, text := range []string{"0002-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "2026-11-05T15:00:00.000000001Z", "9999-12-31T23:59:59.999999999Z"} {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		i := instantOf(at)
		assert.False(t, i.isZero(), text)
		assert.Equal(t, at.UTC(), i.time())
		for _, d := range []time.Duration{1, -1, time.Second, -time.Second, 999_999_999, -999_999_999, 40 * 24 * time.Hour} {
			assert.Equal(t, at.Add(d).UTC(), i.add(d).time(), "%s %s", text, d)
			assert.Equal(t, d, i.add(d).since(i))
			assert.Equal(t, d < 0, i.add(d).before(i))
		}
	}
	early, late := instantOf(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)), instantOf(lastTime)
	assert.Equal(t, time.Duration(math.MaxInt64), late.since(early))
	assert.Equal(t, time.Duration(math.MinInt64), early.since(late))
	assert.True(t, instant{}.time().IsZero())
}
