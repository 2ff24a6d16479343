package process

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/yamldoc"
)

// AdviceOptions says under which circumstances advice is asked for.
type AdviceOptions struct {
	// Now is the instant against which the date of the last review is held.
	// Without it no review is called overdue.
	Now time.Time
}

// DefaultReviewEvery is how old a review may get where a process does not say.
const DefaultReviewEvery commitment.Duration = "180d"

// Lint reads a process from the text of a YAML document and lists everything
// there is to say about it: the errors that [Parse] gives, and advice (of
// severity Warning) about all that no error casts doubt on. The file name is
// for the diagnostics alone.
func Lint(file string, src []byte, o AdviceOptions) diagnostic.List {
	def, doc, diags := read(file, src)
	if doc != nil {
		diags = append(diags, doc.root.Mark(validate(def, doc.failed))...)
		diags = append(diags, doc.root.Mark(advise(def, o, diags))...)
	}
	diags.Sort()
	return diags
}

// Advice lists what could be better about a definition, by path, as far as no
// error casts doubt on it. The errors themselves come from [Definition.Compile].
func (d Definition) Advice(o AdviceOptions) diagnostic.List {
	return advise(d, o, validate(d, func(string) bool { return false }))
}

func advise(def Definition, o AdviceOptions, faults diagnostic.List) diagnostic.List {
	if !(&validator{def: &def}).sized() {
		return nil
	}
	a := &adviser{def: &def, doubtful: map[string]bool{}}
	for _, d := range faults {
		a.doubt(d.Path)
	}
	a.review(o.Now)
	for i := range def.Commitments {
		a.commitment(&def.Commitments[i])
	}
	for i := range def.Stages {
		a.stage(i)
	}
	a.callKinds()
	a.vocabularies()
	return a.diags
}

// adviser looks for what could be better about a definition.
type adviser struct {
	def      *Definition
	doubtful map[string]bool // every path at or above an error
	diags    diagnostic.List
}

// doubt notes a path with an error and all above it.
func (a *adviser) doubt(path string) {
	for ; path != ""; path = path[:max(strings.LastIndexAny(path, ".["), 0)] {
		a.doubtful[path] = true
	}
	a.doubtful[""] = true
}

func (a *adviser) advise(code diagnostic.Code, path, message, hint string) {
	if len(a.diags) >= yamldoc.MaxDiagnostics {
		return
	}
	a.diags = append(a.diags, diagnostic.Diagnostic{
		Code: code, Severity: diagnostic.Warning, Path: path, Message: message, Hint: hint,
	})
}

func (a *adviser) review(now time.Time) {
	d := a.def
	if now.IsZero() || d.Reviewed == "" || a.doubtful["reviewed"] || a.doubtful["review_every"] || a.doubtful["timezone"] {
		return
	}
	zone, err := loadZone(d.TimeZone)
	if err != nil {
		return
	}
	reviewed, err := time.ParseInLocation(time.DateOnly, d.Reviewed, zone)
	if err != nil {
		return
	}
	every := resolveDuration(d.ReviewEvery, DefaultReviewEvery)
	if every >= 0 && now.Sub(reviewed) > every {
		a.advise(AdviceStaleReview, "reviewed",
			fmt.Sprintf("the last review is more than %s old", commitment.FormatDuration(every)),
			"go through the process with the team, and write the date of that day")
	}
}

func (a *adviser) commitment(c *commitment.Definition) {
	path := fmt.Sprintf("commitments.%s", c.ID)
	a.wording(c, path)
	if a.doubtful[path] {
		return
	}
	advise := func(code diagnostic.Code, key, message, hint string) {
		if !allows(c, code) {
			a.advise(code, path+key, message, hint)
		}
	}
	if c.Ask == "" {
		advise(AdviceNoAsk, "", fmt.Sprintf("%q has no ask", c.ID), "write under `ask` how the seller asks for it, word for word")
	}
	if a.doubtful["defaults"] {
		return
	}
	require := resolveRequirement(c.Requires, a.def.Defaults.Requires)
	if !require.Dated && !proven(require.Evidence) {
		advise(AdviceUndated, keyIf(c.Requires.Dated != nil, ".requires.dated"),
			fmt.Sprintf("%q needs neither a date nor a proof: anybody's good word will do", c.ID),
			"ask for a date, or for evidence such as {any: [email, document]}")
	}
	if require.Dated && resolveDuration(c.LapsesAfter, a.def.Defaults.LapsesAfter) < 0 {
		advise(AdviceNeverSettled, keyIf(c.LapsesAfter != "", ".lapses_after"),
			fmt.Sprintf("%q has a date and never lapses: a promise that nobody kept would count for ever", c.ID),
			"write how long after its date it still counts, such as lapses_after: 14d")
	}
}

// wording judges the name; an id that stands in for one is only a label, and
// may be a mere noun.
func (a *adviser) wording(c *commitment.Definition, path string) {
	name, key := nameOr(c.Name, string(c.ID)), keyIf(c.Name != "", ".name")
	code := misworded(name)
	if allows(c, code) || a.doubtful[path+".name"] || a.doubtful[path+".allow"] || c.Name == "" && a.doubtful[path] {
		return
	}
	switch {
	case code == AdviceSellerAction:
		a.advise(code, path+key, fmt.Sprintf("%q reads as something that the seller does", name),
			`word it as what the buyer does, such as "Go through the proposal with us"`)
	case code == AdviceNotAnAction && c.Name != "":
		a.advise(code, path+key, fmt.Sprintf("%q is a mood or a topic, and nothing that the buyer does", name),
			`word it as what the buyer does, such as "Confirm the budget in writing"`)
	}
}

func allows(c *commitment.Definition, code diagnostic.Code) bool {
	return slices.Contains(c.Allow, string(code))
}

// proven reports whether a need cannot be met by the seller's word alone.
func proven(evidence commitment.Need) bool {
	return slices.ContainsFunc(evidence.All, func(kind string) bool { return kind != commitment.Verbal }) ||
		len(evidence.Any) > 0 && !slices.Contains(evidence.Any, commitment.Verbal)
}

// keyIf returns the key when the document has it, and else nothing, so that
// the advice stands at what lacks the key.
func keyIf(there bool, key string) string {
	if there {
		return key
	}
	return ""
}

func (a *adviser) stage(i int) {
	s := &a.def.Stages[i]
	path := fmt.Sprintf("stages[%d]", i)
	if s.Closes != "" || a.doubtful[path] {
		return
	}
	at := func(there bool, key string) string {
		if there {
			return path + key
		}
		return path + ".id"
	}
	if len(s.Ladder) < 2 && !onlyWaits(s.Exit) {
		a.advise(AdviceNoRange, at(s.Ladder != nil, ".ladder"),
			fmt.Sprintf("the ladder of %q has fewer than two rungs: the seller has nothing to fall back to", s.ID),
			"add a weaker commitment to ask for when the first is refused, or a stronger one to begin with")
	}
	limit := resolveStalls(s.StallsAfter, a.def.Defaults.StallsAfter)
	if limit.Calls == 0 && limit.Time < 0 && !a.doubtful["defaults"] {
		own := s.StallsAfter != StallLimit{}
		a.advise(AdviceNeverStalls, at(own, ".stalls_after"),
			fmt.Sprintf("a deal can wait in %q for ever without being called stalled", s.ID),
			"write a limit, such as stalls_after: {calls: 3, time: 30d}")
	}
}

// onlyWaits reports whether an exit asks for nothing but what was promised
// before to happen.
func onlyWaits(exit []Criterion) bool {
	for _, c := range exit {
		for _, item := range c.Items() {
			if !item.Kept {
				return false
			}
		}
	}
	return true
}

func (a *adviser) callKinds() {
	rank := map[commitment.ID]int{}
	for _, s := range a.def.Stages {
		for _, id := range s.Ladder {
			rank[id] = len(rank)
		}
	}
	for i := range a.def.CallKinds {
		k := &a.def.CallKinds[i]
		path := fmt.Sprintf("call_kinds.%s", k.ID)
		if a.doubtful[path] {
			continue
		}
		if len(k.Fallbacks) == 0 {
			a.advise(AdviceNoFallback, path+keyIf(k.Fallbacks != nil, ".fallbacks"),
				fmt.Sprintf("the call kind %q has no fallback: when the buyer refuses the outcome, there is nothing left to ask for", k.ID),
				"list weaker commitments that would do instead under `fallbacks`")
		}
		if a.doubtful["stages"] {
			continue
		}
		for j, id := range k.Fallbacks {
			if rank[id] > rank[k.Outcome] {
				a.advise(AdviceFallbackAboveOutcome, fmt.Sprintf("%s.fallbacks[%d]", path, j),
					fmt.Sprintf("%q ranks above the outcome %q: it is the better thing to ask for", id, k.Outcome),
					"make it the outcome, or leave it out; asking for more is always allowed")
			}
		}
	}
}

// vocabularies looks for words that nothing asks for.
func (a *adviser) vocabularies() {
	if a.doubtful["commitments"] || a.doubtful["defaults"] {
		return
	}
	roles, evidence := map[string]bool{}, map[string]bool{}
	note := func(used map[string]bool, need *commitment.Need) {
		if need != nil {
			for _, name := range need.Names() {
				used[name] = true
			}
		}
	}
	note(roles, a.def.Defaults.Requires.Roles)
	note(evidence, a.def.Defaults.Requires.Evidence)
	for i := range a.def.Commitments {
		note(roles, a.def.Commitments[i].Requires.Roles)
		note(evidence, a.def.Commitments[i].Requires.Evidence)
	}
	for _, list := range []struct {
		key, what string
		names     []string
		used      map[string]bool
	}{
		{"roles", "role", a.def.Roles, roles},
		{"evidence_kinds", "kind of evidence", a.def.EvidenceKinds, evidence},
	} {
		for i, name := range list.names {
			if path := fmt.Sprintf("%s[%d]", list.key, i); !list.used[name] && !a.doubtful[path] {
				a.advise(AdviceUnused, path, fmt.Sprintf("no commitment asks for the %s %q", list.what, name),
					"ask for it under `requires` where it matters, or leave it out")
			}
		}
	}
}
