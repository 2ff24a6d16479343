package oracle

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// saleProcess is the process of the tables below. Rungs, over the whole process:
// referral 1, meeting 2, data 3, second 4, terms 5, yes 6, contract 7, kickoff 8.
// Findings that nearly every bare call has are switched off.
func saleProcess() Process {
	item := func(id string) Criterion { return Criterion{Form: "item", Of: []Item{{ID: id}}} }
	kept := func(id string) Criterion { return Criterion{Form: "item", Of: []Item{{ID: id, Kept: true}}} }
	either := Criterion{Form: "any", Of: []Item{{ID: "data"}, {ID: "second"}}}
	p := Process{
		Advance: 1, ID: "sale", Version: 1, Name: "Sale", Timezone: "Europe/Berlin",
		Defaults:    &Defaults{LapsesAfter: "7d"},
		Commitments: map[string]Commitment{},
		CallKinds: map[string]CallKind{
			"cold": {Name: "Cold call", Outcome: "meeting", Fallbacks: []string{"referral"}, NotFor: []string{"demo"}, Stages: []string{"target"}},
			"disc": {Name: "Discovery", Outcome: "second", Fallbacks: []string{"data"}, Keeps: []string{"meeting"}},
		},
		Stages: []Stage{
			{ID: "target", Name: "T", Ladder: []string{"referral", "meeting"}, Exit: Exit{item("meeting")}},
			{ID: "discovery", Name: "D", Ladder: []string{"data", "second"}, Exit: Exit{kept("meeting"), either}},
			{ID: "proposal", Name: "P", Ladder: []string{"terms", "yes"}, Exit: Exit{item("yes")}},
			{ID: "closing", Name: "C", Ladder: []string{"contract"}, Exit: Exit{item("contract")}},
			{ID: "won", Name: "W", Closes: "won", Ladder: []string{"kickoff"}},
			{ID: "lost", Name: "L", Closes: "lost"},
			{ID: "unqualified", Name: "U", Closes: "lost"},
		},
		Findings: map[string]string{"no_target": "ignore", "not_asked": "ignore", "target_no_advance": "ignore"},
	}
	for _, id := range []string{"referral", "meeting", "data", "second", "terms", "yes", "contract", "kickoff"} {
		p.Commitments[id] = Commitment{Name: id, Ask: id + "?"}
	}
	p.Commitments["referral"] = Commitment{Name: "r", Ask: "r?", Requires: &Requires{Dated: ptr(false)}, LapsesAfter: "none"}
	return p
}

var origin = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// day is so many days after the first call.
func day(n float64) time.Time { return origin.Add(time.Duration(n * 24 * float64(time.Hour))) }

func on(n float64) string { return day(n).Format(time.RFC3339Nano) }

// call is a call with the buyer's entries written "status id" or "status id dueday".
func call(n float64, entries ...string) Call {
	c := Call{Deal: "D", At: day(n)}
	for _, text := range entries {
		word := strings.Fields(text)
		e := Entry{By: "buyer", Status: word[0], Commitment: word[1]}
		if e.Status == "waived" {
			e.Note = "not needed"
		}
		if len(word) > 2 {
			var due float64
			fmt.Sscan(word[2], &due)
			e.Due = on(due)
		}
		c.Commitments = append(c.Commitments, e)
	}
	return c
}

func (c Call) with(change func(c *Call)) Call {
	change(&c)
	return c
}

func kind(name string) func(*Call)     { return func(c *Call) { c.Kind = name } }
func contact(how string) func(*Call)   { return func(c *Call) { c.Contact = how } }
func refused() func(*Call)             { return func(c *Call) { c.NoSale = &NoSale{By: "buyer"} } }
func pauseUntil(n float64) func(*Call) { return func(c *Call) { c.Pause = &Pause{Until: on(n)} } }

// show writes a verdict short, without what is empty.
func show(v Verdict) string {
	text := v.Result + " " + v.From + ">" + v.To
	list := func(name string, ids []string) {
		if len(ids) > 0 {
			text += " " + name + "=" + strings.Join(ids, ",")
		}
	}
	list("credited", v.Credited)
	if !slices.Equal(v.Gained, v.Credited) {
		list("gained", v.Gained)
	}
	list("kept", v.Kept)
	list("regained", v.Regained)
	list("lost", v.Lost)
	list("gaps", v.Gaps)
	if v.Target.Commitment != "" {
		text += " target=" + v.Target.Result
	}
	var found []string
	for _, f := range v.Findings {
		if f.Commitment != "" {
			f.Code += ":" + f.Commitment
		}
		found = append(found, f.Code)
	}
	list("findings", found)
	return text
}

type step struct {
	call Call
	want string
}

type story struct {
	name  string
	setup func(p *Process)
	deal  Deal
	steps []step
}

// run compares the verdict of each call with what was computed by hand. Ids follow
// the order of the steps.
func (s story) run(t *testing.T) {
	t.Helper()
	p := saleProcess()
	if s.setup != nil {
		s.setup(&p)
	}
	if err := valid(p); err != nil {
		t.Fatal(err)
	}
	s.deal.Deal = "D"
	var calls []Call
	for i, step := range s.steps {
		step.call.ID = fmt.Sprintf("c%02d", i)
		calls = append(calls, step.call)
	}
	verdicts := Evaluate(p, []Deal{s.deal}, calls)
	if len(verdicts) != len(s.steps) {
		t.Fatalf("%d verdicts", len(verdicts))
	}
	for i, v := range verdicts {
		if got := show(v); got != s.steps[i].want {
			t.Errorf("call %d\n got %s\nwant %s", i, got, s.steps[i].want)
		}
	}
}

func hardDiscovery(p *Process) { p.Stages[1].Gate = "hard" }

// toWon walks a deal to the won stage in one call on day 0, with nothing kept but the
// meeting, so that the exits behind it can still lapse.
var toWon = step{
	call(0, "kept meeting", "given data 2", "given yes 2", "given contract 2"),
	"order target>won credited=meeting,data,yes,contract",
}

func TestStories(t *testing.T) {
	stories := []story{
		{name: "a promise is held up to and including the instant at which it lapses", steps: []step{
			{call(0, "given meeting 3"), "advance target>discovery credited=meeting"},
			{call(10), "continuation discovery>discovery"},
			{call(10.001), "continuation target>target findings=lapsed:meeting"},
			{call(11, "given meeting 12"), "recovery target>discovery regained=meeting findings=regained:meeting"},
		}},
		{name: "a date means the end of its day in the zone of the process", steps: []step{
			// 5 March ends in Berlin at 23:00 UTC; the promise lapses seven days later.
			{call(0).with(func(c *Call) {
				c.Commitments = []Entry{{Commitment: "meeting", By: "buyer", Due: "2026-03-05"}}
			}), "advance target>discovery credited=meeting"},
			{call(10).with(func(c *Call) { c.At = time.Date(2026, 3, 12, 22, 59, 59, 999_999_999, time.UTC) }), "continuation discovery>discovery"},
			{call(10).with(func(c *Call) { c.At = time.Date(2026, 3, 12, 23, 0, 0, 0, time.UTC) }), "continuation target>target findings=lapsed:meeting"},
		}},
		{name: "the day on which the clocks change is an hour shorter", steps: []step{
			{call(0).with(func(c *Call) {
				c.Commitments = []Entry{{Commitment: "meeting", By: "buyer", Due: "2026-03-29"}}
			}), "advance target>discovery credited=meeting"},
			{call(34).with(func(c *Call) { c.At = time.Date(2026, 4, 5, 21, 59, 59, 999_999_999, time.UTC) }), "continuation discovery>discovery"},
			{call(34).with(func(c *Call) { c.At = time.Date(2026, 4, 5, 22, 0, 0, 0, time.UTC) }), "continuation target>target findings=lapsed:meeting"},
		}},
		{name: "an undated one lapses after it was last given", setup: func(p *Process) {
			p.Commitments["referral"] = Commitment{Name: "r", Requires: &Requires{Dated: ptr(false)}}
		}, steps: []step{
			{call(0, "given referral"), "advance target>target credited=referral"},
			{call(5, "given referral"), "continuation target>target findings=repeat:referral"},
			{call(12), "continuation target>target"},
			{call(12.1), "continuation target>target findings=lapsed:referral"},
		}},
		{name: "kept ones never lapse, and keeping can move the deal", steps: []step{
			{call(0, "given meeting 3", "given data 4"), "advance target>discovery credited=meeting,data"},
			{call(3).with(kind("disc")), "continuation discovery>proposal kept=meeting target=missed findings=kept_only"},
			{call(30), "continuation discovery>discovery findings=lapsed:data"},
		}},
		{name: "won holds whatever lapses", steps: []step{
			toWon,
			{call(20), "continuation won>won gaps=discovery,proposal,closing findings=lapsed:data,lapsed:yes,lapsed:contract"},
			{call(21, "broken data"), "continuation won>won gaps=discovery,proposal,closing findings=not_held:data"},
			{call(22, "broken contract"), "setback won>discovery findings=not_held:contract"},
		}},
		{name: "a won deal that loses its exit stands where its commitments put it", steps: []step{
			toWon,
			{call(1, "withdrawn contract"), "setback won>closing lost=contract findings=withdrawn:contract"},
			{call(1.5, "given contract 3"), "order closing>won regained=contract findings=regained:contract"},
		}},
		{name: "broken and given again leaves a won deal won", steps: []step{
			toWon,
			{call(1, "given contract 3", "broken contract"), "continuation won>won findings=rescheduled:contract,broken:contract"},
		}},
		{name: "a refusal takes back what was given and not kept", steps: []step{
			{call(0, "given meeting 3", "given data 4"), "advance target>discovery credited=meeting,data"},
			{call(1, "kept meeting", "given second 3").with(refused()), "no_sale discovery>lost credited=second kept=meeting lost=data"},
			{call(2, "given yes"), "continuation lost>lost findings=unqualified:yes"},
			{call(3, "waived yes").with(func(c *Call) { c.Commitments[0].By = "seller" }), "continuation lost>lost findings=waived:yes"},
			// What was refused and comes back is regained; the waiver has the proposal behind it.
			{call(4, "given data 9"), "recovery lost>closing regained=data findings=regained:data,reopened"},
		}},
		{name: "a refusal of a won deal takes back the exit with its waiver, kept or not", steps: []step{
			{call(0, "kept meeting", "kept data", "kept yes", "kept contract"), "order target>won credited=meeting,data,yes,contract"},
			{call(1, "waived contract"), "continuation won>won findings=waived:contract"},
			{call(2).with(func(c *Call) { c.NoSale = &NoSale{Stage: "unqualified"} }), "no_sale won>unqualified lost=contract"},
			{call(3, "kept data"), "recovery unqualified>closing findings=repeat:data,reopened"},
			{call(4, "kept contract"), "order closing>won regained=contract findings=regained:contract"},
		}},
		{name: "given and refused in one call is gained, credited and gone", steps: []step{
			{call(0, "given meeting 3").with(refused()), "no_sale target>lost credited=meeting"},
			{call(1, "given meeting 3"), "recovery lost>discovery regained=meeting findings=regained:meeting,reopened"},
			{call(2).with(refused()), "no_sale discovery>lost lost=meeting"},
			{call(3).with(refused()), "no_sale lost>lost"},
		}},
		{name: "opened on trust: the mark, what is assumed and how it is lost", deal: Deal{Stage: "proposal"}, steps: []step{
			// data is assumed, referral is not, and ranks below the mark at second.
			{call(0, "given referral"), "continuation proposal>proposal gained=referral findings=below_mark:referral"},
			{call(40, "given data 50"), "continuation proposal>proposal findings=rescheduled:data"},
			{call(80, "withdrawn data"), "setback proposal>proposal lost=data findings=withdrawn:data"},
			{call(81, "broken second"), "setback proposal>discovery lost=second findings=broken:second"},
			{call(82, "given second 83"), "recovery discovery>proposal regained=second findings=regained:second"},
			{call(83, "given terms 90"), "advance proposal>proposal credited=terms"},
		}},
		{name: "opened on trust: kept is assumed where kept is asked for", deal: Deal{Stage: "proposal"}, steps: []step{
			{call(0, "kept meeting"), "continuation proposal>proposal findings=repeat:meeting"},
			{call(1, "kept data"), "continuation proposal>proposal kept=data findings=kept_only"},
			{call(2).with(kind("disc")).with(contact("no_show")), "no_contact proposal>proposal target=missed"},
		}},
		{name: "opened on trust: a no-show breaks what is assumed and not kept", deal: Deal{Stage: "discovery"}, steps: []step{
			{call(0).with(kind("disc")).with(contact("no_show")), "setback discovery>target lost=meeting target=missed findings=broken:meeting"},
		}},
		{name: "credit below the mark when an exit waits for it", steps: []step{
			{call(0, "given yes 5"), "advance target>closing credited=yes gaps=target,discovery findings=gap"},
			// meeting and data are below yes, but the exits of both gaps wait for them.
			{call(1, "given meeting 2"), "advance closing>closing credited=meeting gaps=discovery"},
			{call(1.5, "kept meeting", "given data 5"), "advance closing>closing credited=data kept=meeting"},
			// The criterion is satisfied now; second would bring nothing.
			{call(2, "given second 6"), "continuation closing>closing gained=second findings=below_mark:second"},
		}},
		{name: "two of one criterion in one call are both credited", steps: []step{
			{call(0, "given yes 5"), "advance target>closing credited=yes gaps=target,discovery findings=gap"},
			{call(1, "given data 3", "given second 3"), "advance closing>closing credited=data,second gaps=target,discovery"},
		}},
		{name: "nobody passes a hard gate", setup: hardDiscovery, steps: []step{
			{call(0, "given yes 5"), "advance target>discovery credited=yes gaps=target findings=gap"},
			{call(1, "kept meeting", "given data 5"), "advance discovery>closing credited=meeting,data"},
			{call(2, "broken data"), "setback closing>discovery lost=data findings=broken:data"},
		}},
		{name: "a waiver satisfies an exit, gives no credit, and ends with withdrawn", steps: []step{
			{call(0, "waived meeting"), "continuation target>discovery findings=waived:meeting"},
			{call(1, "given meeting 2"), "advance discovery>discovery credited=meeting"},
			{call(2, "broken meeting"), "setback discovery>discovery lost=meeting findings=broken:meeting"},
			{call(3, "withdrawn meeting"), "setback discovery>target findings=not_held:meeting"},
		}},
		{name: "no order by a waiver alone", steps: []step{
			{call(0, "waived contract"), "continuation target>won gaps=target,discovery,proposal findings=waived:contract,gap"},
		}},
		{name: "no order by a waiver beside something that does not matter", steps: []step{
			{call(0, "waived contract", "given referral"), "advance target>won credited=referral gaps=target,discovery,proposal findings=waived:contract,gap"},
		}},
		{name: "an order by the last thing kept, behind a waiver", setup: func(p *Process) {
			p.Stages[3].Exit = Exit{{Form: "at_least", N: 2, Of: []Item{{ID: "contract", Kept: true}, {ID: "yes"}}}}
		}, steps: []step{
			{call(0, "given contract 2", "waived yes"), "advance target>closing credited=contract gaps=target,discovery findings=waived:yes,gap"},
			{call(1, "kept contract"), "order closing>won kept=contract gaps=target,discovery findings=kept_only"},
		}},
		{name: "setback before advance when the deal falls back, after it when only something is lost", steps: []step{
			{call(0, "kept meeting", "given data 5"), "advance target>proposal credited=meeting,data"},
			{call(1, "given terms 5", "broken data"), "setback proposal>discovery credited=terms lost=data findings=broken:data"},
			{call(2, "given second 5"), "advance discovery>proposal credited=second"},
			{call(3, "given yes 5", "broken terms"), "advance proposal>closing credited=yes lost=terms findings=broken:terms"},
			{call(4, "given data 6", "withdrawn yes"), "setback closing>proposal regained=data lost=yes findings=regained:data,withdrawn:yes"},
		}},
		{name: "given and withdrawn in one call is no gain and leaves nothing behind", steps: []step{
			{call(0, "withdrawn meeting", "given meeting 3"), "continuation target>target findings=withdrawn:meeting"},
			{call(1, "given meeting 3"), "advance target>discovery credited=meeting"},
		}},
		{name: "given again after it was kept", steps: []step{
			{call(0, "kept meeting"), "advance target>discovery credited=meeting"},
			{call(1, "given meeting 5"), "continuation discovery>discovery findings=rescheduled:meeting"},
			{call(2, "given meeting 5"), "continuation discovery>discovery findings=repeat:meeting"},
			{call(3).with(kind("disc")).with(contact("no_show")), "no_contact discovery>discovery target=missed"},
			{call(4, "kept meeting"), "continuation discovery>discovery kept=meeting findings=kept_only"},
			{call(4, "kept meeting"), "continuation discovery>discovery findings=repeat:meeting"},
			{call(5, "broken meeting"), "setback discovery>target lost=meeting findings=broken:meeting"},
		}},
		{name: "of several given the latest date counts", steps: []step{
			{call(0, "given meeting 5", "given meeting 1", "given meeting"), "advance target>discovery credited=meeting findings=unqualified:meeting"},
			{call(12), "continuation discovery>discovery"},
		}},
		{name: "past due never qualifies", steps: []step{
			{call(1, "given meeting 0.9", "given referral 0.9"), "continuation target>target findings=past_due:referral,past_due:meeting"},
			{call(1, "given meeting 1"), "advance target>discovery credited=meeting"},
		}},
		{name: "no_show breaks what the kind keeps, unless the buyer said something of it", steps: []step{
			{call(0, "given meeting 3"), "advance target>discovery credited=meeting"},
			{call(3, "given meeting 4").with(kind("disc")).with(contact("no_show")), "no_contact discovery>discovery target=missed findings=rescheduled:meeting,contradiction:meeting"},
			{call(4, "given meeting").with(kind("disc")).with(contact("no_show")), "no_contact discovery>discovery target=missed findings=unqualified:meeting"},
			{call(5, "declined meeting").with(kind("disc")).with(contact("no_show")), "setback discovery>target lost=meeting target=missed findings=declined:meeting,broken:meeting"},
			{call(6).with(kind("disc")).with(contact("no_show")), "no_contact target>target target=missed"},
			{call(7).with(kind("disc")), "continuation target>target target=missed"},
		}},
		{name: "a call that took place keeps what its kind keeps, unless the buyer said something of it", steps: []step{
			{call(0, "given meeting 9"), "advance target>discovery credited=meeting"},
			{call(1, "given meeting 10").with(kind("disc")), "continuation discovery>discovery target=missed findings=rescheduled:meeting"},
			{call(2).with(kind("disc")).with(contact("none")), "no_contact discovery>discovery target=missed"},
			{call(3, "given second 9").with(kind("disc")), "advance discovery>proposal credited=second kept=meeting target=met"},
			{call(4).with(kind("disc")), "continuation proposal>proposal target=missed"},
		}},
		{name: "targets", steps: []step{
			{call(0, "given referral").with(kind("cold")), "advance target>target credited=referral target=fallback"},
			{call(1, "given data 5").with(kind("cold")), "advance target>target credited=data target=exceeded"},
			{call(2, "given meeting 5").with(kind("cold")), "advance target>discovery credited=meeting target=met"},
			{call(3, "given meeting 6").with(kind("cold")), "continuation discovery>discovery target=met findings=wrong_stage,rescheduled:meeting"},
			{call(4, "declined second").with(kind("disc")), "refusal discovery>proposal kept=meeting target=missed findings=kept_only,declined:second"},
			{call(5).with(func(c *Call) { c.Kind, c.Target = "cold", "yes" }), "continuation proposal>proposal target=missed findings=wrong_target:yes,wrong_stage"},
		}},
		{name: "only the buyer counts", steps: []step{
			{call(0, "given meeting 3", "kept data", "declined yes").with(func(c *Call) {
				c.Commitments[0].By, c.Commitments[1].By, c.Commitments[2].By = "seller", "third_party", ""
			}), "continuation target>target findings=seller_only:meeting,not_by_buyer:data,not_by_buyer:yes"},
		}},
		{name: "off the ladder", steps: []step{
			{call(0).with(func(c *Call) {
				c.Commitments = []Entry{{Other: "slides", By: "buyer"}, {Other: "lunch", By: "buyer", Status: "deferred"}, {Other: "offer", By: "seller"}}
			}), "continuation target>target findings=deferred,seller_only,off_ladder"},
		}},
		{name: "unknown names count as none", steps: []step{
			{call(0, "given meetnig 3", "given meeting 3").with(func(c *Call) {
				c.Kind, c.Target, c.Commitments[1].Evidence = "cold", "metting", []string{"pigeon"}
			}), "advance target>discovery credited=meeting target=met findings=unknown_commitment:meetnig,unknown_commitment:metting,unknown_evidence:meeting"},
			{call(1).with(func(c *Call) { c.Kind = "warm"; c.NoSale = &NoSale{Stage: "gone"} }), "no_sale discovery>lost lost=meeting findings=unknown_kind,unknown_stage"},
		}},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}

func TestRequirements(t *testing.T) {
	people := func(names ...string) []Person {
		var list []Person
		for _, name := range names {
			person, role, _ := strings.Cut(name, "/")
			list = append(list, Person{Name: person, Role: role})
		}
		return list
	}
	strict := func(p *Process) {
		p.Commitments["meeting"] = Commitment{Name: "m", Requires: &Requires{
			Within: "10d", People: ptr(2), Roles: &Words{Any: []string{"boss", "cfo"}}, Evidence: &Words{All: []string{"email", "verbal"}},
		}}
	}
	tests := []struct {
		name    string
		entries []Entry // of one call each, a day apart
		want    bool    // the last one leaves it held
	}{
		{"all met", []Entry{{Due: on(10), People: people("A/boss", "B"), Evidence: []string{"email"}}}, true},
		{"too late", []Entry{{Due: on(10.01), People: people("A/boss", "B"), Evidence: []string{"email"}}}, false},
		{"a date is measured to its start", []Entry{{Due: "2026-03-12", People: people("A/boss", "B"), Evidence: []string{"email"}}}, true},
		{"the start of the next is too late", []Entry{{Due: "2026-03-13", People: people("A/boss", "B"), Evidence: []string{"email"}}}, false},
		{"no date", []Entry{{People: people("A/boss", "B"), Evidence: []string{"email"}}}, false},
		{"one person twice", []Entry{{Due: on(9), People: people("A/boss", "A/cfo"), Evidence: []string{"email"}}}, false},
		{"nobody with the role", []Entry{{Due: on(9), People: people("A", "B/user"), Evidence: []string{"email"}}}, false},
		{"no evidence", []Entry{{Due: on(9), People: people("A/boss", "B")}}, false},
		{"kept needs no date and no promise", []Entry{{Status: "kept", People: people("A/boss", "B"), Evidence: []string{"email"}}}, true},
		{"kept alone lacks all", []Entry{{Status: "kept"}}, false},
		{"kept inherits from the promise, even a broken one", []Entry{
			{Due: on(9), People: people("A/boss", "B"), Evidence: []string{"email"}}, {Status: "broken"}, {Status: "kept"},
		}, true},
		{"kept is judged by the people that it lists, roles too", []Entry{
			{Due: on(9), People: people("A/boss", "B"), Evidence: []string{"email"}}, {Status: "broken"}, {Status: "kept", People: people("C", "D")},
		}, false},
		{"kept inherits evidence while it lists people", []Entry{
			{Due: on(9), People: people("A/boss", "B"), Evidence: []string{"email"}}, {Status: "broken"}, {Status: "kept", People: people("C/cfo", "D")},
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := saleProcess()
			strict(&p)
			var calls []Call
			for i, e := range tt.entries {
				e.Commitment, e.By = "meeting", "buyer"
				calls = append(calls, Call{ID: fmt.Sprint(i), Deal: "D", At: day(float64(i)), Commitments: []Entry{e}})
			}
			end := day(float64(len(calls) - 1))
			if got := slices.Contains(Stand(p, nil, calls, end).Held, "meeting"); got != tt.want {
				t.Errorf("held is %v", got)
			}
		})
	}
}

func TestDemands(t *testing.T) {
	no, yes := ptr(false), ptr(true)
	week := 7 * 24 * time.Hour
	tests := []struct {
		name          string
		defaults, own *Requires
		want          demands
	}{
		{"dated unless written otherwise", nil, nil, demands{dated: true}},
		{"key by key", &Requires{Within: "1w", People: ptr(2)}, &Requires{People: ptr(0)}, demands{dated: true, within: week}},
		{"own dated false drops within", &Requires{Within: "1w"}, &Requires{Dated: no}, demands{}},
		{"none switches within off", &Requires{Within: "1w"}, &Requires{Within: "none"}, demands{dated: true}},
		{"within implies dated", &Requires{Dated: no}, &Requires{Within: "1w"}, demands{dated: true, within: week}},
		{"own dated true", &Requires{Dated: no}, &Requires{Dated: yes}, demands{dated: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := saleProcess()
			p.Defaults.Requires = tt.defaults
			p.Commitments["data"] = Commitment{Name: "d", Requires: tt.own}
			if got := p.demands("data"); content(fmt.Sprint(got)) != content(fmt.Sprint(tt.want)) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if got := duration("1d12h"); got != 36*time.Hour {
		t.Errorf("1d12h is %v", got)
	}
}

func TestStalled(t *testing.T) {
	stalling := func(calls int, time string) Process {
		p := saleProcess()
		p.Defaults.StallsAfter = &StallsAfter{Calls: calls, Time: time}
		return p
	}
	opened := Deal{Deal: "D", Opened: ptr(day(-1))}
	tests := []struct {
		name  string
		p     Process
		calls []Call
		at    float64
		want  bool
	}{
		{"just before the time", stalling(0, "10d"), nil, 8.999, false},
		{"from the instant on", stalling(0, "10d"), nil, 9, true},
		{"pleasant calls do not move the clock", stalling(0, "10d"), []Call{call(1), call(5)}, 9, true},
		{"credit moves the clock", stalling(0, "10d"), []Call{call(1, "given referral")}, 10.9, false},
		{"and then runs out", stalling(0, "10d"), []Call{call(1, "given referral")}, 11, true},
		{"an open commitment prevents it up to its date", stalling(0, "10d"), []Call{call(0, "given meeting 20")}, 20, false},
		{"and not beyond", stalling(0, "10d"), []Call{call(0, "given meeting 20")}, 20.1, true},
		{"keeping moves the clock", stalling(0, "3d"), []Call{call(0, "given meeting 1"), call(5, "kept meeting")}, 7.9, false},
		{"a gain that is not credited does not", stalling(0, "3d"), []Call{call(0, "given second 1"), call(5, "given referral")}, 7.9, true},
		{"two calls of three", stalling(3, ""), []Call{call(1), call(2)}, 2, false},
		{"three calls of three", stalling(3, ""), []Call{call(1), call(2), call(3)}, 3, true},
		{"unreached calls do not count", stalling(3, ""), []Call{call(1), call(2), call(3).with(contact("not_reached"))}, 3, false},
		{"an unreached call that brought something ends the run", stalling(2, ""), []Call{call(1), call(2, "given referral").with(contact("none")), call(3)}, 3, false},
		{"keeping does not end the run", stalling(2, ""), []Call{call(0, "given meeting 1"), call(2), call(3, "kept meeting")}, 3, true},
		{"a call that sets a pause does not count", stalling(2, ""), []Call{call(1), call(2).with(pauseUntil(3))}, 4, false},
		{"nor one in a pause, and the pause stays", stalling(2, "20d"), []Call{call(1).with(pauseUntil(5)), call(2), call(3), call(5)}, 5, false},
		{"one at the end of a pause counts", stalling(1, ""), []Call{call(1).with(pauseUntil(5)), call(5)}, 5, true},
		{"not while paused", stalling(0, "2d"), []Call{call(1).with(pauseUntil(5))}, 4.9, false},
		{"the end of the pause starts the clock", stalling(0, "2d"), []Call{call(1).with(pauseUntil(5))}, 6.9, false},
		{"and it runs out", stalling(0, "2d"), []Call{call(1).with(pauseUntil(5))}, 7, true},
		{"a later pause replaces an earlier one", stalling(0, "2d"), []Call{call(1).with(pauseUntil(9)), call(2).with(pauseUntil(4))}, 6, true},
		{"without stalls_after never", saleProcess(), nil, 900, false},
		{"a lost deal does not stall", stalling(0, "1d"), []Call{call(1).with(refused())}, 9, false},
		{"reopening starts the clock", stalling(0, "3d"), []Call{call(0, "kept meeting"), call(1).with(refused()), call(9, "kept meeting")}, 11.9, false},
		{"and the run", stalling(2, ""), []Call{call(0), call(0.5, "kept meeting"), call(1), call(2).with(refused()), call(9, "kept meeting"), call(10)}, 10, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.calls {
				tt.calls[i].ID = fmt.Sprintf("c%d", i)
			}
			if got := Stand(tt.p, &opened, tt.calls, day(tt.at)).Stalled; got != tt.want {
				t.Errorf("stalled is %v", got)
			}
		})
	}
}

func TestStalledKeys(t *testing.T) {
	p := saleProcess()
	p.Defaults.StallsAfter = &StallsAfter{Calls: 3, Time: "30d"}
	tests := []struct {
		own  *StallsAfter
		want stalls
	}{
		{nil, stalls{3, 30 * 24 * time.Hour}},
		{&StallsAfter{Calls: 5}, stalls{5, 30 * 24 * time.Hour}},
		{&StallsAfter{Time: "none"}, stalls{3, 0}},
		{&StallsAfter{None: true}, stalls{}},
	}
	for _, tt := range tests {
		if got := p.stallsAfter(Stage{StallsAfter: tt.own}); got != tt.want {
			t.Errorf("%+v: got %+v", tt.own, got)
		}
	}
}

func TestStandingOverTime(t *testing.T) {
	p := saleProcess()
	p.Defaults.StallsAfter = &StallsAfter{Time: "20d"}
	c := call(0, "given meeting 3", "given referral", "waived yes").with(pauseUntil(1))
	c.ID = "a"
	// Each instant is the next change of the one before.
	lapsed := day(10).Add(1)
	wants := []struct {
		at   time.Time
		want string
	}{
		{day(0), "closing gaps=discovery held=referral,meeting waived=yes open=meeting overdue= paused"},
		{day(1), "closing gaps=discovery held=referral,meeting waived=yes open=meeting overdue="},
		{day(3).Add(1), "closing gaps=discovery held=referral,meeting waived=yes open= overdue=meeting unpromised"},
		{lapsed, "closing gaps=target,discovery held=referral waived=yes open= overdue= unpromised"},
		{day(21), "closing gaps=target,discovery held=referral waived=yes open= overdue= unpromised stalled"},
	}
	for i, w := range wants {
		s := Stand(p, nil, []Call{c}, w.at)
		join := func(ids []string) string { return strings.Join(ids, ",") }
		got := s.Stage + " gaps=" + join(s.Gaps) + " held=" + join(s.Held) + " waived=" + join(s.Waived) +
			" open=" + join(s.Open) + " overdue=" + join(s.Overdue)
		for _, flag := range []struct {
			on   bool
			name string
		}{{s.Paused, "paused"}, {s.NoNextCommitment, "unpromised"}, {s.Stalled, "stalled"}} {
			if flag.on {
				got += " " + flag.name
			}
		}
		if got != w.want {
			t.Errorf("at %v\n got %s\nwant %s", w.at, got, w.want)
		}
		switch {
		case i+1 == len(wants):
			if s.NextChange != nil {
				t.Errorf("at %v: still changes at %v", w.at, s.NextChange)
			}
		case s.NextChange == nil || !s.NextChange.Equal(wants[i+1].at):
			t.Errorf("at %v: next change %v, want %v", w.at, s.NextChange, wants[i+1].at)
		}
	}
}

func TestNextChangeIsTheEarliest(t *testing.T) {
	for seed := range uint64(150) {
		p, _, calls := Generate(seeded(seed), Options{Deals: 1})
		sorted, _ := distinct(calls)
		at := sorted[len(sorted)-1].At
		for range 20 {
			s := Stand(p, nil, calls, at)
			if s.NextChange == nil {
				break
			}
			change := *s.NextChange
			before := Stand(p, nil, calls, change.Add(-1))
			if before.NextChange == nil || !before.NextChange.Equal(change) {
				t.Fatalf("seed %d: something changes between %v and %v", seed, at, change)
			}
			at = change
		}
	}
}

func TestNext(t *testing.T) {
	list := func(calls ...Call) string {
		p := saleProcess()
		for i := range calls {
			calls[i].ID = fmt.Sprint(i)
		}
		verdicts := Evaluate(p, nil, calls)
		var words []string
		for _, n := range verdicts[len(verdicts)-1].Next {
			words = append(words, fmt.Sprintf("%s/%s/%d/%s", n.Commitment, n.Stage, n.Rung, n.Role))
		}
		return strings.Join(words, " ")
	}
	tests := []struct {
		name  string
		calls []Call
		want  string
	}{
		{"the ladder, strongest first", []Call{call(0)}, "meeting/target/2/primary referral/target/1/fallback"},
		{"only above the mark or waited for", []Call{call(0, "given meeting 2", "given data 3")}, "second/discovery/2/primary"},
		{
			"gaps first",
			[]Call{call(0, "given terms 3", "waived yes")},
			"meeting/target/2/gap data/discovery/1/gap second/discovery/2/gap contract/closing/1/primary",
		},
		{
			"the next ladder when this one has none",
			[]Call{call(0, "kept meeting", "given terms 9", "given yes 9", "given data 2"), call(1, "broken yes")},
			"contract/closing/1/primary",
		},
		{"the won stage's ladder", []Call{call(0, "kept meeting", "kept data", "kept yes", "kept contract")}, "kickoff/won/1/primary"},
		{"nothing for a lost deal", []Call{call(0).with(refused())}, ""},
	}
	for _, tt := range tests {
		if got := list(tt.calls...); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestConductFindings(t *testing.T) {
	p := saleProcess()
	p.Findings = map[string]string{"happy_ears": "error", "lost_focus": "ignore"}
	late := call(0).with(func(c *Call) {
		c.Kind, c.Rating, c.Activities, c.PlannedAt = "cold", "good", []string{"demo"}, ptr(day(0.1))
		c.Target, c.ID = "meeting", "a"
	})
	v := Evaluate(p, nil, []Call{late})[0]
	want := []Finding{{"planned_late", "info", ""}, {"not_asked", "warning", ""}, {"happy_ears", "error", ""}}
	if !slices.Equal(v.Findings, want) {
		t.Errorf("got %v", v.Findings)
	}
	if v.Target.Planned {
		t.Error("planned after the call is not planned")
	}
	late.Contact = "not_reached"
	if v := Evaluate(p, nil, []Call{late})[0]; len(v.Findings) > 0 || v.Result != "no_contact" {
		t.Errorf("got %v", v)
	}
}

func TestRepeatedRecords(t *testing.T) {
	p := saleProcess()
	first := call(0, "given meeting 3")
	same := first
	first.ID, same.ID = "a", "a"
	if got := Evaluate(p, nil, []Call{first, same}); len(got) != 1 || len(got[0].Findings) > 0 {
		t.Errorf("the same again: %v", got)
	}
	other := first
	other.Notes = "otherwise"
	for _, calls := range [][]Call{{first, other}, {other, first}} {
		got := Evaluate(p, nil, calls)
		if len(got) != 1 || show(got[0]) != "advance target>discovery credited=meeting findings=duplicate_call" {
			t.Errorf("contradiction: %v", got)
		}
	}
	later := call(5)
	later.ID, later.Revision = "a", 1
	if got := Evaluate(p, nil, []Call{later, first, other}); len(got) != 1 || show(got[0]) != "continuation target>target" {
		t.Errorf("revision: %v", got)
	}
	first.ID = ""
	if got := Evaluate(p, nil, []Call{first, first, later}); len(got) != 2 {
		t.Errorf("without id: %v", got)
	}
}
