package commitment

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Requirement is what a commitment requires, with the defaults of its process
// worked in.
type Requirement struct {
	Dated    bool
	Within   time.Duration // at most this far after the call; negative means any distance
	People   int
	Roles    Need
	Evidence Need
}

// Person is someone on the buyer's side.
type Person struct {
	Name string `json:"name,omitzero"`
	Role Role   `json:"role,omitzero"`
}

// Named reports whether the person has a name that can be seen.
func (p Person) Named() bool { return !Blank(p.Name) }

// Offer is what came with a buyer's word: what is measured against a
// [Requirement].
type Offer struct {
	Dated    bool
	Ahead    time.Duration // from the call to the due date
	People   []Person
	Evidence []string
}

// Shortfall says which parts of a requirement an offer does not meet. Zero
// means that all are met.
type Shortfall uint8

// The parts of a requirement.
const (
	ShortOfDate Shortfall = 1 << iota
	ShortOfNearness
	ShortOfPeople
	ShortOfRoles
	ShortOfEvidence
)

// Shortfall measures an offer. People count once a name, and only with a name;
// roles are looked for among those; verbal evidence is always there.
func (q *Requirement) Shortfall(o Offer) Shortfall {
	return q.ShortOfTime(o.Dated, o.Ahead) | q.ShortOfPersons(o.People) | q.ShortOfProof(o.Evidence)
}

// ShortOfTime measures the date alone: whether there is one, and how far after
// the call it lies.
func (q *Requirement) ShortOfTime(dated bool, ahead time.Duration) Shortfall {
	switch {
	case q.Dated && !dated:
		return ShortOfDate
	case q.Within >= 0 && dated && ahead > q.Within:
		return ShortOfNearness
	}
	return 0
}

// ShortOfPersons measures the people and their roles alone.
func (q *Requirement) ShortOfPersons(people []Person) Shortfall {
	var short Shortfall
	if q.People > 0 && distinct(people) < q.People {
		short |= ShortOfPeople
	}
	if !q.Roles.IsZero() && !meets(q.Roles, people, plays) {
		short |= ShortOfRoles
	}
	return short
}

// plays reports whether somebody with a name has a role.
func plays(people []Person, role string) bool {
	for i := range people {
		if string(people[i].Role) == role && people[i].Named() {
			return true
		}
	}
	return false
}

// ShortOfProof measures the evidence alone.
func (q *Requirement) ShortOfProof(evidence []string) Shortfall {
	if q.Evidence.IsZero() || meets(q.Evidence, evidence, proves) {
		return 0
	}
	return ShortOfEvidence
}

// proves reports whether there is evidence of a kind.
func proves(evidence []string, kind string) bool {
	return kind == Verbal || slices.Contains(evidence, kind)
}

// meets reports whether a list has what is needed.
func meets[T any](n Need, list []T, has func([]T, string) bool) bool {
	for _, name := range n.All {
		if !has(list, name) {
			return false
		}
	}
	for _, name := range n.Any {
		if has(list, name) {
			return true
		}
	}
	return len(n.Any) == 0
}

// distinct counts the named people, each name once.
func distinct(people []Person) int {
	n := 0
	for i := range people {
		if !people[i].Named() {
			continue
		}
		name := strings.TrimSpace(people[i].Name)
		if !slices.ContainsFunc(people[:i], func(p Person) bool { return strings.TrimSpace(p.Name) == name }) {
			n++
		}
	}
	return n
}

// Blank reports whether a text has nothing in it that can be seen: a zero-width
// space is blank.
func Blank(text string) bool {
	if text != "" && '!' <= text[0] && text[0] <= '~' {
		return false // as almost every text begins
	}
	for _, r := range text {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Cc, unicode.Zl, unicode.Zp) && !invisible(r) {
			return false
		}
	}
	return true
}

// invisible are the letters and marks that draw nothing.
func invisible(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return 0xfe00 <= r && r <= 0xfe0f // variation selectors
}
