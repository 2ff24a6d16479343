package outcome

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// outlook is what a record says of a deal as it stands after a call, whatever
// the call was. It never changes.
type outlook struct {
	number uint64 // among all outlooks, and more, that there were
	gaps   []process.StageID
	next   []NextRecord
	wayOut string // what would have been an advance, with a space before it; may be empty

	gapsJSON, nextJSON, wayOutJSON []byte
	jsonSize                       int
}

// newOutlook works it out.
func newOutlook(p *process.Process, now *Snapshot) *outlook {
	o := &outlook{gaps: []process.StageID{}}
	if now.Stage <= p.Won() {
		for s := range p.Gaps(now.Holdings(), now.Stage) {
			o.gaps = append(o.gaps, s.ID())
		}
	}
	next := nextSteps(p, now)
	o.next = make([]NextRecord, 0, len(next))
	for _, n := range next {
		o.next = append(o.next, nextRecord(p, n))
	}
	o.gaps = o.gaps[:len(o.gaps):len(o.gaps)] // it is shared: who appends to it takes a copy
	o.wayOut = wayOut(p, now.Stage, next)
	o.gapsJSON, o.nextJSON = appendList(nil, o.gaps), appendNext(nil, o.next)
	o.wayOutJSON = appendWords(nil, o.wayOut)
	o.jsonSize = len(o.gapsJSON) + len(o.nextJSON) + len(o.wayOutJSON)
	return o
}

// wayOut says what would be credited now.
func wayOut(p *process.Process, stage int, next []step) string {
	t := texts{p: p}
	if len(next) == 0 {
		if stage > p.Won() {
			return ""
		}
		return " Nothing is left on the ladders here that could be credited."
	}
	var gap, best, least string
	for _, n := range next {
		switch n.role {
		case RoleGap:
			if gap == "" {
				gap = t.act(n.rung)
			}
		case RolePrimary:
			best = t.act(n.rung)
		case RoleFallback:
			least = t.act(n.rung)
		}
	}
	var ways []string
	if best != "" {
		ways = append(ways, "to "+best)
	}
	if least != "" {
		ways = append(ways, "at least to "+least)
	}
	if gap != "" {
		ways = append(ways, "to close a gap: to "+gap)
	}
	return " An advance would have been " + prose.Or(ways...) + "."
}

// view returns the outlook of a deal in a position.
func (l *templates) view(p *process.Process, at *position) *outlook {
	o := at.view.Load()
	if o == nil {
		o = l.outlook(p, &at.now)
		at.view.Store(o)
	}
	return o
}

// outlook returns the outlook of a deal. It depends on what is held and kept of
// what exits ask for, and on what was ever held of what could come next.
func (l *templates) outlook(p *process.Process, now *Snapshot) *outlook {
	var room [1 + 3*len(commitment.Set{})]uint64
	k := append(key(room[:0]), uint64(now.Stage)|uint64(now.Mark+1)<<32)
	near := &l.near[now.Stage]
	for i := range l.words {
		held, kept := now.Held[i]|now.Waived[i], now.Kept[i]|now.Waived[i]
		k = append(k, held&l.exits[i], kept&l.exits[i], now.Ever[i]&near[i])
	}
	have, place := l.outlooks.find(k)
	if have == nil {
		have = l.outlooks.keep(place, k, l.known(newOutlook(p, now)))
	}
	return *have
}

// known returns the outlook that says the same as another: a deal can stand in
// many ways, and what there is to say of them is one of a few things.
func (l *templates) known(o *outlook) *outlook {
	for i := range l.outlooks.places {
		r := l.outlooks.places[i].Load()
		if r != nil && r.value.wayOut == o.wayOut && slices.Equal(r.value.gaps, o.gaps) && slices.Equal(r.value.next, o.next) {
			return r.value
		}
	}
	o.number = l.numbered.Add(1)
	return o
}
