package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Words for people: amounts, days, and what a commitment takes.

func quote(s string) string { return "“" + s + "”" }

// words makes words of an id: "needs_analysis" is "needs analysis".
func words(id any) string { return strings.ReplaceAll(fmt.Sprint(id), "_", " ") }

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// sentence puts a full stop behind what has none.
func sentence(s string) string {
	if strings.HasSuffix(strings.TrimRight(s, "”\""), ".") {
		return s
	}
	return s + "."
}

// count writes "1 day", "2 days".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// listOf joins with a word before the last: "a, b and c".
func listOf(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + last + " " + list[len(list)-1]
}

// money writes an amount in short: "€48k", "USD 1.2m".
func money(amount float64, currency string) string {
	sign := map[string]string{"EUR": "€", "USD": "$", "GBP": "£"}[currency]
	if sign == "" {
		sign = currency + " "
	}
	switch {
	case amount >= 1e6:
		return sign + strconv.FormatFloat(amount/1e6, 'f', 1, 64) + "m"
	case amount >= 1e4:
		return sign + strconv.FormatFloat(amount/1e3, 'f', 0, 64) + "k"
	default:
		return sign + strconv.FormatFloat(amount, 'f', -1, 64)
	}
}

func worth(r outcome.Deal) string {
	if r.Amount == nil {
		return ""
	}
	return money(*r.Amount, r.Currency)
}

// away says how far a day lies from today: "in 3 days", "yesterday".
func (d *desk) away(t time.Time) string {
	switch n := d.dayNumber(t) - d.dayNumber(d.now()); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > 0:
		return "in " + count(n, "day")
	default:
		return count(-n, "day") + " ago"
	}
}

func (d *desk) dayNumber(t time.Time) int {
	year, month, date := t.In(d.p.Zone()).Date()
	return int(time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second))
}

func (d *desk) stageName(id process.StageID) string {
	if s, ok := d.p.StageByID(id); ok {
		return s.Name()
	}
	return string(id)
}

func (d *desk) commitmentName(id commitment.ID) string {
	if r, ok := d.p.Rung(id); ok {
		return d.p.Commitment(r).Name()
	}
	return string(id)
}

func (d *desk) kindName(id process.KindID) string {
	if k, ok := d.p.Kind(id); ok {
		return k.Name()
	}
	if id == "" {
		return "Call"
	}
	return string(id)
}

// takes says what it takes before a commitment counts.
func takes(q outcome.Requires) (parts []string) {
	if within, err := q.Within.Parse(); err == nil && q.Dated {
		parts = append(parts, "a date within "+count(int(within/day), "day"))
	} else if q.Dated {
		parts = append(parts, "a date")
	}
	switch {
	case q.People == 1:
		parts = append(parts, "somebody by name")
	case q.People > 1:
		parts = append(parts, strconv.Itoa(q.People)+" people by name")
	}
	if roles := append([]string{listOf(q.AnyRole, "or")}, q.Roles...); len(q.AnyRole)+len(q.Roles) > 0 {
		parts = append(parts, "the "+words(listOf(without(roles, ""), "and"))+" among them")
	}
	if proofs := append([]string{listOf(q.AnyProof, "or")}, q.Evidence...); len(q.AnyProof)+len(q.Evidence) > 0 {
		parts = append(parts, words(listOf(without(proofs, ""), "and"))+" to show for it")
	}
	return parts
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == word })
}

// weighted is what the open deals are worth by the probability of the stages
// that they are in: those that are claimed, or those that were earned.
func (d *desk) weighted(v measure.Value, claimed bool) string {
	sum := 0.0
	for _, row := range v.Rows {
		s, ok := d.p.StageByID(row.Stage)
		if !ok || s.Closes() != "" {
			continue
		}
		amount := row.Earned.Sum
		if claimed {
			amount = row.Claimed.Sum
		}
		chance, _ := s.Probability()
		sum += amount * float64(chance) / 100
	}
	return money(sum, v.Currency)
}
