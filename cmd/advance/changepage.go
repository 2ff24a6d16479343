package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/advance-sales/advance/diff"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// changePage prints what a change of a process means.
type changePage struct {
	w        io.Writer
	page     terminal.Page
	old, new *process.Process
}

func (c *changePage) print(found changed, from asOf) {
	c.head(&found.Report)
	for _, part := range []struct {
		weight diff.Weight
		title  string
	}{
		{diff.Meaning, "What deals and verdicts will notice"},
		{diff.Advice, "What findings, plans and forecasts will notice"},
		{diff.Wording, "Texts"},
	} {
		if n := found.Count(part.weight); n > 0 {
			c.title(part.title, count(n, "change"))
			c.changes(found.Changes, part.weight)
		}
	}
	if found.Effect != nil {
		c.effect(found.Effect, from)
	}
}

// head says which processes these are, and whether the version is right.
func (c *changePage) head(r *diff.Report) {
	fmt.Fprint(c.w, c.page.Apart(
		c.bold(fmt.Sprintf("%s: version %d and version %d", c.new.Name(), r.Old.Version, r.New.Version)),
		c.dim(r.New.ID),
	))
	sign, style, text := "✓ ", terminal.Green, ""
	switch r.Version {
	case diff.VersionNotRaised:
		sign, style = "✕ ", terminal.BoldRed
		text = fmt.Sprintf("The meaning has changed and the version has not: write version: %d.", r.Old.Version+1)
	case diff.VersionLowered:
		sign, style = "✕ ", terminal.BoldRed
		text = fmt.Sprintf("The version was lowered from %d to %d; it can only rise.", r.Old.Version, r.New.Version)
	case diff.VersionOther:
		sign, style = "! ", terminal.Yellow
		text = "These are two processes: their ids differ, and so the versions say nothing."
	case diff.VersionUnneeded:
		text = "The version was raised, and the meaning is the same. That does no harm."
	case diff.VersionRight:
		switch {
		case len(r.Changes) == 0:
			text = "Nothing has changed."
		case r.Old.Fingerprint == r.New.Fingerprint:
			text = "The meaning is the same: the version can stay."
		default:
			text = "The meaning has changed, and the version was raised."
		}
	}
	fmt.Fprint(c.w, c.page.Fill(c.page.Paint(style, sign), 2, style, text))
}

func (c *changePage) bold(s string) string { return c.page.Paint(terminal.Bold, terminal.Clean(s)) }
func (c *changePage) dim(s string) string  { return c.page.Paint(terminal.Dim, terminal.Clean(s)) }

func (c *changePage) title(left, right string) {
	fmt.Fprint(c.w, "\n", c.page.Apart(c.bold(left), c.dim(right)))
}

// marks are how the actions look.
var marks = map[diff.Action]struct {
	sign  string
	style terminal.Style
}{
	diff.Added:     {"+", terminal.Green},
	diff.Removed:   {"−", terminal.Red},
	diff.Renamed:   {"=", terminal.Cyan},
	diff.Moved:     {"↕", terminal.Cyan},
	diff.Loosened:  {"▽", terminal.Yellow},
	diff.Tightened: {"▲", terminal.Yellow},
	diff.Changed:   {"~", terminal.Yellow},
	diff.Reworded:  {"·", terminal.Dim},
}

func (c *changePage) changes(changes []diff.Change, weight diff.Weight) {
	for _, ch := range changes {
		if ch.Weight != weight {
			continue
		}
		mark := marks[ch.Action]
		lead := "  " + c.page.Paint(mark.style, mark.sign+" "+string(ch.Action))
		fmt.Fprint(c.w, c.page.Fill(lead, 15, terminal.Plain, ch.Message))
	}
}

// effect prints what the change does to histories.
func (c *changePage) effect(e *diff.Effect, from asOf) {
	fmt.Fprint(c.w, "\n", c.page.Rule())
	fmt.Fprint(c.w, c.page.Fill("", 0, terminal.Plain, fmt.Sprintf("Judged by both: %s of %s, as of %s%s.",
		count(e.Calls, "call"), count(e.Deals, "deal"), moment(e.At, c.new.Zone()), from.note())))

	c.title("Deals that would stand elsewhere", of(len(e.Moved), e.Deals))
	for _, d := range e.Moved {
		c.line(dealTitle(d.Deal, d.Name), c.standing(c.old, d.Was)+" → "+c.standing(c.new, d.Is))
	}
	c.title("Verdicts that would be others", of(len(e.Verdicts), e.Calls))
	c.verdicts(e.Verdicts)
	if len(e.Replays) > 0 {
		c.title("Saved deals that need a replay of their calls", of(len(e.Replays), e.Deals))
		for _, d := range e.Replays {
			c.line(dealTitle(d.Deal, d.Name), sentence(strings.Join(d.Reasons, "; ")))
		}
	}
	c.totals(e)
}

// of writes how many of all: "2 of 34", "none".
func of(n, all int) string {
	if n == 0 {
		return "none"
	}
	return thousands(n) + " of " + thousands(all)
}

func dealTitle(id outcome.DealID, name string) string {
	if name == "" {
		return string(id)
	}
	return string(id) + " " + name
}

// line prints a fact about a deal behind its name.
func (c *changePage) line(title, text string) {
	const tab = 28
	title = terminal.Clean(title)
	if terminal.Columns(title) > tab-4 {
		fmt.Fprint(c.w, c.page.Fill("", 2, terminal.Plain, title))
		title = ""
	}
	fmt.Fprint(c.w, c.page.Fill("  "+title, tab, terminal.Plain, text))
}

func (c *changePage) standing(p *process.Process, s diff.Standing) string {
	name := string(s.Stage)
	if stage, ok := p.StageByID(s.Stage); ok {
		name = stage.Name()
	}
	if s.Stalled {
		name += " (stalled)"
	}
	return name
}

// verdicts prints those that differ in more than findings, and counts the
// others.
func (c *changePage) verdicts(verdicts []diff.CallEffect) {
	quiet := 0
	for _, v := range verdicts {
		if len(v.Differs) == 1 && v.Differs[0] == "findings" {
			quiet++
			continue
		}
		was, is := v.Was.Result.String(), v.Is.Result.String()
		text := was
		if was != is {
			text = was + " → " + is
		}
		if stages := c.way(v); stages != "" {
			text += "; " + stages
		}
		if credit := c.credit(v); credit != "" {
			text += "; " + credit
		}
		c.line(dealTitle(v.Deal, v.Name), fmt.Sprintf("%s, call %s: %s", date(v.At, c.new.Zone()), v.Call, strings.ReplaceAll(text, "_", " ")))
	}
	if quiet > 0 {
		fmt.Fprint(c.w, c.page.Fill("", 2, terminal.Dim, count(quiet, "verdict")+" with other findings and nothing else; --format json lists them."))
	}
}

// way says where the call left the deal, where that differs.
func (c *changePage) way(v diff.CallEffect) string {
	was, is := c.standing(c.old, diff.Standing{Stage: v.Was.To}), c.standing(c.new, diff.Standing{Stage: v.Is.To})
	if was == is {
		return ""
	}
	return "in " + was + " → in " + is
}

// credit says what the call is credited with, where that differs.
func (c *changePage) credit(v diff.CallEffect) string {
	words := func(ids []string) string {
		if len(ids) == 0 {
			return "nothing"
		}
		return prose.And(ids...)
	}
	var was, is []string
	for _, id := range v.Was.Credited {
		was = append(was, string(id))
	}
	for _, id := range v.Is.Credited {
		is = append(is, string(id))
	}
	for _, what := range v.Differs {
		if what == "credit" {
			return "credited with " + words(was) + " → with " + words(is)
		}
	}
	return ""
}

// totals prints what differs in numbers.
func (c *changePage) totals(e *diff.Effect) {
	var lines []string
	add := func(name string, was, is int) {
		if was != is {
			lines = append(lines, fmt.Sprintf("  %-26s %7s %7s %7s", terminal.Fit(terminal.Clean(name), 26), thousands(was), thousands(is), fmt.Sprintf("%+d", is-was)))
		}
	}
	for _, s := range e.Stages {
		name := c.standing(c.new, diff.Standing{Stage: s.Stage})
		if _, ok := c.new.StageByID(s.Stage); !ok {
			name = c.standing(c.old, diff.Standing{Stage: s.Stage})
		}
		add("deals in "+name, s.Was, s.Is)
	}
	for _, r := range e.Results {
		add(strings.ReplaceAll(r.Result.String(), "_", " "), r.Was, r.Is)
	}
	for _, f := range e.Findings {
		add("finding "+f.Code, f.Was, f.Is)
	}
	if len(lines) == 0 {
		return
	}
	c.title("In numbers", "")
	fmt.Fprintln(c.w, c.dim(fmt.Sprintf("  %-26s %7s %7s", "", "was", "is")))
	for _, l := range lines {
		fmt.Fprintln(c.w, l)
	}
}
