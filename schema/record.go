package schema

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

func callSchema() *schema {
	s := record.call("deal", "at")
	return s.example(`{"id":"c-17","deal":"D-1042","at":"2026-11-02T10:00:00Z","kind":"cold_call","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-05T15:00:00Z","people":[{"name":"J. Ortiz","role":"economic_buyer"}],"evidence":["calendar"]}]}`)
}

func dealSchema() *schema {
	s := record.deal("deal")
	return s.example(`{"deal":"D-1042","name":"Acme","opened":"2026-01-05T09:00:00Z","amount":48000,"currency":"EUR","owner":"ana"}`)
}

// dealID is the id of a deal. In a document of cases none need be given.
func (f form) dealID() *schema {
	s := f.text("The id of the deal.", "D-1042")
	if !f.yaml {
		s.notBlank()
	}
	return s
}

// call is a call, or a message, a booking or a signature that took its place.
func (f form) call(required ...string) *schema {
	return f.object("One call, or a message, a booking or a signature that took its place: who committed to what.", required,
		field("id", f.text("The id of the call within its deal. Without one it is derived from the content, so that the same record twice is the same call.", "c-17")),
		field("revision", integer("Of several records of one call the highest counts.").byDefault("0")),
		field("deal", f.dealID()),
		field("at", f.instant("When the call took place.")),
		field("kind", f.text("The kind of call, one of the process.", "cold_call")),
		field("channel", f.text("How it was made.", "phone", "video", "email")),
		field("rep", f.text("Who made it.", "ana")),
		field("contact", oneOf("Whether anyone was spoken to.", outcome.ContactNames(), contactTexts).byDefault(`"reached"`)),
		field("target", f.text("The commitment that was planned for the call. Without one it is the outcome of its kind.", "first_meeting")),
		field("planned_at", f.instant("When that was planned.")),
		field("asked", f.names("The commitments that the seller asked for. What the buyer gave, declined, put off or made conditional counts as asked anyway.", "first_meeting")),
		field("commitments", list("What was said about commitments.", f.entry()).upToLimit()),
		field("activities", f.words("What else the call was used for.", "needs_analysis", "demo").upToLimit()),
		field("rating", oneOf("How the seller thought that it went. It never changes a result.", outcome.RatingNames(), nil)),
		field("no_sale", f.object("The deal was refused or given up. It closes as lost.", nil,
			field("by", by("Who ended it.")),
			field("reason", f.text("Why, one of the process's loss reasons.", "budget", "competitor")),
			field("stage", f.text("The lost stage in which it closes; the first, where it is left out.", "lost")),
		)),
		field("pause", f.object("A known, legitimate reason to wait. A paused deal does not stall.", []string{"until"},
			field("until", f.when("The end of the pause.")),
			field("reason", f.text("Why.", "The new budget comes in April")),
		)),
		field("notes", f.text("Whatever else there is to say.")),
	)
}

func by(description string) *schema {
	return oneOf(description, commitment.PartyNames(), partyTexts).byDefault(`"unknown"`)
}

func (f form) entry() *schema {
	s := f.object("What was said about one commitment.", nil,
		field("commitment", f.text("A commitment of the process, by its id.", "first_meeting")),
		field("other", f.text("Instead of a commitment: something that is on no ladder, in a few words.", "Call again in two weeks")),
		field("by", by("Who said it. Only what the buyer says can move a deal.")),
		field("status", oneOf("What was said.", commitment.StatusNames(), statusTexts).byDefault(`"given"`)),
		field("due", f.when("By when it is to happen.")),
		field("people", list("The people on the buyer's side who take part.", f.object("A person.", nil,
			field("name", f.text("The name. Only people with a name count.", "J. Ortiz")),
			field("role", f.text("The part that the person plays, one of the process's roles.", "economic_buyer")),
		)).upToLimit()),
		field("evidence", f.names("What there is to show for it. Verbal evidence, which is what the seller reports, is always there.", "calendar", "email")),
		field("note", f.text("More about it. A waiver needs its reason here.")),
	)
	s.OneOf = []*schema{f.about("commitment", "."), f.about("other", `\S`)}
	return s
}

// about is an entry that has something in a field.
func (f form) about(name, pattern string) *schema {
	something := (&schema{Type: f.text("").Type}).matching(pattern, "Write something, or leave the key out.")
	return &schema{Required: []string{name}, Properties: properties{{name, something}}}
}

func (f form) deal(required ...string) *schema {
	return f.object("What is known of a deal beside its calls.", required,
		field("deal", f.dealID()),
		field("name", f.text("The name of the deal for people.", "Acme")),
		field("opened", f.instant("When the deal was opened, which starts its clocks; with the first call, where it is left out.")),
		field("stage", f.text("Where the deal was opened on trust: what the exits before this stage ask for counts as held.", "discovery")),
		field("amount", (&schema{Description: "What the deal is worth.", Type: types{"number"}}).example("48000")),
		field("currency", f.text("The currency of the amount.", "EUR")),
		field("owner", f.text("Who owns the deal.", "ana")),
		field("close_date", f.when("When it is expected to close.")),
		field("claimed", f.text("The stage that another system shows. No verdict reads it.", "proposal")),
	)
}
