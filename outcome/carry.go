package outcome

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Carry takes the state of a deal over from one version of a process to
// another, without its history. What the buyer is held to have committed to
// stays so, under the id that the commitment has now, and what the new version
// makes of it holds from then on: the stage follows its exits, and stalls and
// lapses its limits. Where only texts have changed, or ids with `renamed_from`,
// the result is the state that replaying the history would give.
//
// What a replay alone could settle is refused with a [*CarryError] that names
// every obstacle: a commitment that is held and gone, one that now requires
// more than it did, an order of rungs in which another one is the highest that
// was reached, a lost stage that is gone, a won deal that would not be won. A
// state that was not made with from, or a process with another id, gives a
// [*ProcessError].
//
// A requirement that has become looser is no obstacle, but what it would let
// count now and did not then is found by a replay alone.
func Carry(s State, from, to *process.Process) (State, error) {
	if err := s.bind(from); err != nil {
		return s, err
	}
	if from.ID() != to.ID() {
		return s, &ProcessError{Deal: s.deal, Have: s.Process(), Want: to.Ref()}
	}
	c := carrying{state: s, from: from, to: to}
	next := c.carry()
	if len(c.obstacles) > 0 {
		return s, &CarryError{Deal: s.deal, From: from.Ref(), To: to.Ref(), Obstacles: c.obstacles}
	}
	return next, nil
}

// CarryReason says why a deal can not be carried over.
type CarryReason string

// The reasons.
const (
	CarryRemoved   CarryReason = "removed"    // a commitment that is held and has gone
	CarryMerged    CarryReason = "merged"     // a commitment that has become one with another
	CarryTightened CarryReason = "tightened"  // a commitment that was given and requires more now
	CarryMark      CarryReason = "mark"       // another rung is the highest that was reached
	CarryLostStage CarryReason = "lost_stage" // the stage in which the deal was lost has gone
	CarryWon       CarryReason = "won"        // a won deal that would not be won
)

// Obstacle is one thing that keeps a deal from being carried over.
type Obstacle struct {
	Reason     CarryReason
	Commitment commitment.ID   // empty for a stage
	Stage      process.StageID // empty for a commitment
	Message    string          // a sentence without its full stop
}

// CarryError says why a deal can not be carried over to another version of its
// process. Replay its history instead.
type CarryError struct {
	Deal      DealID
	From      process.Ref
	To        process.Ref
	Obstacles []Obstacle // at least one
}

// Error names every obstacle.
func (e *CarryError) Error() string {
	reasons := make([]string, len(e.Obstacles))
	for i, o := range e.Obstacles {
		reasons[i] = o.Message
	}
	return fmt.Sprintf("deal %q can not be carried over from version %d to version %d of process %s: %s: replay the history",
		e.Deal, e.From.Version, e.To.Version, e.To.ID, strings.Join(reasons, "; "))
}

// carrying is a state on its way to another version.
type carrying struct {
	state     State
	from, to  *process.Process
	obstacles []Obstacle
}

func (c *carrying) obstacle(reason CarryReason, id commitment.ID, stage process.StageID, format string, args ...any) {
	c.obstacles = append(c.obstacles, Obstacle{reason, id, stage, fmt.Sprintf(format, args...)})
}

func (c *carrying) carry() State {
	next := c.state
	next.process = c.to.Handle()
	next.rungs = c.holdings()
	next.mark = c.mark(next.rungs)
	next.lost = c.lostStage()
	next.bound = true
	if len(c.obstacles) == 0 {
		next.won = c.won(next)
	}
	return next
}

// holdings takes over what is known of each commitment. What is gone and not
// held leaves nothing behind.
func (c *carrying) holdings() []holding {
	merged := c.merged()
	var out []holding
	for _, h := range c.state.rungs {
		r, ok := c.to.Rung(h.id)
		was := c.from.Commitment(h.rung)
		switch {
		case !ok && h.flags.is(held):
			c.obstacle(CarryRemoved, h.id, "", "“%s” is held and is no longer in the process", was.Name())
			continue
		case !ok:
			continue
		case merged[r]:
			c.obstacle(CarryMerged, h.id, "", "“%s” has become one with another commitment", was.Name())
			continue
		}
		is := c.to.Commitment(r)
		given := h.flags.is(offered) || h.flags&(held|assumed) == held
		if given && !was.Require().Implies(is.Require()) {
			c.obstacle(CarryTightened, is.ID(), "", "“%s” was given and requires more now", is.Name())
			continue
		}
		h.id, h.rung = is.ID(), r
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b holding) int { return int(a.rung) - int(b.rung) })
	return out
}

// merged returns the rungs at which more than one commitment has arrived.
func (c *carrying) merged() map[commitment.Rung]bool {
	times := map[commitment.Rung]int{}
	for was := range c.from.Commitments() {
		if r, ok := c.to.Rung(was.ID()); ok {
			times[r]++
		}
	}
	merged := map[commitment.Rung]bool{}
	for r, n := range times {
		merged[r] = n > 1
	}
	return merged
}

// mark takes over the highest rung that was ever held. It has to be the highest
// still. One that was reached on trust alone stands for the top of its ladder,
// and has to do that still.
func (c *carrying) mark(rungs []holding) rungRef {
	if c.state.mark.id == "" || len(c.obstacles) > 0 {
		return rungRef{}
	}
	was := c.from.Commitment(c.state.mark.rung)
	r, ok := c.to.Rung(was.ID())
	if !ok {
		c.obstacle(CarryMark, was.ID(), "", "“%s” was the highest that was reached and is no longer in the process", was.Name())
		return rungRef{}
	}
	mark := c.to.Commitment(r)
	reached := false
	for _, h := range rungs {
		if !h.flags.is(ever) {
			continue
		}
		reached = reached || h.rung == r
		if h.rung > r {
			c.obstacle(CarryMark, mark.ID(), "", "“%s” was the highest that was reached, and now “%s”, which was held too, ranks above it",
				mark.Name(), c.to.Commitment(h.rung).Name())
			return rungRef{}
		}
	}
	if ladder := slices.Collect(c.to.Stage(mark.Stage()).Ladder()); !reached && r != ladder[len(ladder)-1] {
		c.obstacle(CarryMark, mark.ID(), "", "the deal was opened on trust up to “%s”, which is no longer the top of its ladder", mark.Name())
	}
	return rungRef{mark.ID(), r}
}

func (c *carrying) lostStage() stageRef {
	if !c.state.isLost() {
		return stageRef{}
	}
	stage, ok := c.to.StageByID(c.state.lost.id)
	if !ok || stage.Closes() != process.ClosesLost {
		was := c.from.Stage(c.state.lost.index)
		c.obstacle(CarryLostStage, "", was.ID(), "the deal was lost in the stage “%s”, which no longer closes a deal as lost", was.Name())
		return stageRef{}
	}
	return stageRef{stage.ID(), stage.Index()}
}

// won says whether the deal is won under the new version, with what was held
// after its last call.
func (c *carrying) won(next State) bool {
	if next.isLost() {
		return next.won
	}
	next.rungs = slices.Clone(next.rungs)
	next.lapse(c.to, next.last.at)
	after := next.snapshot(c.to)
	if c.to.Position(after.Holdings()) == c.to.Won() {
		return true
	}
	if !c.state.won {
		return false
	}
	before := c.state.snapshot(c.from)
	if c.from.Position(before.Holdings()) == c.from.Won() || !c.sameOrder() {
		c.obstacle(CarryWon, "", c.to.Stage(c.to.Won()).ID(), "the deal was won, and the new version asks for more before it is")
	}
	return true
}

// sameOrder reports whether the exit through which deals are won asks for the
// same commitments.
func (c *carrying) sameOrder() bool {
	was, is := c.from.Stage(c.from.Won()-1).ExitItems(), c.to.Stage(c.to.Won()-1).ExitItems()
	var arrived commitment.Set
	for r := range was.All() {
		if to, ok := c.to.Rung(c.from.Commitment(r).ID()); ok {
			arrived.Add(to)
		}
	}
	return arrived == is && was.Len() == is.Len()
}
