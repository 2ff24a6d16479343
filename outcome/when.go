package outcome

import (
	"fmt"
	"strings"
	"time"
)

// When is a point in time, or a whole day whose bounds depend on the time zone
// of the process. The zero When is none.
type When struct {
	t    time.Time // of a day: its midnight in UTC
	date bool
	set  bool
}

// At is the When of an instant.
func At(t time.Time) When { return When{t: t.Round(0).UTC(), set: true} }

// On is the When of a day.
func On(year int, month time.Month, day int) When {
	return When{t: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), date: true, set: true}
}

// IsZero reports whether there is no time at all.
func (w When) IsZero() bool { return !w.set }

// IsDate reports whether it is a whole day.
func (w When) IsDate() bool { return w.date }

// Start returns the instant, or the first instant of the day in a zone.
func (w When) Start(zone *time.Location) time.Time {
	if !w.date {
		return w.t
	}
	y, m, d := w.t.Date()
	return startOfDay(y, m, d, zone)
}

// End returns the instant, or the last instant of the day in a zone: a
// nanosecond before the next day.
func (w When) End(zone *time.Location) time.Time {
	if !w.date {
		return w.t
	}
	y, m, d := w.t.Date()
	if end := startOfDay(y, m, d+1, zone).Add(-1); end.Before(lastTime) {
		return end
	}
	return lastTime
}

// lastTime is the last instant that RFC 3339 can name in UTC.
var lastTime = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)

// startOfDay returns the first instant of a day, also where a change of the
// clocks leaves midnight out or has it twice.
func startOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, zone)
	year, month, day = noon.Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	// The clocks change at most once within a few hours of midnight. Around
	// the change the first instant is one of: midnight by the old offset, the
	// change itself, midnight by the new offset.
	best := t
	for _, near := range []time.Time{t.Add(-6 * time.Hour), t.Add(6 * time.Hour)} {
		_, offset := near.Zone()
		start, end := near.ZoneBounds()
		for _, c := range []time.Time{
			time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(-time.Duration(offset) * time.Second).In(zone),
			start, end,
		} {
			if c.IsZero() {
				continue
			}
			y, m, d := c.Date()
			by, bm, bd := best.Date()
			onDay, bestOnDay := y == year && m == month && d == day, by == year && bm == month && bd == day
			if onDay && (!bestOnDay || c.Before(best)) {
				best = c
			}
		}
	}
	return best.UTC()
}

// String returns the time in RFC 3339, or the date.
func (w When) String() string {
	switch {
	case !w.set:
		return ""
	case w.date:
		return w.t.Format(time.DateOnly)
	}
	return w.t.Format(time.RFC3339Nano)
}

// MarshalText writes the time in RFC 3339, or the date.
func (w When) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads a time in RFC 3339, or a date such as 2026-11-05.
func (w *When) UnmarshalText(text []byte) error {
	if len(text) == len(time.DateOnly) {
		t, err := time.Parse(time.DateOnly, string(text))
		if err != nil {
			return fmt.Errorf("%q is no date: write it as 2026-11-05", text)
		}
		*w = When{t: t, date: true, set: true}
		return nil
	}
	t, err := parseTime(text)
	if err != nil {
		return err
	}
	*w = At(t)
	return nil
}

// parseTime reads a time in RFC 3339. The time package lets more pass: an hour
// of one digit, a comma, an offset of a day.
func parseTime(text []byte) (t time.Time, err error) {
	if !isRFC3339(text) || t.UnmarshalText(text) != nil {
		if t, err = time.Parse(time.RFC3339, strings.ToUpper(string(text))); err != nil || !isRFC3339(text) {
			return t, fmt.Errorf("%q is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00", text)
		}
	}
	if !inRange(t) {
		return t, fmt.Errorf("%q lies outside the years 1 to 9999 in UTC", text)
	}
	return t.UTC(), nil
}

// isRFC3339 reports whether a text has the shape of a time.
func isRFC3339(text []byte) bool {
	const shape = "0000-00-00T00:00:00"
	if len(text) <= len(shape) || !shaped(text[:len(shape)], shape) {
		return false
	}
	rest := text[len(shape):]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && '0' <= rest[n] && rest[n] <= '9' {
			n++
		}
		if n == 1 {
			return false
		}
		rest = rest[n:]
	}
	switch {
	case len(rest) == 1:
		return rest[0] == 'Z' || rest[0] == 'z'
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && shaped(rest[1:], "00:00"):
		return (rest[1] < '2' || rest[1] == '2' && rest[2] < '4') && rest[4] < '6'
	}
	return false
}

// shaped reports whether a text has the digits and the marks of a shape.
func shaped(text []byte, shape string) bool {
	for i, c := range text {
		if s := shape[i]; c != s && (s != '0' || c < '1' || c > '9') && (s != 'T' || c != 't') {
			return false
		}
	}
	return true
}
