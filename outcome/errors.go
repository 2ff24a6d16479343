package outcome

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/process"
)

// LateError says that a call lies before the last one that was applied. Replay
// the history of the deal with it instead.
type LateError struct {
	Deal DealID
	Call CallID
	At   time.Time
	Last CallID // the call that was applied last
	When time.Time
}

// Error names both calls.
func (e *LateError) Error() string {
	return fmt.Sprintf("deal %q: call %q of %s comes before call %q of %s, which has been applied: replay the history",
		e.Deal, e.Call, e.At.UTC().Format(time.RFC3339), e.Last, e.When.Format(time.RFC3339))
}

// SeenError says that a call is the last one that was applied.
type SeenError struct {
	Deal DealID
	Call CallID
}

// Error names the call.
func (e *SeenError) Error() string {
	return fmt.Sprintf("deal %q: call %q has been applied already", e.Deal, e.Call)
}

// DealError says that a call belongs to another deal than the state.
type DealError struct {
	State DealID
	Call  DealID
}

// Error names both deals.
func (e *DealError) Error() string {
	return fmt.Sprintf("a call of deal %q can not be applied to deal %q", e.Call, e.State)
}

// ProcessError says that a state was made with another process, another
// version of it, or one whose meaning was changed without a new version.
type ProcessError struct {
	Deal DealID
	Have process.Ref // that of the state
	Want process.Ref // that of the evaluator
}

// Error names both processes.
func (e *ProcessError) Error() string {
	if e.Have == (process.Ref{}) {
		return "a state that was never opened: begin with Open"
	}
	return fmt.Sprintf("the state of deal %q was made with process %s version %d (%s), and this is %s version %d (%s): replay the history",
		e.Deal, e.Have.ID, e.Have.Version, e.Have.Fingerprint, e.Want.ID, e.Want.Version, e.Want.Fingerprint)
}

// UnknownStageError says that a deal was to be opened at a stage that its
// process does not have.
type UnknownStageError struct {
	Deal    DealID
	Stage   process.StageID
	Process *process.Process
}

// Error names the stage, and the nearest.
func (e *UnknownStageError) Error() string {
	return fmt.Sprintf("deal %q: the stage %q is not in process %s%s", e.Deal, e.Stage, e.Process.ID(), orHint(string(e.Stage), stageIDs(e.Process)))
}

// UnknownKindError says that a call of a kind was to be planned that the
// process does not have.
type UnknownKindError struct {
	Kind    process.KindID
	Process *process.Process
}

// Error names the kind, and the nearest.
func (e *UnknownKindError) Error() string {
	return fmt.Sprintf("the call kind %q is not in process %s%s", e.Kind, e.Process.ID(), orHint(string(e.Kind), kindIDs(e.Process)))
}

func orHint(name string, known []string) string {
	if hint := nearest.Hint(name, known); hint != "" {
		return ": " + hint
	}
	return ""
}

func stageIDs(p *process.Process) []string {
	var ids []string
	for s := range p.Stages() {
		ids = append(ids, string(s.ID()))
	}
	return ids
}

func kindIDs(p *process.Process) []string {
	var ids []string
	for k := range p.Kinds() {
		ids = append(ids, string(k.ID()))
	}
	return ids
}

func commitmentIDs(p *process.Process) []string {
	var ids []string
	for c := range p.Commitments() {
		ids = append(ids, string(c.ID()))
	}
	return ids
}

// StateError says that a stored state is not one, or does not fit the process
// that it names.
type StateError struct {
	Deal   DealID // may be empty
	Reason string
}

// Error names the deal and the reason.
func (e *StateError) Error() string {
	if e.Deal == "" {
		return "reading the state of a deal: " + e.Reason
	}
	return fmt.Sprintf("reading the state of deal %q: %s", e.Deal, e.Reason)
}
