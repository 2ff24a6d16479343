package crm

import (
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

// Format is the version of the mapping document that this package reads.
const Format = 1

// Definition is a mapping as it was written: plain data. [Definition.Compile]
// makes a [Mapping] of it, which can read tables.
type Definition struct {
	Format      int
	ID          string
	Extends     string // the built-in mapping that this one changes; may be empty
	Name        string
	Description string
	Process     string   // the name of a built-in process, or a file; may be empty
	TimeZone    string   // of times that name none; UTC when empty
	Times       []string // spellings of times, such as "DD.MM.YYYY hh:mm"
	Decimal     string   // "." or ","; "." when empty
	Stages      []Word   // from the CRM's name of a stage to the process's

	Deals      *Deals // may be nil
	Activities []Activities
	History    []History
	Contacts   []Contacts
	Links      []Links
	Rules      []Rule // nil where nothing is said about them

	// Extensions are the keys that begin with "x-", by the path of the mapping
	// that they stand in.
	Extensions map[string]map[string]any
}

// Word translates a value.
type Word struct{ From, To string }

// Field says where a value is found in a row, and what it means. The zero Field
// is one that is not read.
type Field struct {
	// Names are columns, or paths in JSON. The first that is not empty counts.
	Names []string
	// Join puts a blank between all that are not empty instead.
	Join bool
	// Value is there whatever the row holds, in place of names.
	Value string
	// Values translate what was found; Default is for what they don't list.
	Values  []Word
	Default string
}

// IsZero reports whether the field is not read.
func (f Field) IsZero() bool { return len(f.Names) == 0 && f.Value == "" }

// Condition says what has to stand in a field of a row. Exactly one of the
// others is set beside Field.
type Condition struct {
	// Field is a column or a path, or several with " | " between them, of which
	// the first counts that is not empty.
	Field   string
	Any     []string // one of these values
	Prefix  string
	Pattern string // RE2, matches the whole value
	Present *bool  // anything at all, or nothing
}

// names are the columns or paths that the condition asks.
func (c Condition) names() []string { return strings.Split(c.Field, " | ") }

// Table is what all tables have in common.
type Table struct {
	Name   string      // tells the tables of a list apart; may be empty for a single one
	Each   string      // the path of the list of rows in JSON; empty to have it found
	Where  []Condition // rows that don't meet all of these are out of scope
	Unless []Condition // rows that meet all of these are out of scope
}

// Deals is the table of deals.
type Deals struct {
	Table
	ID, Name, Stage   Field
	Status            Status
	Amount            Field
	Currency, Owner   Field
	Created, Opened   Field
	Closed, CloseDate Field
}

// Status says how it shows that a deal is over: a Field with won, lost and open
// for values, or conditions for each of them, tried in this order.
type Status struct {
	Field           Field
	Won, Lost, Open []Condition
}

// Activities is a table of calls, meetings, tasks or e-mails.
type Activities struct {
	Table
	ID, Deal, At, Until, Kind Field
	// Calls are the conditions for a row to be a call by itself; nil stands
	// for the kinds "call" and "meeting". NoCalls says that no row is.
	Calls    []Condition
	NoCalls  bool
	Contact  Field
	CallKind Field
	People   Field
	Rep      Field
	Channel  Field
	Notes    Field
	Rating   Field
}

// History is a table of what deals went through: moves from stage to stage
// (To), changes of one thing or another (Change beside To), or pictures of the
// deal (Stage, CloseDate).
type History struct {
	Table
	ID, Deal, At     Field
	Change, From, To Field
	Stage, CloseDate Field
}

// Contacts is a table that tells the names and roles of people by their ids.
type Contacts struct {
	Table
	ID, Deal, Name, Role Field
}

// Links is a table that tells which activity belongs to which deal or contact.
type Links struct {
	Table
	Activity, Deal, Contact Field
}

// Rule reads a commitment out of activities.
type Rule struct {
	// Commitment is the commitment; CommitmentOf is a field that tells it
	// instead.
	Commitment   commitment.ID
	CommitmentOf Field
	Of           []string // kinds of activities; empty for all
	When         []Condition
	Status       commitment.Status
	By           commitment.Party
	At           Field // when it was said, where that is not the time of the activity
	Due          Field
	People       Field // in place of those of the activity
	NeedsPeople  bool  // nothing is read where nobody of the buyer's side is named
	Evidence     []string
	Note         Field
}

// The words of the fields that take only certain words.
var (
	statusWords = []string{"won", "lost", "open"}
	changeWords = []string{"stage", "close_date"}
)

// The kinds of activities that are calls where a table does not say which are.
const (
	kindCall    = "call"
	kindMeeting = "meeting"
)

// part is a field of a table under its key.
type part struct {
	key string
	*Field
	words    []string // that it may be translated to; nil for any
	required bool
}

func (d *Deals) parts() []part {
	return []part{
		{"id", &d.ID, nil, true},
		{"name", &d.Name, nil, false},
		{"stage", &d.Stage, nil, false},
		{"amount", &d.Amount, nil, false},
		{"currency", &d.Currency, nil, false},
		{"owner", &d.Owner, nil, false},
		{"created", &d.Created, nil, false},
		{"opened", &d.Opened, nil, false},
		{"closed", &d.Closed, nil, false},
		{"close_date", &d.CloseDate, nil, false},
	}
}

func (a *Activities) parts() []part {
	return []part{
		{"id", &a.ID, nil, false},
		{"deal", &a.Deal, nil, false},
		{"at", &a.At, nil, true},
		{"until", &a.Until, nil, false},
		{"kind", &a.Kind, nil, false},
		{"contact", &a.Contact, outcome.ContactNames(), false},
		{"call_kind", &a.CallKind, nil, false},
		{"people", &a.People, nil, false},
		{"rep", &a.Rep, nil, false},
		{"channel", &a.Channel, nil, false},
		{"notes", &a.Notes, nil, false},
		{"rating", &a.Rating, outcome.RatingNames(), false},
	}
}

func (h *History) parts() []part {
	return []part{
		{"id", &h.ID, nil, false},
		{"deal", &h.Deal, nil, true},
		{"at", &h.At, nil, true},
		{"change", &h.Change, changeWords, false},
		{"from", &h.From, nil, false},
		{"to", &h.To, nil, false},
		{"stage", &h.Stage, nil, false},
		{"close_date", &h.CloseDate, nil, false},
	}
}

func (c *Contacts) parts() []part {
	return []part{
		{"id", &c.ID, nil, true},
		{"deal", &c.Deal, nil, false},
		{"name", &c.Name, nil, false},
		{"role", &c.Role, nil, false},
	}
}

func (l *Links) parts() []part {
	return []part{
		{"activity", &l.Activity, nil, true},
		{"deal", &l.Deal, nil, false},
		{"contact", &l.Contact, nil, false},
	}
}

// Role says what a table holds.
type Role string

// The roles, as the keys of a mapping spell them.
const (
	RoleDeals      Role = "deals"
	RoleActivities Role = "activities"
	RoleHistory    Role = "history"
	RoleContacts   Role = "contacts"
	RoleLinks      Role = "links"
)

// Roles lists the roles, in the order in which tables are read.
func Roles() []Role {
	return []Role{RoleDeals, RoleContacts, RoleLinks, RoleHistory, RoleActivities}
}
