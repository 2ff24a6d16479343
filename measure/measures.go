package measure

import (
	"time"

	"github.com/advance-sales/advance/process"
)

// DefaultFloor is the number of observations below which nothing is shown where
// [Options] do not say. With fewer than ten a single call moves a rate by more
// than ten points.
const DefaultFloor = 10

// Options are what a collector can be told. The zero Options are right.
type Options struct {
	// Floor is the number of observations below which a rate or a median is
	// not shown. 0 is [DefaultFloor]; a negative one shows whatever there is.
	Floor int
	// Curves adds to every [Wait] the steps of its curve, for drawing.
	Curves bool
}

// Measures are the figures of a number of deals.
type Measures struct {
	AsOf  time.Time `json:"as_of,omitzero"` // the instant that the deals are looked at from
	Floor int       `json:"floor"`
	Deals Deals     `json:"deals"`

	Overall Group `json:"overall"`
	// Stages are where the deals stood at the call, in the order of the
	// process: every open stage, and a closed one where there were calls.
	Stages []Group `json:"stages"`
	// Commitments are what the calls were for, in the order of rungs; KeptRate
	// is that of the promises of this commitment, whatever their call was for.
	Commitments []Group `json:"commitments"`
	Kinds       []Group `json:"kinds"` // of call, in the order of the process, then those that it does not know
	Reps        []Group `json:"reps"`  // by name
	// Months are those of the calls in the time zone of the process, such as
	// "2026-07".
	Months []Group `json:"months"`

	Conversion []Conversion `json:"conversion"` // of every open stage
	Stays      []Stay       `json:"stays"`      // likewise
	// Close is from the start of a deal to its end, won or lost, in whichever
	// system it ended first.
	Close Wait `json:"close"`
	// Win is from the start of a deal to the order. Lost deals wait in vain:
	// they count as not won for as long as they could have been.
	Win Wait `json:"win"`

	Value []Value `json:"value"` // by currency
}

// Deals are the deals that were added, and what became of them.
type Deals struct {
	Added   int `json:"added"`
	Settled int `json:"settled"` // over before the histories begin; left out of everything
	Ahead   int `json:"ahead"`   // begun after the instant that they are looked at from; likewise
	// Trusted are deals opened on trust at the stage that they claimed: nobody
	// knows when they came there, so their first stay and their time to close
	// are not measured.
	Trusted int `json:"trusted"`
	// Undated are those that are over, and nobody knows since when: their
	// times are counted up to their last record, as not ended.
	Undated  int `json:"undated"`
	Won      int `json:"won"`       // by what their buyers committed to
	Lost     int `json:"lost"`      // refused or given up, by their calls or as the other system shows
	WonClaim int `json:"won_claim"` // shown as won, without an order on record
	Open     int `json:"open"`
	Unjudged int `json:"unjudged"` // calls that could not be judged
	// Untold are deals with calls none of which could show a commitment: their
	// calls are in no rate and no wait.
	Untold int `json:"untold"`
}

// Group is the figures of a number of calls.
type Group struct {
	Key     string  `json:"key"` // an id or a name; empty for all calls, and for those that name none
	Calls   int     `json:"calls"`
	Reached int     `json:"reached"` // of those: the buyer was reached
	Results Results `json:"results"` // of all calls

	Advance      Rate `json:"advance"`      // reached calls that were an order or an advance
	Asked        Rate `json:"asked"`        // reached calls in which something was asked for
	Target       Rate `json:"target"`       // reached calls with a target named beforehand that met or exceeded it
	Continuation Rate `json:"continuation"` // reached calls that were a continuation
	Kept         Rate `json:"kept"`         // promises with a date that came due or were taken back: kept

	CallsPerAdvance Ratio `json:"calls_per_advance"` // reached calls for each order or advance among them
	// NextAdvance is from an advance, or the start of a deal, to its next
	// advance. A deal's first wait is in no kind and no commitment; the others
	// belong to the call that they began with, under the strongest commitment
	// that it was credited with and the stage that it led to.
	NextAdvance Wait `json:"next_advance"`
	// AfterContinuation is from a continuation, of several in a row the first,
	// to the next advance of its deal.
	AfterContinuation Wait `json:"after_continuation"`
}

// Results are how many calls came to what.
type Results struct {
	Order        int `json:"order"`
	Advance      int `json:"advance"`
	Recovery     int `json:"recovery"`
	Continuation int `json:"continuation"`
	Refusal      int `json:"refusal"`
	Setback      int `json:"setback"`
	NoSale       int `json:"no_sale"`
	NoContact    int `json:"no_contact"`
}

// Conversion is what became of the deals that entered a stage.
type Conversion struct {
	Stage   process.StageID `json:"stage"`
	All     Cohort          `json:"all"`
	Cohorts []Cohort        `json:"cohorts"` // by the month in which they entered
}

// Cohort is the deals that came to stand in a stage for the first time in one
// month. Entered is the sum of Advanced.Hits, Lost, WonClaim, Still and Back.
type Cohort struct {
	Month    string `json:"month,omitzero"` // empty for all months
	Entered  int    `json:"entered"`
	Advanced Rate   `json:"advanced"`  // so far: those who came to a later stage of the path, of all who entered
	Lost     int    `json:"lost"`      // without having come further
	WonClaim int    `json:"won_claim"` // likewise, and shown as won without an order on record
	Still    int    `json:"still"`     // open, and still there
	Back     int    `json:"back"`      // open, and back in an earlier stage
	// AtMost is the share that will have advanced if every deal that is still
	// open does; 0 where Advanced is not shown.
	AtMost float64 `json:"at_most"`
}

// Stay is how long deals stay in a stage when they first come there: until they
// leave it, forward, back, or out.
type Stay struct {
	Stage process.StageID `json:"stage"`
	Wait
}

// Value is what the open deals are worth in one currency.
type Value struct {
	Currency string `json:"currency"` // in capitals; empty for deals that name none
	// Rows are the stages in the order of the process, those that no deal is
	// in left out; one without an id for deals that claim none, or one that
	// the process does not have, and for those of which no record could show
	// what they earned.
	Rows    []ValueRow `json:"rows"`
	Claimed Amount     `json:"claimed"` // all rows together; the same deals on both sides
	Earned  Amount     `json:"earned"`
}

// ValueRow is what is in a stage by claim, and what is there by the commitments
// of the buyers.
type ValueRow struct {
	Stage   process.StageID `json:"stage"`
	Claimed Amount          `json:"claimed"`
	Earned  Amount          `json:"earned"`
}

// Amount is a sum with what it is the sum of.
type Amount struct {
	Deals   int     `json:"deals"`
	Missing int     `json:"missing"` // of those: without an amount, or with one that is no number
	Sum     float64 `json:"sum"`     // of the others: exact, and then rounded once
}
