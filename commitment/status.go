package commitment

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/internal/nearest"
)

// Status is what was said about a commitment in a call.
type Status uint8

// The statuses. The zero value is Given, as in a record that names none.
const (
	Given       Status = iota // the buyer agreed to it
	Kept                      // it has happened
	Broken                    // it did not happen
	Withdrawn                 // the buyer took it back
	Declined                  // asked for and refused
	Deferred                  // put off
	Conditional               // yes, if something else happens first
	Waived                    // not needed for this deal
)

var statusNames = []string{"given", "kept", "broken", "withdrawn", "declined", "deferred", "conditional", "waived"}

// StatusNames lists the statuses as records spell them.
func StatusNames() []string { return append([]string(nil), statusNames...) }

// String returns the status as records spell it.
func (s Status) String() string { return word(statusNames, uint8(s), "status") }

// MarshalText writes the name of the status.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name of a status.
func (s *Status) UnmarshalText(text []byte) error { return parseWord(s, text, statusNames, "status") }

// Party is who said it. Only what the buyer says can move a deal.
type Party uint8

// The parties. The zero value is Unknown, as in a record that names none.
const (
	Unknown Party = iota
	Buyer
	Seller
	ThirdParty
)

var partyNames = []string{"unknown", "buyer", "seller", "third_party"}

// PartyNames lists the parties as records spell them.
func PartyNames() []string { return append([]string(nil), partyNames...) }

// String returns the party as records spell it.
func (p Party) String() string { return word(partyNames, uint8(p), "party") }

// MarshalText writes the name of the party.
func (p Party) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the name of a party.
func (p *Party) UnmarshalText(text []byte) error { return parseWord(p, text, partyNames, "party") }

func word(names []string, v uint8, what string) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprintf("%s(%d)", what, v)
}

func parseWord[T ~uint8](v *T, text []byte, names []string, what string) error {
	for i, name := range names {
		if name == string(text) {
			*v = T(i)
			return nil
		}
	}
	return UnknownWordError{What: what, Word: string(text), Known: names}
}

// UnknownWordError says that a word of a fixed vocabulary is not known.
type UnknownWordError struct {
	What  string   // the vocabulary: "status", "party"
	Word  string   // as it was written
	Known []string // the vocabulary's words
}

// Error names the word and what it could have been.
func (e UnknownWordError) Error() string {
	msg := fmt.Sprintf("unknown %s %q", e.What, e.Word)
	if hint := nearest.Hint(e.Word, e.Known); hint != "" {
		return msg + ": " + hint
	}
	return msg + ": one of " + strings.Join(e.Known, ", ")
}
