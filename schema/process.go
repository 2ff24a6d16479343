package schema

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

func processSchema() *schema {
	f := document
	s := f.object("One long ladder of commitments that a buyer can make, cut into stages, and the kinds of call that ask for them.",
		[]string{"advance", "id", "version", "commitments", "stages"},
		field("advance", &schema{Description: "The version of this format. Write 1.", Type: types{"integer"}, Const: jsontext.Value("1")}),
		field("id", f.id("The name of the process for programs: letters, digits, - and _. Records of verdicts carry it.", "complex-b2b")),
		field("version", integer("Counts from 1. Raise it whenever the meaning changes: a rung, an exit, a requirement, a time limit.").from(1).example("1")),
		field("name", f.text("The name of the process for people.", "Complex B2B sale").notBlank()),
		field("description", f.text("What the process is for.")),
		field("timezone", f.text("The time zone of dates without a time, by its IANA name.", "Europe/Berlin").notBlank().byDefault(`"UTC"`)),
		field("reviewed", (&schema{
			Description: "The day on which somebody last went through this process and found it right. `advance lint` warns when that is too long ago.",
			Type:        types{"string"}, Examples: []jsontext.Value{quoted("2026-11-01")},
		}).matching(datePattern, "Write a date such as 2026-11-01.")),
		field("review_every", duration("How long a review lasts.", "180d").byDefault(`"180d"`)),
		field("defaults", f.object("What every commitment and every open stage inherits, key by key, unless it says otherwise.", nil,
			field("requires", ref("requires", "What every commitment requires.")),
			field("lapses_after", lapsesAfter()),
			field("stalls_after", ref("stalls_after", "When deals stall.")),
			field("gate", gate().byDefault(`"soft"`)),
		)),
		field("roles", f.words("The parts that people play in buying. When it is there, no other role is known.", "champion", "user_buyer", "economic_buyer")),
		field("evidence_kinds", f.words("Kinds of evidence beside the built-in ones: verbal, email, calendar, recording, document, signature and payment.", "shared_plan", "product_usage")),
		field("loss_reasons", f.words("Why deals are lost. When it is there, no other reason is known.", "budget", "competitor", "no_decision", "not_a_fit")),
		field("commitments", f.table("What a buyer can commit to, each under its id. A commitment is something that the buyer does, and stands on exactly one ladder.",
			f.commitment())),
		field("call_kinds", f.table("The kinds of sales call, each under its id, with the one outcome that it exists for.", f.callKind())),
		field("stages", list("The stages in their order. The path runs up to the one that closes won; those that close lost lie beside it.", f.stage())),
		field("findings", f.findings()),
	)
	s.Defs = properties{
		{"requires", f.requires()},
		{"stalls_after", f.stallsAfter()},
		{"item", f.item()},
	}
	return s
}

func (f form) commitment() *schema {
	s := f.object("A commitment: something that the buyer does, or agrees to do.", nil,
		field("name", f.text("As something that the buyer does.", "Take a first meeting").notBlank()),
		field("description", f.text("What counts as this commitment, and what does not.")),
		field("ask", f.text("How the seller asks for it, word for word.", "What does Thursday look like for a 20-minute appointment to explore this together?").notBlank()),
		field("requires", ref("requires", "What has to be there before it counts. What is left out is inherited from `defaults`.")),
		field("lapses_after", lapsesAfter()),
		field("renamed_from", f.text("The id that it had in an earlier version. Records may go on using it.", "intro").matching(idOrNone, idHint)),
		field("allow", list("The advice of `advance lint` that does not apply to this commitment.", oneOf("", adviceNames(), nil))),
	)
	s.Type = types{"object", "null"} // everything can be inherited
	return s
}

func (f form) requires() *schema {
	return f.object("What has to be there before a commitment counts.", nil,
		field("dated", f.yesNo("Whether a point in time, or a \"by when\", has to be agreed. True unless written otherwise, here or in `defaults`.").byDefault("true")),
		field("within", duration("The date lies at most this far after the call. Asks for a date, too.", "21d")),
		field("people", integer("At least so many named people on the buyer's side.").from(0).upTo(1000).example("1")),
		field("roles", f.need("Roles that have to be among the named people: one, a list (all of them), or {any: [..]} (at least one of them).", "economic_buyer")),
		field("evidence", f.need("Kinds of evidence that have to be there: one, a list (all of them), or {any: [..]} (at least one of them). Built in are verbal, email, calendar, recording, document, signature and payment.", "calendar", "email")),
	)
}

// need is one name, a list of them, or a choice.
func (f form) need(description string, names ...string) *schema {
	choice := f.object("", []string{"any"}, field("any", atLeastOne(f.words("At least one of these."))))
	return f.text(description, names[0]).or(f.words("")).or(choice).example(`{"any": ` + string(encoded(names)) + `}`)
}

func atLeastOne(s *schema) *schema { s.MinItems = 1; return s }

func lapsesAfter() *schema {
	return duration("How long after its date a commitment is still held; without a date, after it was last given.", "7d")
}

func gate() *schema {
	return oneOf("Whether a deal can pass a stage whose exit is not satisfied.", []string{string(process.Soft), string(process.Hard)},
		map[string]string{
			string(process.Soft): "It can. What is missing is shown as a gap.",
			string(process.Hard): "It can not: nobody passes without the exit.",
		})
}

func (f form) stallsAfter() *schema {
	s := f.object("When a deal without an open commitment is stalled: after so many calls in a row that brought nothing, or after so much time. `none` switches it off.", nil,
		field("calls", integer("After so many calls in a row that reached the buyer and brought nothing.").from(1).example("3")),
		field("time", duration("This long after the last progress.", "30d")),
	)
	off := (&schema{Type: types{"string"}}).matching("^"+string(commitment.None)+"$", "Write {calls: 3, time: 30d}, or none.")
	s.Pattern, s.PatternErrorMessage = off.Pattern, off.PatternErrorMessage
	return s.or(off).example(`{"calls": 3, "time": "30d"}`).example(`"none"`)
}

func (f form) callKind() *schema {
	return f.object("A kind of sales call.", []string{"outcome"},
		field("name", f.text("The name of the kind for people.", "Cold call").notBlank()),
		field("description", f.text("When such a call takes place, and how it goes.")),
		field("outcome", f.text("The one commitment that such a call exists for, by its id.", "first_meeting")),
		field("fallbacks", f.words("Commitments that are acceptable instead.", "referral")),
		field("keeps", f.words("Commitments that such a call fulfils by taking place, where they are held. When nobody comes, they are broken.", "first_meeting")),
		field("not_for", f.words("Activities that belong in another kind of call.", "needs_analysis", "demo")),
		field("refocus", f.text("What to say to come back to the outcome.")),
		field("stages", f.words("The stages that such a call belongs to; any, where it is left out.", "target")),
	)
}

func (f form) stage() *schema {
	return f.object("A stage. Deals stand in it for what their buyers have committed to, never because somebody put them there.", []string{"id"},
		field("id", f.id("The name of the stage for programs: letters, digits, - and _.", "discovery")),
		field("name", f.text("The name of the stage for people.", "Discovery").notBlank()),
		field("description", f.text("What is settled in this stage.")),
		field("probability", integer("How likely a deal in this stage is won, in percent.").from(0).upTo(100).example("20")),
		field("forecast", oneOf("The category of the forecast.", process.Forecasts(), nil)),
		field("ladder", f.words("The commitments to ask for in this stage, from the weakest to the strongest. Each has exactly one ladder.", "share_data", "second_meeting")),
		field("exit", f.exit()),
		field("stalls_after", ref("stalls_after", "When deals in this stage stall. What is left out is inherited from `defaults`.")),
		field("gate", gate()),
		field("closes", oneOf("How the stage ends a deal. Exactly one stage closes won, and at least one closes lost.",
			[]string{string(process.ClosesWon), string(process.ClosesLost)}, nil)),
	)
}

func (f form) exit() *schema {
	s := f.criterion("What has to be held to leave the stage: one criterion, or a list, all of which have to hold.")
	return s.or(list("", f.criterion("A commitment that has to be held, {kept: id}, {any: [..]} or {at_least: {n: .., of: [..]}}."))).
		example(`[{"kept": "first_meeting"}, {"any": ["share_data", "second_meeting"]}]`)
}

// criterion is a commitment, or a group with one of three keys.
func (f form) criterion(description string) *schema {
	s := f.text(description, "first_meeting").or(f.object("", nil,
		field("kept", f.text("A commitment that has to have happened, not only been promised.", "first_meeting")),
		field("any", atLeastOne(list("At least one of these.", ref("item", "")))),
		field("at_least", f.object("At least n of these.", []string{"n", "of"},
			field("n", integer("How many.").from(1).example("2")),
			field("of", list("Of these.", ref("item", ""))),
		)),
	))
	s.OneOf = []*schema{{Type: types{"string", "number", "boolean", "array"}}}
	for _, key := range []string{"kept", "any", "at_least"} {
		s.OneOf = append(s.OneOf, &schema{Type: types{"object"}, Required: []string{key}})
	}
	return s
}

func (f form) item() *schema {
	s := f.text("A commitment that has to be held, or {kept: id} for one that has to have happened.")
	return s.or(f.object("", []string{"kept"}, field("kept", f.text("A commitment that has to have happened."))))
}

func (f form) findings() *schema {
	var fields []property
	for _, code := range finding.Codes() {
		severity := oneOf(findingTexts[code], diagnostic.SeverityNames(), severityTexts).byDefault(string(encoded(code.Default().String())))
		if code.Fault() {
			severity = oneOf(findingTexts[code]+" A fault of the data is always an error.", []string{diagnostic.Error.String()}, nil)
		}
		fields = append(fields, field(code.String(), severity))
	}
	return f.object("How much each finding matters, where it is not what it matters by default.", nil, fields...)
}

func adviceNames() []string {
	var names []string
	for _, code := range process.AdviceCodes() {
		names = append(names, string(code))
	}
	return names
}
