package pipeline

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Pipeline is what was read of a number of deals, in any order.
type Pipeline struct {
	Deals      []Deal
	Calls      []outcome.Call // what buyers committed to; the ids are unique within their deal
	Activities []Activity     // everything that was done, calls or not
	Moves      []Move         // from stage to stage, as the other system shows them
	CloseDates []CloseDate    // what the expected close date was changed to
	Faults     []Fault        // rows that have no place in the above
	// Stages are those of the process that the other system has a name for. A
	// move can skip no other. Empty stands for all.
	Stages []process.StageID
}

// Deal is a deal as another system shows it. The stage that it claims
// is Claimed of the record: an id of the process where the name could be
// translated, and else the name as it is spelled. A [Book] reads one that is
// spelled like the id or the name of a stage, capitals aside, as that stage.
type Deal struct {
	outcome.Deal
	Status  Status
	Created time.Time // may be zero
	Closed  time.Time // when it was won or lost; zero for an open deal, and where nobody knows
	// StageName is the claimed stage as the other system spells it.
	StageName string
	Source    Source
}

// Status says whether a deal is over, as another system shows it.
type Status uint8

// The statuses. Unknown is read as what the claimed stage says.
const (
	Unknown Status = iota
	OpenDeal
	WonDeal
	LostDeal
)

// Activity is something that was done about a deal: a call, a meeting, an
// e-mail, a task.
type Activity struct {
	ID   string
	Deal outcome.DealID
	At   time.Time
	Day  bool   // only the day is known; At is its noon
	Kind string // such as "call" or "meeting"; may be empty
	// Tells says that a commitment of the buyer could have been read out of a
	// record like this one, whether or not it was.
	Tells  bool
	Source Source
}

// Move is a change of the claimed stage. An empty From is not known: it is then
// what the move before it led to. The first move may be the creation of the
// deal. From and To are ids of the process where the names could be translated,
// and else the names as they are spelled.
type Move struct {
	ID     string // may be empty
	Deal   outcome.DealID
	At     time.Time
	Day    bool // only the day is known; At is its noon
	From   process.StageID
	To     process.StageID
	Source Source
}

// CloseDate is a change of the expected close date.
type CloseDate struct {
	ID     string // may be empty
	Deal   outcome.DealID
	At     time.Time    // of the change
	From   outcome.When // the date before it; zero where that is not recorded
	Date   outcome.When // the new expected date; zero where it was removed
	Source Source
}

// Fault is a row that could be read and has no place in the pipeline.
type Fault struct {
	Kind   FaultKind
	Table  string // such as "deals" or "activities"
	ID     string // of the row; may be empty
	Deal   outcome.DealID
	Source Source
	First  Source // of a duplicate: the row with the same id that was used
	Differ bool   // of a duplicate: its content is not that of the first
}

// FaultKind says why a row has no place.
type FaultKind uint8

// The kinds of faults.
const (
	Duplicate FaultKind = iota + 1 // another row has the same id
	Orphan                         // it belongs to a deal that is not there
)

// Source is the place that a row was read from. The zero Source is nowhere.
type Source struct {
	File string
	Line int // from 1
}

// String returns "file:line".
func (s Source) String() string {
	switch {
	case s.File == "":
		return ""
	case s.Line == 0:
		return s.File
	}
	return fmt.Sprintf("%s:%d", s.File, s.Line)
}
