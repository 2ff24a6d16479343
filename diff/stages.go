package diff

import (
	"fmt"
	"math"
	"time"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// stages compares the stages: first what has become of the old ones, then which
// are new.
func (c *comparison) stages() {
	moved := c.movedStages()
	for old := range c.old.Stages() {
		id, there := c.stage[old.ID()]
		if !there {
			c.add(Meaning, Removed, PartStage, string(old.ID()), "", "", "The stage %s was removed.", prose.Quote(old.Name()))
			continue
		}
		now, _ := c.new.StageByID(id)
		if old.ID() != now.ID() {
			c.add(Meaning, Renamed, PartStage, string(id), string(old.ID()), string(id),
				"The stage %s has the id %q now; deal records that name %q are no longer understood.", prose.Quote(now.Name()), id, old.ID())
		}
		if moved[id] {
			c.add(Meaning, Moved, PartStage, string(id), "", "", "The stage %s has another place in the order.", prose.Quote(now.Name()))
		}
		c.closing(old, now)
		if old.Closes() == "" && now.Closes() == "" {
			c.exit(old, now)
			c.gate(old, now)
			c.stalls(old, now)
		}
		c.forecast(old, now)
		c.texts(PartStage, string(id), "The stage "+prose.Quote(now.Name()),
			text{"name", old.Name(), now.Name()}, text{"description", old.Description(), now.Description()})
	}
	for now := range c.new.Stages() {
		if _, there := c.stageNew[now.ID()]; there {
			continue
		}
		c.add(Meaning, Added, PartStage, string(now.ID()), "", "", "The stage %s was added%s.", prose.Quote(now.Name()), c.behind(now))
	}
}

// behind says where a new stage stands.
func (c *comparison) behind(s *process.CompiledStage) string {
	switch {
	case s.Closes() == process.ClosesLost:
		return ", off the path"
	case s.Index() == 0:
		return " at the beginning"
	}
	return " behind " + prose.Quote(c.new.Stage(s.Index()-1).Name())
}

func (c *comparison) movedStages() map[process.StageID]bool {
	var places []int
	for old := range c.old.Stages() {
		if id, ok := c.stage[old.ID()]; ok {
			now, _ := c.new.StageByID(id)
			places = append(places, now.Index())
		}
	}
	stay := staying(places)
	moved := map[process.StageID]bool{}
	for _, place := range places {
		moved[c.new.Stage(place).ID()] = !stay[place]
	}
	return moved
}

func (c *comparison) closing(old, now *process.CompiledStage) {
	if old.Closes() == now.Closes() {
		return
	}
	word := func(s *process.CompiledStage) string {
		if s.Closes() == "" {
			return "is open"
		}
		return "closes " + string(s.Closes())
	}
	c.add(Meaning, Changed, PartStage, string(now.ID()), word(old), word(now), "The stage %s %s now.", prose.Quote(now.Name()), word(now))
}

// exit compares what it takes to leave a stage.
func (c *comparison) exit(old, now *process.CompiledStage) {
	was, is := c.conditions(c.old, old), c.conditions(c.new, now)
	action, changed := compareExits(was, is)
	if !changed {
		return
	}
	before, after := prose.Exit(c.old, old), prose.Exit(c.new, now)
	c.add(Meaning, action, PartExit, string(now.ID()), before, after, "%s %s: it took %s, and now it takes %s.",
		prose.Quote(now.Name()), map[Action]string{
			Tightened: "is harder to leave", Loosened: "is easier to leave", Changed: "has another exit",
		}[action], before, after)
}

func (c *comparison) gate(old, now *process.CompiledStage) {
	switch {
	case old.Hard() == now.Hard():
	case now.Hard():
		c.add(Meaning, Tightened, PartGate, string(now.ID()), "soft", "hard", "Nobody passes %s without its exit any more: its gate is hard now.", prose.Quote(now.Name()))
	default:
		c.add(Meaning, Loosened, PartGate, string(now.ID()), "hard", "soft", "A deal can pass %s without its exit now, which leaves a gap: its gate is soft now.", prose.Quote(now.Name()))
	}
}

// stalls compares when a deal is stalled. A higher limit is looser.
func (c *comparison) stalls(old, now *process.CompiledStage) {
	limits := func(s process.StallAfter) (calls int, length time.Duration) {
		calls, length = s.Calls, s.Time
		if calls == 0 {
			calls = math.MaxInt
		}
		if length < 0 {
			length = math.MaxInt64
		}
		return calls, length
	}
	wasCalls, wasTime := limits(old.Stalls())
	isCalls, isTime := limits(now.Stalls())
	action, changed := direction(isCalls <= wasCalls && isTime <= wasTime, isCalls >= wasCalls && isTime >= wasTime)
	if !changed {
		return
	}
	before, after := orNever(old.Stalls()), orNever(now.Stalls())
	c.add(Meaning, action, PartStall, string(now.ID()), before, after,
		"A deal in %s is stalled %s; before, that was %s.", prose.Quote(now.Name()), after, before)
}

func orNever(s process.StallAfter) string {
	if limit := prose.Stalls(s); limit != "" {
		return "after " + limit
	}
	return "never"
}

// forecast compares what stages mean for a forecast, which no verdict reads.
func (c *comparison) forecast(old, now *process.CompiledStage) {
	percent := func(s *process.CompiledStage) string {
		if p, ok := s.Probability(); ok {
			return fmt.Sprintf("%d %%", p)
		}
		return "none"
	}
	if was, is := percent(old), percent(now); was != is {
		c.add(Advice, Changed, PartStage, string(now.ID()), was, is, "The probability of %s is %s now, and was %s.", prose.Quote(now.Name()), is, was)
	}
	if was, is := old.Forecast(), now.Forecast(); was != is {
		c.add(Advice, Changed, PartStage, string(now.ID()), was, is, "The forecast of %s is %s now, and was %s.",
			prose.Quote(now.Name()), orNone(is), orNone(was))
	}
}

func orNone(word string) string {
	if word == "" {
		return "none"
	}
	return prose.Words(word)
}
