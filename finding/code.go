package finding

import (
	"fmt"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
)

// Code is one kind of finding. The order of the constants is the order in
// which a verdict lists its findings.
type Code uint8

// On planning, for calls that reached the buyer.
const (
	NoTarget        Code = iota + 1 // neither a target nor a call kind
	PlannedLate                     // planned after the call
	WrongTarget                     // neither the outcome nor a fallback of the call's kind
	TargetNoAdvance                 // the target could not have been credited: a continuation was planned
	WrongStage                      // this kind of call does not belong to the stage of the deal
)

// On conduct, for calls that reached the buyer.
const (
	NotAsked  Code = iota + WrongStage + 1 // nothing was asked for and nothing obtained
	LostFocus                              // the time went into what belongs in another kind of call
	KeptOnly                               // a promise was kept, nothing new was obtained
	HappyEars                              // rated great or good, and the deal did not move
)

// On what was said.
const (
	Declined    Code = iota + HappyEars + 1 // the buyer refused a commitment
	Deferred                                // the buyer put it off
	Conditional                             // yes, if something else happens first
	SellerOnly                              // a seller's promise, and nothing from the buyer
	NotByBuyer                              // a third party's promise, or nobody's known
	Unqualified                             // short of what the commitment requires
	PastDue                                 // given with a due date before the call
	BelowMark                               // gained, but a higher rung had been held already
	Repeat                                  // so already, with no new date
	Rescheduled                             // held, and given another date
	Regained                                // had been lost and is held again
	Waived                                  // an exit's item was waived
	OffLadder                               // a real act of the buyer that is no rung of this process
	Broken                                  // what was held did not happen
	Withdrawn                               // what was held was taken back
	NotHeld                                 // broken or withdrawn, but not held
)

// On the deal.
const (
	Lapsed   Code = iota + NotHeld + 1 // a held commitment ran out since the previous call
	Gap                                // moved past exits that are not satisfied
	Stalled                            // the deal is stalled after this call
	Reopened                           // a lost deal came back
)

// Faults of the data: always errors.
const (
	UnknownCommitment Code = iota + Reopened + 1
	UnknownKind
	UnknownRole
	UnknownEvidence
	UnknownReason
	UnknownStage
	Contradiction // nobody was reached, and yet the buyer gave something
	DuplicateCall // two records of one call and revision differ
)

const last = DuplicateCall

var table = [last + 1]struct {
	name     string
	severity diagnostic.Severity
}{
	NoTarget:        {"no_target", diagnostic.Info},
	PlannedLate:     {"planned_late", diagnostic.Info},
	WrongTarget:     {"wrong_target", diagnostic.Warning},
	TargetNoAdvance: {"target_no_advance", diagnostic.Warning},
	WrongStage:      {"wrong_stage", diagnostic.Info},

	NotAsked:  {"not_asked", diagnostic.Warning},
	LostFocus: {"lost_focus", diagnostic.Warning},
	KeptOnly:  {"kept_only", diagnostic.Info},
	HappyEars: {"happy_ears", diagnostic.Warning},

	Declined:    {"declined", diagnostic.Info},
	Deferred:    {"deferred", diagnostic.Warning},
	Conditional: {"conditional", diagnostic.Warning},
	SellerOnly:  {"seller_only", diagnostic.Warning},
	NotByBuyer:  {"not_by_buyer", diagnostic.Warning},
	Unqualified: {"unqualified", diagnostic.Warning},
	PastDue:     {"past_due", diagnostic.Warning},
	BelowMark:   {"below_mark", diagnostic.Info},
	Repeat:      {"repeat", diagnostic.Info},
	Rescheduled: {"rescheduled", diagnostic.Info},
	Regained:    {"regained", diagnostic.Info},
	Waived:      {"waived", diagnostic.Warning},
	OffLadder:   {"off_ladder", diagnostic.Info},
	Broken:      {"broken", diagnostic.Warning},
	Withdrawn:   {"withdrawn", diagnostic.Warning},
	NotHeld:     {"not_held", diagnostic.Info},

	Lapsed:   {"lapsed", diagnostic.Warning},
	Gap:      {"gap", diagnostic.Warning},
	Stalled:  {"stalled", diagnostic.Warning},
	Reopened: {"reopened", diagnostic.Info},

	UnknownCommitment: {"unknown_commitment", diagnostic.Error},
	UnknownKind:       {"unknown_kind", diagnostic.Error},
	UnknownRole:       {"unknown_role", diagnostic.Error},
	UnknownEvidence:   {"unknown_evidence", diagnostic.Error},
	UnknownReason:     {"unknown_reason", diagnostic.Error},
	UnknownStage:      {"unknown_stage", diagnostic.Error},
	Contradiction:     {"contradiction", diagnostic.Error},
	DuplicateCall:     {"duplicate_call", diagnostic.Error},
}

// Codes returns every code, in the order in which verdicts list findings.
func Codes() []Code {
	codes := make([]Code, 0, last)
	for c := NoTarget; c <= last; c++ {
		codes = append(codes, c)
	}
	return codes
}

// Names returns the names of all codes, in the order of [Codes].
func Names() []string {
	names := make([]string, 0, last)
	for _, c := range Codes() {
		names = append(names, c.String())
	}
	return names
}

// Parse reads the name of a code. The error of an unknown one names the
// nearest.
func Parse(name string) (Code, error) {
	for c := NoTarget; c <= last; c++ {
		if table[c].name == name {
			return c, nil
		}
	}
	if hint := nearest.Hint(name, Names()); hint != "" {
		return 0, fmt.Errorf("unknown finding %q: %s", name, hint)
	}
	return 0, fmt.Errorf("unknown finding %q", name)
}

// String returns the code as documents and verdicts spell it.
func (c Code) String() string {
	if c == 0 || c > last {
		return fmt.Sprintf("finding(%d)", uint8(c))
	}
	return table[c].name
}

// Default returns the severity that the code has where a process sets none.
func (c Code) Default() diagnostic.Severity {
	if c > last {
		return diagnostic.Ignore
	}
	return table[c].severity
}

// Fault reports whether the code stands for a fault of the data. A fault is
// always an error; the rest of its call is still evaluated.
func (c Code) Fault() bool { return c >= UnknownCommitment && c <= last }

// MarshalText writes the name of the code.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the name of a code.
func (c *Code) UnmarshalText(text []byte) error {
	v, err := Parse(string(text))
	if err != nil {
		return err
	}
	*c = v
	return nil
}
