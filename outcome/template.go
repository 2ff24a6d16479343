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

	// The reason, where the outlook is all that it leaves open, for some outlooks.
	whole [32]atomic.Pointer[reason]

	deedsJSON    []byte
	findingsJSON text
	whyJSON      text
}

// reason is a whole reason with its outlook.
type reason struct {
	outlook *outlook
	text    string
}

// newTemplate makes the template for the circumstances of a verdict. It returns
// nil for a process whose names contain what marks slots.
func newTemplate(v *Verdict, o *outlook) *template {
	f := &template{}
	var open slots
	r := &f.record
	v.record(o, &open, r)
	r.Call, r.Deal, r.Gaps, r.Next = "", "", nil, nil
	if len(open) > lastMark-firstMark+1 {
		return nil
	}
	r.Findings = r.Findings[:len(r.Findings):len(r.Findings)] // like gaps
	why, n := open.split(r.Why)
	f.why = why
	messages := make([]text, len(r.Findings))
	for i := range messages {
		message, k := open.split(r.Findings[i].Message)
		if messages[i] = message; k > 0 {
			f.messages, n = messages, n+k
		}
	}
	f.deedsJSON = appendDeeds(nil, r)
	findings, k := open.split(string(appendFindings(nil, r)))
	whyJSON, m := open.split(string(appendQuote(nil, r.Why)))
	f.findingsJSON, f.whyJSON = findings, whyJSON
	if n != len(open) || k+m != n {
		return nil
	}
	return f
}

// fill makes the record of a call.
func (f *template) fill(v *Verdict, o *outlook, r *VerdictRecord) {
	*r = f.record
	c := v.prepared()
	r.Call, r.Deal, r.At = c.id, c.deal, c.at.time()
	r.Gaps, r.Next = o.gaps, o.next
	t := texts{v: v, p: v.process, outlook: o}
	switch {
	case len(f.why) == 2 && f.why[0].slot.what == wayOutOf:
		place := &f.whole[o.number%uint32(len(f.whole))]
		have := place.Load()
		if have == nil || have.outlook != o {
			have = &reason{o, f.why.fill(t)}
			place.Store(have)
		}
		r.Why = have.text
	case len(f.why) > 1:
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
func (f *template) appendJSON(dst []byte, v *Verdict, o *outlook) []byte {
	c, t := v.prepared(), texts{v: v, p: v.process, outlook: o}
	dst = appendCall(dst, c.id, c.deal, c.at)
	dst = append(dst, f.deedsJSON...)
	dst = append(append(dst, `,"gaps":`...), o.gapsJSON...)
	dst = f.findingsJSON.appendEscaped(dst, t)
	dst = append(append(dst, `,"next":`...), o.nextJSON...)
	dst = f.whyJSON.appendEscaped(append(dst, `,"why":`...), t)
	return append(dst, '}')
}

// templatesKept is how many templates an evaluator keeps, and as many outlooks,
// of up to some 5 kB each.
const templatesKept = 1 << 11

// templates are those of a process, and the outlooks that go with them, as they
// come up. They may be used by several goroutines at once.
type templates struct {
	def      process.Definition // for the names in it
	kinds    []*process.Kind
	exits    commitment.Set             // what exits ask for
	near     []commitment.Set           // by stage: that, and what is on its ladder and the next
	asking   [][]*process.CompiledStage // by rung: those whose exits ask for it
	words    int                        // of a set that are in use
	made     table[*template]
	outlooks table[*outlook]
	numbered atomic.Uint32 // how many outlooks there were
}

func newTemplates(p *process.Process, room int) *templates {
	l := &templates{
		def: p.Definition(), kinds: slices.Collect(p.Kinds()), exits: p.ExitItems(),
		asking: make([][]*process.CompiledStage, p.Len()), words: (p.Len() + 63) / 64,
		made: newTable[*template](room), outlooks: newTable[*outlook](room),
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
	k, ok := l.circumstances(v, room[:0])
	if !ok {
		return nil
	}
	t, place := l.made.find(k)
	if place != nil {
		t = newTemplate(v, o)
		l.made.keep(place, k, t)
	}
	return t
}
