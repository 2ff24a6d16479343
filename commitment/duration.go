package commitment

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time as documents write it: weeks, days and hours in
// that order, such as "36h", "21d", "2w" or "1d12h". A day is 24 hours. The
// empty Duration inherits; [None] switches an inherited one off.
type Duration string

// None switches an inherited duration off.
const None Duration = "none"

// MaxDuration is the longest length of time that a document may name.
const MaxDuration = 36500 * 24 * time.Hour

var units = []struct {
	letter byte
	length time.Duration
}{{'w', 7 * 24 * time.Hour}, {'d', 24 * time.Hour}, {'h', time.Hour}}

// Parse returns the length of time. The empty Duration and None give an error:
// they name no length.
func (d Duration) Parse() (time.Duration, error) {
	rest := string(d)
	if strings.TrimSpace(rest) == "" {
		return 0, errors.New("an empty duration")
	}
	var sum time.Duration
	next := 0 // index of the largest unit that may still come
	for rest != "" {
		digits := 0
		for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
			digits++
		}
		if digits == 0 || digits == len(rest) || digits > 6 {
			return 0, fmt.Errorf("%q is not a duration", string(d))
		}
		n, err := strconv.Atoi(rest[:digits])
		if err != nil {
			return 0, fmt.Errorf("%q is not a duration", string(d))
		}
		u := next
		for u < len(units) && units[u].letter != rest[digits] {
			u++
		}
		if u == len(units) {
			return 0, fmt.Errorf("%q is not a duration", string(d))
		}
		sum += time.Duration(n) * units[u].length
		if sum > MaxDuration {
			return 0, fmt.Errorf("%q is longer than %s, the limit", string(d), FormatDuration(MaxDuration))
		}
		next = u + 1
		rest = rest[digits+1:]
	}
	return sum, nil
}

// FormatDuration writes a length of time as documents do, in days and hours,
// or in weeks where it is a whole number of them: "2w", "1d12h". What is less
// than an hour is left out.
func FormatDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d > 0 && d%(7*day) == 0 {
		return strconv.FormatInt(int64(d/(7*day)), 10) + "w"
	}
	var b strings.Builder
	if days := d / day; days > 0 {
		fmt.Fprintf(&b, "%dd", days)
	}
	if hours := d % day / time.Hour; hours > 0 || b.Len() == 0 {
		fmt.Fprintf(&b, "%dh", hours)
	}
	return b.String()
}
