package outcome

import (
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/prose"
)

// slot is a place in a text for what differs between calls that are alike in
// everything else.
type slot struct {
	what what
	of   uint8 // a rung or a status
}

// what is put into a slot.
type what uint8

const (
	nothing     what = iota
	dueDate          // up to when the buyer gave a commitment in this call
	givenDate        // the same, of one that does not count since it is past
	quoted           // what else the buyer said, in words of the record, with a status
	quotedActs       // the same, given or kept
	activities       // what belongs in another kind of call
	lossReason       // why the deal was refused
	exitsPassed      // which exits it moved past
	wayOutOf         // what would have been an advance
	gapsOf           // the gaps and what is next, which are lists of JSON
	nextOf
)

// slots are those of the texts of a record, in the order in which they were
// left. In the texts the place of each is marked with a code point that is no
// character and means something inside of programs only.
type slots []slot

const (
	firstMark = '\uFDD0'
	lastMark  = '\uFDEF'
)

// leave leaves a slot open, if that is wanted, or else fills it.
func (t texts) leave(s slot) string {
	if t.open == nil {
		return string(t.appendSlot(nil, s))
	}
	*t.open = append(*t.open, s)
	return string(firstMark + rune(len(*t.open)-1))
}

// appendSlot appends what belongs into a slot.
func (t texts) appendSlot(dst []byte, s slot) []byte {
	switch s.what {
	case dueDate:
		return t.date(t.v.due(commitment.Rung(s.of))).append(dst)
	case givenDate:
		return t.date(t.v.pastDue(commitment.Rung(s.of))).append(dst)
	}
	return append(dst, t.quote(s)...)
}

// quote returns what belongs into a slot for words of the record.
func (t texts) quote(s slot) string {
	switch s.what {
	case quoted:
		return t.others(commitment.Status(s.of))
	case quotedActs:
		return t.others(commitment.Given, commitment.Kept)
	case activities:
		return t.activities()
	case lossReason:
		return prose.Words(t.v.Call().NoSale.Reason)
	case exitsPassed:
		return t.exitsPassed()
	case wayOutOf:
		return t.outlook.wayOut
	}
	return ""
}

// quotes reports whether words of the record belong into a slot.
func (s slot) quotes() bool {
	switch s.what {
	case quoted, quotedActs, activities, lossReason:
		return true
	}
	return false
}

// dates appends the dates of the call that texts can name, as numbers, each with
// what it is of.
func (t texts) dates(k key) key {
	r := t.v.prepared()
	for i := range r.turns.len() {
		if s := r.turns.at(i); s.does == giveIt && !s.due.isZero() {
			k = append(k, uint64(s.rung)<<32|uint64(t.date(s.due)))
		}
	}
	for i := range r.remarks.len() {
		if m := r.remarks.at(i); m.code == finding.PastDue {
			k = append(k, 1<<63|uint64(m.rung)<<32|uint64(t.date(m.when)))
		}
	}
	return k
}

// due returns the date up to which the buyer gave a commitment in this call;
// zero where there is none.
func (v *Verdict) due(r commitment.Rung) instant {
	turns := &v.prepared().turns
	for i := range turns.len() {
		if s := turns.at(i); s.does == giveIt && s.rung == r {
			return s.due
		}
	}
	return instant{}
}

// pastDue returns the date of what was given for a day before the call.
func (v *Verdict) pastDue(r commitment.Rung) instant {
	remarks := &v.prepared().remarks
	for i := range remarks.len() {
		if m := remarks.at(i); m.code == finding.PastDue && m.rung == r {
			return m.when
		}
	}
	return instant{}
}

// text is a text with slots.
type text []piece

// piece is a part of a text, with the slot behind it.
type piece struct {
	words string
	slot  slot // of nothing: there is none
}

// split finds the slots in a text.
func (l slots) split(s string) (t text) {
	for {
		i := strings.IndexFunc(s, func(r rune) bool { return firstMark <= r && r < firstMark+rune(len(l)) })
		if i < 0 {
			return append(t, piece{words: s})
		}
		mark := s[i : i+len(string(firstMark))]
		t = append(t, piece{s[:i], l[[]rune(mark)[0]-firstMark]})
		s = s[i+len(mark):]
	}
}

// size is what the text takes in bytes when it is filled with dates, more or less.
func (w text) size() int {
	n := len("30 November") * (len(w) - 1)
	for i := range w {
		n += len(w[i].words)
	}
	return n
}

// fill returns the text with its slots filled.
func (w text) fill(t texts) string {
	if len(w) == 1 {
		return w[0].words
	}
	var room [512]byte
	out := room[:0]
	for i := range w {
		out = append(out, w[i].words...)
		out = t.appendSlot(out, w[i].slot)
	}
	return string(out)
}

// appendEscaped does the same where the text is one of JSON.
func (w text) appendEscaped(dst []byte, t texts) []byte {
	for i := range w {
		dst = append(dst, w[i].words...)
		switch s := w[i].slot; s.what {
		case nothing:
		case dueDate, givenDate:
			dst = t.appendSlot(dst, s)
		case gapsOf:
			dst = append(dst, t.outlook.gapsJSON...)
		case nextOf:
			dst = append(dst, t.outlook.nextJSON...)
		case wayOutOf:
			dst = append(dst, t.outlook.wayOutJSON...)
		default:
			dst = appendWords(dst, t.quote(s))
		}
	}
	return dst
}
