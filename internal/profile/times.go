package profile

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	yearFirst = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})(?:([T ])(\d{1,2})(:\d{2})(:\d{2}([.,]\d+)?)?( ?)(Z|UTC|[-+]\d{2}:?\d{2}|[-+]\d{2})?)?$`)
	dayFirst  = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?:(,? )(\d{1,2})(:\d{2})(:\d{2})?( ?)([aApP][mM])?)?$`)
	dayName   = regexp.MustCompile(`^(\d{1,2})([- ])([A-Za-z]{3,9})[- ](\d{4})(?:(,? )(\d{1,2})(:\d{2})(:\d{2})?( ?)([aApP][mM])?)?$`)
	nameDay   = regexp.MustCompile(`^([A-Za-z]{3,9}) (\d{1,2})(,?) (\d{4})(?:(,? )(\d{1,2})(:\d{2})(:\d{2})?( ?)([aApP][mM])?)?$`)
	clockOnly = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?$`)
	timeNamed = regexp.MustCompile(`(?i)(time|date|stamp|_at$|[a-z]At$)`)
)

// The marks by which dates show whose number of the two is the day's.
const (
	markFirst  = "?1"
	markSecond = "?2"
)

const (
	formSeconds      = "seconds since 1970"
	formMilliseconds = "milliseconds since 1970"
	formEight        = "YYYYMMDD"
	formClock        = "hh:mm"
	formClockSeconds = "hh:mm:ss"
)

// classifyTime recognises dates and times.
func classifyTime(text, path string) (class, bool) {
	if len(text) < 4 || len(text) > 40 {
		return class{}, false
	}
	if text[0] >= '0' && text[0] <= '9' {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return epoch(n, len(text), path)
		}
		if m := yearFirst.FindStringSubmatch(text); m != nil {
			return fromYear(m), between(m[3], 1, 12) && between(m[4], 1, 31)
		}
		if m := dayFirst.FindStringSubmatch(text); m != nil {
			return fromDay(m)
		}
		if m := dayName.FindStringSubmatch(text); m != nil && month(m[3]) {
			return withClock("DD"+m[2]+letters(m[3])+m[2]+"YYYY", m[5:]), true
		}
		if clockOnly.MatchString(text) {
			form := formClock
			if strings.Count(text, ":") == 2 {
				form = formClockSeconds
			}
			return class{t: Time, form: form}, true
		}
		return class{}, false
	}
	if m := nameDay.FindStringSubmatch(text); m != nil && month(m[1]) {
		return withClock(letters(m[1])+" DD"+m[3]+" YYYY", m[5:]), true
	}
	return class{}, false
}

// epoch takes a number for a time where its column is named like one.
func epoch(n int64, digits int, path string) (class, bool) {
	if !timeNamed.MatchString(path) {
		return class{}, false
	}
	switch {
	case digits == 8 && n/10000 > 1950 && n/10000 < 2100 && n/100%100 >= 1 && n/100%100 <= 12 && n%100 >= 1 && n%100 <= 31:
		return class{t: Date, form: formEight}, true
	case digits == 10 && n > 9e8 && n < 4.2e9:
		return class{t: Time, form: formSeconds, zoned: true}, true
	case digits == 13 || digits == 12 && n > 9e11:
		return class{t: Time, form: formMilliseconds, zoned: true}, true
	}
	return class{}, false
}

func between(number string, low, high int) bool {
	n, err := strconv.Atoi(number)
	return err == nil && n >= low && n <= high
}

// month reports whether a word names a month, in English.
func month(word string) bool {
	if len(word) < 3 {
		return false
	}
	for _, m := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if w := strings.ToLower(word); w == m || w == m[:3] {
			return true
		}
	}
	return false
}

func letters(word string) string {
	if len(word) == 3 {
		return "MMM"
	}
	return "MMMM"
}

func fromYear(m []string) class {
	c := class{t: Date, form: "YYYY" + m[2] + "MM" + m[2] + "DD"}
	if m[6] == "" {
		return c
	}
	c.t = Time
	c.form += m[5] + hours(m[6], m[7], m[8])
	if m[9] != "" {
		c.form += ".s"
	}
	if m[11] != "" {
		c.zoned = true
		c.form += m[10] + zoneForm(m[11])
	}
	return c
}

func zoneForm(zone string) string {
	switch {
	case zone == "Z", zone == "UTC":
		return zone
	case strings.Contains(zone, ":"):
		return "+00:00"
	case len(zone) == 3:
		return "+00"
	}
	return "+0000"
}

func hours(hour, minute, second string) string {
	form := "hh"
	if len(hour) == 1 {
		form = "h"
	}
	if minute != "" {
		form += ":mm"
	}
	if second != "" {
		form += ":ss"
	}
	return form
}

func fromDay(m []string) (class, bool) {
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[3])
	if first < 1 || second < 1 || first > 31 || second > 31 || first > 12 && second > 12 {
		return class{}, false
	}
	year := "YYYY"
	if len(m[4]) == 2 {
		year = "YY"
	}
	c := withClock(markFirst+m[2]+markSecond+m[2]+year, m[5:])
	c.first, c.second = first, second
	return c, true
}

// withClock adds the time of the day, which is what stands in m: what is before
// it, the hour, the minute, the second, what is before the half, and the half.
func withClock(form string, m []string) class {
	c := class{t: Date, form: form}
	if m[1] == "" {
		return c
	}
	c.t = Time
	hour := m[1]
	if m[5] == "" && len(hour) == 1 {
		hour = "00" // two digits or one are read alike
	}
	c.form += m[0] + hours(hour, m[2], m[3])
	if m[5] != "" {
		c.form += m[4] + "am"
	}
	return c
}

// dateOrder finds out in which order the days and months of a column are.
type dateOrder struct{ dayFirst, monthFirst bool }

func (d *dateOrder) add(c class) {
	d.dayFirst = d.dayFirst || c.first > 12
	d.monthFirst = d.monthFirst || c.second > 12
}

// name writes a form with what is known about the order. Where nothing is, the
// day comes first, but for dates with slashes.
func (d *dateOrder) name(form string) string {
	if !strings.Contains(form, markFirst) {
		return form
	}
	first, second := "DD", "MM"
	if !d.dayFirst && (d.monthFirst || strings.Contains(form, markFirst+"/")) {
		first, second = "MM", "DD"
	}
	return strings.Replace(strings.Replace(form, markFirst, first, 1), markSecond, second, 1)
}

// unclear reports whether the order shows in no value, or in both ways.
func (d *dateOrder) unclear() bool { return d.dayFirst == d.monthFirst }

func isTimeForm(form string) bool {
	switch form {
	case formSeconds, formMilliseconds, formEight, formClock, formClockSeconds:
		return true
	}
	return strings.Contains(form, "YY")
}

// Understood reports whether a form of times is read without being told: by
// the year first, or as a number.
func Understood(form string) bool {
	return strings.HasPrefix(form, "YYYY-") || strings.HasPrefix(form, "YYYY/") || form == formSeconds || form == formMilliseconds || form == formEight
}
