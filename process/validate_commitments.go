package process

import (
	"fmt"
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
)

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
}

func (v *validator) vocabularies() {
	d := v.def
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
			if v.failed(path) {
				continue
			}
			if commitment.Blank(name) {
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
			v.renamed[c.RenamedFrom] = c.ID
		}
		for j, code := range c.Allow {
			if !slices.Contains(AdviceCodes(), diagnostic.Code(code)) && !v.failed(path+".allow") {
				v.report(CodeUnknownFinding, fmt.Sprintf("%q is no advice that could be allowed", code),
					v.hint(code, adviceNames()), "%s.allow[%d]", path, j)
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
	if q.Roles != nil && v.def.Roles != nil && !v.failed("roles") {
		v.need(*q.Roles, CodeUnknownRole, "role", v.def.Roles, path+".roles")
	}
	if q.Evidence != nil && !v.failed("evidence_kinds") {
		v.need(*q.Evidence, CodeUnknownEvidence, "evidence kind",
			append(commitment.EvidenceKinds(), v.def.EvidenceKinds...), path+".evidence")
	}
}

func (v *validator) need(need commitment.Need, code diagnostic.Code, what string, known []string, path string) {
	for _, part := range []struct {
		path  string
		names []string
	}{{path, need.All}, {path + ".any", need.Any}} {
		seen := map[string]bool{}
		for i, name := range part.names {
			at := fmt.Sprintf("%s[%d]", part.path, i)
			twice := seen[name]
			seen[name] = true
			switch {
			case name == "" && v.failed(part.path):
			case !slices.Contains(known, name):
				v.report(code, fmt.Sprintf("the %s %q is not defined", what, name), orList(v.hint(name, known), known), "%s", at)
			case twice:
				v.report(CodeRepeatedItem, fmt.Sprintf("%q is there twice", name), "leave one out", "%s", at)
			}
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
			v.report(CodeUnknownFinding, fmt.Sprintf("%q is no finding", name), v.hint(name, finding.Names()), "findings.%s", name)
		case code.Fault() && v.def.Findings[name] != diagnostic.Error:
			v.report(CodeFaultSeverity, fmt.Sprintf("%s is a fault of the data, and always an error", name),
				"leave it out", "findings.%s", name)
		}
	}
}
