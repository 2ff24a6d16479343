package process

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
)

// Format is the version of the document format that this package reads.
const Format = 1

// StageID names a stage of a process: letters, digits, '-' and '_'.
type StageID string

// KindID names a kind of call of a process, likewise.
type KindID string

// Definition is a process as a document writes it. It is plain data: it may be
// a Go literal as well. Nothing can be evaluated with it before
// [Definition.Compile].
type Definition struct {
	Format      int    // of the document; always 1
	ID          string // letters, digits, '-' and '_'
	Version     int    // from 1; raised when the meaning changes
	Name        string
	Description string
	TimeZone    string // IANA name; what a date without a time means; UTC when empty
	Reviewed    string // a date, 2026-11-01; may be empty
	ReviewEvery commitment.Duration
	Defaults    Defaults
	// Roles, EvidenceKinds and LossReasons are the vocabularies. Without Roles
	// any role is accepted, without LossReasons any reason. EvidenceKinds
	// stand beside the built-in ones.
	Roles         []string
	EvidenceKinds []string
	LossReasons   []string
	Commitments   []commitment.Definition
	CallKinds     []CallKind
	Stages        []Stage
	Findings      map[string]diagnostic.Severity // severity by finding code
	// Extensions are the keys that begin with "x-", by the path of the mapping
	// that they stand in: "" for the top, "commitments.first_meeting",
	// "stages[2]". They change nothing.
	Extensions map[string]map[string]any
}

// Defaults is inherited, key by key, by every commitment and every open stage
// that does not say otherwise.
type Defaults struct {
	Requires    commitment.Requirements
	LapsesAfter commitment.Duration
	StallsAfter StallLimit
	Gate        Gate
}

// StallLimit says after what a deal without an open commitment is stalled. What
// is left out is inherited.
type StallLimit struct {
	Off   bool                // `stalls_after: none`
	Calls *int                // calls in a row that reached the buyer and brought nothing, from 1
	Time  commitment.Duration // since the last progress
}

// Gate says whether a deal can pass a stage whose exit is not satisfied.
type Gate string

// The gates. The empty one inherits, and is soft where nothing is inherited.
const (
	Soft Gate = "soft" // it can: what is missing is a gap
	Hard Gate = "hard" // it can not
)

// Closes says how a stage ends a deal; empty for an open stage.
type Closes string

// How a stage may close.
const (
	ClosesWon  Closes = "won"
	ClosesLost Closes = "lost"
)

// Stage is a part of the path with its ladder and its exit.
type Stage struct {
	ID          StageID
	Name        string
	Description string
	Probability *int   // percent, 0 to 100
	Forecast    string // pipeline, best_case, commit or omitted
	Ladder      []commitment.ID
	Exit        []Criterion // all of them have to hold
	StallsAfter StallLimit
	Gate        Gate
	Closes      Closes
}

// Forecasts lists the forecast categories that a stage may have.
func Forecasts() []string { return []string{"pipeline", "best_case", "commit", "omitted"} }

// Item is a commitment that an exit asks for: held, or even kept.
type Item struct {
	Commitment commitment.ID
	Kept       bool
}

// Held is the item that asks for a commitment to be held.
func Held(id commitment.ID) Item { return Item{Commitment: id} }

// Kept is the item that asks for a commitment to have happened.
func Kept(id commitment.ID) Item { return Item{Commitment: id, Kept: true} }

// Criterion is one condition of an exit. Exactly one of its three forms is
// used: an Item, Any of several, or AtLeast so many Of several.
type Criterion struct {
	Item    Item
	Any     []Item
	AtLeast int
	Of      []Item
}

// Items returns all items that the criterion names.
func (c Criterion) Items() []Item {
	switch {
	case c.Any != nil:
		return c.Any
	case c.Of != nil:
		return c.Of
	}
	return []Item{c.Item}
}

// CallKind is a kind of sales call with the one outcome that it exists for.
type CallKind struct {
	ID          KindID
	Name        string
	Description string
	Outcome     commitment.ID
	Fallbacks   []commitment.ID // acceptable instead, best first
	Keeps       []commitment.ID // commitments that taking place fulfils
	NotFor      []string        // activities that belong in another call
	Refocus     string          // what to say to come back to the outcome
	Stages      []StageID       // where it belongs; anywhere when empty
}
