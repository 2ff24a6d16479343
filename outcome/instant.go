package outcome

import (
	"cmp"
	"math"
	"time"
)

// instant is a point in time, exact to the nanosecond over all the years that
// RFC 3339 can name, in 16 bytes without a pointer. The zero instant is none.
type instant struct {
	sec  int64 // since year 1, plus 1 so that no real instant is zero
	nsec int32
}

// unixToInternal is the distance of 1970 from 0001-01-01 in seconds, plus 1.
const unixToInternal int64 = 62135596800 + 1

func instantOf(t time.Time) instant {
	return instant{t.Unix() + unixToInternal, int32(t.Nanosecond())}
}

func (i instant) isZero() bool { return i.sec == 0 }

// time returns the instant in UTC; the zero instant gives the zero time.
func (i instant) time() time.Time {
	if i.isZero() {
		return time.Time{}
	}
	return time.Unix(i.sec-unixToInternal, int64(i.nsec)).UTC()
}

func (i instant) compare(j instant) int {
	if i.sec != j.sec {
		return cmp.Compare(i.sec, j.sec)
	}
	return cmp.Compare(i.nsec, j.nsec)
}

func (i instant) before(j instant) bool {
	return i.sec < j.sec || i.sec == j.sec && i.nsec < j.nsec
}

func (i instant) add(d time.Duration) instant {
	i.sec += int64(d / time.Second)
	i.nsec += int32(d % time.Second)
	switch {
	case i.nsec >= 1e9:
		i.sec, i.nsec = i.sec+1, i.nsec-1e9
	case i.nsec < 0:
		i.sec, i.nsec = i.sec-1, i.nsec+1e9
	}
	return i
}

// since returns i-j, or the nearest Duration where that is out of range (some
// 292 years).
func (i instant) since(j instant) time.Duration {
	const limit = math.MaxInt64 / int64(time.Second)
	switch sec := i.sec - j.sec; {
	case sec >= limit:
		return math.MaxInt64
	case sec <= -limit:
		return math.MinInt64
	default:
		return time.Duration(sec)*time.Second + time.Duration(i.nsec-j.nsec)
	}
}

// forever is longer than the time between any two instants, in seconds.
const forever = math.MaxInt64 / 2

// always is a second before every instant.
const always = math.MinInt64

// never is after every instant.
var never = instant{sec: math.MaxInt64}

func later(i, j instant) instant {
	if i.before(j) {
		return j
	}
	return i
}
