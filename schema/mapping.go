package schema

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/crm"
)

func mappingSchema() *schema {
	f := document
	s := f.object("How the tables that a CRM exports are read: what the columns mean, and which records show that a buyer committed to something.",
		[]string{"mapping", "id"},
		field("mapping", &schema{Description: "The version of this format. Write 1.", Type: types{"integer"}, Const: jsontext.Value("1")}),
		field("id", f.id("The name of the mapping for programs: letters, digits, - and _.", "our-crm")),
		field("extends", oneOf("A built-in mapping that this one changes, key by key. Stages and rules are replaced as a whole.", crm.BuiltinNames(), nil)),
		field("name", f.text("The name of the mapping for people.", "Our CRM, nightly export").notBlank()),
		field("description", f.text("What it reads, and from where.").notBlank()),
		field("process", f.text("The process whose stages and commitments are named here: a path relative to this file, or the name of a built-in process.", "complex-b2b", "sales.yaml").notBlank()),
		field("timezone", f.text("The time zone of times that name none, by its IANA name.", "Europe/Berlin").notBlank().byDefault(`"UTC"`)),
		field("times", f.words("How times are spelled, beside the spellings that are always understood: YYYY, MM, DD, hh, mm and ss with what stands between them.", "DD.MM.YYYY hh:mm")),
		field("decimal", oneOf("What stands before the cents. A point without this key.", []string{".", ","}, nil)),
		field("stages", f.translations("The stages of the CRM, each with the stage of the process that it is.")),
		field("deals", f.crmTable("The table of deals.", false,
			field("id", ref("field", "The id of the deal.")),
			field("name", ref("field", "What the deal is called.")),
			field("stage", ref("field", "The stage that is claimed; `stages` translates it.")),
			field("status", f.dealStatus()),
			field("amount", ref("field", "What the deal is worth: a number.")),
			field("currency", ref("field", "The currency of the amount.")),
			field("owner", ref("field", "Whose deal it is.")),
			field("created", ref("field", "When the deal was put into the CRM.")),
			field("opened", ref("field", "When its clocks start. Without it, when it was created.")),
			field("closed", ref("field", "When it was won or lost. It is read for deals that are over.")),
			field("close_date", ref("field", "When it is expected to close.")),
		)),
		field("activities", f.crmTables("The table of calls, meetings, tasks and e-mails, or several.", f.activityTable)),
		field("history", f.crmTables("The table of moves from stage to stage, or several.", f.historyTable)),
		field("contacts", f.crmTables("The table of names and roles of people, or several.", f.contactTable)),
		field("links", f.crmTables("The table of which activity belongs to which deal or contact, or several.", f.linkTable)),
		field("rules", list("What shows that a buyer committed to something.", f.rule())),
	)
	s.Defs = properties{
		{"field", f.crmField("A column or a path, or several of which the first that is not empty counts.")},
		{"conditions", f.conditions("Fields, and what has to stand in them; all of them have to be met.")},
	}
	return s
}

// translations are values with what they stand for.
func (f form) translations(description string) *schema { return f.anyKeys(description, f.text("")) }

// anyKeys is a group of keys that may be anything, with values of one kind.
func (f form) anyKeys(description string, value *schema) *schema {
	s := f.table(description, value)
	s.PropertyNames = nil
	return s
}

// sourceKeys are the keys of a field that is written out.
func (f form) sourceKeys() []property {
	return []property{
		field("field", f.text("A column or a path, or several of which the first that is not empty counts.").or(atLeastOne(f.words("")))),
		field("join", f.words("Columns or paths: all that are not empty, with a blank between them.", "due_date", "due_time")),
		field("value", f.text("Always this word, whatever stands in the row.", "meeting").notBlank()),
		field("values", f.translations("Values with what they stand for. Capitals make no difference.")),
		field("default", f.text("What every value stands for that is not listed.").notBlank()),
	}
}

func (f form) crmField(description string) *schema {
	return f.text(description, "deal_id", "properties.dealname").or(atLeastOne(f.words(""))).or(f.object("", nil, f.sourceKeys()...))
}

func (f form) dealStatus() *schema {
	keys := append(f.sourceKeys(),
		field("won", ref("conditions", "What shows that the deal was won.")),
		field("lost", ref("conditions", "What shows that it was lost.")),
		field("open", ref("conditions", "What shows that it is open.")),
	)
	return f.text("Whether the deal is over: a field whose values are won, lost and open, or conditions for each of them.", "status").
		or(atLeastOne(f.words(""))).or(f.object("", nil, keys...))
}

func (f form) conditions(description string) *schema {
	return f.anyKeys(description, f.text("This value, one of these values, or what they begin with or look like.", "Done").or(atLeastOne(f.words(""))).or(f.object("", nil,
		field("prefix", f.text("What the value begins with. Capitals make no difference.").notBlank()),
		field("pattern", f.text("A regular expression (RE2) that matches the whole value.").notBlank()),
		field("present", f.yesNo("Whether there is any value at all.")),
	)))
}

// crmTable is a table; where it can stand in a list it has a name.
func (f form) crmTable(description string, named bool, fields ...property) *schema {
	keys := fields
	if named {
		keys = append([]property{field("name", f.text("Tells the tables of a list apart: letters, digits, - and _.", "meetings").notBlank())}, fields...)
	}
	return f.object(description, nil, append(keys,
		field("each", f.text("In JSON, the path of the list that the rows are in. Without it, the list is found.", "results").notBlank()),
		field("where", ref("conditions", "What a row has to meet; other rows are out of scope.")),
		field("unless", ref("conditions", "What puts a row out of scope.")),
	)...)
}

// crmTables is one table, or a list of them.
func (f form) crmTables(description string, table func() *schema) *schema {
	s := table().or(list("", table()))
	s.Description = description
	return s
}

func (f form) activityTable() *schema {
	calls := (&schema{Description: "Conditions for rows that are sales calls; none for no row. Without it, rows of the kinds call and meeting are.", Type: types{"string"}}).
		matching("^none$", "Write conditions, or none.")
	conditions := f.conditions("")
	calls.Type = append(calls.Type, conditions.Type...)
	calls.PatternProperties, calls.AdditionalProperties = conditions.PatternProperties, conditions.AdditionalProperties
	return f.crmTable("", true,
		field("id", ref("field", "The id of the activity. Without it, one is derived from the content of the row.")),
		field("deal", ref("field", "The id of its deal, or of several. A row without any is out of scope.")),
		field("at", ref("field", "When it took place, or is to.")),
		field("until", ref("field", "When it was over: the time of the call that it becomes.")),
		field("kind", ref("field", "What it is: call, meeting, email, note, task, or a word of your own.")),
		field("calls", calls),
		field("contact", ref("field", "Whether the buyer was spoken to in a call: reached, not_reached, no_show or none.")),
		field("call_kind", ref("field", "The kind of call in the process.")),
		field("people", ref("field", "Names or contact ids of the people on the buyer's side.")),
		field("rep", ref("field", "Whose activity it was.")),
		field("channel", ref("field", "What it went through, such as phone.")),
		field("notes", ref("field", "What the seller wrote down.")),
		field("rating", ref("field", "The seller's own view: great, good, fair or poor.")),
	)
}

func (f form) historyTable() *schema {
	return f.crmTable("", true,
		field("id", ref("field", "The id of the row.")),
		field("deal", ref("field", "The id of its deal.")),
		field("at", ref("field", "When it happened.")),
		field("change", ref("field", "What changed, with values that are stage or close_date; other rows are out of scope.")),
		field("from", ref("field", "What it was before.")),
		field("to", ref("field", "What it was changed to.")),
		field("stage", ref("field", "The stage at the time of the row: what differs from the row before is a move.")),
		field("close_date", ref("field", "The expected close date at the time of the row: what differs from the row before is a change.")),
	)
}

func (f form) contactTable() *schema {
	return f.crmTable("", false,
		field("table", f.text("Tells the tables of a list apart: letters, digits, - and _.", "roles").notBlank()),
		field("id", ref("field", "The id that activities name the person by.")),
		field("deal", ref("field", "The deal that the role is one in.")),
		field("name", ref("field", "What the person is called.")),
		field("role", ref("field", "The part that the person plays in buying.")),
	)
}

func (f form) linkTable() *schema {
	return f.crmTable("", true,
		field("activity", ref("field", "The id of the activity.")),
		field("deal", ref("field", "The id of the deal that it belongs to.")),
		field("contact", ref("field", "The id of the contact that it was with.")),
	)
}

func (f form) rule() *schema {
	words := func(description string, examples ...string) *schema {
		return f.text(description, examples...).or(atLeastOne(f.words("")))
	}
	return f.object("Reads one commitment out of activities.", []string{"commitment", "status", "by"},
		field("commitment", f.text("The id of the commitment in the process; or a field with values that says which.", "first_meeting").
			or(f.object("", nil, f.sourceKeys()...)).or(atLeastOne(f.words("")))),
		field("of", words("The kinds of activities that it can be read from. Without it, all of them.", "meeting")),
		field("when", ref("conditions", "What the activity has to meet.")),
		field("status", oneOf("What the record says about the commitment.", commitment.StatusNames(), statusTexts)),
		field("by", oneOf("Whose word it was. Only what the buyer said or did counts.", commitment.PartyNames(), partyTexts)),
		field("at", ref("field", "When that was said. With it, it is a call of its own, without contact.")),
		field("due", ref("field", "The date that was agreed.")),
		field("people", ref("field", "The people on the buyer's side, in place of those of the activity.")),
		field("needs_people", f.yesNo("Whether somebody of the buyer's side has to be on the activity for anything to be read.")),
		field("evidence", words("What the record proves: calendar, email, recording, document, signature, payment, or kinds of the process.", "calendar")),
		field("note", ref("field", "What else is to be said about it.")),
	)
}
