package profile

import (
	"regexp"
	"strings"
)

// Type is the kind of the values of a column.
type Type uint8

// The types.
const (
	Nothing Type = iota // no values
	Text
	ID
	GUID
	Number
	Boolean
	Date // a day
	Time // an instant, or the time of a day

	nTypes
)

// String names the type.
func (t Type) String() string {
	return [nTypes]string{"empty", "text", "id", "guid", "number", "boolean", "date", "time"}[t]
}

// class is what a single value looks like.
type class struct {
	t     Type
	form  string // how it is spelled
	zoned bool
	// of a date whose order of day and month does not show in its form
	first, second int
}

var (
	guid = regexp.MustCompile(`^\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}?$`)

	plainNumber = regexp.MustCompile(`^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$`)
	// Beside a point for the decimals and commas for the thousands, or the other
	// way round, there may be a currency or a percent sign.
	englishNumber = regexp.MustCompile(`^[-+(]?[$€£¥]? ?\d{1,3}((,\d{3})+|\d*)(\.\d+)?\)? ?[$€£¥%]?$`)
	germanNumber  = regexp.MustCompile(`^[-+(]?[$€£¥]? ?\d{1,3}(([. '’\x{a0}\x{202f}]\d{3})+|\d*)(,\d+)?\)? ?[$€£¥%]?$`)
	thousands     = regexp.MustCompile(`^[-+]?\d{1,3}(,\d{3})+$`)
)

// The forms of numbers.
const (
	formPlain   = "1234.5"
	formComma   = "1,234.50"
	formDecimal = "1.234,50"
)

// The forms of numbers that are told apart elsewhere: those that need nothing
// to be read, and those with a comma for the decimals.
const (
	Plain        = formPlain
	DecimalComma = formDecimal
)

// classify says what a value looks like. The path of its column helps with
// numbers that may be times.
func classify(text, path string) class {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "t", "f", "y", "n":
		return class{t: Boolean, form: text}
	}
	if len(text) > 64 {
		return class{t: Text}
	}
	if text[0] >= 0x80 && !strings.ContainsAny(text, "0123456789") {
		return class{t: Text}
	}
	if guid.MatchString(text) {
		return class{t: GUID}
	}
	if c, ok := classifyTime(text, path); ok {
		return c
	}
	switch {
	case plainNumber.MatchString(text):
		return class{t: Number, form: formPlain}
	case thousands.MatchString(text), englishNumber.MatchString(text):
		return class{t: Number, form: formComma}
	case germanNumber.MatchString(text):
		return class{t: Number, form: formDecimal}
	}
	return class{t: Text}
}

// enough is the share of the values, of 100, that decide the type of a column.
const enough = 90

// decide says of what type a column is.
func (g *gathered) decide(c *Column) {
	switch {
	case g.Values == 0:
		return
	case g.onlyBits():
		c.Type = Boolean
		g.forms = g.counts
		return
	}
	c.Type = Text
	most := Text
	for t := ID; t < nTypes; t++ {
		if g.types[t] > g.types[most] || g.types[most] == 0 {
			most = t
		}
	}
	of := g.types[most]
	if most == Date || most == Time {
		of = g.types[Date] + g.types[Time]
		if g.types[Time] > 0 {
			most = Time
		}
	}
	if of*100 >= g.Values*enough {
		c.Type, c.Others = most, g.Values-of
	}
	if c.Type == Text || c.Type == Number {
		g.decideID(c)
	}
	for t := range nTypes {
		same := t == c.Type || c.Type == Time && t == Date || c.Type == ID
		if c.Others > 0 && !same && g.types[t] > 0 {
			c.Other = g.first[t]
		}
	}
}

// onlyBits reports whether all values are 0 and 1, or words for them beside
// those.
func (g *gathered) onlyBits() bool {
	if g.many || g.counts["0"]+g.counts["1"] == 0 || strings.HasSuffix(strings.ToLower(g.Path), "count") {
		return false
	}
	words := g.types[Boolean]
	return words+g.counts["0"]+g.counts["1"] == g.Values && (words > 0 || g.counts["0"] > 0 && g.counts["1"] > 0)
}

// decideID takes values for ids where the name of their column says so and no
// blank stands in them.
func (g *gathered) decideID(c *Column) {
	if !LooksLikeID(c.Path) {
		return
	}
	for _, s := range c.Samples {
		if strings.ContainsAny(s, " \t\n") {
			return
		}
	}
	if !g.many {
		for v := range g.counts {
			if strings.ContainsAny(v, " \t\n") {
				return
			}
		}
	}
	c.Type, c.Others = ID, 0
}

// LooksLikeID reports whether a column is named like an id.
func LooksLikeID(path string) bool {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(name, '#'); i > 0 {
		name = name[:i]
	}
	lower := strings.ToLower(name)
	switch {
	case lower == "id", lower == "guid", lower == "uuid", lower == "key":
		return true
	case strings.HasSuffix(name, "Id"), strings.HasSuffix(name, "ID"), strings.HasSuffix(name, "Ids"):
		return true
	}
	for _, end := range []string{"_id", " id", "-id", "_ids", "_id__c", "_id_c", "id__c", "_uuid", "_guid", "_key"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// formOf says which type a form belongs to.
func (g *gathered) formOf(form string) Type {
	switch form {
	case formPlain, formComma, formDecimal:
		return Number
	}
	if isTimeForm(form) {
		if g.types[Time] > 0 {
			return Time
		}
		return Date
	}
	return Boolean
}
