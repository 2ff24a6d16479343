package main

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
)

// standing prints how a deal stands.
func (b *book) standing(state outcome.State, s *outcome.Standing) {
	p := b.process
	b.print("\n")
	label := "Standing"
	say := func(style terminal.Style, text string) {
		b.row(label, style, text)
		label = ""
	}
	switch {
	case s.Lost:
		say(terminal.Plain, "Lost, in "+stageName(p, s.Stage)+", until the buyer commits to something again.")
		return
	case s.Won:
		say(terminal.Green, "Won.")
	case s.Paused:
		say(terminal.Yellow, "Paused: there is a known reason to wait.")
	case s.Stalled:
		say(terminal.Red, "Stalled: nothing is open from the buyer"+b.sinceProgress(s)+".")
	case s.NoNext:
		say(terminal.Yellow, "No next commitment: the buyer has promised nothing that is still to come"+b.sinceProgress(s)+".")
	}
	for _, o := range s.Open {
		say(terminal.Plain, "Open: "+commitmentName(p, o.Commitment)+", by "+date(o.Due, b.zone)+" ("+away(o.Due, s.At, b.zone)+")")
	}
	for _, o := range s.Overdue {
		say(terminal.Yellow, "Overdue: "+commitmentName(p, o.Commitment)+", was due "+date(o.Due, b.zone)+" ("+away(o.Due, s.At, b.zone)+")")
	}
	if b.verbose {
		b.lists(s, say)
	}
	if !s.NextChange.IsZero() {
		say(terminal.Dim, "Without a call, "+away(s.NextChange, s.At, b.zone)+" ("+date(s.NextChange, b.zone)+"): "+b.change(state, s)+".")
	} else if label != "" {
		say(terminal.Plain, "Nothing is open, and nothing changes without a call.")
	}
}

// change says what the next change without a call is.
func (b *book) change(state outcome.State, now *outcome.Standing) string {
	next, err := b.judge.Standing(state, now.NextChange)
	if err != nil {
		return "something changes"
	}
	var parts []string
	for _, o := range next.Overdue {
		if !promised(now.Overdue, o.Commitment) {
			parts = append(parts, prose.Quote(commitmentName(b.process, o.Commitment))+" is overdue")
		}
	}
	for _, id := range now.Held {
		if !slices.Contains(next.Held, id) {
			parts = append(parts, prose.Quote(commitmentName(b.process, id))+" lapses")
		}
	}
	if next.Stage != now.Stage {
		parts = append(parts, "the deal falls back to "+stageName(b.process, next.Stage))
	}
	if now.Paused && !next.Paused {
		parts = append(parts, "the pause ends")
	}
	switch {
	case next.Stalled && !now.Stalled:
		parts = append(parts, "the deal is stalled")
	case next.NoNext && !now.NoNext:
		parts = append(parts, "nothing is open any more")
	}
	if len(parts) == 0 {
		return "something changes"
	}
	return prose.And(parts...)
}

func promised(list []outcome.Promise, id commitment.ID) bool {
	return slices.ContainsFunc(list, func(o outcome.Promise) bool { return o.Commitment == id })
}

// lists prints all that is held.
func (b *book) lists(s *outcome.Standing, say func(terminal.Style, string)) {
	for _, list := range []struct {
		what  string
		names []string
	}{
		{"Held: ", names(b.process, s.Held)},
		{"Kept: ", names(b.process, s.Kept)},
		{"Waived: ", names(b.process, s.Waived)},
	} {
		if len(list.names) > 0 {
			say(terminal.Plain, list.what+prose.And(list.names...)+".")
		}
	}
}

// sinceProgress says how long nothing new has come.
func (b *book) sinceProgress(s *outcome.Standing) string {
	text := ""
	switch {
	case s.Calls == 1:
		text = ", and the last call brought nothing new"
	case s.Calls > 1:
		text = ", and the last " + count(s.Calls, "call") + " brought nothing new"
	}
	if !s.Progress.IsZero() {
		text += "; the last progress was on " + date(s.Progress, b.zone) + " (" + away(s.Progress, s.At, b.zone) + ")"
	}
	return text
}
