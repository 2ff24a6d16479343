package oracle

import "slices"

// obtained lists, in rung order, what a call brought and took.
type obtained struct {
	gained, credited, kept, regained, lost []string

	reopened bool
}

// which lists, in rung order, the commitments of which something is true.
func which(p Process, is func(id string) bool) []string {
	ids := []string{}
	for _, id := range p.order() {
		if is(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// compare reads what a call obtained, before a refusal in it takes any of it back.
func compare(p Process, before, after state, did map[string]change) obtained {
	isGained := func(id string) bool { return after.holdings[id].held && !before.holdings[id].ever }
	return obtained{
		gained:   which(p, isGained),
		credited: which(p, func(id string) bool { return isGained(id) && before.creditable(p, id) }),
		kept: which(p, func(id string) bool {
			return before.holdings[id].held && did[id].fulfilled && after.holdings[id].kept
		}),
		regained: which(p, func(id string) bool {
			b := before.holdings[id]
			return b.ever && !b.held && after.holdings[id].held
		}),
	}
}

// target tells what became of the target.
func target(p Process, r reading, o obtained, did map[string]change) Target {
	t := Target{Commitment: r.target}
	t.Planned = r.named && (r.PlannedAt == nil || !r.PlannedAt.After(r.At))
	above := slices.ContainsFunc(o.credited, func(id string) bool { return p.rung(id) > p.rung(r.target) })
	switch {
	case r.target == "":
		t.Result = "none"
	case above:
		t.Result = "exceeded"
	case did[r.target].qualified:
		t.Result = "met"
	case len(o.credited) > 0:
		t.Result = "fallback"
	default:
		t.Result = "missed"
	}
	return t
}

// result is the first that applies.
func result(p Process, r reading, o obtained, before, after state, byDeeds bool) string {
	fellBack := before.lost == "" && after.lost == "" && after.index(p) < before.index(p)
	switch {
	case after.won && byDeeds:
		return "order"
	case r.NoSale != nil:
		return "no_sale"
	case fellBack, len(o.lost) > 0 && len(o.credited) == 0:
		return "setback"
	case len(o.credited) > 0:
		return "advance"
	case len(o.regained) > 0, o.reopened:
		return "recovery"
	case r.target != "" && r.has(r.target, "declined", "buyer"):
		return "refusal"
	case !r.reached():
		return "no_contact"
	default:
		return "continuation"
	}
}

// remark adds the findings that need to know what the call did.
func remark(p Process, r reading, o obtained, v Verdict, before, after state, found findings) {
	if r.reached() {
		remarkPlanning(p, r, v, before, found)
		remarkConduct(r, o, v, found)
	}
	if len(o.gained) == 0 && len(o.regained) == 0 {
		for _, e := range r.entries {
			if e.By == "seller" && e.Status != "waived" {
				found.add("seller_only", e.id)
			}
		}
	}
	for _, id := range o.gained {
		if !slices.Contains(o.credited, id) {
			found.add("below_mark", id)
		}
	}
	for _, id := range o.regained {
		found.add("regained", id)
	}
	for _, gap := range after.gaps(p) {
		if p.stageIndex(gap.ID) >= before.index(p) {
			found.add("gap", "")
		}
	}
	if snapshot(p, after, r.At).Stalled {
		found.add("stalled", "")
	}
	if o.reopened {
		found.add("reopened", "")
	}
}

func remarkPlanning(p Process, r reading, v Verdict, before state, found findings) {
	if r.target == "" {
		found.add("no_target", "")
	}
	if r.PlannedAt != nil && r.PlannedAt.After(r.At) {
		found.add("planned_late", "")
	}
	if r.kind != nil && r.target != r.kind.Outcome && !slices.Contains(r.kind.Fallbacks, r.target) {
		found.add("wrong_target", r.target)
	}
	if r.target != "" && !before.creditable(p, r.target) {
		found.add("target_no_advance", r.target)
	}
	if r.kind != nil && len(r.kind.Stages) > 0 && !slices.Contains(r.kind.Stages, v.From) {
		found.add("wrong_stage", "")
	}
}

func remarkConduct(r reading, o obtained, v Verdict, found findings) {
	nothingCredited := len(o.credited) == 0
	if !r.asked && nothingCredited && r.NoSale == nil {
		found.add("not_asked", "")
	}
	if r.kind != nil && v.Target.Result != "met" && nothingCredited {
		for _, activity := range r.Activities {
			if slices.Contains(r.kind.NotFor, activity) {
				found.add("lost_focus", "")
			}
		}
	}
	if len(o.kept) > 0 && len(o.gained) == 0 {
		found.add("kept_only", "")
	}
	enthusiastic := r.Rating == "great" || r.Rating == "good"
	if enthusiastic && !slices.Contains([]string{"order", "advance", "recovery"}, v.Result) {
		found.add("happy_ears", "")
	}
}
