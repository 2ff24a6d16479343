package process

import (
	"fmt"
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/yamldoc"
)

func (v *validator) stages() {
	v.home = map[commitment.ID]int{}
	won, lost := -1, false
	for i := range v.def.Stages {
		s := &v.def.Stages[i]
		path := fmt.Sprintf("stages[%d]", i)
		if s.ID != "" || !v.failed(path) {
			v.id("stage", string(s.ID), path+".id")
		}
		if s.ID != "" && slices.Contains(v.stageIDs, string(s.ID)) {
			v.report(CodeDuplicateID, fmt.Sprintf("the stage %q is there twice", s.ID), "give one another id", "%s.id", path)
		}
		v.stageIDs = append(v.stageIDs, string(s.ID))
		v.text("the name", s.Name, path+".name")
		if s.Probability != nil && (*s.Probability < 0 || *s.Probability > 100) {
			v.report(CodeBadCount, fmt.Sprintf("%d is no probability", *s.Probability), "write a percentage from 0 to 100", "%s.probability", path)
		}
		v.literal(s.Forecast, "forecast", Forecasts(), path+".forecast")
		v.literal(string(s.Closes), "closes", []string{string(ClosesWon), string(ClosesLost)}, path+".closes")
		v.gate(s.Gate, path+".gate")
		v.stallLimit(s.StallsAfter, path+".stalls_after")
		v.ladder(i, path)

		switch s.Closes {
		case ClosesWon:
			if won >= 0 {
				v.report(CodeNoWonStage, fmt.Sprintf("%q closes won already", v.def.Stages[won].ID),
					"a process has one stage that closes won", "%s.closes", path)
			} else {
				won = i
			}
			if s.Exit != nil {
				v.report(CodeClosedStage, "a stage that closes won has no exit", "leave it out; its ladder may stay", "%s.exit", path)
			}
		case ClosesLost:
			lost = true
			if s.Exit != nil {
				v.report(CodeClosedStage, "a stage that closes lost has no exit", "leave it out", "%s.exit", path)
			}
			if len(s.Ladder) > 0 {
				v.report(CodeClosedStage, "a stage that closes lost has no ladder", "move its commitments to the stage they belong to", "%s.ladder", path)
			}
		case "":
			if won >= 0 && !v.failed(path+".closes") && (s.ID != "" || !v.failed(path)) {
				v.report(CodeAfterWon, fmt.Sprintf("the open stage %q comes after the one that closes won", s.ID),
					"move it up; commitments of the delivery go on the ladder of the won stage", "%s.id", path)
			}
		}
	}
	v.whole(won >= 0, lost)
}

// whole judges what the stages have to add up to. What a stage or a ladder that
// could not be read may have said is not held against the rest.
func (v *validator) whole(won, lost bool) {
	if v.failed("stages") && len(v.def.Stages) == 0 {
		return
	}
	unread := func(key string) bool {
		for i := range v.def.Stages {
			if v.failed(fmt.Sprintf("stages[%d].%s", i, key)) {
				return true
			}
			if v.def.Stages[i].ID == "" && v.failed(fmt.Sprintf("stages[%d]", i)) {
				return true // it may be that the stage could not be read at all
			}
		}
		return false
	}
	if closes := unread("closes"); closes {
		won, lost = true, true
	}
	if !won {
		v.report(CodeNoWonStage, "no stage closes won", "write `closes: won` in the last stage of the path", "stages")
	}
	if !lost {
		v.report(CodeNoLostStage, "no stage closes lost", "add one, such as {id: lost, closes: lost}", "stages")
	}
	if unread("ladder") {
		return
	}
	for _, c := range v.def.Commitments {
		if _, ok := v.home[c.ID]; !ok {
			v.report(CodeHomeless, fmt.Sprintf("the commitment %q is on no ladder", c.ID),
				"put it on the ladder of the stage where it is asked for", "commitments.%s", c.ID)
		}
	}
}

func (v *validator) ladder(stage int, path string) {
	s := &v.def.Stages[stage]
	for j, id := range s.Ladder {
		at := fmt.Sprintf("%s.ladder[%d]", path, j)
		if !v.known(id, at) {
			continue
		}
		switch home, taken := v.home[id]; {
		case taken && home == stage:
			v.report(CodeHomeless, fmt.Sprintf("%q is on this ladder twice", id), "a commitment is one rung", "%s", at)
		case taken:
			v.report(CodeHomeless, fmt.Sprintf("%q is on the ladder of %q already", id, v.def.Stages[home].ID),
				"a commitment has one home", "%s", at)
		default:
			v.home[id] = stage
		}
	}
}

// exits judges the exits of the open stages, once all ladders are known.
func (v *validator) exits() {
	for i := range v.def.Stages {
		s := &v.def.Stages[i]
		path := fmt.Sprintf("stages[%d]", i)
		if s.Closes != "" || v.failed(path+".closes") {
			continue
		}
		broken := v.failed(path + ".exit")
		if len(s.Exit) == 0 {
			if !broken && (s.ID != "" || !v.failed(path)) {
				v.report(CodeNoExit, fmt.Sprintf("the open stage %q has no exit", s.ID),
					"say what must be held to leave it, such as exit: "+v.exampleExit(s), "%s.id", path)
			}
			continue
		}
		sound, fresh := !broken && !v.failed(path+".ladder"), false
		for j, c := range s.Exit {
			if n := len(c.Items()); n > maxItems {
				v.report(yamldoc.TooLarge, fmt.Sprintf("%d items in one criterion are too many", n),
					fmt.Sprintf("a criterion can have %d", maxItems), "%s.exit[%d]", path, j)
				sound = false
				continue
			}
			for _, at := range itemPaths(c, fmt.Sprintf("%s.exit[%d]", path, j)) {
				if broken && at.item.Commitment == "" {
					continue
				}
				ok := v.exitItem(i, at)
				sound = sound && ok
				home, onLadder := v.home[at.item.Commitment]
				fresh = fresh || at.item.Kept || onLadder && home == i
			}
			at := fmt.Sprintf("%s.exit[%d]", path, j)
			v.criterion(c, v.failed(at) || broken && len(s.Exit) == 1, at)
		}
		if sound && !fresh {
			v.report(CodeForeignExit, fmt.Sprintf("nothing in the exit of %q is new to it", s.ID),
				"ask for a commitment of its own ladder, or that one is kept", "%s.exit", path)
		}
	}
}

func (v *validator) exampleExit(s *Stage) string {
	if len(s.Ladder) > 0 {
		return string(s.Ladder[len(s.Ladder)-1])
	}
	return "a commitment of its ladder"
}

type placedItem struct {
	item Item
	path string
}

// itemPaths gives each item of a criterion with its path in the document.
func itemPaths(c Criterion, path string) []placedItem {
	var placed []placedItem
	add := func(item Item, path string) {
		if item.Kept {
			path += ".kept"
		}
		placed = append(placed, placedItem{item, path})
	}
	switch {
	case c.Any != nil:
		for k, item := range c.Any {
			add(item, fmt.Sprintf("%s.any[%d]", path, k))
		}
	case c.Of != nil:
		for k, item := range c.Of {
			add(item, fmt.Sprintf("%s.at_least.of[%d]", path, k))
		}
	default:
		add(c.Item, path)
	}
	return placed
}

func (v *validator) exitItem(stage int, at placedItem) bool {
	if !v.known(at.item.Commitment, at.path) {
		return false
	}
	home, ok := v.home[at.item.Commitment]
	if ok && home > stage {
		v.report(CodeForeignExit, fmt.Sprintf("%q belongs to a later stage, %q", at.item.Commitment, v.def.Stages[home].ID),
			"an exit asks for what its own ladder or an earlier one holds", "%s", at.path)
		return false
	}
	return true
}

// criterion judges one condition by itself. Of a broken exit it only looks at
// what could be read.
func (v *validator) criterion(c Criterion, broken bool, path string) {
	v.repeated(c, path)
	if broken {
		return
	}
	forms := 0
	for _, used := range []bool{c.Item != Item{}, c.Any != nil, c.Of != nil} {
		if used {
			forms++
		}
	}
	if forms > 1 {
		v.report(CodeBadValue, "an exit criterion says one thing: an item, any or at_least", "use a criterion for each", "%s", path)
	}
	if c.Any != nil && len(c.Any) == 0 {
		v.report(CodeBadCount, "an empty `any` can never be met", "list what would do", "%s.any", path)
	}
	if c.Of != nil && (c.AtLeast < 1 || c.AtLeast > len(c.Of)) {
		v.report(CodeBadCount, fmt.Sprintf("at least %d of %d items can not be asked for", c.AtLeast, len(c.Of)),
			fmt.Sprintf("write an n from 1 to %d", max(1, len(c.Of))), "%s.at_least.n", path)
	}
}

func (v *validator) repeated(c Criterion, path string) {
	seen := map[Item]bool{}
	for _, at := range itemPaths(c, path) {
		if at.item.Commitment != "" && seen[at.item] {
			v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", at.item.Commitment), "leave one out", "%s", at.path)
		}
		seen[at.item] = true
	}
}

func (v *validator) callKinds() {
	for i := range v.def.CallKinds {
		k := &v.def.CallKinds[i]
		path := fmt.Sprintf("call_kinds.%s", k.ID)
		v.id("call kind", string(k.ID), path)
		if slices.ContainsFunc(v.def.CallKinds[:i], func(o CallKind) bool { return o.ID == k.ID }) && !v.failed(path) {
			v.report(CodeDuplicateID, fmt.Sprintf("the call kind %q is defined twice", k.ID), "give one another id", "%s", path)
		}
		v.text("the name", k.Name, path+".name")
		if k.Outcome != "" || !v.failed(path) {
			v.known(k.Outcome, path+".outcome")
		}
		v.commitmentList(k.Fallbacks, path+".fallbacks")
		v.commitmentList(k.Keeps, path+".keeps")
		seen := map[StageID]bool{}
		for j, id := range k.Stages {
			at := fmt.Sprintf("%s.stages[%d]", path, j)
			if id == "" && v.failed(at) {
				continue
			}
			if !slices.Contains(v.stageIDs, string(id)) {
				if v.failed("stages") && (len(v.stageIDs) == 0 || slices.Contains(v.stageIDs, "")) {
					continue // it may be the one that could not be read
				}
				v.report(CodeUnknownStage, fmt.Sprintf("the stage %q is not defined", id),
					orList(v.hint(string(id), v.stageIDs), v.stageIDs), "%s", at)
			} else if seen[id] {
				v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", id), "leave one out", "%s", at)
			}
			seen[id] = true
		}
	}
}

func (v *validator) commitmentList(ids []commitment.ID, path string) {
	seen := map[commitment.ID]bool{}
	for j, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, j)
		if v.known(id, at) && seen[id] {
			v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", id), "leave one out", "%s", at)
		}
		seen[id] = true
	}
}
