package oracle

import (
	"cmp"
	"slices"
)

// codes lists every finding code with its default severity, in the order in which
// a verdict lists them.
var codes = []struct{ code, severity string }{
	{"no_target", "info"},
	{"planned_late", "info"},
	{"wrong_target", "warning"},
	{"target_no_advance", "warning"},
	{"wrong_stage", "info"},

	{"not_asked", "warning"},
	{"lost_focus", "warning"},
	{"kept_only", "info"},
	{"happy_ears", "warning"},

	{"declined", "info"},
	{"deferred", "warning"},
	{"conditional", "warning"},
	{"seller_only", "warning"},
	{"not_by_buyer", "warning"},
	{"unqualified", "warning"},
	{"past_due", "warning"},
	{"below_mark", "info"},
	{"repeat", "info"},
	{"rescheduled", "info"},
	{"regained", "info"},
	{"waived", "warning"},
	{"off_ladder", "info"},
	{"broken", "warning"},
	{"withdrawn", "warning"},
	{"not_held", "info"},

	{"lapsed", "warning"},
	{"gap", "warning"},
	{"stalled", "warning"},
	{"reopened", "info"},

	{"unknown_commitment", "error"},
	{"unknown_kind", "error"},
	{"unknown_role", "error"},
	{"unknown_evidence", "error"},
	{"unknown_reason", "error"},
	{"unknown_stage", "error"},
	{"contradiction", "error"},
	{"duplicate_call", "error"},
}

// findings collects at most one finding for a code and a commitment.
type findings map[Finding]bool

func (f findings) add(code, commitment string) {
	f[Finding{Code: code, Commitment: commitment}] = true
}

// sorted lists the findings by code, then those without a commitment, then by
// rung, then unknown names; with their severities, and without the ignored.
func (f findings) sorted(p Process) []Finding {
	list := []Finding{}
	for i := range codes {
		var same []Finding
		for finding := range f {
			if finding.Code == codes[i].code {
				same = append(same, finding)
			}
		}
		slices.SortFunc(same, func(a, b Finding) int {
			return cmp.Or(
				cmp.Compare(group(p, a.Commitment), group(p, b.Commitment)),
				cmp.Compare(p.rung(a.Commitment), p.rung(b.Commitment)),
				cmp.Compare(a.Commitment, b.Commitment))
		})
		for _, finding := range same {
			finding.Severity = codes[i].severity
			if own := p.Findings[finding.Code]; own != "" {
				finding.Severity = own
			}
			if finding.Severity != "ignore" {
				list = append(list, finding)
			}
		}
	}
	return list
}

func group(p Process, id string) int {
	switch {
	case id == "":
		return 0
	case p.rung(id) > 0:
		return 1
	default:
		return 2
	}
}
