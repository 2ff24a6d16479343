package measure

import (
	"iter"
	"slices"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// life is the path of a deal through the stages that its buyer's commitments
// put it in, and how it ended.
type life struct {
	asOf  time.Time
	start time.Time
	timed bool // it is known when it came to its first stage
	stays []stay
	end   end
	endAt time.Time // of what has ended
	// undated says that nobody knows when it ended: endAt is its last record.
	undated bool
}

// stay is the time that a deal stood in a stage without leaving it.
type stay struct {
	stage    int
	from, to time.Time
	left     bool // it did not merely last until now, or until it was last seen
}

// end is how a deal ended.
type end uint8

const (
	open     end = iota
	won          // its buyer's commitments put it into the stage that closes won
	lost         // refused or given up, by its calls or as the other system shows
	wonClaim     // shown as won, without an order on record
)

// lifeOf follows a deal. A deal that was over by its commitments ended then; of
// one that was not, the other system is believed that it ended.
// It is good until the next one.
func (c *Collector) lifeOf(h *pipeline.History) life {
	p := c.process
	l := life{asOf: h.Standing.At, start: startOf(h), stays: c.room.stays[:0]}
	l.timed = h.Trusted == "" && !l.start.IsZero()
	stage, at := standingFirst(p, h), l.start
	enter := func(next int, when time.Time) {
		if next != stage {
			l.stays = append(l.stays, stay{stage, at, when, true})
			stage, at = next, when
		}
	}
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		if from := indexOf(p, v.From()); from != stage {
			for _, f := range fallsBefore(c.room.ev, h, i) {
				enter(f.stage, f.at)
			}
			enter(from, v.Call().At)
		}
		enter(indexOf(p, v.To()), v.Call().At)
	}
	if now := indexOf(p, h.Standing.Stage); now != stage {
		for _, f := range fallsBefore(c.room.ev, h, len(h.Verdicts)) {
			enter(f.stage, f.at)
		}
		enter(now, l.asOf)
	}
	l.stays = append(l.stays, stay{stage, at, l.asOf, false})
	c.room.stays = l.stays

	l.close(p, h, stage, at)
	return l
}

// close settles how and when the deal ended. It stands in a stage since an
// instant.
func (l *life) close(p *process.Process, h *pipeline.History, stage int, since time.Time) {
	claimed, closed, known := claimedEnd(h)
	closed = latest(closed, l.start)
	switch {
	case stage == p.Won():
		l.end, l.endAt = won, since
	case stage > p.Won():
		l.end, l.endAt = lost, since
	case claimed == open:
		return
	default:
		l.end, l.endAt, l.undated = claimed, closed, !known
		l.cut(closed, known)
		return
	}
	if claimed != open && closed.Before(l.endAt) {
		l.endAt = closed
	}
}

// cut ends the stays at an instant. What was entered after it was entered when
// the deal was over.
func (l *life) cut(at time.Time, left bool) {
	for i := range l.stays {
		if s := &l.stays[i]; s.to.After(at) || i == len(l.stays)-1 {
			s.to, s.left = latest(at, s.from), left
			l.stays = l.stays[:i+1]
			return
		}
	}
}

// startOf returns when a deal began: the earliest of its opening, its creation
// and its first call. It is zero where nobody knows.
func startOf(h *pipeline.History) time.Time {
	var start time.Time
	see := func(t time.Time) {
		if !t.IsZero() && !t.After(h.Standing.At) && (start.IsZero() || t.Before(start)) {
			start = t
		}
	}
	see(h.Deal.Opened)
	see(h.Deal.Created)
	if len(h.Verdicts) > 0 {
		see(h.Verdicts[0].Call().At)
	}
	return start
}

// standingFirst returns the stage in which a deal began: at the first one, or
// where it was opened on trust.
func standingFirst(p *process.Process, h *pipeline.History) int {
	if len(h.Verdicts) > 0 {
		return indexOf(p, h.Verdicts[0].From())
	}
	return indexOf(p, h.Standing.Stage) // what is assumed does not lapse
}

func indexOf(p *process.Process, id process.StageID) int {
	if s, ok := p.StageByID(id); ok {
		return s.Index()
	}
	return 0
}

// claimedEnd returns how a deal ended as the other system shows it. Where that
// does not know when, it was at the last record.
func claimedEnd(h *pipeline.History) (e end, at time.Time, known bool) {
	switch h.Status {
	case pipeline.WonDeal:
		e = wonClaim
	case pipeline.LostDeal:
		e = lost
	default:
		return open, time.Time{}, false
	}
	if !h.Closed.IsZero() {
		return e, h.Closed, true
	}
	if n := len(h.Verdicts); n > 0 {
		at = h.Verdicts[n-1].Call().At
	}
	if n := len(h.Activities); n > 0 {
		at = latest(at, h.Activities[n-1].At)
	}
	if n := len(h.Moves); n > 0 {
		at = latest(at, h.Moves[n-1].At)
	}
	return e, at, false
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// fall is a change of stage without a call: what the stage rested on lapsed.
type fall struct {
	stage int
	at    time.Time
}

// fallsBefore finds the instants between two calls at which the deal fell back:
// those before call i, or before now where there are no more calls. Verdicts do
// not keep them, so the deal is judged up to there once more.
func fallsBefore(ev *outcome.Evaluator, h *pipeline.History, i int) []fall {
	state, ok := stateBefore(ev, h, i)
	if !ok || i == 0 {
		return nil
	}
	at, until := h.Verdicts[i-1].Call().At, h.Standing.At
	if i < len(h.Verdicts) {
		until = h.Verdicts[i].Call().At
	}
	var falls []fall
	for {
		s, err := ev.Standing(state, at)
		if err != nil || s.NextChange.IsZero() || s.NextChange.After(until) {
			return falls
		}
		next, err := ev.Standing(state, s.NextChange)
		if err != nil {
			return falls
		}
		if next.Stage != s.Stage {
			falls = append(falls, fall{indexOf(ev.Process(), next.Stage), s.NextChange})
		}
		at = s.NextChange
	}
}

// stateBefore returns the state of the deal before call i.
func stateBefore(ev *outcome.Evaluator, h *pipeline.History, i int) (outcome.State, bool) {
	if i == len(h.Verdicts) {
		return h.State, true
	}
	d := h.Deal.Deal
	if h.Trusted != "" {
		d.Stage = h.Trusted
	}
	if _, ok := ev.Process().StageByID(d.Stage); !ok {
		d.Stage = ""
	}
	state, err := outcome.Open(ev.Process(), d)
	for j := 0; j < i && err == nil; j++ {
		state, _, err = ev.Apply(state, *h.Verdicts[j].Call())
	}
	return state, err == nil
}

// waited returns how long the deal has waited since an instant for what has not
// come. A lost deal waits in vain until now; one that is shown as won without
// an order was lost from sight on that day.
func (l *life) waited(since time.Time) spell {
	if l.end == wonClaim {
		return spellOf(since, l.endAt, false)
	}
	return spellOf(since, l.asOf, false)
}

// enters yields the first stay in each stage, by its place among the stays.
func (l *life) enters() iter.Seq2[int, *stay] {
	return func(yield func(int, *stay) bool) {
		for i := range l.stays {
			s := &l.stays[i]
			before := slices.ContainsFunc(l.stays[:i], func(t stay) bool { return t.stage == s.stage })
			if !before && !yield(i, s) {
				return
			}
		}
	}
}
