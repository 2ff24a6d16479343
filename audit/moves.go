package audit

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// moves goes through the history of the claimed stage.
func (v *view) moves() {
	v.unknownClaim()
	v.mismatch()
	if len(v.h.Moves) == 0 {
		return
	}
	earned := v.climb()
	var at process.StageID // where the moves so far led to
	for i := range v.h.Moves {
		m := v.h.Moves[i]
		m.From = cmp.Or(m.From, at)
		before := at
		at = m.To
		progress := earned(m.At)
		if m.At.Before(v.since()) {
			continue
		}
		if i == 0 {
			v.entered(&m)
		}
		if m.From != "" && m.From != before {
			v.unknownMove(&m, m.From)
		}
		v.unknownMove(&m, m.To)
		if m.From != "" {
			v.move(&m, progress)
		}
	}
}

// move judges one change from one stage to another.
func (v *view) move(m *pipeline.Move, got progress) {
	from, known := v.process.StageByID(m.From)
	to, there := v.process.StageByID(m.To)
	if !known || !there || from == to || to.Closes() == process.ClosesLost {
		return
	}
	when := fmt.Sprintf("On %s it moved from %s to %s", v.day(m.At), from.Name(), to.Name())
	if from.Closes() == process.ClosesLost {
		v.say(Reopened, subject(m), when+".", "Make sure that the buyer came back with a new commitment, and record it.", moveRecord(m))
		return
	}
	if to.Index() < from.Index() {
		v.say(MovedBack, subject(m), when+".", "Find out what the buyer took back, and record it as broken or withdrawn.", moveRecord(m))
		return
	}
	if over := v.between(from, to); len(over) > 0 {
		v.say(SkippedStage, subject(m), fmt.Sprintf("%s, over %s.", when, strings.Join(over, ", ")),
			fmt.Sprintf("Check what the buyer gave for %s, and ask for what is missing before going on.", strings.Join(over, ", ")), moveRecord(m))
	}
	if v.knows && to.Index() < v.process.Won() && !got.anew && got.stage < to.Index() {
		v.say(MovedWithoutCommitment, subject(m), when+", and the buyer had given nothing new.",
			fmt.Sprintf("Record what the buyer committed to, or take the deal back to %s.", from.Name()), moveRecord(m))
	}
}

// subject tells a move from the others of its deal.
func subject(m *pipeline.Move) string {
	if m.ID != "" {
		return m.ID
	}
	return fmt.Sprintf("%s %s to %s", m.At.UTC().Format(time.RFC3339), m.From, m.To)
}

// between names the stages of the path between two that the other system
// could have shown.
func (v *view) between(from, to *process.CompiledStage) []string {
	var names []string
	for i := from.Index() + 1; i < to.Index(); i++ {
		if v.shown[i] {
			names = append(names, v.process.Stage(i).Name())
		}
	}
	return names
}

// progress is what a deal had earned when it was moved.
type progress struct {
	stage int  // the highest that its commitments supported, from the move to the end of the grace
	anew  bool // the buyer had given something since the move before
}

// climb returns a function that tells the progress at one move after the other.
func (v *view) climb() func(time.Time) progress {
	next, stage := 0, 0
	if s, ok := v.process.StageByID(cmp.Or(v.h.Trusted, v.h.Deal.Stage)); ok {
		stage = s.Index()
	}
	return func(move time.Time) progress {
		p := progress{stage: stage}
		for ; next < len(v.h.Verdicts); next++ {
			verdict := &v.h.Verdicts[next]
			at := verdict.Call().At
			if at.After(move.Add(v.o.MoveGrace)) {
				break
			}
			p.anew = p.anew || obtained(verdict)
			if s, ok := v.process.StageByID(verdict.To()); ok && s.Index() <= v.process.Won() {
				stage = s.Index()
			} else {
				stage = -1 // refused
			}
			if at.After(move) {
				p.stage = max(p.stage, stage)
			} else {
				p.stage = stage
			}
		}
		return p
	}
}

// entered finds a deal whose history begins in the middle.
func (v *view) entered(m *pipeline.Move) {
	first, ok := v.process.StageByID(cmp.Or(m.From, m.To))
	if !ok || first.Closes() == process.ClosesLost {
		return
	}
	for i := range first.Index() {
		if v.shown[i] {
			v.say(EnteredLate, "", fmt.Sprintf("The first stage on record is %s, and the process begins with %s.", first.Name(), v.process.Stage(i).Name()),
				"Check that the history was exported from its beginning; a deal that did begin there needs its earlier commitments on record.", moveRecord(m))
			return
		}
	}
}

// mismatch finds a deal that does not stand where its last move led.
func (v *view) mismatch() {
	n := len(v.h.Moves)
	if n == 0 || !v.h.Recorded || v.h.Claimed == "" || v.h.Moves[n-1].To == v.h.Claimed {
		return
	}
	m := &v.h.Moves[n-1]
	v.say(StageMismatch, "", fmt.Sprintf("It stands at %s, and its last move, on %s, led to %s.", v.stageName(v.h.Claimed), v.day(m.At), v.stageName(m.To)),
		"Find out which is right: a move is missing in the history, or the stage was changed without one.", v.dealRecord(), moveRecord(m))
}

// unknownClaim finds a claimed stage that the process does not have.
func (v *view) unknownClaim() {
	if v.stage == nil && v.h.Claimed != "" {
		v.say(UnknownStage, "claimed", fmt.Sprintf("It stands at %s, which is no stage of the process%s.", v.stageName(v.h.Claimed), v.meant(v.h.Claimed)),
			giveStage, v.dealRecord())
	}
}

// unknownMove finds such a stage in a move.
func (v *view) unknownMove(m *pipeline.Move, id process.StageID) {
	if _, ok := v.process.StageByID(id); ok || id == "" {
		return
	}
	v.say(UnknownStage, subject(m), fmt.Sprintf("On %s it moved to or from %s, which is no stage of the process%s.", v.day(m.At), v.stageName(id), v.meant(id)),
		giveStage, moveRecord(m))
}

const giveStage = "Say in the mapping which stage that is, or correct it in the system that it comes from."

func (v *view) meant(id process.StageID) string {
	var ids []string
	for s := range v.process.Stages() {
		ids = append(ids, string(s.ID()))
	}
	if name, ok := nearest.Name(string(id), ids); ok {
		return "; perhaps " + v.stageName(process.StageID(name)) + " is meant"
	}
	return ""
}
