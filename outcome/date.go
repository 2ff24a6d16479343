package outcome

import (
	"strconv"
	"time"
)

// date is a day as texts name it: 1 and its year, or 0 where that is the year of
// the call; in 4 bits its month; in 5 bits its day.
type date uint64

// date returns the day of an instant where the sale takes place.
func (t texts) date(at instant) date {
	zone := t.p.Zone()
	year, month, day := at.time().In(zone).Date()
	if t.v.prepared().at.time().In(zone).Year() == year {
		year = -1
	}
	return date((1+year)<<9 | int(month)<<5 | day)
}

// append appends the date: "5 November", or "5 November 2026".
func (d date) append(dst []byte) []byte {
	dst = strconv.AppendUint(dst, uint64(d&(1<<5-1)), 10)
	dst = append(append(dst, ' '), time.Month(d>>5&(1<<4-1)).String()...)
	if d>>9 == 0 {
		return dst
	}
	return time.Date(int(d>>9)-1, time.January, 1, 0, 0, 0, 0, time.UTC).AppendFormat(dst, " 2006")
}
