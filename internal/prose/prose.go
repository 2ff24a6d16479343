package prose

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// And writes "a", "a and b", "a, b and c".
func And(list ...string) string { return join(list, "and") }

// Or writes "a", "a or b", "a, b or c".
func Or(list ...string) string { return join(list, "or") }

func join(list []string, word string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " " + word + " " + list[n-1]
	}
	return strings.Join(list, "")
}

// Capital gives a text that begins with a letter of ASCII its capital.
func Capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Quote puts a text into quotation marks.
func Quote(s string) string { return "“" + s + "”" }

// Count writes "1 call", "2 calls".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// Words makes words of an id: "economic_buyer" reads "economic buyer".
func Words(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' {
			return ' '
		}
		return r
	}, id)
}

// Length writes "3 weeks", "30 days", "36 hours": the largest unit of which it
// is a whole number.
func Length(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 7*day && d%(7*day) == 0:
		return Count(int(d/(7*day)), "week")
	case d%day == 0:
		return Count(int(d/day), "day")
	}
	return Count(int(d/time.Hour), "hour")
}

// Requirement words what a commitment requires, one phrase a part: "a date
// within 3 weeks", "2 people by name", "among them a champion", "proof by
// email". It is empty where nothing is required.
func Requirement(q *commitment.Requirement) []string {
	var list []string
	if date := Date(q); date != "" {
		list = append(list, date)
	}
	if q.People > 0 {
		list = append(list, People(q.People))
	}
	if !q.Roles.IsZero() {
		list = append(list, "among them: "+Need(q.Roles))
	}
	if !q.Evidence.IsZero() {
		list = append(list, "proof: "+Need(q.Evidence))
	}
	return list
}

// Date words the date that a commitment requires; it is empty for none.
func Date(q *commitment.Requirement) string {
	switch {
	case q.Within >= 0:
		return "a date within " + Length(q.Within)
	case q.Dated:
		return "a date"
	}
	return ""
}

// People words how many people a commitment requires.
func People(n int) string {
	if n == 1 {
		return "1 person by name"
	}
	return strconv.Itoa(n) + " people by name"
}

// Need words a demand for names: "champion and legal", "email or document".
func Need(n commitment.Need) string {
	var parts []string
	if len(n.All) > 0 {
		parts = append(parts, And(eachWords(n.All)...))
	}
	if len(n.Any) > 0 {
		parts = append(parts, Or(eachWords(n.Any)...))
	}
	return strings.Join(parts, ", and ")
}

func eachWords(ids []string) []string {
	words := slices.Clone(ids)
	for i := range words {
		words[i] = Words(words[i])
	}
	return words
}

// Criterion words a criterion of an exit by the names of its commitments:
// “Share data”; “Take a first meeting” has happened; 2 of “A”, “B” and “C”.
func Criterion(p *process.Process, c process.Criterion) string {
	var items []string
	for _, item := range c.Items() {
		r, ok := p.Rung(item.Commitment)
		if !ok {
			continue // a compiled process has no such item
		}
		name := Quote(p.Commitment(r).Name())
		if item.Kept {
			name += " has happened"
		}
		items = append(items, name)
	}
	switch n := c.AtLeast; {
	case c.Of == nil || n == 1:
		return Or(items...)
	case n == len(items):
		return And(items...)
	default:
		return "at least " + strconv.Itoa(n) + " of " + And(items...)
	}
}

// Exit words what it takes to leave a stage: its criteria, joined.
func Exit(p *process.Process, s *process.CompiledStage) string {
	var criteria []string
	for _, c := range s.Criteria() {
		criteria = append(criteria, Criterion(p, c))
	}
	if len(criteria) > 1 {
		for i, c := range s.Criteria() {
			if len(c.Items()) > 1 {
				criteria[i] = "(" + criteria[i] + ")"
			}
		}
	}
	return And(criteria...)
}

// Stalls words the limit of a stage: "3 calls or 30 days without progress". It
// is empty where there is none.
func Stalls(s process.StallAfter) string {
	var parts []string
	if s.Calls > 0 {
		parts = append(parts, Count(s.Calls, "call"))
	}
	if s.Time >= 0 {
		parts = append(parts, Length(s.Time))
	}
	if len(parts) == 0 {
		return ""
	}
	return Or(parts...) + " without progress"
}

// Lapses words how long a commitment is held after its date; "never" for ever.
func Lapses(c *process.Commitment) string {
	after, ok := c.LapsesAfter()
	if !ok {
		return "never"
	}
	return Length(after)
}
