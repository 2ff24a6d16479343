package schema

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/outcome"
)

// form is what a document is written in. It decides how scalars look, and
// which keys are free for other programs.
type form struct {
	free string // a pattern; empty where nothing is free
	yaml bool   // any scalar will do for a word
	null bool   // what may be left out may also be null
}

var (
	document     = form{free: "^x-", yaml: true}
	yamlRecord   = form{free: "^x[-_]", yaml: true}
	record       = form{free: "^x_", null: true}
	outputRecord = form{}
)

const idHint = "Use letters, digits, - and _."

const (
	idPattern       = `^[\p{L}\p{Nd}_-]+$`
	idOrNone        = `^[\p{L}\p{Nd}_-]*$`
	datePattern     = `^\d{4}-\d{2}-\d{2}$`
	timePattern     = `^\d{4}-\d{2}-\d{2}` + clockPattern + `$`
	whenPattern     = `^\d{4}-\d{2}-\d{2}(` + clockPattern + `)?$`
	clockPattern    = `[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)`
	durationPattern = `^(none|\d{1,6}w(\d{1,6}d)?(\d{1,6}h)?|\d{1,6}d(\d{1,6}h)?|\d{1,6}h)$`
)

// text is any text. In YAML a number, or a word such as no, is a text as well,
// where a text is expected.
func (f form) text(description string, examples ...string) *schema {
	s := &schema{Description: description, Type: types{"string"}}
	if f.yaml {
		s.Type = types{"string", "number", "boolean"}
	}
	for _, e := range examples {
		s.Examples = append(s.Examples, quoted(e))
	}
	return s
}

// id is the id of something that the document itself defines.
func (f form) id(description string, examples ...string) *schema {
	return f.text(description, examples...).matching(idPattern, idHint)
}

// words is a list of texts.
func (f form) words(description string, examples ...string) *schema {
	s := list(description, f.text(""))
	if len(examples) > 0 {
		s.Examples = []jsontext.Value{encoded(examples)}
	}
	return s
}

// or lets a schema be met by what another describes as well, where the two are
// of different types. The keywords for lists, for groups of keys and for texts
// don't get in each other's way, and whoever gets one of them wrong is told
// about that one, and not that none of several forms fits.
func (s *schema) or(other *schema) *schema {
	s.Type = append(s.Type, other.Type...)
	s.Items, s.MinItems = cmp.Or(s.Items, other.Items), max(s.MinItems, other.MinItems)
	if other.AdditionalProperties != nil {
		s.Required, s.Properties = other.Required, other.Properties
		s.PatternProperties, s.AdditionalProperties = other.PatternProperties, other.AdditionalProperties
	}
	return s
}

// duration is a length of time.
func duration(description string, examples ...string) *schema {
	s := &schema{
		Description: description + " Weeks, days and hours, such as 2w, 21d, 1d12h or 36h; `none` switches an inherited one off.",
		Type:        types{"string"},
	}
	s.matching(durationPattern, "Write weeks, days and hours, such as 2w, 21d, 1d12h or 36h, or none.")
	for _, e := range examples {
		s.Examples = append(s.Examples, quoted(e))
	}
	return s
}

// instant is a point in time. In YAML it may be a date.
func (f form) instant(description string) *schema {
	if f.yaml {
		return timeOrDate(description + " A date means noon in the time zone of the process.")
	}
	return &schema{
		Description: description, Type: types{"string"}, Format: "date-time", Pattern: timePattern,
		Examples: []jsontext.Value{quoted("2026-11-05T15:00:00Z")},
	}
}

// when is a point in time or a whole day.
func (f form) when(description string) *schema {
	return timeOrDate(description + " A time, or a date, which means the end of that day in the time zone of the process.")
}

func timeOrDate(description string) *schema {
	s := &schema{
		Description: description, Type: types{"string"},
		Examples: []jsontext.Value{quoted("2026-11-05"), quoted("2026-11-05T15:00:00Z")},
	}
	return s.matching(whenPattern, "Write a date such as 2026-11-05, or a time such as 2026-11-05T15:00:00Z or 2026-11-05T15:00:00+01:00.")
}

func integer(description string) *schema {
	return &schema{Description: description, Type: types{"integer"}}
}

func (s *schema) from(n int) *schema { s.Minimum = &n; return s }

func (s *schema) upTo(n int) *schema { s.Maximum = &n; return s }

// yesNo is true or false. YAML spells them in more ways than JSON.
func (f form) yesNo(description string) *schema {
	if !f.yaml {
		return &schema{Description: description, Type: types{"boolean"}}
	}
	s := &schema{Description: description, Type: types{"boolean", "string"}}
	return s.matching("^(true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$", "Write true or false.")
}

// oneOf is a word of a fixed vocabulary, with what each word means, if that is
// known.
func oneOf(description string, words []string, meaning map[string]string) *schema {
	s := &schema{Description: description}
	for _, w := range words {
		s.Enum = append(s.Enum, word(w))
		if meaning != nil {
			s.EnumDescriptions = append(s.EnumDescriptions, meaning[w])
		}
	}
	return s
}

// names is a list of texts none of which is empty, as long as records may be.
func (f form) names(description string, examples ...string) *schema {
	s := f.words(description, examples...).upToLimit()
	s.Items.matching(".", "Write something, or leave it out.")
	return s
}

// upToLimit bounds a list as those of records are.
func (s *schema) upToLimit() *schema { s.MaxItems = outcome.MaxItems; return s }

func list(description string, items *schema) *schema {
	return &schema{Description: description, Type: types{"array"}, Items: items}
}

// field is a key of an object, or the key of it that has to be there.
func field(name string, s *schema) property { return property{name, s} }

// object is a group of keys, those that begin with the free prefix included.
func (f form) object(description string, required []string, fields ...property) *schema {
	s := &schema{
		Description: description, Type: types{"object"}, Required: required, Properties: fields,
		AdditionalProperties: &orFalse{},
	}
	if f.free != "" {
		s.PatternProperties = properties{{f.free, &schema{Description: "Free for other programs: kept, and changes nothing."}}}
	}
	if f.null {
		for i := range fields {
			if !slices.Contains(required, fields[i].name) {
				fields[i].schema = fields[i].orNull()
			}
		}
	}
	return s
}

// table is a group of free keys with values of one kind.
func (f form) table(description string, value *schema) *schema {
	return &schema{
		Description: description, Type: types{"object"},
		PatternProperties:    properties{{f.free, &schema{Description: "Free for other programs: kept, and changes nothing."}}},
		PropertyNames:        (&schema{}).matching(idPattern, idHint),
		AdditionalProperties: &orFalse{value},
	}
}

func (s *schema) orNull() *schema {
	switch {
	case s.Enum != nil:
		s.Enum = append(s.Enum, "")
		if s.EnumDescriptions != nil {
			s.EnumDescriptions = append(s.EnumDescriptions, "As if it were left out.")
		}
	case s.Type != nil:
		s.Type = append(s.Type, "null")
	case s.Ref != "":
		return &schema{Description: s.Description, AnyOf: []*schema{s, {Type: types{"null"}}}}
	}
	return s
}

func ref(name, description string) *schema {
	return &schema{Ref: "#/$defs/" + name, Description: description}
}

// matching asks a text to match a pattern, and says what to write if it
// doesn't.
func (s *schema) matching(pattern, otherwise string) *schema {
	s.Pattern, s.PatternErrorMessage = pattern, otherwise
	return s
}

// notBlank asks a text to have something in it that can be seen.
func (s *schema) notBlank() *schema {
	return s.matching(`\S`, "Write something, or leave the key out.")
}

func (s *schema) byDefault(value string) *schema { s.Default = jsontext.Value(value); return s }

func (s *schema) example(value string) *schema {
	s.Examples = append(s.Examples, jsontext.Value(value))
	return s
}

func quoted(s string) jsontext.Value { return encoded(s) }

func encoded[T string | []string](v T) jsontext.Value {
	text, err := json.Marshal(v)
	if err != nil {
		panic("schema: the examples are texts: " + err.Error()) // cannot happen
	}
	return text
}
