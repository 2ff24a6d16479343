package process

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/nearest"
)

const (
	durationHint = "write weeks, days and hours, such as 2w, 21d or 1d12h"
	idHint       = "use letters, digits, - and _"
)

// validate lists everything that keeps a definition from being compiled, by
// path alone. What lies under a path that has failed already was refused when
// it was read, and is not held against the rest.
func validate(def Definition, failed func(path string) bool) diagnostic.List {
	v := &validator{def: &def, failed: failed}
	v.header()
	v.requirements(&def.Defaults.Requires, "defaults.requires")
	v.duration(def.Defaults.LapsesAfter, "defaults.lapses_after")
	v.stallLimit(def.Defaults.StallsAfter, "defaults.stalls_after")
	v.gate(def.Defaults.Gate, "defaults.gate")
	v.commitments()
	v.stages()
	v.exits()
	v.callKinds()
	v.findings()
	return v.diags
}

type validator struct {
	def    *Definition
	failed func(path string) bool
	diags  diagnostic.List

	commitmentIDs []string
	stageIDs      []string
	home          map[commitment.ID]int // stage index of each commitment on a ladder
}

func (v *validator) report(code diagnostic.Code, message, hint, path string, args ...any) {
	v.diags = append(v.diags, diagnostic.Diagnostic{
		Code: code, Severity: diagnostic.Error,
		Path: fmt.Sprintf(path, args...), Message: message, Hint: hint,
	})
}

func (v *validator) header() {
	d := v.def
	if d.Format != Format && !v.failed("advance") {
		v.report(CodeUnsupportedFormat, fmt.Sprintf("format version %d is not known", d.Format),
			fmt.Sprintf("write advance: %d", Format), "advance")
	}
	v.id("process", d.ID, "id")
	if d.Version < 1 && !v.failed("version") {
		v.report(CodeBadCount, fmt.Sprintf("a version counts from 1, and this is %d", d.Version), "", "version")
	}
	v.text("the name", d.Name, "name")
	if _, err := loadZone(d.TimeZone); err != nil {
		v.report(CodeBadTimeZone, fmt.Sprintf("%q is no time zone", d.TimeZone),
			"write its IANA name, such as Europe/Berlin or UTC", "timezone")
	}
	if d.Reviewed != "" {
		if _, err := time.Parse(time.DateOnly, d.Reviewed); err != nil {
			v.report(CodeBadDate, fmt.Sprintf("%q is no date", d.Reviewed), "write it as 2026-11-01", "reviewed")
		}
	}
	v.duration(d.ReviewEvery, "review_every")
	for _, list := range []struct {
		key, what string
		names     []string
	}{
		{"roles", "role", d.Roles},
		{"evidence_kinds", "evidence kind", d.EvidenceKinds},
		{"loss_reasons", "loss reason", d.LossReasons},
	} {
		for i, name := range list.names {
			path := fmt.Sprintf("%s[%d]", list.key, i)
			if commitment.Blank(name) && !v.failed(path) {
				v.report(CodeBlank, "a blank "+list.what, "write a word, or leave it out", "%s", path)
			} else if slices.Contains(list.names[:i], name) {
				v.report(CodeDuplicateID, fmt.Sprintf("the %s %q is there twice", list.what, name), "leave one out", "%s", path)
			}
		}
	}
}

// loadZone finds a time zone. The machine's own zone is none: results would
// depend on where they are computed.
func loadZone(name string) (*time.Location, error) {
	switch name {
	case "":
		return time.UTC, nil
	case "Local":
		return nil, fmt.Errorf("unknown time zone %s", name)
	}
	return time.LoadLocation(name)
}

func (v *validator) commitments() {
	d := v.def
	if n := len(d.Commitments); n > commitment.MaxRungs {
		v.report(CodeTooMany, fmt.Sprintf("%d commitments are too many", n),
			fmt.Sprintf("a process can have %d", commitment.MaxRungs), "commitments")
	}
	seen := map[commitment.ID]bool{}
	for i := range d.Commitments {
		c := &d.Commitments[i]
		path := fmt.Sprintf("commitments.%s", c.ID)
		v.commitmentIDs = append(v.commitmentIDs, string(c.ID))
		v.id("commitment", string(c.ID), path)
		if seen[c.ID] && !v.failed(path) {
			v.report(CodeDuplicateID, fmt.Sprintf("the commitment %q is defined twice", c.ID), "give one another id", "%s", path)
		}
		seen[c.ID] = true
	}
	for i := range d.Commitments {
		c := &d.Commitments[i]
		path := fmt.Sprintf("commitments.%s", c.ID)
		v.text("the name", c.Name, path+".name")
		v.text("the ask", c.Ask, path+".ask")
		v.requirements(&c.Requires, path+".requires")
		v.duration(c.LapsesAfter, path+".lapses_after")
		if c.RenamedFrom != "" {
			v.id("commitment", string(c.RenamedFrom), path+".renamed_from")
			if seen[c.RenamedFrom] {
				v.report(CodeDuplicateID, fmt.Sprintf("%q is the id of another commitment, now or before", c.RenamedFrom),
					"an id is never used again for something else", "%s.renamed_from", path)
			}
			seen[c.RenamedFrom] = true
		}
		for j, code := range c.Allow {
			if !slices.Contains(AdviceCodes(), diagnostic.Code(code)) && !v.failed(path+".allow") {
				v.report(CodeUnknownFinding, fmt.Sprintf("%q is no advice that could be allowed", code),
					nearest.Hint(code, adviceNames()), "%s.allow[%d]", path, j)
			}
		}
	}
}

func (v *validator) requirements(q *commitment.Requirements, path string) {
	v.duration(q.Within, path+".within")
	if q.Dated != nil && !*q.Dated && q.Within != "" && q.Within != commitment.None {
		v.report(CodeDatedWithin, "`within` asks for a date, and `dated: false` for none", "leave one of them out", "%s", path+".within")
	}
	if q.People != nil && (*q.People < 0 || *q.People > maxPeople) {
		v.report(CodeBadCount, fmt.Sprintf("%d people can not be asked for", *q.People),
			fmt.Sprintf("write a number from 0 to %d", maxPeople), "%s", path+".people")
	}
	if q.Roles != nil && v.def.Roles != nil {
		v.need(*q.Roles, CodeUnknownRole, "role", v.def.Roles, path+".roles")
	}
	if q.Evidence != nil {
		v.need(*q.Evidence, CodeUnknownEvidence, "evidence kind",
			append(commitment.EvidenceKinds(), v.def.EvidenceKinds...), path+".evidence")
	}
}

// maxPeople bounds what can be asked for; nobody brings more to a call.
const maxPeople = 1000

func (v *validator) need(need commitment.Need, code diagnostic.Code, what string, known []string, path string) {
	for _, part := range []struct {
		path  string
		names []string
	}{{path, need.All}, {path + ".any", need.Any}} {
		for i, name := range part.names {
			at := fmt.Sprintf("%s[%d]", part.path, i)
			switch {
			case name == "" && v.failed(part.path):
			case !slices.Contains(known, name):
				v.report(code, fmt.Sprintf("the %s %q is not defined", what, name), orList(nearest.Hint(name, known), known), "%s", at)
			case slices.Contains(part.names[:i], name):
				v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", name), "leave one out", "%s", at)
			}
		}
	}
}

// orList falls back from a suggestion to the list of what there is, while it
// is short enough to be read.
func orList(hint string, known []string) string {
	if hint == "" && len(known) > 0 && len(known) <= 12 {
		return "there is " + strings.Join(known, ", ")
	}
	return hint
}

func (v *validator) stages() {
	v.home = map[commitment.ID]int{}
	won, lost := -1, false
	for i := range v.def.Stages {
		s := &v.def.Stages[i]
		path := fmt.Sprintf("stages[%d]", i)
		v.id("stage", string(s.ID), path+".id")
		if s.ID != "" && slices.Contains(v.stageIDs, string(s.ID)) {
			v.report(CodeDuplicateID, fmt.Sprintf("the stage %q is there twice", s.ID), "give one another id", "%s.id", path)
		}
		v.stageIDs = append(v.stageIDs, string(s.ID))
		v.text("the name", s.Name, path+".name")
		if s.Probability != nil && (*s.Probability < 0 || *s.Probability > 100) {
			v.report(CodeBadCount, fmt.Sprintf("%d is no probability", *s.Probability), "write a percentage from 0 to 100", "%s.probability", path)
		}
		v.literal(s.Forecast, "forecast", Forecasts(), path+".forecast")
		v.literal(string(s.Closes), "closes", []string{string(ClosesWon), string(ClosesLost)}, path+".closes")
		v.gate(s.Gate, path+".gate")
		v.stallLimit(s.StallsAfter, path+".stalls_after")
		v.ladder(i, path)

		switch s.Closes {
		case ClosesWon:
			if won >= 0 {
				v.report(CodeNoWonStage, fmt.Sprintf("%q closes won already", v.def.Stages[won].ID),
					"a process has one stage that closes won", "%s.closes", path)
			} else {
				won = i
			}
			if s.Exit != nil {
				v.report(CodeClosedStage, "a stage that closes won has no exit", "leave it out; its ladder may stay", "%s.exit", path)
			}
		case ClosesLost:
			lost = true
			if s.Exit != nil {
				v.report(CodeClosedStage, "a stage that closes lost has no exit", "leave it out", "%s.exit", path)
			}
			if len(s.Ladder) > 0 {
				v.report(CodeClosedStage, "a stage that closes lost has no ladder", "move its commitments to the stage they belong to", "%s.ladder", path)
			}
		case "":
			if won >= 0 {
				v.report(CodeAfterWon, fmt.Sprintf("the open stage %q comes after the one that closes won", s.ID),
					"move it up; commitments of the delivery go on the ladder of the won stage", "%s.id", path)
			}
		}
	}
	if v.failed("stages") {
		return
	}
	if won < 0 {
		v.report(CodeNoWonStage, "no stage closes won", "write `closes: won` in the last stage of the path", "stages")
	}
	if !lost {
		v.report(CodeNoLostStage, "no stage closes lost", "add one, such as {id: lost, closes: lost}", "stages")
	}
	for _, c := range v.def.Commitments {
		if _, ok := v.home[c.ID]; !ok {
			v.report(CodeHomeless, fmt.Sprintf("the commitment %q is on no ladder", c.ID),
				"put it on the ladder of the stage where it is asked for", "commitments.%s", c.ID)
		}
	}
}

func (v *validator) ladder(stage int, path string) {
	s := &v.def.Stages[stage]
	for j, id := range s.Ladder {
		at := fmt.Sprintf("%s.ladder[%d]", path, j)
		if !v.known(id, at) {
			continue
		}
		switch home, taken := v.home[id]; {
		case taken && home == stage:
			v.report(CodeHomeless, fmt.Sprintf("%q is on this ladder twice", id), "a commitment is one rung", "%s", at)
		case taken:
			v.report(CodeHomeless, fmt.Sprintf("%q is on the ladder of %q already", id, v.def.Stages[home].ID),
				"a commitment has one home", "%s", at)
		default:
			v.home[id] = stage
		}
	}
}

// exits judges the exits of the open stages, once all ladders are known.
func (v *validator) exits() {
	for i := range v.def.Stages {
		s := &v.def.Stages[i]
		path := fmt.Sprintf("stages[%d]", i)
		if s.Closes != "" || v.failed(path+".exit") || v.failed(path+".closes") {
			continue
		}
		if len(s.Exit) == 0 {
			if !v.failed(path) {
				v.report(CodeNoExit, fmt.Sprintf("the open stage %q has no exit", s.ID),
					"say what must be held to leave it, such as exit: "+v.exampleExit(s), "%s.id", path)
			}
			continue
		}
		sound, fresh := true, false
		for j, c := range s.Exit {
			for _, at := range itemPaths(c, fmt.Sprintf("%s.exit[%d]", path, j)) {
				ok := v.exitItem(i, at)
				sound = sound && ok
				home, onLadder := v.home[at.item.Commitment]
				fresh = fresh || at.item.Kept || onLadder && home == i
			}
			v.criterion(c, fmt.Sprintf("%s.exit[%d]", path, j))
		}
		if sound && !fresh {
			v.report(CodeForeignExit, fmt.Sprintf("nothing in the exit of %q is new to it", s.ID),
				"ask for a commitment of its own ladder, or that one is kept", "%s.exit", path)
		}
	}
}

func (v *validator) exampleExit(s *Stage) string {
	if len(s.Ladder) > 0 {
		return string(s.Ladder[len(s.Ladder)-1])
	}
	return "a commitment of its ladder"
}

type placedItem struct {
	item Item
	path string
}

// itemPaths gives each item of a criterion with its path in the document.
func itemPaths(c Criterion, path string) []placedItem {
	var placed []placedItem
	add := func(item Item, path string) {
		if item.Kept {
			path += ".kept"
		}
		placed = append(placed, placedItem{item, path})
	}
	switch {
	case c.Any != nil:
		for k, item := range c.Any {
			add(item, fmt.Sprintf("%s.any[%d]", path, k))
		}
	case c.Of != nil:
		for k, item := range c.Of {
			add(item, fmt.Sprintf("%s.at_least.of[%d]", path, k))
		}
	default:
		add(c.Item, path)
	}
	return placed
}

func (v *validator) exitItem(stage int, at placedItem) bool {
	if !v.known(at.item.Commitment, at.path) {
		return false
	}
	home, ok := v.home[at.item.Commitment]
	if ok && home > stage {
		v.report(CodeForeignExit, fmt.Sprintf("%q belongs to a later stage, %q", at.item.Commitment, v.def.Stages[home].ID),
			"an exit asks for what its own ladder or an earlier one holds", "%s", at.path)
		return false
	}
	return true
}

func (v *validator) criterion(c Criterion, path string) {
	forms := 0
	for _, used := range []bool{c.Item != Item{}, c.Any != nil, c.Of != nil} {
		if used {
			forms++
		}
	}
	if forms > 1 {
		v.report(CodeBadValue, "an exit criterion says one thing: an item, any or at_least", "use a criterion for each", "%s", path)
		return
	}
	if c.Any != nil && len(c.Any) == 0 {
		v.report(CodeBadCount, "an empty `any` can never be met", "list what would do", "%s.any", path)
	}
	if c.Of != nil && (c.AtLeast < 1 || c.AtLeast > len(c.Of)) {
		v.report(CodeBadCount, fmt.Sprintf("at least %d of %d items can not be asked for", c.AtLeast, len(c.Of)),
			fmt.Sprintf("write an n from 1 to %d", max(1, len(c.Of))), "%s.at_least.n", path)
	}
	placed := itemPaths(c, path)
	for k, at := range placed {
		if at.item.Commitment != "" && slices.ContainsFunc(placed[:k], func(p placedItem) bool { return p.item == at.item }) {
			v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", at.item.Commitment), "leave one out", "%s", at.path)
		}
	}
}

func (v *validator) callKinds() {
	for i := range v.def.CallKinds {
		k := &v.def.CallKinds[i]
		path := fmt.Sprintf("call_kinds.%s", k.ID)
		v.id("call kind", string(k.ID), path)
		if slices.ContainsFunc(v.def.CallKinds[:i], func(o CallKind) bool { return o.ID == k.ID }) && !v.failed(path) {
			v.report(CodeDuplicateID, fmt.Sprintf("the call kind %q is defined twice", k.ID), "give one another id", "%s", path)
		}
		v.text("the name", k.Name, path+".name")
		if k.Outcome != "" || !v.failed(path) {
			v.known(k.Outcome, path+".outcome")
		}
		v.commitmentList(k.Fallbacks, path+".fallbacks")
		v.commitmentList(k.Keeps, path+".keeps")
		for j, id := range k.Stages {
			at := fmt.Sprintf("%s.stages[%d]", path, j)
			if !slices.Contains(v.stageIDs, string(id)) && !v.failed(at) && !(v.failed("stages") && len(v.stageIDs) == 0) {
				v.report(CodeUnknownStage, fmt.Sprintf("the stage %q is not defined", id),
					orList(nearest.Hint(string(id), v.stageIDs), v.stageIDs), "%s", at)
			} else if slices.Contains(k.Stages[:j], id) {
				v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", id), "leave one out", "%s", at)
			}
		}
	}
}

func (v *validator) commitmentList(ids []commitment.ID, path string) {
	for j, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, j)
		if v.known(id, at) && slices.Contains(ids[:j], id) {
			v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", id), "leave one out", "%s", at)
		}
	}
}

func (v *validator) findings() {
	codes := make([]string, 0, len(v.def.Findings))
	for code := range v.def.Findings {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, name := range codes {
		code, err := finding.Parse(name)
		switch {
		case err != nil:
			v.report(CodeUnknownFinding, fmt.Sprintf("%q is no finding", name), nearest.Hint(name, finding.Names()), "findings.%s", name)
		case code.Fault() && v.def.Findings[name] != diagnostic.Error:
			v.report(CodeFaultSeverity, fmt.Sprintf("%s is a fault of the data, and always an error", name),
				"leave it out", "findings.%s", name)
		}
	}
}

// known reports whether a commitment is defined, and says so if it is not.
func (v *validator) known(id commitment.ID, path string) bool {
	if slices.Contains(v.commitmentIDs, string(id)) && id != "" {
		return true
	}
	if id == "" && v.failed(path) || len(v.commitmentIDs) == 0 && v.failed("commitments") {
		return false
	}
	v.report(CodeUnknownCommitment, fmt.Sprintf("the commitment %q is not defined", id),
		cmp.Or(nearest.Hint(string(id), v.commitmentIDs), "define it under `commitments`"), "%s", path)
	return false
}

// id judges how an id is written.
func (v *validator) id(what, id, path string) {
	if id == "" {
		if !v.failed(path) {
			v.report(CodeBadID, "a "+what+" without an id", idHint, "%s", path)
		}
		return
	}
	for _, r := range id {
		if r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			v.report(CodeBadID, fmt.Sprintf("the id %q has %q in it", id, r), idHint, "%s", path)
			return
		}
	}
	if len(id) > maxID {
		v.report(CodeBadID, fmt.Sprintf("an id of %d bytes is too long", len(id)), fmt.Sprintf("use at most %d", maxID), "%s", path)
	}
}

// maxID is the greatest length of an id, in bytes.
const maxID = 200

func (v *validator) text(what, text, path string) {
	if text != "" && commitment.Blank(text) {
		v.report(CodeBlank, what+" is blank", "write something, or leave the key out", "%s", path)
	}
}

func (v *validator) literal(word, key string, known []string, path string) {
	if word != "" && !slices.Contains(known, word) {
		v.report(CodeBadValue, fmt.Sprintf("%s can not be %q", key, word),
			cmp.Or(nearest.Hint(word, known), "write one of "+strings.Join(known, ", ")), "%s", path)
	}
}

func (v *validator) gate(g Gate, path string) {
	v.literal(string(g), "gate", []string{string(Soft), string(Hard)}, path)
}

var monthsOrMinutes = regexp.MustCompile(`^\d+\s*(m|mo|months?)$`)

func (v *validator) duration(d commitment.Duration, path string) {
	if d == "" || d == commitment.None {
		return
	}
	if _, err := d.Parse(); err != nil {
		hint := durationHint
		if monthsOrMinutes.MatchString(string(d)) {
			hint = "count a month as 30d"
		}
		v.report(CodeBadDuration, err.Error(), hint, "%s", path)
	}
}

func (v *validator) stallLimit(s StallLimit, path string) {
	if s.Calls != nil && *s.Calls < 1 {
		v.report(CodeBadCount, fmt.Sprintf("%d calls can not be counted to", *s.Calls), "write a number from 1, or `stalls_after: none`", "%s.calls", path)
	}
	v.duration(s.Time, path+".time")
}
