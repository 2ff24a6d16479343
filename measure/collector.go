package measure

import (
	"slices"
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

	overall                                  tally
	stages, commitments, kinds, reps, months tallies

	entered map[entry]*cohort
	stays   map[int][]spell // by stage
	closed  []spell
	ordered []spell
	claimed side
	earned  side
}

// NewCollector returns a collector for deals of a process.
func NewCollector(p *process.Process, o Options) *Collector {
	if o.Floor == 0 {
		o.Floor = DefaultFloor
	}
	return &Collector{
		process: p, options: o,
		stages: tallies{}, commitments: tallies{}, kinds: tallies{}, reps: tallies{}, months: tallies{},
		entered: map[entry]*cohort{}, stays: map[int][]spell{}, claimed: side{}, earned: side{},
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
	l := lifeOf(c.process, h)
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
	c.overall.merge(&d.overall)
	c.stages.merge(d.stages)
	c.commitments.merge(d.commitments)
	c.kinds.merge(d.kinds)
	c.reps.merge(d.reps)
	c.months.merge(d.months)
	for e, cohort := range d.entered {
		c.cohort(e).merge(cohort)
	}
	for stage, spells := range d.stays {
		c.stays[stage] = append(c.stays[stage], spells...)
	}
	c.closed = append(c.closed, d.closed...)
	c.ordered = append(c.ordered, d.ordered...)
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
		Overall:     c.overall.group("", o),
		Stages:      c.stages.groups(stages, o),
		Commitments: c.commitments.groups(commitments, o),
		Kinds:       c.kinds.groups(kinds, o),
		Reps:        c.reps.groups(nil, o),
		Months:      c.months.groups(nil, o),
		Conversion:  c.conversions(),
		Stays:       c.stayed(),
		Close:       newWait(c.closed, o),
		Win:         newWait(c.ordered, o),
		Value:       c.values(),
	}
}

// keys are the groups that something belongs to.
type keys struct {
	stage      process.StageID
	commitment commitment.ID
	kind       process.KindID
	rep        string
	month      string
}

// keysOf returns the groups that a call belongs to.
func (c *Collector) keysOf(v *outcome.Verdict) keys {
	k := keys{stage: v.From(), kind: v.Call().Kind, rep: v.Call().Rep, month: c.month(v.Call().At)}
	if r, ok := c.target(v.Call()); ok {
		k.commitment = c.process.Commitment(r).ID()
	}
	return k
}

// each hands out the tallies of some groups, and that of all calls.
func (c *Collector) each(k keys, count func(*tally)) {
	count(&c.overall)
	count(c.stages.of(string(k.stage)))
	count(c.commitments.of(string(k.commitment)))
	count(c.kinds.of(string(k.kind)))
	count(c.reps.of(k.rep))
	count(c.months.of(k.month))
}

// month names the month of an instant.
func (c *Collector) month(t time.Time) string { return t.In(c.process.Zone()).Format("2006-01") }

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
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		call := v.Call()
		_, named := c.process.Rung(call.Target)
		planned := named && !call.PlannedAt.After(call.At)
		asked := asked(c.process, call)
		c.each(c.keysOf(v), func(t *tally) { t.call(v, asked, planned) })
	}
}

// promises counts what became of the dates that the buyer of a deal gave. They
// belong to the call that they were given in, and to their own commitment.
func (c *Collector) promises(h *pipeline.History) {
	p := promises{process: c.process, waiting: map[commitment.Rung]promise{}}
	p.settle = func(by *outcome.Verdict, r commitment.Rung, kept bool) {
		k := c.keysOf(by)
		k.commitment = c.process.Commitment(r).ID()
		c.each(k, func(t *tally) {
			t.settled++
			if kept {
				t.kept++
			}
		})
	}
	for i := range h.Verdicts {
		p.hear(&h.Verdicts[i])
	}
	p.pass(h.Standing.At)
}

// waits measures how long the deal waited for each advance, and for the next
// one after each run of continuations.
func (c *Collector) waits(h *pipeline.History, l *life) {
	type wait struct {
		from  time.Time
		count func(spell)
	}
	next, quiet := wait{}, wait{}
	end := func(w *wait, s spell) {
		if w.count != nil {
			w.count(s)
			w.count = nil
		}
	}
	if first := c.firstKeys(h, l); l.timed && first.stage != "" {
		next = wait{l.start, func(s spell) {
			add := func(t *tally) { t.nextAdvance = append(t.nextAdvance, s) }
			add(&c.overall)
			add(c.stages.of(string(first.stage)))
			add(c.reps.of(first.rep))
			add(c.months.of(first.month))
		}}
	}
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		at := v.Call().At
		to := indexOf(c.process, v.To())
		stillOpen := to < c.process.Won()
		switch {
		case advanced(v) || to == c.process.Won():
			end(&next, spellOf(next.from, at, advanced(v)))
			end(&quiet, spellOf(quiet.from, at, advanced(v)))
			if stillOpen {
				k := c.keysOf(v)
				k.stage, k.commitment = v.To(), c.strongest(v.Credited())
				next = wait{at, func(s spell) {
					c.each(k, func(t *tally) { t.nextAdvance = append(t.nextAdvance, s) })
				}}
			}
		case v.Result() == outcome.Continuation && stillOpen && quiet.count == nil:
			k := c.keysOf(v)
			quiet = wait{at, func(s spell) {
				c.each(k, func(t *tally) { t.afterQuiet = append(t.afterQuiet, s) })
			}}
		}
	}
	end(&next, l.waited(next.from))
	end(&quiet, l.waited(quiet.from))
}

// firstKeys returns the groups that a deal belongs to before its first advance:
// those of its start, and of whoever called first.
func (c *Collector) firstKeys(h *pipeline.History, l *life) keys {
	k := keys{rep: h.Deal.Owner, month: c.month(l.start)}
	if len(h.Verdicts) > 0 {
		k.rep = h.Verdicts[0].Call().Rep
	}
	if first := l.stays[0].stage; first < c.process.Won() {
		k.stage = c.process.Stage(first).ID()
	}
	return k
}

// strongest returns the highest of a number of commitments, nothing of none.
func (c *Collector) strongest(set commitment.Set) (id commitment.ID) {
	for r := range set.All() {
		id = c.process.Commitment(r).ID()
	}
	return id
}

// stayed lists how long deals stayed in each open stage.
func (c *Collector) stayed() []Stay {
	stays := []Stay{}
	for s := range c.process.Stages() {
		if s.Closes() == "" {
			stays = append(stays, Stay{s.ID(), newWait(slices.Clone(c.stays[s.Index()]), c.options)})
		}
	}
	return stays
}
