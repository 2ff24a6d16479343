package outcome

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// texts puts a verdict into words: here are the words themselves, in why.go
// the reason of the result, in messages.go the findings.
type texts struct {
	v       *Verdict
	p       *process.Process
	remarks []remark // what was found
	outlook *outlook // of the deal
	open    *slots   // what is left open; nil: nothing
}

// title is the name of a commitment in quotes.
func (t texts) title(r commitment.Rung) string { return prose.Quote(t.p.Commitment(r).Name()) }

// act is the name of a commitment as it stands behind "to": "take a first
// meeting".
func (t texts) act(r commitment.Rung) string { return uncapital(t.p.Commitment(r).Name()) }

// stage is the name of a stage.
func (t texts) stage(index int) string { return t.p.Stage(index).Name() }

// promise is an act with its date: "take a first meeting by 5 November".
func (t texts) promise(r commitment.Rung) string {
	if !t.v.due(r).isZero() {
		return t.act(r) + " by " + t.leave(slot{dueDate, uint8(r)})
	}
	return t.act(r)
}

// did says of some commitments that the buyer agreed to them, or has done them:
// "agreed to share data and did take a first meeting".
func (t texts) did(set commitment.Set, agreed string) string {
	var promised, done []string
	for r := range set.All() {
		if t.v.after().Kept.Has(r) && t.v.due(r).isZero() {
			done = append(done, t.act(r))
		} else {
			promised = append(promised, t.promise(r))
		}
	}
	var parts []string
	if len(promised) > 0 {
		parts = append(parts, agreed+" "+prose.And(promised...))
	}
	if len(done) > 0 {
		parts = append(parts, "did "+prose.And(done...))
	}
	return strings.Join(parts, ", and ")
}

// acts lists some commitments: "take a first meeting and share data".
func (t texts) acts(set commitment.Set) string {
	var list []string
	for r := range set.All() {
		list = append(list, t.act(r))
	}
	return prose.And(list...)
}

// stages lists the names of stages.
func (t texts) stages(indexes []int) string {
	var names []string
	for _, i := range indexes {
		names = append(names, t.stage(i))
	}
	return prose.And(names...)
}

// uncapital takes the capital off the first word, unless it is an abbreviation.
func uncapital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) || unicode.IsDigit(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// needs words those parts of a requirement that an entry falls short of.
func needs(q *commitment.Requirement, short commitment.Shortfall) []string {
	var list []string
	if short&(commitment.ShortOfDate|commitment.ShortOfNearness) != 0 {
		list = append(list, prose.Date(q))
	}
	if short&commitment.ShortOfPeople != 0 {
		list = append(list, prose.People(q.People)+" on the buyer's side")
	}
	if short&commitment.ShortOfRoles != 0 {
		list = append(list, "among the people by name: "+prose.Need(q.Roles))
	}
	if short&commitment.ShortOfEvidence != 0 {
		list = append(list, "evidence: "+prose.Need(q.Evidence))
	}
	if short&shortOfReason != 0 {
		list = append(list, "a note with the reason")
	}
	return list
}

// sentence ends a text with a full stop, where it does not end already.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
