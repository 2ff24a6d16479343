package audit

import (
	"fmt"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
)

// Code names a kind of finding. Codes never change their meaning.
type Code string

// On the stage that is claimed.
const (
	Overstated             Code = "overstated"               // above what the commitments support
	Understated            Code = "understated"              // below it
	WonWithoutOrder        Code = "won_without_order"        // closed won, and the buyer did not commit to that
	LostWithoutRefusal     Code = "lost_without_refusal"     // closed lost, and nobody recorded why
	MovedWithoutCommitment Code = "moved_without_commitment" // forward, and nothing new from the buyer
	InsufficientData       Code = "insufficient_data"        // no record could show a commitment
)

// On the history of the claimed stage.
const (
	SkippedStage  Code = "skipped_stage"  // a move over a stage of the path
	MovedBack     Code = "moved_back"     // a move to an earlier stage
	Reopened      Code = "reopened"       // a move out of a lost stage
	EnteredLate   Code = "entered_late"   // the first stage on record is not the first
	StageMismatch Code = "stage_mismatch" // the stage is not the one that the last move led to
	UnknownStage  Code = "unknown_stage"  // the process has no such stage
)

// On what the buyer has promised.
const (
	Stalled          Code = "stalled"            // no progress, and no date with the buyer
	Silent           Code = "silent"             // nothing at all has happened for as long
	NoNextCommitment Code = "no_next_commitment" // the buyer has promised nothing that lies ahead
	Overdue          Code = "overdue"            // a promise whose date has passed
	Broken           Code = "broken"             // a promise broken or taken back, and not given again
	Lapsed           Code = "lapsed"             // a promise that ran out without being kept
	Unqualified      Code = "unqualified"        // on record, and short of what it requires
	Waived           Code = "waived"             // an exit does without it
)

// On activities, dates and amounts.
const (
	NoActivity         Code = "no_activity"          // closed, and nothing was ever done
	ActivityAfterClose Code = "activity_after_close" // the deal was over by then
	CloseDatePast      Code = "close_date_past"      // open, and to be closed in the past
	CloseDatePushed    Code = "close_date_pushed"    // put off again and again
	ClosedWithoutDate  Code = "closed_without_date"  // nobody knows when
	NoAmount           Code = "no_amount"            // late in the process
	NegativeAmount     Code = "negative_amount"
)

// On the records.
const (
	Duplicate Code = "duplicate"  // a row with the id of another
	Orphan    Code = "orphan"     // a row of a deal that is not there
	CallFault Code = "call_fault" // a call names what the process does not have, or can not be so
)

// known is every code, in the order in which reports list them.
var known = [...]struct {
	code     Code
	severity diagnostic.Severity
	title    string // what is so of the deals or rows that have it
}{
	{WonWithoutOrder, diagnostic.Error, "won without an order on record"},
	{Overstated, diagnostic.Error, "claimed above what was earned"},
	{Understated, diagnostic.Warning, "claimed below what was earned"},
	{MovedWithoutCommitment, diagnostic.Warning, "moved up without anything new"},
	{LostWithoutRefusal, diagnostic.Info, "lost, and no refusal recorded"},
	{InsufficientData, diagnostic.Info, "no record shows commitments"},

	{SkippedStage, diagnostic.Warning, "moved over a stage"},
	{MovedBack, diagnostic.Warning, "moved back"},
	{Reopened, diagnostic.Info, "reopened after it was lost"},
	{EnteredLate, diagnostic.Info, "began at a later stage"},
	{StageMismatch, diagnostic.Warning, "stage is not the last move's"},
	{UnknownStage, diagnostic.Error, "not a stage of the process"},

	{Stalled, diagnostic.Warning, "no progress, and no date"},
	{Silent, diagnostic.Warning, "nothing happened for too long"},
	{Overdue, diagnostic.Warning, "promise overdue"},
	{Broken, diagnostic.Warning, "promise broken or taken back"},
	{Lapsed, diagnostic.Warning, "promise ran out"},
	{Unqualified, diagnostic.Warning, "recorded, but does not count"},
	{NoNextCommitment, diagnostic.Warning, "buyer has no next commitment"},
	{Waived, diagnostic.Warning, "exit item waived"},

	{NoActivity, diagnostic.Warning, "closed without any activity"},
	{ActivityAfterClose, diagnostic.Warning, "activity after the close"},
	{CloseDatePast, diagnostic.Warning, "open past its close date"},
	{CloseDatePushed, diagnostic.Warning, "close date put off repeatedly"},
	{ClosedWithoutDate, diagnostic.Warning, "closed without a date"},
	{NoAmount, diagnostic.Warning, "late stage without an amount"},
	{NegativeAmount, diagnostic.Warning, "negative amount"},

	{Duplicate, diagnostic.Warning, "id that another row has"},
	{Orphan, diagnostic.Warning, "row of an unknown deal"},
	{CallFault, diagnostic.Error, "call with a faulty record"},
}

// Codes returns every code, in the order in which reports list them.
func Codes() []Code {
	codes := make([]Code, len(known))
	for i := range known {
		codes[i] = known[i].code
	}
	return codes
}

// ParseCode reads the name of a code. The error of an unknown one names the
// nearest.
func ParseCode(name string) (Code, error) {
	names := make([]string, len(known))
	for i := range known {
		if names[i] = string(known[i].code); names[i] == name {
			return known[i].code, nil
		}
	}
	if hint := nearest.Hint(name, names); hint != "" {
		return "", fmt.Errorf("there is no finding %q: %s", name, hint)
	}
	return "", fmt.Errorf("there is no finding %q", name)
}

// ranks are the places of the codes among all.
var ranks = func() map[Code]int {
	ranks := make(map[Code]int, len(known))
	for i := range known {
		ranks[known[i].code] = i
	}
	return ranks
}()

// rank returns the place of the code among all, and -1 for none of them.
func (c Code) rank() int {
	if i, ok := ranks[c]; ok {
		return i
	}
	return -1
}

// Default returns the severity that the code has where an audit sets none.
func (c Code) Default() diagnostic.Severity {
	if i := c.rank(); i >= 0 {
		return known[i].severity
	}
	return diagnostic.Ignore
}

// Title says in a few words what is so where the code is found.
func (c Code) Title() string {
	if i := c.rank(); i >= 0 {
		return known[i].title
	}
	return string(c)
}
