package outcome

import (
	"slices"
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// template is the record of a call under some circumstances. It lacks the call
// itself and the outlook, and its texts may have slots. Most calls come to the
// same few things: the texts are made once, and what differs is filled in.
type template struct {
	record   VerdictRecord
	why      text
	messages []text // of the findings; nil where none of them has slots
	quotes   bool   // words of the record are put into them

	json     text // of all but the call
	jsonSize int  // in bytes, but for the outlook and the names of the call
}

// newTemplate makes the template for the circumstances of a verdict. It returns
// nil for a process whose names contain what marks slots.
func newTemplate(v *Verdict, o *outlook) *template {
	var open slots
	f := &template{record: v.record(o, &open)}
	r, t := &f.record, texts{open: &open}
	json := appendDeeds(nil, r)
	json = append(append(json, `,"gaps":`...), t.leave(slot{gapsOf, 0})...)
	json = appendFindings(json, r)
	json = append(append(json, `,"next":`...), t.leave(slot{nextOf, 0})...)
	json = append(appendQuote(append(json, `,"why":`...), r.Why), '}')
	if len(open) > lastMark-firstMark+1 {
		return nil
	}
	r.Call, r.Deal, r.Gaps, r.Next = "", "", nil, nil
	r.Findings = r.Findings[:len(r.Findings):len(r.Findings)] // like gaps
	f.why = open.split(r.Why)
	n := len(f.why) - 1
	messages := make([]text, len(r.Findings))
	for i := range messages {
		messages[i] = open.split(r.Findings[i].Message)
		if len(messages[i]) > 1 {
			f.messages = messages
			n += len(messages[i]) - 1
		}
	}
	f.quotes = slices.ContainsFunc(open, slot.quotes)
	f.json = open.split(string(json))
	f.jsonSize = f.json.size() + len(appendCall(nil, "", "", instantOf(lastTime)))
	if len(f.json)-1 != len(open) || n+2 != len(open) {
		return nil
	}
	return f
}

// wording is what came of the texts of a template. Records share it, so it never
// changes.
type wording struct {
	form     *template
	why      string
	findings []FindingRecord
}

// word finds the wording of a verdict, or makes it. It reports whether there is a
// template for it.
func (l *templates) word(v *Verdict, o *outlook) (w wording, ok bool) {
	var room [16]uint64
	manner := l.manner(v)
	k, ok := l.circumstances(v, manner, room[:0])
	if !ok {
		return w, false
	}
	circumstances, t := len(k), texts{v: v, p: v.ev.process, outlook: o}
	k = append(k, o.number|uint64(manner.days)<<32)
	have, place := l.wordings.find(k)
	if have != nil {
		return *have, true
	}
	form := l.template(v, o, k[:circumstances])
	if form == nil {
		return w, false
	}
	w = form.word(t)
	if !form.quotes {
		l.wordings.keep(place, k, w)
	}
	return w, true
}

// word fills in what texts the template has.
func (f *template) word(t texts) wording {
	w := wording{f, f.why.fill(t), f.record.Findings}
	if f.messages != nil {
		w.findings = slices.Clip(slices.Clone(w.findings))
		for i := range w.findings {
			w.findings[i].Message = f.messages[i].fill(t)
		}
	}
	return w
}

// appendJSON appends the record as JSON.
func (f *template) appendJSON(dst []byte, v *Verdict, o *outlook) []byte {
	c := v.prepared()
	dst = slices.Grow(dst, f.jsonSize+o.jsonSize+len(c.id)+len(c.deal))
	dst = appendCall(dst, c.id, c.deal, c.at)
	return f.json.appendEscaped(dst, texts{v: v, p: v.ev.process, outlook: o})
}

// templatesKept is how many templates an evaluator keeps, and as many outlooks,
// of up to some 5 kB each; of wordings, of up to some 1 kB, four times as many.
const templatesKept = 1 << 11

// templates are those of a process, and the outlooks that go with them, as they
// come up. They may be used by several goroutines at once.
type templates struct {
	def      process.Definition         // for the names in it
	exits    commitment.Set             // what exits ask for
	near     []commitment.Set           // by stage: that, and what is on its ladder and the next
	asking   [][]*process.CompiledStage // by rung: those whose exits ask for it
	words    int                        // of a set that are in use
	traces   table[uint64]
	manners  table[uint64]
	days     table[uint64]
	made     table[*template]
	outlooks table[*outlook]
	wordings table[wording]
	numbered atomic.Uint64 // how many of all these, and of outlooks, there were
}

func newTemplates(p *process.Process, room int) *templates {
	l := &templates{
		def: p.Definition(), exits: p.ExitItems(),
		asking: make([][]*process.CompiledStage, p.Len()), words: (p.Len() + 63) / 64,
		traces: newTable[uint64](room), manners: newTable[uint64](4 * room), days: newTable[uint64](4 * room),
		made: newTable[*template](room), outlooks: newTable[*outlook](room), wordings: newTable[wording](4 * room),
	}
	for s := range p.Stages() {
		near := l.exits
		for i := s.Index(); i <= min(s.Index()+1, p.Won()); i++ {
			for r := range p.Stage(i).Ladder() {
				near.Add(r)
			}
		}
		l.near = append(l.near, near)
		items := s.ExitItems()
		for r := range items.All() {
			l.asking[r] = append(l.asking[r], s)
		}
	}
	return l
}

// of returns the template for a verdict; nil where its record is made without
// one.
func (l *templates) of(v *Verdict, o *outlook) *template {
	var room [16]uint64
	k, ok := l.circumstances(v, l.manner(v), room[:0])
	if !ok {
		return nil
	}
	return l.template(v, o, k)
}

// template returns the one for the circumstances of a verdict.
func (l *templates) template(v *Verdict, o *outlook, circumstances key) *template {
	have, place := l.made.find(circumstances)
	if have == nil {
		have = l.made.keep(place, circumstances, newTemplate(v, o))
	}
	return *have
}
