package process

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
)

const (
	durationHint = "write weeks, days and hours, such as 2w, 21d or 1d12h"
	idHint       = "use letters, digits, - and _"
)

// validate lists everything that keeps a definition from being compiled, by
// path alone. What lies under a path that has failed already was refused when
// it was read, and is not held against the rest.
func validate(def Definition, failed func(path string) bool) diagnostic.List {
	v := &validator{def: &def, failed: failed, renamed: map[commitment.ID]commitment.ID{}}
	v.header()
	if !v.sized() {
		return v.diags
	}
	v.vocabularies()
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
	renamed       map[commitment.ID]commitment.ID // what a commitment was called, to what it is called
	home          map[commitment.ID]int           // stage index of each commitment on a ladder
}

func (v *validator) report(code diagnostic.Code, message, hint, path string, args ...any) {
	if len(v.diags) >= yamldoc.MaxDiagnostics {
		return
	}
	v.diags = append(v.diags, diagnostic.Diagnostic{
		Code: code, Severity: diagnostic.Error,
		Path: fmt.Sprintf(path, args...), Message: message, Hint: hint,
	})
}

// hint suggests the nearest of the names that there are. Behind the first
// diagnostics nobody looks for suggestions any more, and they cost the most.
func (v *validator) hint(name string, known []string) string {
	if len(v.diags) >= maxHints {
		return ""
	}
	return nearest.Hint(name, known)
}

// The limits of a process. Nobody comes near them; they bound the work that a
// hostile document can cause.
const (
	maxHints  = 50
	maxItems  = 2 * commitment.MaxRungs // of a criterion: every commitment, held and kept
	maxNames  = 1000                    // of roles, evidence kinds, loss reasons, stages and call kinds each
	maxID     = 200                     // bytes
	maxPeople = 1000
)

// sized reports whether the process keeps the limits, and says so if not.
func (v *validator) sized() bool {
	d := v.def
	if n := len(d.Commitments); n > commitment.MaxRungs {
		v.report(CodeTooMany, fmt.Sprintf("%d commitments are too many", n),
			fmt.Sprintf("a process can have %d", commitment.MaxRungs), "commitments")
		return false
	}
	for _, list := range []struct {
		key string
		n   int
	}{
		{"roles", len(d.Roles)},
		{"evidence_kinds", len(d.EvidenceKinds)},
		{"loss_reasons", len(d.LossReasons)},
		{"stages", len(d.Stages)},
		{"call_kinds", len(d.CallKinds)},
	} {
		if list.n > maxNames {
			v.report(yamldoc.TooLarge, fmt.Sprintf("%d `%s` are too many", list.n, list.key),
				fmt.Sprintf("a process can have %d", maxNames), "%s", list.key)
			return false
		}
	}
	return true
}

// orList falls back from a suggestion to the list of what there is, while it
// is short enough to be read.
func orList(hint string, known []string) string {
	known = slices.DeleteFunc(slices.Clone(known), commitment.Blank)
	if hint == "" && len(known) > 0 && len(known) <= 12 {
		return "there is " + strings.Join(known, ", ")
	}
	return hint
}

// known reports whether a commitment is defined, and says so if it is not.
func (v *validator) known(id commitment.ID, path string) bool {
	if slices.Contains(v.commitmentIDs, string(id)) && id != "" {
		return true
	}
	if id == "" && v.failed(path) || len(v.commitmentIDs) == 0 && v.failed("commitments") {
		return false
	}
	hint := fmt.Sprintf("it is called %q now", v.renamed[id])
	if v.renamed[id] == "" {
		hint = cmp.Or(v.hint(string(id), v.commitmentIDs), "define it under `commitments`")
	}
	v.report(CodeUnknownCommitment, fmt.Sprintf("the commitment %q is not defined", id), hint, "%s", path)
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

func (v *validator) text(what, text, path string) {
	if text != "" && commitment.Blank(text) {
		v.report(CodeBlank, what+" is blank", "write something, or leave the key out", "%s", path)
	}
}

func (v *validator) literal(word, key string, known []string, path string) {
	if word != "" && !slices.Contains(known, word) {
		v.report(CodeBadValue, fmt.Sprintf("%s can not be %q", key, word),
			cmp.Or(v.hint(word, known), "write one of "+strings.Join(known, ", ")), "%s", path)
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
