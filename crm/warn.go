package crm

import (
	"fmt"

	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
)

// warningKey tells warnings apart: the same of many rows is told once.
type warningKey struct {
	role   Role
	file   string
	column string
	code   WarningCode
	what   string
}

func (im *importer) warn(w Warning, what string) {
	w.Role = im.count.Role
	key := warningKey{w.Role, im.count.File, w.Column, w.Code, what}
	i, ok := im.warned[key]
	if !ok {
		i = len(im.result.Warnings)
		im.warned[key] = i
		im.result.Warnings = append(im.result.Warnings, w)
	}
	im.result.Warnings[i].Count++
}

// unreadable leaves out a value that can not be read.
func (im *importer) unreadable(row table.Row, column, text string, err error) {
	im.warn(Warning{
		Code: Unreadable, Source: im.source(row), Column: column,
		Reason: fmt.Sprintf("%q is left out: %v", shortened(text), err),
	}, "")
}

// longest is how much of a value is told.
const longest = 80

func shortened(text string) string {
	if len(text) <= longest {
		return text
	}
	return text[:longest] + "…"
}

// maxWords is how many values of a column are told that nobody knows. What comes
// after is told together.
const maxWords = 20

// word reads a field that takes only certain words.
func (im *importer) word(row table.Row, f *field) string {
	if f.isZero() {
		return ""
	}
	text := f.text(row)
	word, ok := f.word(text)
	if ok {
		return word
	}
	im.unknownWord(row, f, text, "not among the values of "+f.key)
	return ""
}

// unknownWord leaves out a word that nobody knows.
func (im *importer) unknownWord(row table.Row, f *field, text, why string) {
	_, column := f.found(row)
	what := text
	if _, told := im.warned[warningKey{im.count.Role, im.count.File, column, UnknownWord, what}]; !told {
		n := warningKey{role: im.count.Role, file: im.count.File, column: column, code: UnknownWord}
		if im.wordsTold[n]++; im.wordsTold[n] > maxWords {
			what = ""
		}
	}
	reason := fmt.Sprintf("%q is %s", shortened(text), why)
	if what == "" {
		reason = "further values are " + why
	}
	im.warn(Warning{Code: UnknownWord, Source: im.source(row), Column: column, Reason: reason}, what)
}

// when reads a time or a date that the row can do without.
func (im *importer) when(row table.Row, f *field) outcome.When {
	if f.isZero() {
		return outcome.When{}
	}
	text, column := f.found(row)
	if text == "" {
		return outcome.When{}
	}
	w, err := im.m.clock.read(text)
	if err != nil {
		im.unreadable(row, column, text, im.m.clock.expected)
	}
	return w
}

// dueDate reads a date that the row can do without. Midnight stands for the day.
func (im *importer) dueDate(row table.Row, f *field) outcome.When {
	return im.m.clock.midnightIsDay(im.when(row, f))
}

// amount reads a number that the row can do without.
func (im *importer) amount(row table.Row, f *field) *float64 {
	text, column := f.found(row)
	if text == "" {
		return nil
	}
	decimal := byte('.')
	if im.m.def.Decimal == "," && row.Kind(column) != table.Number {
		decimal = ','
	}
	value, err := amount(text, decimal)
	if err != nil {
		im.unreadable(row, column, text, err)
		return nil
	}
	if value < 0 {
		im.warn(Warning{Code: Negative, Source: im.source(row), Column: column, Reason: "the amount is below zero"}, "")
	}
	return &value
}

// required reads a time that the row can not do without. A day is noon.
func (im *importer) required(row table.Row, f *field) (w outcome.When, what fate) {
	text, column := f.found(row)
	if text == "" {
		return w, rejected(MissingTime, column, "there is no time")
	}
	w, err := im.m.clock.read(text)
	if err != nil {
		return w, rejected(BadTime, column, fmt.Sprintf("%q can not be read: %v", shortened(text), im.m.clock.expected))
	}
	return w, used
}
