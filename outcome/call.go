package outcome

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// DealID names a deal.
type DealID string

// CallID names a call within its deal.
type CallID string

// Call is the record of one call, or of a message, a booking or a signature
// that took its place.
type Call struct {
	// ID may be empty: it is then derived from the content, see
	// [Call.Identify].
	ID       CallID         `json:"id,omitzero"`
	Revision int            `json:"revision,omitzero"` // of several records of one call the highest counts
	Deal     DealID         `json:"deal"`
	At       time.Time      `json:"at"`
	Kind     process.KindID `json:"kind,omitzero"` // may be empty
	Channel  string         `json:"channel,omitzero"`
	Rep      string         `json:"rep,omitzero"`
	Contact  Contact        `json:"contact,omitzero"`
	// Target is the commitment planned for the call; without one it is the
	// outcome of the kind.
	Target      commitment.ID   `json:"target,omitzero"`
	PlannedAt   time.Time       `json:"planned_at,omitzero"` // when that was planned; may be zero
	Asked       []commitment.ID `json:"asked,omitempty"`
	Commitments []Entry         `json:"commitments,omitempty"`
	Activities  []string        `json:"activities,omitempty"` // what else the call was used for
	Rating      Rating          `json:"rating,omitzero"`      // the seller's own view
	NoSale      *NoSale         `json:"no_sale,omitzero"`     // the deal was refused or given up
	Pause       *Pause          `json:"pause,omitzero"`       // a known reason to wait
	Notes       string          `json:"notes,omitzero"`
}

// Entry is what was said about one commitment. It names a Commitment of the
// process, or it is about something Other, in free words.
type Entry struct {
	Commitment commitment.ID       `json:"commitment,omitzero"`
	Other      string              `json:"other,omitzero"`
	By         commitment.Party    `json:"by,omitzero"`
	Status     commitment.Status   `json:"status,omitzero"`
	Due        When                `json:"due,omitzero"`
	People     []commitment.Person `json:"people,omitempty"`
	Evidence   []string            `json:"evidence,omitempty"`
	Note       string              `json:"note,omitzero"`
}

// NoSale says that a deal was refused or given up.
type NoSale struct {
	By     commitment.Party `json:"by,omitzero"`
	Reason string           `json:"reason,omitzero"`
	Stage  process.StageID  `json:"stage,omitzero"` // a stage that closes lost; the first of them when empty
}

// Pause is a known, legitimate reason to wait.
type Pause struct {
	Until  When   `json:"until,omitzero"`
	Reason string `json:"reason,omitzero"`
}

// Contact says whether anyone was spoken to.
type Contact uint8

// The kinds of contact. The zero value is Reached, as in a record that names
// none.
const (
	Reached    Contact = iota
	NotReached         // voicemail, no answer
	NoShow             // they were expected and did not come
	NoContact          // no conversation at all: a booking online, a signature, a message
)

var contactNames = []string{"reached", "not_reached", "no_show", "none"}

// ContactNames lists the kinds of contact as records spell them.
func ContactNames() []string { return append([]string(nil), contactNames...) }

// String returns the kind of contact as records spell it.
func (c Contact) String() string { return wordOf(contactNames, uint8(c)) }

// MarshalText writes the name of the kind of contact.
func (c Contact) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the name of a kind of contact.
func (c *Contact) UnmarshalText(text []byte) error {
	return parseWord(c, text, contactNames, 0, "contact")
}

// Rating is how the seller thought that the call went. It never changes a
// result.
type Rating uint8

// The ratings. The zero value is Unrated.
const (
	Unrated Rating = iota
	Great
	Good
	Fair
	Poor
)

var ratingNames = []string{"", "great", "good", "fair", "poor"}

// RatingNames lists the ratings as records spell them.
func RatingNames() []string { return append([]string(nil), ratingNames[1:]...) }

// String returns the rating as records spell it; nothing for Unrated.
func (r Rating) String() string { return wordOf(ratingNames, uint8(r)) }

// MarshalText writes the name of the rating.
func (r Rating) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name of a rating.
func (r *Rating) UnmarshalText(text []byte) error {
	return parseWord(r, text, ratingNames, Great, "rating")
}

func wordOf(names []string, v uint8) string {
	if int(v) < len(names) {
		return names[v]
	}
	return "?"
}

func parseWord[T ~uint8](dst *T, text []byte, names []string, first T, what string) error {
	for i, name := range names[first:] {
		if name == string(text) {
			*dst = first + T(i)
			return nil
		}
	}
	return commitment.UnknownWordError{What: what, Word: string(text), Known: names[first:]}
}

// Deal is the record of a deal. All of it but Deal may be missing.
type Deal struct {
	Deal   DealID    `json:"deal"`
	Name   string    `json:"name,omitzero"`
	Opened time.Time `json:"opened,omitzero"` // starts the clocks; the first call when zero
	// Stage is where the deal was opened on trust: what the exits before it
	// ask for counts as held.
	Stage     process.StageID `json:"stage,omitzero"`
	Amount    *float64        `json:"amount,omitzero"`
	Currency  string          `json:"currency,omitzero"`
	Owner     string          `json:"owner,omitzero"`
	CloseDate When            `json:"close_date,omitzero"`
	// Claimed is the stage that another system shows. No verdict reads it.
	Claimed string `json:"claimed,omitzero"`
}
