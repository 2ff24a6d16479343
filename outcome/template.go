package outcome

import (
	"bytes"
	"hash/maphash"
	"slices"
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// template is the record of a call under some circumstances. It lacks the call
// itself, and its texts may have slots. Most calls come to the same few things:
// the texts are made once, and what differs is filled in.
type template struct {
	record   VerdictRecord
	why      text
	messages []text // of the findings; nil where none of them has slots
	slots    slots
	json     atomic.Pointer[text] // from "process" on; nil as long as nobody asked for it
}

// newTemplate makes the template for the circumstances of a verdict. It returns
// nil for a process whose names contain what marks slots.
func newTemplate(v *Verdict) *template {
	t := &template{}
	v.record(&t.slots, &t.record)
	r := &t.record
	r.Call, r.Deal = "", ""
	r.Gaps, r.Findings, r.Next = slices.Clip(r.Gaps), slices.Clip(r.Findings), slices.Clip(r.Next)
	if len(t.slots) > lastMark-firstMark+1 {
		return nil
	}
	why, n := t.slots.split(r.Why)
	if n > 0 {
		t.why = why
	}
	findings := make([]text, len(r.Findings))
	for i := range findings {
		message, k := t.slots.split(r.Findings[i].Message)
		if findings[i] = message; k > 0 {
			t.messages, n = findings, n+k
		}
	}
	if n != len(t.slots) {
		return nil
	}
	return t
}

// fill makes the record of a call.
func (f *template) fill(v *Verdict, r *VerdictRecord) {
	*r = f.record
	c := v.Call()
	r.Call, r.Deal, r.At = c.ID, c.Deal, c.At.UTC()
	t := texts{v: v, p: v.process}
	if f.why != nil {
		r.Why = f.why.fill(t)
	}
	if f.messages != nil {
		r.Findings = slices.Clone(r.Findings)
		for i := range f.messages {
			if len(f.messages[i]) > 1 {
				r.Findings[i].Message = f.messages[i].fill(t)
			}
		}
	}
}

// appendJSON does the same in JSON.
func (f *template) appendJSON(dst []byte, v *Verdict) []byte {
	rest := f.json.Load()
	if rest == nil {
		whole := appendRecord(nil, &f.record)
		t, _ := f.slots.split(string(whole[bytes.Index(whole, []byte(`,"process":`)):]))
		rest = &t
		f.json.Store(rest)
	}
	c := v.Call()
	dst = appendQuote(append(dst, `{"call":`...), c.ID)
	dst = appendQuote(append(dst, `,"deal":`...), c.Deal)
	dst = appendTime(append(dst, `,"at":`...), c.At)
	return rest.appendEscaped(dst, texts{v: v, p: v.process})
}

// templatesKept is how many templates an evaluator keeps, of some 5 kB each.
// Years of calls of a large process come to fewer circumstances than that.
const templatesKept = 1 << 11

// templates are those of a process, as they come up. Where there is no room for
// another one it takes the place of one that came before. They may be used by
// several goroutines at once: two that miss the same one both make it.
type templates struct {
	kinds []*process.Kind
	def   process.Definition // for the names in it
	exits commitment.Set     // what exits ask for
	near  []commitment.Set   // by stage: that, and what is on its ladder and the next
	seed  maphash.Seed
	made  []atomic.Pointer[made] // by hash
}

// made is a template, nil where there can be none.
type made struct {
	circumstances
	*template
}

func newTemplates(p *process.Process, room int) *templates {
	l := &templates{
		kinds: slices.Collect(p.Kinds()), def: p.Definition(), exits: p.ExitItems(),
		seed: maphash.MakeSeed(), made: make([]atomic.Pointer[made], room),
	}
	for s := range p.Stages() {
		near := l.exits
		for i := s.Index(); i <= min(s.Index()+1, p.Won()); i++ {
			for r := range p.Stage(i).Ladder() {
				near.Add(r)
			}
		}
		l.near = append(l.near, near)
	}
	return l
}

// of returns the template for a verdict; nil where its record is made without
// one.
func (l *templates) of(v *Verdict) *template {
	var c circumstances
	if !l.circumstances(v, &c) {
		return nil
	}
	place := &l.made[maphash.Comparable(l.seed, c)%uint64(len(l.made))]
	if have := place.Load(); have != nil && have.circumstances == c {
		return have.template
	}
	t := newTemplate(v)
	place.Store(&made{c, t})
	return t
}
