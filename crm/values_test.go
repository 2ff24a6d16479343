package crm

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
)

func testClock(t testing.TB, zone string, formats ...string) *clock {
	t.Helper()
	location, err := time.LoadLocation(zone)
	require.NoError(t, err)
	for _, text := range formats {
		_, err := parseTimeFormat(text)
		require.NoError(t, err)
	}
	c := newClock(location, formats)
	return &c
}

func TestTimes(t *testing.T) {
	for _, test := range []struct{ zone, format, text, want string }{
		{"UTC", "", "2026-05-01T07:25:37Z", "2026-05-01T07:25:37Z"},
		{"UTC", "", "2026-05-01T07:25:37.000+0000", "2026-05-01T07:25:37Z"},
		{"UTC", "", "2026-05-01T09:25:37.5+0200", "2026-05-01T07:25:37.5Z"},
		{"UTC", "", "2026-05-01T09:25:37+02:00", "2026-05-01T07:25:37Z"},
		{"UTC", "", "2026-05-01 09:25:37-05", "2026-05-01T14:25:37Z"},
		{"Europe/Berlin", "", "2026-05-01 09:25:37 UTC", "2026-05-01T09:25:37Z"},
		{"Europe/Berlin", "", "2026-05-01 09:25:37", "2026-05-01T07:25:37Z"},
		{"Europe/Berlin", "", "2026-01-01 09:25", "2026-01-01T08:25:00Z"},
		{"UTC", "", "2021-01-07 6:49:18", "2021-01-07T06:49:18Z"},
		{"UTC", "", "2023-06-08 23:22:50.048000", "2023-06-08T23:22:50.048Z"},
		{"UTC", "", "2023-06-08 23:22:50.0480001239", "2023-06-08T23:22:50.048000123Z"},
		{"UTC", "", " 2026-05-01 ", "2026-05-01"},
		{"UTC", "", "2026-5-1", "2026-05-01"},
		{"UTC", "", "2026/05/01 10:00", "2026-05-01T10:00:00Z"},
		{"UTC", "", "20260501", "2026-05-01"},
		{"UTC", "", "1767690000", "2026-01-06T09:00:00Z"},
		{"UTC", "", "1767690000250", "2026-01-06T09:00:00.25Z"},
		{"Europe/Berlin", "DD.MM.YYYY hh:mm", "14.06.2026 09:20", "2026-06-14T07:20:00Z"},
		{"Europe/Berlin", "DD.MM.YYYY hh:mm", "4.6.2026 9:20", "2026-06-04T07:20:00Z"},
		{"UTC", "DD-MM-YYYY", "03-04-2026", "2026-04-03"},
		{"UTC", "MM/DD/YYYY hh:mm am", "03/04/2026 1:05 PM", "2026-03-04T13:05:00Z"},
		{"UTC", "YYYYMMDDhhmm am", "202604030105 PM", "2026-04-03T13:05:00Z"},
		{"UTC", "YYYYMMDD hhmmss,Z", "20260403 100000,Z", "2026-04-03T10:00:00Z"},
		{"UTC", "DD MMM YY", "3 Apr 26", "2026-04-03"},
		{"UTC", "YYYY-MM-DD hh:mm:ssZ", "2026-04-03 10:00:00+0200", "2026-04-03T08:00:00Z"},
		{"UTC", "DD.MM.YYYY", "2026-05-01T07:25:37Z", "2026-05-01T07:25:37Z"}, // the others are still understood
	} {
		var formats []string
		if test.format != "" {
			formats = append(formats, test.format)
		}
		got, err := testClock(t, test.zone, formats...).read(test.text)
		require.NoError(t, err, test.text)
		assert.Equal(t, test.want, got.String(), test.text)
	}
	for _, text := range []string{
		"", "soon", "2026", "2026-13-01", "2026-02-30", "2026-05-01T", "2026-05-01T7", "2026-05-01T25:00", "2026-05-01T07:60",
		"2026-05-01T07:25:37.", "2026-05-01T07:25:37+", "2026-05-01T07:25:37+2", "2026-05-01T07:25:37+02:", "2026-05-01T07:25:37+99:00",
		"2026-05-01T07:25:37Zx", "14.06.2026", "2026-05/01", "12345", "99999999999999999999", "20261301", "0000-01-01", "2026-05-01 07:25:37 CEST",
	} {
		_, err := testClock(t, "UTC").read(text)
		assert.ErrorIs(t, err, errTime, text)
	}
}

func TestTimeFormatRefused(t *testing.T) {
	for text, want := range map[string]string{
		"MM/DD":               "a year, a month and a day have to be in it",
		"DD.MM.YYYY mm":       "an hour has to be in it before anything smaller",
		"DD.MM.YYYY DD":       "it has a day twice",
		"YYYYMMD":             `nothing tells where "D" ends; write "DD"`,
		"DD.MM.YYYY um hh":    `it has "u" in it`,
		"hh:mm:ss.DD.MM.YYYY": `behind seconds, "." begins a fraction; write something else there`,
		"hh:mm:ss,DD/MM/YYYY": `behind seconds, "," begins a fraction; write something else there`,
	} {
		_, err := parseTimeFormat(text)
		assert.EqualError(t, err, want, text)
	}
}

func TestMidnightIsDay(t *testing.T) {
	c := testClock(t, "Europe/Berlin")
	for text, want := range map[string]string{
		"2026-05-01 00:00:00": "2026-05-01", "2026-05-01 00:00:01": "2026-04-30T22:00:01Z", "2026-05-01": "2026-05-01",
		"2026-05-01T00:00:00Z": "2026-05-01T00:00:00Z", // midnight elsewhere
	} {
		w, err := c.read(text)
		require.NoError(t, err)
		assert.Equal(t, want, c.midnightIsDay(w).String(), text)
	}
	assert.True(t, c.midnightIsDay(outcome.When{}).IsZero())
}

func TestNoon(t *testing.T) {
	c := testClock(t, "Europe/Berlin")
	for text, want := range map[string]string{"2026-07-01": "2026-07-01T10:00:00Z", "2026-07-01 08:00": "2026-07-01T06:00:00Z"} {
		w, err := c.read(text)
		require.NoError(t, err)
		assert.Equal(t, want, c.noon(w).Format(time.RFC3339), text)
	}
}

func TestAmounts(t *testing.T) {
	for _, test := range []struct {
		text    string
		decimal byte
		want    float64
	}{
		{"1234.5", '.', 1234.5},
		{"1,234.50", '.', 1234.5},
		{"1,234,567", '.', 1234567},
		{"12,34,567.8", '.', 1234567.8},
		{"1.234,50", ',', 1234.5},
		{"1234,5", ',', 1234.5},
		{"1 234,50 €", ',', 1234.5},
		{"1\u202f234\u202f567", '.', 1234567},
		{"1'234.50", '.', 1234.5},
		{"$1,200", '.', 1200},
		{"US$ 1,200", '.', 1200},
		{"EUR 1200", '.', 1200},
		{"1200 EUR", '.', 1200},
		{"-5", '.', -5},
		{"5-", '.', -5},
		{"€-5", '.', -5},
		{"-€5", '.', -5},
		{"\u22125", '.', -5},
		{"(1,200.00)", '.', -1200},
		{"+5", '.', 5},
		{"-0", '.', 0},
		{".5", '.', 0.5},
		{"1.5e6", '.', 1.5e6},
		{"1e-2", '.', 0.01},
		{"392800.0", '.', 392800},
	} {
		got, err := amount(test.text, test.decimal)
		require.NoError(t, err, test.text)
		assert.InDelta(t, test.want, got, 1e-9, test.text)
		assert.False(t, got == 0 && math.Signbit(got), test.text)
	}
	for _, text := range []string{
		"", "lots", "5k", "5 mio", "1.2M", "1,23", "1,2345", "12,34", "1,,234", ",5,", "1.2.3", "1 2", "--5", "(5", "5)", "NaN", "Inf", "1e999",
		"0x10", "1_000", "€", ".", "1,234 567", "5 kEUR x",
	} {
		got, err := amount(text, '.')
		assert.ErrorIs(t, err, errNumber, "%s gave %v", text, got)
	}
}

func TestTruth(t *testing.T) {
	for _, text := range []string{"TRUE", "true", "True", "1", "yes", " Y "} {
		value, ok := truth(fold(text))
		assert.True(t, value && ok, text)
	}
	for _, text := range []string{"FALSE", "0", "no", "f"} {
		value, ok := truth(fold(text))
		assert.True(t, !value && ok, text)
	}
	_, ok := truth("maybe")
	assert.False(t, ok)
}

// FuzzTime holds that what is read is a time that records can hold, and that it
// is read the same when it is written again.
func FuzzTime(f *testing.F) {
	for _, text := range []string{"2026-05-01T07:25:37.000+0000", "2021-01-07 6:49:18", "1767690000250", "14.06.2026 09:20", "20260501", "2026-05-01"} {
		f.Add(text)
	}
	c := testClock(f, "Europe/Berlin", "DD.MM.YYYY hh:mm", "MM/DD/YYYY")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := c.read(text)
		if err != nil {
			return
		}
		again, err := c.read(w.String())
		require.NoError(t, err, "%s gave %s", text, w)
		assert.Equal(t, w, again)
		c.noon(c.midnightIsDay(w))
	})
}

// FuzzAmount holds that an amount is a number, and that of letters none is made.
func FuzzAmount(f *testing.F) {
	for _, text := range []string{"1,234.50", "€ 5", "(7)", "1.5e6", "12,34,567", "5k"} {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, point bool) {
		decimal := byte(',')
		if point {
			decimal = '.'
		}
		value, err := amount(text, decimal)
		if err == nil {
			assert.False(t, math.IsNaN(value) || math.IsInf(value, 0), text)
			assert.Regexp(t, `\d`, text)
		}
	})
}

// FuzzTimeFormat holds that a spelling which is accepted reads what it writes.
func FuzzTimeFormat(f *testing.F) {
	for _, text := range []string{"DD.MM.YYYY hh:mm", "MM/DD/YYYY h:mm am", "YYYY-MM-DDThh:mm:ssZ", "DD MMM YY", "YYYYMMDDhhmmss am", "YY=M^s,DDhhmmZ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		format, err := parseTimeFormat(text)
		if err != nil {
			return
		}
		at := time.Date(2026, 7, 14, 15, 4, 5, 0, time.UTC)
		back, err := time.Parse(format.layout, at.Format(format.layout))
		require.NoError(t, err, "%q is %q", text, format.layout)
		assert.Equal(t, at.YearDay(), back.YearDay(), text)
		if format.clock {
			assert.Equal(t, at.Hour()%12, back.Hour()%12, text)
		}
	})
}
