package oracle

import (
	"fmt"
	"slices"
	"time"
)

// generator draws one call of a deal whose state at that time is known.
type generator struct {
	dice
	p Process
	o Options
	t time.Time
	s state
	c Call
}

// call draws a call.
func (g *generator) call() Call {
	g.c = Call{At: g.t}
	if g.chance(60) {
		g.c.Kind = one(g.dice, g.kinds()...)
	}
	if g.chance(8) {
		g.c.Contact = one(g.dice, "not_reached", "no_show", "none")
	} else if g.chance(20) {
		g.c.Contact = "reached"
	}
	g.planning()
	for range one(g.dice, 0, 1, 1, 1, 2, 2, 3) {
		g.happen()
	}
	g.closing()
	if g.chance(25) {
		g.c.Activities = some(g.dice, 2, activityNames)
	}
	if g.chance(35) {
		g.c.Rating = one(g.dice, "great", "good", "fair", "poor")
	}
	if !g.o.Clean {
		g.faults()
	}
	if !g.chance(80) {
		g.c.Notes = fmt.Sprintf("note %d", g.IntN(100))
	}
	g.Shuffle(len(g.c.Commitments), func(i, j int) {
		g.c.Commitments[i], g.c.Commitments[j] = g.c.Commitments[j], g.c.Commitments[i]
	})
	return g.c
}

func (g *generator) kinds() []string {
	var ids []string
	for id := range g.p.CallKinds {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (g *generator) planning() {
	if g.chance(45) {
		g.c.Target = g.name(g.wanted())
	}
	if g.chance(30) {
		g.c.PlannedAt = ptr(g.t.Add(time.Duration(g.between(-20, 4)) * time.Hour))
	}
	if g.chance(35) {
		g.c.Asked = append(g.c.Asked, g.name(g.wanted()))
	}
}

// name is an id, or sometimes the one that it had before.
func (g *generator) name(id string) string {
	if old := g.p.Commitments[id].RenamedFrom; old != "" && g.chance(30) {
		return old
	}
	return id
}

// wanted draws what would move the deal: what next lists, what an unsatisfied exit
// up to here waits for, and sometimes anything.
func (g *generator) wanted() string {
	if g.chance(12) {
		return one(g.dice, g.p.order()...)
	}
	var ids []string
	for _, n := range next(g.p, g.s) {
		ids = append(ids, n.Commitment)
	}
	place := max(0, g.s.index(g.p))
	for _, stage := range g.p.path()[:place+1] {
		for _, criterion := range stage.Exit {
			for _, item := range criterion.Of {
				if !g.s.met(item) {
					ids = append(ids, item.ID, item.ID)
				}
			}
		}
	}
	if len(ids) == 0 {
		return one(g.dice, g.p.order()...)
	}
	return one(g.dice, ids...)
}

// held draws something that is held, preferring what was not kept yet.
func (g *generator) held() (string, bool) {
	var ids []string
	for _, id := range g.p.order() {
		h := g.s.holdings[id]
		if h.waits(g.t) {
			ids = append(ids, id, id, id)
		} else if h.held {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return "", false
	}
	return one(g.dice, ids...), true
}

// happen lets one thing happen in the call.
func (g *generator) happen() {
	held, some := g.held()
	wanted := g.wanted()
	waitsForKept := g.s.holdings[wanted].held
	switch n := g.IntN(100); {
	case n < 44 && waitsForKept:
		g.entry("kept", wanted)
	case n < 44:
		g.entry("given", wanted)
	case n < 48:
		g.entry("kept", wanted)
	case n < 58 && some:
		g.entry("kept", held)
	case n < 63 && some:
		g.entry("given", held)
	case n < 67 && some:
		g.entry(one(g.dice, "broken", "withdrawn"), held)
	case n < 69 && some:
		g.entry("broken", held)
		g.entry(one(g.dice, "given", "kept"), held)
	case n < 71:
		g.entry("given", wanted)
		g.entry(one(g.dice, "withdrawn", "kept", "given"), wanted)
	case n < 78:
		g.entry(one(g.dice, "declined", "deferred", "conditional"), wanted)
		if g.chance(50) {
			g.c.Target = wanted
		}
	case n < 80:
		g.entry("waived", wanted)
	case n < 82:
		g.entry(one(g.dice, "broken", "withdrawn", "waived"), one(g.dice, g.p.order()...))
	case n < 86:
		g.add(Entry{
			Other: "send us the slides", Status: one(g.dice, "", "given", "kept", "declined", "deferred", "conditional"),
			By: one(g.dice, "buyer", "buyer", "seller", "third_party", ""),
		})
	case n < 90:
		g.entry(one(g.dice, "given", "kept", "withdrawn"), wanted)
		g.c.Commitments[len(g.c.Commitments)-1].By = one(g.dice, "seller", "seller", "third_party", "unknown", "")
	case n < 94 && some:
		g.meet(held)
	}
}

// meet turns the call into one that would keep a commitment, and sometimes nobody comes.
func (g *generator) meet(id string) {
	for _, name := range g.kinds() {
		if slices.Contains(g.p.CallKinds[name].Keeps, id) {
			g.c.Kind = name
			if g.chance(40) {
				g.c.Contact = "no_show"
			}
		}
	}
}

// closing draws a refusal or a pause. An open deal is rarely refused, and a won
// one sometimes loses what it was won by.
func (g *generator) closing() {
	switch {
	case g.s.won && g.chance(10):
		g.entry(one(g.dice, "broken", "withdrawn"), one(g.dice, g.p.wonThrough()...))
	case g.chance(5):
		g.c.NoSale = &NoSale{By: one(g.dice, "buyer", "seller")}
		if g.chance(60) {
			g.c.NoSale.Reason = one(g.dice, lossReasons...)
		}
		if g.chance(60) {
			g.c.NoSale.Stage = one(g.dice, g.p.lostStages()...)
		}
	case g.chance(6):
		until := g.t.Add(time.Duration(g.between(1, 20*24)) * time.Hour)
		g.c.Pause = &Pause{Until: g.text(until), Reason: "holidays"}
	}
}

// faults breaks the record in a way that the rest of it survives.
func (g *generator) faults() {
	if g.chance(2) {
		g.c.Kind = "no_such_kind"
	}
	if g.chance(2) {
		g.c.Target = "no_such_target"
	}
	if g.chance(2) {
		g.c.Asked = append(g.c.Asked, "no_such_asked")
	}
	if g.chance(2) {
		g.c.Commitments = append(g.c.Commitments, Entry{Commitment: "no_such_thing", By: "buyer", Status: one(g.dice, "given", "kept", "declined")})
	}
	if g.c.NoSale != nil && g.chance(15) {
		g.c.NoSale.Reason = "no_such_reason"
	}
	if g.c.NoSale != nil && g.chance(15) {
		g.c.NoSale.Stage = "no_such_stage"
	}
	if len(g.c.Commitments) > 0 && g.chance(3) {
		e := &g.c.Commitments[g.IntN(len(g.c.Commitments))]
		e.People = append(slices.Clone(e.People), Person{Name: "Y. Who", Role: "no_such_role"})
	}
	if len(g.c.Commitments) > 0 && g.chance(3) {
		e := &g.c.Commitments[g.IntN(len(g.c.Commitments))]
		e.Evidence = append(slices.Clone(e.Evidence), "no_such_evidence")
	}
}

// text writes an instant as RFC 3339 or as the date that it falls on.
func (g *generator) text(t time.Time) string {
	if g.chance(40) {
		return t.In(g.p.location()).Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

// entry adds an entry of the buyer that mostly meets what its commitment requires.
func (g *generator) entry(status, id string) {
	e := Entry{Commitment: g.name(id), By: "buyer", Status: status}
	wants := g.p.demands(id)
	full := g.chance(90)
	switch status {
	case "given":
		if g.chance(20) {
			e.Status = ""
		}
		if wants.dated && full || g.chance(50) {
			e.Due = g.due(wants, full)
		}
		e.People, e.Evidence = g.people(wants, full), g.evidence(wants, full)
	case "kept":
		// What is not listed comes from the promise, which may not be there.
		never := len(g.s.holdings[id].last.people) == 0
		if never && g.chance(85) || g.chance(25) {
			e.People, e.Evidence = g.people(wants, full), g.evidence(wants, full)
		}
	case "waived":
		e.By, e.Note = one(g.dice, "buyer", "seller"), "they did it last year"
	}
	if status == "given" && g.twice(id, e) {
		return
	}
	g.add(e)
}

// twice tells whether a `given` for the same commitment and date is there: which of
// two such counts would be a matter of taste.
func (g *generator) twice(id string, e Entry) bool {
	return slices.ContainsFunc(g.c.Commitments, func(other Entry) bool {
		same, _ := g.p.resolve(other.Commitment)
		given := other.Status == "" || other.Status == "given"
		return same == id && given && g.p.dueOf(entry{Entry: other}).Equal(g.p.dueOf(entry{Entry: e}))
	})
}

func (g *generator) add(e Entry) { g.c.Commitments = append(g.c.Commitments, e) }

// due draws a date in what is asked for, right at its limit, or outside.
func (g *generator) due(wants demands, full bool) string {
	limit := 14 * 24 * time.Hour
	if wants.within > 0 {
		limit = wants.within
	}
	switch {
	case !full && g.chance(50):
		return g.text(g.t.Add(limit + time.Duration(g.between(1, 72))*time.Hour))
	case !full:
		return g.text(g.t.Add(-time.Duration(g.between(0, 60)) * time.Hour))
	case g.chance(6):
		return g.text(g.t.Add(limit))
	case g.chance(4):
		return g.text(g.t)
	default:
		hours := int(limit / time.Hour)
		return g.text(g.t.Add(time.Duration(g.between(1, hours)) * time.Hour))
	}
}

var names = []string{"J. Ortiz", "M. Chen", "A. Novak", "S. Okafor"}

// people draws enough of the right people, or not.
func (g *generator) people(wants demands, full bool) []Person {
	roles := slices.Clone(wants.roles.All)
	if wants.roles.One != "" {
		roles = append(roles, wants.roles.One)
	}
	if len(wants.roles.Any) > 0 {
		roles = append(roles, one(g.dice, wants.roles.Any...))
	}
	for len(roles) < wants.people {
		roles = append(roles, one(g.dice, append(g.p.rolesInUse(), "")...))
	}
	if !full && g.chance(50) {
		roles = nil
	}
	var people []Person
	for i, role := range roles {
		people = append(people, Person{Name: names[i%len(names)], Role: role})
	}
	return people
}

// evidence draws enough evidence, or not.
func (g *generator) evidence(wants demands, full bool) []string {
	kinds := slices.Clone(wants.evidence.All)
	if wants.evidence.One != "" {
		kinds = append(kinds, wants.evidence.One)
	}
	if len(wants.evidence.Any) > 0 {
		kinds = append(kinds, one(g.dice, wants.evidence.Any...))
	}
	if !full && g.chance(50) {
		kinds = nil
	}
	if len(kinds) == 0 && g.chance(20) {
		kinds = append(kinds, one(g.dice, g.p.evidenceInUse()...))
	}
	return kinds
}
