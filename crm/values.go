package crm

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/advance-sales/advance/outcome"
)

// fold makes texts equal that differ in capitals and in space around them.
func fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// truth reads a yes or no, however it is spelled.
func truth(folded string) (value, ok bool) {
	switch folded {
	case "true", "t", "yes", "y", "1", "1.0":
		return true, true
	case "false", "f", "no", "n", "0", "0.0":
		return false, true
	}
	return false, false
}

// clock reads times as they are spelled in one export.
type clock struct {
	zone     *time.Location
	formats  []timeFormat
	expected error // what a time that can not be read is told
}

// newClock returns a clock for some spellings that make sense.
func newClock(zone *time.Location, spellings []string) clock {
	c := clock{zone: zone}
	also := "or spell it with times: in the mapping"
	for _, text := range spellings {
		f, _ := parseTimeFormat(text)
		c.formats = append(c.formats, f)
		also = "or " + strings.Join(spellings, " or ")
	}
	c.expected = fmt.Errorf("%w, %s", errTime, also)
	return c
}

// errTime says that a text is no time.
var errTime = errors.New("expected a time such as 2026-11-05T15:00:00Z, 2026-11-05 15:00 or 2026-11-05")

// read reads a time, or a date. Formats of the mapping come before the
// spellings that are always understood.
func (c *clock) read(text string) (outcome.When, error) {
	text = strings.TrimSpace(text)
	for _, f := range c.formats {
		t, err := time.ParseInLocation(f.layout, text, c.zone)
		if err != nil {
			continue
		}
		if !f.clock {
			return day(t.Date())
		}
		return instant(t)
	}
	s := scanner{text: text}
	if n, digits, ok := s.whole(); ok {
		return epoch(n, digits)
	}
	return s.when(c.zone)
}

func day(year int, month time.Month, d int) (outcome.When, error) {
	if year < 1 || year > 9999 {
		return outcome.When{}, errTime
	}
	return outcome.On(year, month, d), nil
}

func instant(t time.Time) (outcome.When, error) {
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return outcome.When{}, errTime
	}
	return outcome.At(t), nil
}

// epoch reads the number of seconds or milliseconds since 1970, or a date of
// eight digits.
func epoch(n int64, digits int) (outcome.When, error) {
	switch digits {
	case 8:
		y, m, d := int(n/10000), int(n/100%100), int(n%100)
		if !isDate(y, m, d) {
			return outcome.When{}, errTime
		}
		return day(y, time.Month(m), d)
	case 9, 10:
		return instant(time.Unix(n, 0))
	case 11, 12, 13:
		return instant(time.UnixMilli(n))
	}
	return outcome.When{}, errTime
}

func isDate(y, m, d int) bool {
	if y < 1 || m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// scanner reads a time from left to right.
type scanner struct {
	text string
	at   int
}

// whole reads a text that is nothing but digits.
func (s *scanner) whole() (n int64, digits int, ok bool) {
	for _, c := range []byte(s.text) {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
	}
	n, err := strconv.ParseInt(s.text, 10, 64)
	return n, len(s.text), err == nil
}

// number reads from least to most digits.
func (s *scanner) number(least, most int) (n int, ok bool) {
	from := s.at
	for s.at < len(s.text) && s.at-from < most && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		n = n*10 + int(s.text[s.at]-'0')
		s.at++
	}
	return n, s.at-from >= least
}

// one reads one of some characters.
func (s *scanner) one(of string) (byte, bool) {
	if s.at < len(s.text) && strings.IndexByte(of, s.text[s.at]) >= 0 {
		s.at++
		return s.text[s.at-1], true
	}
	return 0, false
}

func (s *scanner) when(zone *time.Location) (outcome.When, error) {
	y, ok1 := s.number(4, 4)
	sep, ok2 := s.one("-/")
	m, ok3 := s.number(1, 2)
	_, ok4 := s.one(string(rune(sep)))
	d, ok5 := s.number(1, 2)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !isDate(y, m, d) {
		return outcome.When{}, errTime
	}
	if s.at == len(s.text) {
		return day(y, time.Month(m), d)
	}
	if _, ok := s.one("Tt "); !ok {
		return outcome.When{}, errTime
	}
	hour, ok1 := s.number(1, 2)
	_, ok2 = s.one(":")
	minute, ok3 := s.number(2, 2)
	second, nanos := 0, 0
	if !ok1 || !ok2 || !ok3 {
		return outcome.When{}, errTime
	}
	if _, ok := s.one(":"); ok {
		if second, ok = s.number(2, 2); !ok {
			return outcome.When{}, errTime
		}
		if nanos, ok = s.fraction(); !ok {
			return outcome.When{}, errTime
		}
	}
	if hour > 23 || minute > 59 || second > 60 {
		return outcome.When{}, errTime
	}
	if zone, ok1 = s.offset(zone); !ok1 {
		return outcome.When{}, errTime
	}
	return instant(time.Date(y, time.Month(m), d, hour, minute, second, nanos, zone))
}

// fraction reads the part of a second behind the point, if there is one.
func (s *scanner) fraction() (nanos int, ok bool) {
	if _, ok := s.one(".,"); !ok {
		return 0, true
	}
	from := s.at
	if nanos, ok = s.number(1, 9); !ok {
		return 0, false
	}
	for n := s.at - from; n < 9; n++ {
		nanos *= 10
	}
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++ // finer than anyone can tell
	}
	return nanos, true
}

// offset reads the zone at the end, if there is one.
func (s *scanner) offset(zone *time.Location) (*time.Location, bool) {
	rest := strings.TrimSpace(s.text[s.at:])
	switch strings.ToUpper(rest) {
	case "":
		return zone, true
	case "Z", "UTC", "GMT":
		return time.UTC, true
	}
	s.text, s.at = rest, 0
	sign, ok := s.one("+-")
	if !ok {
		return nil, false
	}
	hours, ok := s.number(2, 2)
	if !ok || hours > 23 {
		return nil, false
	}
	_, colon := s.one(":")
	minutes := 0
	if s.at < len(s.text) || colon {
		if minutes, ok = s.number(2, 2); !ok || minutes > 59 {
			return nil, false
		}
	}
	if s.at != len(s.text) {
		return nil, false
	}
	seconds := hours*3600 + minutes*60
	if sign == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}

// midnightIsDay reads a time at midnight, where the zone is the one that was
// assumed, as the day: exports without a type for dates write them so.
func (c *clock) midnightIsDay(w outcome.When) outcome.When {
	if w.IsZero() || w.IsDate() {
		return w
	}
	t := w.Start(c.zone).In(c.zone)
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 || t.Nanosecond() != 0 {
		return w
	}
	return outcome.On(t.Year(), t.Month(), t.Day())
}

// noon is when a day is, where a point in time is needed.
func (c *clock) noon(w outcome.When) time.Time {
	if !w.IsDate() {
		return w.Start(c.zone)
	}
	y, m, d := w.Start(c.zone).In(c.zone).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, c.zone).UTC()
}

// errNumber is what a number that can not be read is told.
var errNumber = errors.New("expected a number such as 1234.50")

// amount reads a number as people write amounts: with a currency, with
// separators, in brackets where it is negative.
func amount(text string, decimal byte) (float64, error) {
	text = strings.TrimSpace(text)
	body, bracketed := strings.CutPrefix(text, "(")
	if bracketed {
		if body, bracketed = strings.CutSuffix(body, ")"); !bracketed {
			return 0, errNumber
		}
	}
	body = withoutCurrency(body)
	negative := bracketed
	for _, sign := range []string{"-", "\u2212", "+"} {
		rest, ok := strings.CutPrefix(body, sign)
		if !ok {
			rest, ok = strings.CutSuffix(body, sign)
		}
		if ok {
			body, negative = rest, negative != (sign != "+")
			break
		}
	}
	body = withoutCurrency(body) // -€5 as well as €-5
	digits, ok := ungrouped(body, decimal)
	if !ok {
		return 0, errNumber
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return 0, errNumber
	}
	if negative && value != 0 {
		value = -value
	}
	return value, nil
}

// withoutCurrency takes a sign of a currency or a code of three capitals off
// either end. Other letters stay, and make the number none: 5k is not 5.
func withoutCurrency(text string) string {
	isSign := func(r rune) bool { return unicode.Is(unicode.Sc, r) || unicode.IsSpace(r) }
	text = strings.TrimSpace(text)
	if letters := len(text) - len(strings.TrimLeft(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")); letters == 3 || letters > 0 && letters < 3 && strings.IndexFunc(text, isSign) == letters {
		text = text[letters:]
	} else if letters := len(text) - len(strings.TrimRight(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")); letters == 3 {
		text = text[:len(text)-letters]
	}
	return strings.TrimFunc(text, isSign)
}

// ungrouped takes the separators out of a number. Behind the first, groups have
// two digits or three (as in India), and the last has three.
func ungrouped(text string, decimal byte) (string, bool) {
	whole, fraction, cut := strings.Cut(text, string(rune(decimal)))
	var b strings.Builder
	group, separator := 0, rune(0)
	for _, r := range whole {
		switch {
		case r >= '0' && r <= '9':
			group++
			b.WriteRune(r)
		case isSeparator(r) && byte(min(r, 0x7f)) != decimal && group > 0 && (separator == 0 && group <= 3 || separator == r && group >= 2 && group <= 3):
			separator, group = r, 0
		default:
			return exponent(text, decimal)
		}
	}
	if separator != 0 && group != 3 || whole == "" && fraction == "" {
		return "", false
	}
	if cut {
		b.WriteByte('.')
	}
	for _, c := range []byte(fraction) {
		if c < '0' || c > '9' {
			return exponent(text, decimal)
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

func isSeparator(r rune) bool {
	switch r {
	case ',', '.', '\'', '’', ' ', '\u00a0', '\u202f', '\u2009':
		return true
	}
	return false
}

// exponent takes a number as programs write it, such as 1.5e6.
func exponent(text string, decimal byte) (string, bool) {
	text = strings.Replace(text, string(rune(decimal)), ".", 1)
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-' {
			return "", false
		}
	}
	return text, strings.ContainsAny(text, "eE")
}
