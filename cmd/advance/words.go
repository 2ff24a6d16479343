package main

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

const day = 24 * time.Hour

// date is the day of an instant in a zone.
func date(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006") }

// moment is an instant to the minute, with its zone.
func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2 January 2006, 15:04 MST")
}

// away says how far a day lies from another: "in 3 days", "yesterday".
func away(t, from time.Time, zone *time.Location) string {
	switch n := days(t, zone) - days(from, zone); {
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

// days numbers the days of a zone.
func days(t time.Time, zone *time.Location) int {
	y, m, d := t.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second))
}

// count writes "1 day", "2 days", "1,200 days".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return thousands(n) + " " + thing + "s"
}

// thousands writes a number with its digits in groups.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// money writes an amount with its currency.
func money(amount float64, currency string) string {
	whole, cents, _ := strings.Cut(strconv.FormatFloat(amount, 'f', 2, 64), ".")
	n, err := strconv.Atoi(whole)
	if err == nil {
		whole = thousands(n)
	}
	if cents != "00" {
		whole += "." + cents
	}
	return strings.TrimSpace(currency + " " + whole)
}

// sentence gives a sentence its capital and its full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(first)) + s[size:]
	if strings.ContainsRune(".!?…", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}

// needs says what it takes before a commitment counts.
func needs(q *commitment.Requirement) string {
	if list := prose.Requirement(q); len(list) > 0 {
		return strings.Join(list, "; ")
	}
	return "the buyer's word is enough"
}

// spaced writes ids as words: "decision_maker" reads "decision maker".
func spaced(ids []string) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = prose.Words(id)
	}
	return words
}

// stageName returns the name of a stage.
func stageName(p *process.Process, id process.StageID) string {
	if s, ok := p.StageByID(id); ok {
		return s.Name()
	}
	return string(id)
}

// commitmentName returns the name of a commitment.
func commitmentName(p *process.Process, id commitment.ID) string {
	if r, ok := p.Rung(id); ok {
		return p.Commitment(r).Name()
	}
	return string(id)
}

// names returns the names of some commitments.
func names(p *process.Process, ids []commitment.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = commitmentName(p, id)
	}
	return list
}

// stageNames returns the names of some stages.
func stageNames(p *process.Process, ids []process.StageID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = stageName(p, id)
	}
	return list
}
