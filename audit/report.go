package audit

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Purpose is what a report is for. Every form of it says so.
const Purpose = "For coaching and forecasting, not for pay: what people are paid by, they record."

// Report is what an audit found. Lists are never nil.
type Report struct {
	Process string    `json:"process"`
	Version int       `json:"version"`
	Name    string    `json:"name"` // of the process
	AsOf    time.Time `json:"as_of"`
	Since   time.Time `json:"since,omitzero"`
	Purpose string    `json:"purpose"` // always [Purpose]

	Summary  Summary   `json:"summary"`
	Codes    []Count   `json:"codes"`    // that were found, the gravest first, then in the order of [Codes]
	Findings []Finding `json:"findings"` // in the order of deal, code and subject; see [Options.CountOnly]
	Deals    []Deal    `json:"deals"`    // in the order of their ids
	Rows     []Rows    `json:"rows"`     // see [Options.Rows]
	Stages   []Stage   `json:"stages"`   // of the process: along the path, then the lost ones
	// Measures are the figures of the deals.
	Measures measure.Measures `json:"measures"`

	// Baseline is nil where none was given.
	Baseline *Compared `json:"baseline,omitempty"`
}

// Summary counts the deals that were looked at.
type Summary struct {
	Deals int `json:"deals"` // that were judged
	Open  int `json:"open"`  // as they are claimed, like the next two
	Won   int `json:"won"`
	Lost  int `json:"lost"`
	// Settled deals were over before [Options.Since] and are left out, and Ahead
	// are those that began after [Options.AsOf].
	Settled int `json:"settled"`
	Ahead   int `json:"ahead"`
	// Trusted deals were opened on trust, see [Options.Since].
	Trusted int `json:"trusted"`
	// Insufficient deals have no record that could show a commitment: what they
	// earned is not known.
	Insufficient int `json:"insufficient_data"`
	WithFindings int `json:"with_findings"` // of severity warning or error
}

// Count is how often something was found.
type Count struct {
	Code     Code                `json:"code"`
	Severity diagnostic.Severity `json:"severity"`
	Findings int                 `json:"findings"`
	Deals    int                 `json:"deals"`
}

// Finding is one thing that does not fit.
type Finding struct {
	// Identity stays the same from run to run: it is made of the code, the deal
	// and the subject alone.
	Identity string              `json:"identity"`
	Code     Code                `json:"code"`
	Severity diagnostic.Severity `json:"severity"`
	Deal     outcome.DealID      `json:"deal"` // empty for a row without one
	// Subject tells the findings of one code in one deal apart: a commitment, or
	// the id of a record. It may be empty.
	Subject  string          `json:"subject,omitzero"`
	Owner    string          `json:"owner,omitzero"`
	Amount   *float64        `json:"amount,omitzero"`
	Currency string          `json:"currency,omitzero"`
	Claimed  process.StageID `json:"claimed,omitzero"` // as in [Deal]
	Earned   process.StageID `json:"earned,omitzero"`
	Message  string          `json:"message"` // what is so, in one sentence
	Do       string          `json:"do"`      // what to do about it, in one sentence
	Evidence []Evidence      `json:"evidence"`
}

// Evidence is a record that shows what was found.
type Evidence struct {
	Table string    `json:"table"` // such as "deals" or "history"
	ID    string    `json:"id,omitzero"`
	At    time.Time `json:"at,omitzero"`
	File  string    `json:"file,omitzero"`
	Line  int       `json:"line,omitzero"`
}

// Deal is one deal in short.
type Deal struct {
	Deal      outcome.DealID  `json:"deal"`
	Name      string          `json:"name,omitzero"`
	Owner     string          `json:"owner,omitzero"`
	Amount    *float64        `json:"amount,omitzero"`
	Currency  string          `json:"currency,omitzero"`
	Status    Status          `json:"status"`           // as it is claimed
	Claimed   process.StageID `json:"claimed,omitzero"` // a stage of the process; empty where none is claimed, or one that it does not have
	Earned    process.StageID `json:"earned,omitzero"`  // empty where the data is insufficient and nothing was taken on trust
	Trusted   process.StageID `json:"trusted,omitzero"` // where it was opened on trust
	Created   time.Time       `json:"created,omitzero"`
	Closed    time.Time       `json:"closed,omitzero"`
	CloseDate outcome.When    `json:"close_date,omitzero"` // that is expected
	Last      time.Time       `json:"last_activity,omitzero"`
	Progress  time.Time       `json:"last_progress,omitzero"`
	// Insufficient says that none of its records could show a commitment.
	Insufficient bool `json:"insufficient_data,omitzero"`
	Stalled      bool `json:"stalled,omitzero"`
	Calls        int  `json:"calls"`
	Activities   int  `json:"activities"`
	Findings     int  `json:"findings"` // those that [Report.Findings] lists
	found        codeSet
	// Next is what to ask for in the next call; empty for a closed deal, and
	// where what was earned is not known.
	Next *outcome.NextRecord `json:"next,omitempty"`
	// Detail is there with [Options.Details] alone.
	Detail *Detail `json:"detail,omitempty"`
}

// Status says whether a deal is over.
type Status string

// The statuses.
const (
	Open Status = "open"
	Won  Status = "won"
	Lost Status = "lost"
)

// Detail is what a page about one deal shows beside [Deal].
type Detail struct {
	Gaps    []process.StageID `json:"gaps"`
	Held    []commitment.ID   `json:"held"` // kept ones included
	Kept    []commitment.ID   `json:"kept"`
	Waived  []commitment.ID   `json:"waived"`
	Lost    []commitment.ID   `json:"lost"` // held once and no more: broken, withdrawn, lapsed, refused
	Open    []outcome.Promise `json:"open"`
	Overdue []outcome.Promise `json:"overdue"`
	Calls   []Call            `json:"calls"` // in the order of time
	Moves   []Move            `json:"moves"` // likewise
}

// Call is one call in short.
type Call struct {
	ID       outcome.CallID  `json:"id"`
	At       time.Time       `json:"at"`
	Kind     process.KindID  `json:"kind,omitzero"`
	Rep      string          `json:"rep,omitzero"`
	Result   outcome.Result  `json:"result"`
	To       process.StageID `json:"to"` // where the deal stood after it
	Credited []commitment.ID `json:"credited"`
	Why      string          `json:"why"`
}

// Move is a change of the claimed stage. The stages are spelled as
// they came where the process does not have them.
type Move struct {
	At   time.Time       `json:"at"`
	From process.StageID `json:"from,omitzero"`
	To   process.StageID `json:"to"`
}

// Rows accounts for the rows of one table: Read is the sum of the others.
type Rows struct {
	Table      string `json:"table"`
	File       string `json:"file,omitzero"`
	Read       int    `json:"read"`
	Used       int    `json:"used"`
	Rejected   int    `json:"rejected"`
	OutOfScope int    `json:"out_of_scope"`
}

// Stage is a stage of the process.
type Stage struct {
	Stage  process.StageID `json:"stage"`
	Name   string          `json:"name"`
	Closes process.Closes  `json:"closes,omitzero"`
	Ladder []Rung          `json:"ladder"` // weakest first
}

// Rung is a commitment on the ladder of a stage.
type Rung struct {
	Commitment commitment.ID `json:"commitment"`
	Name       string        `json:"name"`
}

// Compared is what a comparison with an earlier report came to.
type Compared struct {
	Known int `json:"known"` // found then and now; not among the findings
	Gone  int `json:"gone"`  // found then and no more
	// KnownFindings are those behind Known, so that this report can be the
	// baseline of the next one.
	KnownFindings []Known `json:"known_findings"`
}

// Known is a finding of a baseline.
type Known struct {
	Identity string `json:"identity"`
	Code     Code   `json:"code"`
}
