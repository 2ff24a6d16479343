package main

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/advance-sales/advance/internal/blocks"
	"github.com/advance-sales/advance/outcome"
)

// part is a part of a file of calls on its way through the command: read by one
// goroutine, decoded by several, and looked at in order.
type part struct {
	file  string
	block blocks.Block
	err   error // of the file, and the end of it
	*room       // once it is decoded
}

// decoded is a line with a call, or with what is wrong with it.
type decoded struct {
	line    int
	call    outcome.Call
	err     error
	ready   outcome.Prepared // for --ordered, like the verdict
	verdict outcome.Verdict
	judged  bool
}

// parts reads a file in parts until it ends or stop is closed.
func parts(file string, r io.Reader, stop <-chan struct{}) <-chan *part {
	out := make(chan *part)
	go func() {
		defer close(out)
		for b, err := range blocks.Read(r, outcome.MaxRecord) {
			if err != nil {
				err = fmt.Errorf("reading %s: %w", file, err)
			}
			select {
			case out <- &part{file: file, block: b, err: err}:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// decode decodes the calls of a part, which are good as long as somebody keeps
// them.
func (p *part) decode() *part {
	p.room = rooms.Get().(*room)
	return p.decodeBy(outcome.DecodeLine)
}

// decodeInPlace decodes the calls of a part, which are good until it is done.
func (p *part) decodeInPlace() *part {
	p.room = rooms.Get().(*room)
	p.decoder.Reset()
	return p.decodeBy(p.decoder.DecodeLine)
}

func (p *part) decodeBy(decode func(file string, number int, line []byte, c *outcome.Call) (blank bool, err error)) *part {
	p.calls, p.out = p.calls[:0], p.out[:0]
	if p.err != nil {
		return p
	}
	for number, line := range p.block.Lines() {
		n := len(p.calls)
		if n == cap(p.calls) {
			p.calls = append(p.calls, decoded{})
		}
		p.calls = p.calls[:n+1]
		c := &p.calls[n]
		c.line, c.judged = number, false
		var blank bool
		if blank, c.err = decode(p.file, number, line, &c.call); blank {
			p.calls = p.calls[:n]
		}
	}
	p.block.Data = nil
	return p
}

// room is what a part is decoded into. It is used again for another one: the
// calls and verdicts of a part take a quarter of a megabyte.
type room struct {
	calls   []decoded
	out     []byte // what is to be printed
	decoder outcome.Decoder
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// done gives back the room of a part that nobody looks at any more.
func (p *part) done() {
	rooms.Put(p.room)
	p.room = nil
}

// readSideBySide is [outcome.ReadCalls] on all processors.
func (e *env) readSideBySide(file string, r io.Reader) iter.Seq2[outcome.Record[outcome.Call], error] {
	return func(yield func(outcome.Record[outcome.Call], error) bool) {
		stop := make(chan struct{})
		defer close(stop)
		for p := range e.each(blocks.Map(parts(file, r, stop), stop, (*part).decode)) {
			if p.err != nil {
				yield(outcome.Record[outcome.Call]{File: file, Line: p.block.First}, p.err)
				return
			}
			for i := range p.calls {
				c := &p.calls[i]
				if !yield(outcome.Record[outcome.Call]{Value: c.call, File: file, Line: c.line}, c.err) {
					return
				}
			}
			p.done()
		}
	}
}

// dealsSideBySide is [outcome.ReadDeals] on all processors.
func dealsSideBySide(file string, r io.Reader) iter.Seq2[outcome.Record[outcome.Deal], error] {
	return func(yield func(outcome.Record[outcome.Deal], error) bool) {
		stop := make(chan struct{})
		defer close(stop)
		for p := range blocks.Map(parts(file, r, stop), stop, decodeDeals) {
			if p.err != nil {
				yield(outcome.Record[outcome.Deal]{File: file, Line: p.block.First}, p.err)
				return
			}
			for _, d := range p.deals {
				if !yield(d.Record, d.err) {
					return
				}
			}
		}
	}
}

// decodedDeals are the deals of a part.
type decodedDeals struct {
	*part
	deals []decodedDeal
}

// decodedDeal is a line with a deal, or with what is wrong with it.
type decodedDeal struct {
	outcome.Record[outcome.Deal]
	err error
}

func decodeDeals(p *part) decodedDeals {
	out := decodedDeals{part: p}
	if p.err != nil {
		return out
	}
	out.deals = make([]decodedDeal, 0, bytes.Count(p.block.Data, []byte{'\n'})+1)
	for number, line := range p.block.Lines() {
		d := decodedDeal{Record: outcome.Record[outcome.Deal]{File: p.file, Line: number}}
		var blank bool
		if blank, d.err = outcome.DecodeDealLine(p.file, number, line, &d.Value); d.err != nil {
			d.Value = outcome.Deal{}
		}
		if !blank {
			out.deals = append(out.deals, d)
		}
	}
	return out
}

// each yields what comes from a channel. Before it waits it passes on what has
// been printed, so that somebody who types calls, or a program that writes them
// one by one, sees each verdict as it comes.
func (e *env) each(in <-chan *part) iter.Seq[*part] {
	return func(yield func(*part) bool) {
		for {
			var p *part
			var ok bool
			select {
			case p, ok = <-in:
			default:
				_ = e.lines.Flush() // its error comes back with whatever is printed next
				p, ok = <-in
			}
			if !ok || !yield(p) {
				return
			}
		}
	}
}
