package main

import (
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/advance-sales/advance/internal/blocks"
	"github.com/advance-sales/advance/outcome"
)

// stream judges calls as they come. Decoding them and writing verdicts is done
// side by side; only the judging itself goes through them one by one. What is
// kept is a state a deal.
type stream struct {
	e      *env
	judge  *outcome.Evaluator
	fold   *outcome.Fold
	states map[outcome.DealID]*outcome.State
	room   []outcome.State // for states, a thousand at a time

	json  bool
	until time.Time // with --as-of: calls after it are judged, but the deals stand as they did before
	then  map[outcome.DealID]outcome.State
}

// inOrder judges each call as it comes.
func (v *evaluation) inOrder(e *env, judge *outcome.Evaluator, files []string) error {
	h, err := e.readOnlyDeals(v.deals, "")
	if err != nil {
		return err
	}
	p := judge.Process()
	s := &stream{
		e: e, judge: judge, states: make(map[outcome.DealID]*outcome.State, len(h.deals)),
		json: v.format.word == formatJSON, until: v.asOf.last(p.Zone()), then: map[outcome.DealID]outcome.State{},
	}
	for _, d := range h.deals {
		if err := s.open(d); err != nil {
			e.faultOfDeal(h, err)
		}
	}
	list := newLedger(e, judge, h.deals, v.verbose)
	show := e.progress("calls judged")
	defer show.done()
	for _, file := range files {
		if err := s.read(file, list, show); err != nil {
			return err
		}
	}
	if s.json {
		return nil
	}
	return list.end(v.asOf.from(e, p.Zone(), list.tally.last), s.standing())
}

// open opens a deal.
func (s *stream) open(d outcome.Deal) error {
	state, err := outcome.Open(s.judge.Process(), d)
	if len(s.room) == 0 {
		s.room = make([]outcome.State, 1024)
	}
	s.room[0] = state
	s.states[d.Deal], s.room = &s.room[0], s.room[1:]
	return err
}

// read judges the calls of a file.
func (s *stream) read(file string, list *ledger, show *progress) error {
	name, r, done, err := s.e.open(file)
	if err != nil {
		return err
	}
	defer done()
	stop := make(chan struct{})
	defer close(stop)
	ready := blocks.Map(parts(name, r, stop), stop, s.prepare)
	for p := range s.e.each(blocks.Map(s.judged(ready, stop), stop, s.write)) {
		if p.err != nil {
			return reason(p.err)
		}
		if err := s.e.ctx.Err(); err != nil {
			return err
		}
		for i := range p.calls {
			c := &p.calls[i]
			show.step()
			if err := s.report(p.file, c); err != nil {
				return err
			}
			if c.judged && !s.json {
				if err := list.line(&c.verdict); err != nil {
					return err
				}
			}
		}
		if _, err := s.e.stdout.Write(p.out); err != nil {
			return err
		}
		p.done()
	}
	return nil
}

// prepare decodes the calls of a part and makes them ready.
func (s *stream) prepare(p *part) *part {
	p.decodeInPlace()
	for i := range p.calls {
		if c := &p.calls[i]; c.err == nil {
			c.err = s.judge.PrepareInto(&c.ready, &c.call)
		}
	}
	return p
}

// judged judges the calls of parts, one by one.
func (s *stream) judged(in <-chan *part, stop <-chan struct{}) <-chan *part {
	out := make(chan *part)
	go func() {
		defer close(out)
		for p := range in {
			for i := range p.calls {
				if c := &p.calls[i]; c.err == nil {
					c.err = s.call(c)
					c.judged = c.err == nil
				}
			}
			select {
			case out <- p:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// call judges a call.
func (s *stream) call(c *decoded) error {
	call := &c.call
	state := s.states[call.Deal]
	if state == nil {
		if err := s.open(outcome.Deal{Deal: call.Deal}); err != nil {
			return err
		}
		state = s.states[call.Deal]
	}
	if s.fold == nil {
		var err error
		if s.fold, err = s.judge.Fold(*state); err != nil {
			return err
		}
	} else if err := s.fold.Reset(*state); err != nil {
		return err
	}
	if !s.until.IsZero() && call.At.After(s.until) {
		if _, ok := s.then[call.Deal]; !ok {
			s.then[call.Deal] = s.fold.State()
		}
	}
	if err := s.fold.Judge(&c.ready, &c.verdict); err != nil {
		return err
	}
	s.fold.Save(state)
	return nil
}

// write turns the verdicts of a part into JSON.
func (s *stream) write(p *part) *part {
	if !s.json {
		return p
	}
	for i := range p.calls {
		if c := &p.calls[i]; c.judged {
			p.out = append(c.verdict.AppendJSON(p.out), '\n')
		}
	}
	return p
}

// report reports what is wrong with a line.
func (s *stream) report(file string, c *decoded) error {
	at := place{file, c.line}
	var bad *outcome.RecordError
	switch {
	case errors.As(c.err, &bad):
		s.e.fault(bad.Error())
	case c.err != nil:
		return s.e.refused(at, c.err)
	default:
		s.e.faultsOf(&c.verdict, func(string) place { return at })
	}
	return nil
}

// standing yields the deals as they stood at --as-of.
func (s *stream) standing() iter.Seq[outcome.State] {
	return func(yield func(outcome.State) bool) {
		for id, state := range s.states {
			if then, ok := s.then[id]; ok {
				state = &then
			}
			if !yield(*state) {
				return
			}
		}
	}
}

// refused reports a call that broke the promise of --ordered.
func (e *env) refused(at place, err error) error {
	var late *outcome.LateError
	var seen *outcome.SeenError
	switch {
	case errors.As(err, &late) && late.Call == late.Last:
		e.fault(fmt.Sprintf("%s: error: deal %q: call %q is there again with another revision or time, and is left out; "+
			"without --ordered its highest revision counts [late_call]", at, late.Deal, late.Call))
	case errors.As(err, &late):
		e.fault(fmt.Sprintf("%s: error: deal %q: call %q belongs before call %q, which comes before it here, and is left out; "+
			"sort the calls by time and id, or leave out --ordered [late_call]", at, late.Deal, late.Call, late.Last))
	case errors.As(err, &seen):
		e.fault(fmt.Sprintf("%s: error: deal %q: call %q is there twice, and the second is left out [seen_call]", at, seen.Deal, seen.Call))
	default:
		return err
	}
	return nil
}
