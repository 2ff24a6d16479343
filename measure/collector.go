package measure

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// Collector gathers the histories of deals. It keeps counts and lengths of
// time, and nothing of a history once it is added. It is not safe for
// concurrent use: give each goroutine its own, and merge them.
type Collector struct {
	process *process.Process
	options Options
	asOf    time.Time
	deals   Deals

	// Each call is in one group of a kind: those of the stages together are all.
	stages, commitments, kinds, reps, months tallies

	entered map[entry]*cohort
	stays   map[int]*spells // by stage
	closed  spells
	ordered spells
	claimed side
	earned  side

	room room
}

// room is what a deal is looked at in. It is used again for the next one.
type room struct {
	groups  []groups  // of its calls
	waiting []promise // by commitment
	stays   []stay
	ev      *outcome.Evaluator
	months  [24]month // where their numbers put them
}

// NewCollector returns a collector for deals of a process.
func NewCollector(p *process.Process, o Options) *Collector {
	if o.Floor == 0 {
		o.Floor = DefaultFloor
	}
	return &Collector{
		process: p, options: o,
		entered: map[entry]*cohort{}, stays: map[int]*spells{}, claimed: side{}, earned: side{},
		room: room{waiting: make([]promise, p.Len()), ev: outcome.NewEvaluator(p, outcome.Options{})},
	}
}

// Add takes in the history of one deal, which it does not change. Each deal is
// to be added once. The calls must have been judged by the process of the
// collector.
func (c *Collector) Add(h *pipeline.History) {
	c.deals.Added++
	c.deals.Unjudged += len(h.Errs)
	switch {
	case h.Settled:
		c.deals.Settled++
		return
	case h.Ahead:
		c.deals.Ahead++
		return
	}
	l := c.lifeOf(h)
	c.asOf = latest(c.asOf, l.asOf)
	if h.Trusted != "" {
		c.deals.Trusted++
	}
	c.ending(&l)
	if !h.Tells && len(h.Verdicts) > 0 {
		// Nobody knows what these calls brought: to count them as continuations
		// would be to count what was not recorded.
		c.deals.Untold++
	} else {
		c.calls(h)
		c.promises(h)
		c.waits(h, &l)
	}
	c.path(&l)
	c.weigh(h, &l)
}

// Merge takes in what another collector has gathered, which stays as it is. The
// error is an [*outcome.ProcessError], of no deal: the other one is for another
// process, and nothing was taken in.
func (c *Collector) Merge(d *Collector) error {
	if c.process.Ref() != d.process.Ref() {
		return &outcome.ProcessError{Have: d.process.Ref(), Want: c.process.Ref()}
	}
	c.asOf = latest(c.asOf, d.asOf)
	c.deals.merge(&d.deals)
	c.stages.merge(&d.stages)
	c.commitments.merge(&d.commitments)
	c.kinds.merge(&d.kinds)
	c.reps.merge(&d.reps)
	c.months.merge(&d.months)
	for e, cohort := range d.entered {
		c.cohort(e).merge(cohort)
	}
	for stage, spells := range d.stays {
		c.staysIn(stage).merge(spells)
	}
	c.closed.merge(&d.closed)
	c.ordered.merge(&d.ordered)
	c.claimed.merge(d.claimed)
	c.earned.merge(d.earned)
	return nil
}

func (d *Deals) merge(e *Deals) {
	d.Added += e.Added
	d.Settled += e.Settled
	d.Ahead += e.Ahead
	d.Trusted += e.Trusted
	d.Undated += e.Undated
	d.Won += e.Won
	d.Lost += e.Lost
	d.WonClaim += e.WonClaim
	d.Open += e.Open
	d.Unjudged += e.Unjudged
	d.Untold += e.Untold
}

// Measures returns the figures of what was gathered so far. More can be added
// afterwards.
func (c *Collector) Measures() Measures {
	var stages, commitments, kinds []string
	for s := range c.process.Stages() {
		stages = append(stages, string(s.ID()))
		if s.Closes() == "" {
			c.stages.of(string(s.ID()))
		}
	}
	for m := range c.process.Commitments() {
		commitments = append(commitments, string(m.ID()))
	}
	for k := range c.process.Kinds() {
		kinds = append(kinds, string(k.ID()))
	}
	o := c.options
	return Measures{
		AsOf: c.asOf, Floor: o.Floor, Deals: c.deals,
		Overall:     c.stages.all().group("", o),
		Stages:      c.stages.groups(stages, o),
		Commitments: c.commitments.groups(commitments, o),
		Kinds:       c.kinds.groups(kinds, o),
		Reps:        c.reps.groups(nil, o),
		Months:      c.months.groups(nil, o),
		Conversion:  c.conversions(),
		Stays:       c.stayed(),
		Close:       newWait(c.closed.list(), o),
		Win:         newWait(c.ordered.list(), o),
		Value:       c.values(),
	}
}

// groups are the tallies of the groups that something belongs to. There may be
// none of a sort.
type groups [5]*tally

// The sorts of groups.
const (
	byStage = iota
	byCommitment
	byKind
	byRep
	byMonth
)

// groupsOf returns the groups that a call belongs to.
func (c *Collector) groupsOf(v *outcome.Verdict) groups {
	call := v.Call()
	var target commitment.ID
	if r, ok := c.target(call); ok {
		target = c.process.Commitment(r).ID()
	}
	return groups{
		c.stages.of(string(v.From())), c.commitments.of(string(target)), c.kinds.of(string(call.Kind)),
		c.reps.of(call.Rep), c.months.of(c.month(call.At)),
	}
}

// month is one with its name.
type month struct {
	number int // 12 for each year
	name   string
}

// month names the month of an instant: often one that was named before.
func (c *Collector) month(t time.Time) string {
	local := t.In(c.process.Zone())
	y, n, _ := local.Date()
	number := 12*y + int(n)
	m := &c.room.months[uint(number)%uint(len(c.room.months))]
	if m.number != number || m.name == "" {
		*m = month{number, local.Format("2006-01")}
	}
	return m.name
}

// target returns the commitment that a call was for: the one that it names, or
// the outcome of its kind.
func (c *Collector) target(call *outcome.Call) (commitment.Rung, bool) {
	if r, ok := c.process.Rung(call.Target); ok {
		return r, true
	}
	if k, ok := c.process.Kind(call.Kind); ok {
		return k.Outcome(), true
	}
	return 0, false
}

// calls counts the calls of a deal.
func (c *Collector) calls(h *pipeline.History) {
	c.room.groups = c.room.groups[:0]
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		one, in := c.tallyOf(v), c.groupsOf(v)
		for _, t := range in {
			t.add(&one)
		}
		c.room.groups = append(c.room.groups, in)
	}
}

// promises counts what became of the dates that the buyer of a deal gave. They
// belong to the call that they were given in, and to their own commitment.
func (c *Collector) promises(h *pipeline.History) {
	p := promises{process: c.process, waiting: c.room.waiting}
	p.settle = func(given int, r commitment.Rung, kept bool) {
		in := c.room.groups[given]
		in[byCommitment] = c.commitments.of(string(c.process.Commitment(r).ID()))
		for _, t := range in {
			t.settled++
			if kept {
				t.kept++
			}
		}
	}
	for i := range h.Verdicts {
		p.hear(i, &h.Verdicts[i])
	}
	p.pass(h.Standing.At)
	clear(p.waiting)
}

// wait is one that goes on.
type wait struct {
	on   bool
	from time.Time
	in   groups
}

// end ends a wait that goes on.
func (w *wait) end(s spell, count func(*tally, spell)) {
	for _, t := range w.in {
		if w.on && t != nil {
			count(t, s)
		}
	}
	w.on = false
}

// waits measures how long the deal waited for each advance, and for the next
// one after each run of continuations.
func (c *Collector) waits(h *pipeline.History, l *life) {
	advance := func(t *tally, s spell) { t.nextAdvance.add(s) }
	after := func(t *tally, s spell) { t.afterQuiet.add(s) }
	next, quiet := c.firstWait(h, l), wait{}
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		at := v.Call().At
		to := indexOf(c.process, v.To())
		stillOpen := to < c.process.Won()
		switch {
		case advanced(v) || to == c.process.Won():
			next.end(spellOf(next.from, at, advanced(v)), advance)
			quiet.end(spellOf(quiet.from, at, advanced(v)), after)
			if stillOpen {
				next = wait{true, at, c.room.groups[i]}
				next.in[byStage] = c.stages.of(string(v.To()))
				next.in[byCommitment] = c.commitments.of(string(c.strongest(v.Credited())))
			}
		case v.Result() == outcome.Continuation && stillOpen && !quiet.on:
			quiet = wait{true, at, c.room.groups[i]}
		}
	}
	next.end(l.waited(next.from), advance)
	quiet.end(l.waited(quiet.from), after)
}

// firstWait is that of a deal before its first advance. It belongs to the groups
// of its start, and of whoever called first.
func (c *Collector) firstWait(h *pipeline.History, l *life) wait {
	first := l.stays[0].stage
	if !l.timed || first >= c.process.Won() {
		return wait{}
	}
	rep := h.Deal.Owner
	if len(h.Verdicts) > 0 {
		rep = h.Verdicts[0].Call().Rep
	}
	return wait{true, l.start, groups{
		byStage: c.stages.of(string(c.process.Stage(first).ID())),
		byRep:   c.reps.of(rep), byMonth: c.months.of(c.month(l.start)),
	}}
}

// strongest returns the highest of a number of commitments, nothing of none.
func (c *Collector) strongest(set commitment.Set) (id commitment.ID) {
	for r := range set.All() {
		id = c.process.Commitment(r).ID()
	}
	return id
}

// staysIn are how long deals first stayed in a stage.
func (c *Collector) staysIn(stage int) *spells {
	if c.stays[stage] == nil {
		c.stays[stage] = &spells{}
	}
	return c.stays[stage]
}

// stayed lists how long deals stayed in each open stage.
func (c *Collector) stayed() []Stay {
	stays := []Stay{}
	for s := range c.process.Stages() {
		if s.Closes() == "" {
			stays = append(stays, Stay{s.ID(), newWait(c.staysIn(s.Index()).list(), c.options)})
		}
	}
	return stays
}
