package outcome

import "time"

// A record has two or three dates. They are worked out here, since package time
// takes three times as long.

const secondsOfDay = 24 * 60 * 60

// calendar returns the day of an instant in UTC, and the second of that day. It
// counts years from March, so that a leap day is the last of its year: then days
// are to centuries, years and months nearly as one straight line is to another,
// and what is left over of one is the way to the next (Neri and Schneider,
// Euclidean affine functions, 2022).
func (i instant) calendar() (year, month, day, second uint64) {
	const yearOne = 306 // its first of January, in days since the March before
	sec := uint64(i.sec-1) + yearOne*secondsOfDay
	days, second := sec/secondsOfDay, sec%secondsOfDay
	century, rest := (4*days+3)/146097, (4*days+3)%146097/4
	years := (4*rest + 3) * 2939745 // of 2^32
	ofYear := uint64(uint32(years)) / 2939745 / 4
	months := 2141*ofYear + 197913 // of 2^16, from January
	year, month, day = 100*century+years>>32, months>>16, months&0xffff/2141+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day, second
}

// in returns the instant whose day and time in UTC are those of this one in a
// zone.
func (i instant) in(zone *time.Location) instant {
	if zone == time.UTC {
		return i
	}
	_, offset := i.time().In(zone).Zone()
	i.sec += int64(offset)
	return i
}

// appendTime appends an instant as RFC 3339 writes it in UTC.
func appendTime(dst []byte, i instant) []byte {
	year, month, day, second := i.calendar()
	hour, minute, second := second/3600, second/60%60, second%60
	dst = append(dst,
		'0'+byte(year/1000), '0'+byte(year/100%10), '0'+byte(year/10%10), '0'+byte(year%10), '-',
		'0'+byte(month/10), '0'+byte(month%10), '-', '0'+byte(day/10), '0'+byte(day%10), 'T',
		'0'+byte(hour/10), '0'+byte(hour%10), ':', '0'+byte(minute/10), '0'+byte(minute%10), ':',
		'0'+byte(second/10), '0'+byte(second%10))
	if i.nsec != 0 {
		dst = append(dst, '.')
		for rest, unit := i.nsec, int32(1e8); rest != 0; unit /= 10 {
			dst = append(dst, '0'+byte(rest/unit))
			rest %= unit
		}
	}
	return append(dst, 'Z')
}

// date is a day as texts name it: 1 and its year, or 0 where that is the year of
// the call; in 4 bits its month; in 5 bits its day.
type date uint64

// date returns the day of an instant where the sale takes place.
func (t texts) date(at instant) date {
	zone := t.p.Zone()
	year, month, day, _ := at.in(zone).calendar()
	if now, _, _, _ := t.v.prepared().at.in(zone).calendar(); year == now {
		return date(month<<5 | day)
	}
	return date((1+year)<<9 | month<<5 | day)
}

// append appends the date: "5 November", or "5 November 2026".
func (d date) append(dst []byte) []byte {
	day := byte(d & (1<<5 - 1))
	if day >= 10 {
		dst = append(dst, '0'+day/10)
	}
	dst = append(append(dst, '0'+day%10, ' '), time.Month(d>>5&(1<<4-1)).String()...)
	if d>>9 == 0 {
		return dst
	}
	return time.Date(int(d>>9)-1, time.January, 1, 0, 0, 0, 0, time.UTC).AppendFormat(dst, " 2006")
}
