package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"reflect"
	"slices"
	"sync"

	"github.com/go-faster/jx"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/blocks"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// shelf holds call records by deal, as the lines that they came as. A record
// takes several times as much room once it is decoded, and all of it would have
// to be gone through at each garbage collection; so it is decoded when its deal
// is replayed, into room that the next deal uses again.
type shelf struct {
	counts  []crm.Count // of the files
	parts   []shelvedPart
	lines   []shelvedLine            // in the order of reading
	deals   []shelvedDeal            // in the order of their ids once all is read
	known   map[outcome.DealID]int32 // places of deals; nothing is added while a file is read
	index   map[outcome.DealID]int32 // of the others
	records []pipeline.Deal
	closed  bool // there are no deals but those with a record

	mutex   sync.Mutex
	refused []refusal
}

func newShelf() *shelf {
	return &shelf{known: map[outcome.DealID]int32{}, index: map[outcome.DealID]int32{}}
}

// shelvedPart is a part of a file.
type shelvedPart struct {
	file  int32 // its count
	first int   // the number of its first line
	data  []byte
}

// shelvedLine is where a record stands.
type shelvedLine struct {
	part       int32
	begin, end int32 // of its part
	number     int32 // counted from the first line of its part
	next       int32 // line of the same deal; 0 for none
}

type shelvedDeal struct {
	id          outcome.DealID
	first, last int32 // of its lines; -1 for none
	record      int32 // from 1; 0 for none
	moves       []pipeline.Move
}

// refusal is a record that can not be used.
type refusal struct {
	line int32
	why  error
}

// found is a line of a part, before it is put on the shelf.
type found struct {
	shelvedLine
	place int32  // of its deal; -1 where that is not known
	deal  []byte // the id of it
	err   error
}

// read puts the records of a file on the shelf.
func (s *shelf) read(file string, r io.Reader, show *progress) error {
	s.counts = append(s.counts, crm.Count{Role: crm.RoleActivities, File: file})
	count := &s.counts[len(s.counts)-1]
	if len(s.known) == 0 {
		s.known, s.index = s.index, s.known
	}
	maps.Copy(s.known, s.index)
	clear(s.index)
	stop := make(chan struct{})
	defer close(stop)
	for p := range blocks.Map(parts(file, r, stop), stop, s.scan) {
		if p.err != nil {
			return p.err
		}
		if math.MaxInt32-len(s.lines) < len(p.lines) {
			return fmt.Errorf("reading %s: there are more than %d records", file, math.MaxInt32)
		}
		if n := len(s.lines); n+len(p.lines) > cap(s.lines) {
			s.lines = slices.Grow(s.lines, n+len(p.lines)) // copied less often than by itself
		}
		for i := range p.lines {
			show.step()
			l := &p.lines[i]
			l.part = int32(len(s.parts))
			if l.err == nil {
				s.link(l)
			} else {
				s.refused = append(s.refused, refusal{int32(len(s.lines)), l.err})
			}
			s.lines = append(s.lines, l.shelvedLine)
		}
		count.Read += len(p.lines)
		count.Used += len(p.lines)
		clear(p.lines)
		scans.Put(&p.lines)
		s.parts = append(s.parts, shelvedPart{int32(len(s.counts) - 1), p.block.First, p.block.Data})
	}
	return nil
}

// link notes that the next line is of a deal.
func (s *shelf) link(l *found) {
	line, i := int32(len(s.lines)), l.place
	if i < 0 {
		var there bool
		if i, there = s.index[outcome.DealID(l.deal)]; !there { // which makes no copy of the id
			i = s.deal(outcome.DealID(l.deal))
		}
	}
	d := &s.deals[i]
	if d.first < 0 {
		d.first = line
	} else {
		s.lines[d.last].next = line
	}
	d.last = line
}

// deal returns the place of a deal.
func (s *shelf) deal(id outcome.DealID) int32 {
	i, known := s.known[id]
	if !known {
		i, known = s.index[id]
	}
	if !known {
		i = int32(len(s.deals))
		s.index[id] = i
		s.deals = append(s.deals, shelvedDeal{id: id, first: -1, last: -1})
	}
	return i
}

// scanned is a part with its lines.
type scanned struct {
	*part
	lines []found
}

// scans are lists of lines that nobody looks at any more.
var scans = sync.Pool{New: func() any { return new([]found) }}

// scan finds the lines of a part, and the deals that they are of.
func (s *shelf) scan(p *part) scanned {
	if p.err != nil {
		return scanned{p, nil}
	}
	data := p.block.Data
	if room := cap(data); len(data) < room-room/8 { // what is typed comes in small parts
		p.block.Data = slices.Clip(bytes.Clone(data))
	}
	lines := (*scans.Get().(*[]found))[:0]
	in := jx.DecodeBytes(nil)
	for number, line := range p.block.Lines() {
		l := found{shelvedLine: shelvedLine{number: int32(number - p.block.First), next: -1}}
		// A line is part of the data: what is left of the capacity tells where.
		l.begin = int32(cap(p.block.Data) - cap(line))
		l.end = l.begin + int32(len(line))
		var ok bool
		if l.deal, ok = dealOf(in, line); !ok {
			var c outcome.Call
			var blank bool
			if blank, l.err = outcome.DecodeLine(p.file, number, line, &c); blank {
				continue
			}
			l.deal = []byte(c.Deal)
		}
		var known bool
		if l.place, known = s.known[outcome.DealID(l.deal)]; !known {
			l.place = -1
		}
		lines = append(lines, l)
	}
	return scanned{p, lines}
}

// dealOf finds the deal that a plain record names, without reading more of it
// than it has to. Of a record that can be decoded it is what decoding gives. It
// is a part of the record.
func dealOf(in *jx.Decoder, record []byte) (deal []byte, ok bool) {
	in.ResetBytes(record)
	fields, err := in.ObjIter()
	for err == nil && fields.Next() {
		if string(fields.Key()) == "deal" {
			text, err := in.Raw()
			if err != nil || text[0] != '"' || bytes.IndexByte(text, '\\') >= 0 {
				return nil, false
			}
			return text[1 : len(text)-1], true
		}
		err = in.Skip()
	}
	return nil, false
}

// sort ends the reading: it puts the deals into the order of their ids.
func (s *shelf) sort() {
	slices.SortFunc(s.deals, func(a, b shelvedDeal) int { return cmp.Compare(a.id, b.id) })
	s.known, s.index = nil, nil
}

// Len returns the number of deals. Some may be there by name alone.
func (s *shelf) Len() int { return len(s.deals) }

// find returns the place of the deal with an id.
func (s *shelf) find(id outcome.DealID) int {
	i, _ := slices.BinarySearchFunc(s.deals, id, func(d shelvedDeal, id outcome.DealID) int { return cmp.Compare(d.id, id) })
	return i
}

// source returns where a line stands.
func (s *shelf) source(line int32) pipeline.Source {
	l := &s.lines[line]
	p := &s.parts[l.part]
	return pipeline.Source{File: s.counts[p.file].File, Line: p.first + int(l.number)}
}

// decode decodes a line.
func (s *shelf) decode(line int32, in *outcome.Decoder, c *outcome.Call) error {
	l := &s.lines[line]
	p := &s.parts[l.part]
	_, err := in.DecodeLine(s.counts[p.file].File, p.first+int(l.number), p.data[l.begin:l.end], c)
	return err
}

// rows decodes what is on record of deal i, and reports whether there is
// anything. What has no place among it is refused. Several deals may be decoded
// at once.
func (s *shelf) rows(i int, room *dealRoom) bool {
	d, rows := &s.deals[i], &room.rows
	rows.Recorded = d.record > 0
	orphan := s.closed && !rows.Recorded
	room.decoder.Reset()
	kept := keptCalls{calls: rows.Calls[:0], lines: room.lines[:0], rising: true}
	for line := d.first; line >= 0; line = s.lines[line].next {
		c := kept.room()
		if err := s.decode(line, &room.decoder, c); err != nil {
			s.refuse(line, err)
		} else if f := (pipeline.Fault{Kind: pipeline.Orphan, ID: string(c.ID), Deal: c.Deal, Source: s.source(line)}); orphan {
			s.refuse(line, unplaced{f})
		} else if first, differ, again := kept.keep(c, line); again {
			f.Kind, f.First, f.Differ = pipeline.Duplicate, s.source(first), differ
			s.refuse(line, unplaced{f})
		}
	}
	rows.Calls, room.lines = kept.calls, kept.lines
	if orphan || !rows.Recorded && len(rows.Calls)+len(d.moves) == 0 {
		return false
	}
	rows.Deal = pipeline.Deal{Deal: outcome.Deal{Deal: d.id}}
	if rows.Recorded {
		rows.Deal = s.records[d.record-1]
	}
	rows.Moves = append(rows.Moves[:0], d.moves...)
	rows.Activities = rows.Activities[:0]
	for i := range rows.Calls { // each call is an activity too
		c := &rows.Calls[i]
		rows.Activities = append(rows.Activities, pipeline.Activity{
			ID: string(c.ID), Deal: c.Deal, At: c.At, Kind: "call", Tells: true, Source: s.source(room.lines[i]),
		})
	}
	return true
}

// refuse notes that a record can not be used.
func (s *shelf) refuse(line int32, why error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.refused = append(s.refused, refusal{line, why})
}

// inOrder counts the records that were refused, and yields why, in the order in
// which they were read.
func (s *shelf) inOrder() iter.Seq[error] {
	return func(yield func(error) bool) {
		slices.SortFunc(s.refused, func(a, b refusal) int { return cmp.Compare(a.line, b.line) })
		for _, r := range s.refused {
			count := &s.counts[s.parts[s.lines[r.line].part].file]
			count.Used--
			count.Rejected++
			if !yield(r.why) {
				return
			}
		}
	}
}

// keptCalls are the calls of one deal: of several revisions of one call the
// highest.
type keptCalls struct {
	calls  []outcome.Call
	lines  []int32 // of the calls
	rising bool    // each id is greater than the one before
	index  map[outcome.CallID]int
}

// room returns a place to decode a call into. It is kept with keep.
func (k *keptCalls) room() *outcome.Call {
	n := len(k.calls)
	k.calls = slices.Grow(k.calls, 1)
	return &k.calls[:n+1][n]
}

// keep keeps the call that was decoded last. Where the same revision of it is
// there again, it says on which line that is, and whether they differ.
func (k *keptCalls) keep(c *outcome.Call, line int32) (first int32, differ, again bool) {
	i, known := k.find(c.ID)
	if !known {
		k.calls, k.lines = k.calls[:i+1], append(k.lines, line)
		return 0, false, false
	}
	held := &k.calls[i]
	if held.Revision == c.Revision {
		return k.lines[i], !reflect.DeepEqual(held, c), true
	}
	if held.Revision < c.Revision {
		*held, k.lines[i] = *c, line
	}
	return 0, false, false
}

// find finds a call by its id, or the place where it will be.
func (k *keptCalls) find(id outcome.CallID) (i int, known bool) {
	const few = 32
	n := len(k.calls)
	if k.index == nil && k.rising && (n == 0 || k.calls[n-1].ID < id) {
		return n, false
	}
	if n <= few {
		i = slices.IndexFunc(k.calls, func(c outcome.Call) bool { return c.ID == id })
		k.rising = k.rising && i >= 0
		if i < 0 {
			return n, false
		}
		return i, true
	}
	if k.index == nil {
		k.index = make(map[outcome.CallID]int, 2*n)
		for i := range k.calls {
			k.index[k.calls[i].ID] = i
		}
	}
	if i, known = k.index[id]; !known {
		i, k.index[id] = n, n
	}
	return i, known
}
