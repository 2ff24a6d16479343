package audit

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// calls finds what is wrong with the records of the calls.
func (v *view) calls() {
	for i := range v.h.Verdicts {
		verdict := &v.h.Verdicts[i]
		if verdict.Worst() < diagnostic.Error {
			continue
		}
		call := verdict.Call()
		for _, f := range verdict.Record().Findings {
			if f.Severity == diagnostic.Error {
				v.say(CallFault, fmt.Sprintf("%s %s %s", call.ID, f.Code, f.Commitment),
					fmt.Sprintf("Call %s of %s: %s", call.ID, v.day(call.At), stop(f.Message)), "Correct the record of the call, or the mapping that made it.", v.callRecord(call))
			}
		}
	}
	for _, err := range v.h.Errs {
		var stage *outcome.UnknownStageError
		if errors.As(err, &stage) {
			v.say(UnknownStage, "opened", fmt.Sprintf("It was opened on trust at %s, which is no stage of the process%s.", v.stageName(stage.Stage), v.meant(stage.Stage)),
				giveStage, v.dealRecord())
			continue
		}
		v.say(CallFault, err.Error(), "A call can not be judged: "+stop(err.Error()), "Correct the record of the call, or the mapping that made it.", v.dealRecord())
	}
}

// stop gives a sentence its full stop.
func stop(s string) string { return strings.TrimRight(s, ".") + "." }

// orphaned reports whether a history is of no deal: there are deal records, and
// none is of this one.
func (j *judge) orphaned(h *pipeline.History) bool { return j.records && !h.Recorded }

// readOut reports whether a call was read out of one of some activities: it has
// the id of the activity, perhaps with what was said behind it.
func readOut(c *outcome.Call, activities map[string]bool) bool {
	id := string(c.ID)
	for !activities[id] {
		cut := strings.LastIndexByte(id, '-')
		if cut < 0 || len(c.Commitments) == 0 {
			return false
		}
		id = id[:cut]
	}
	return true
}

// orphans finds the rows of a deal that is not there.
func (v *view) orphans() {
	read := make(map[string]bool, len(v.h.Activities))
	for i := range v.h.Activities {
		a := &v.h.Activities[i]
		read[a.ID] = true
		v.orphan(a.ID, activityRecord(a))
	}
	for i := range v.h.Verdicts {
		if c := v.h.Verdicts[i].Call(); !readOut(c, read) {
			v.orphan(string(c.ID), v.callRecord(c))
		}
	}
	for i := range v.h.Moves {
		m := &v.h.Moves[i]
		v.orphan(subject(m), moveRecord(m))
	}
	for i := range v.h.CloseDates {
		c := &v.h.CloseDates[i]
		v.orphan(fmt.Sprintf("%s %s", c.ID, c.At.UTC().Format(time.RFC3339)), evidence(tableHistory, c.ID, c.At, c.Source))
	}
}

func (v *view) orphan(subject string, record Evidence) {
	message, do := orphanText(record.Table, record.ID, string(v.out.Deal))
	v.say(Orphan, record.Table+" "+subject, message, do, record)
}

func orphanText(table, id, deal string) (message, do string) {
	return fmt.Sprintf("%s belongs to deal %s, which is not there.", row(table, id), prose.Quote(deal)),
		"Export the deal too, or give the row the deal that it belongs to."
}

// row names a row of a table.
func row(table, id string) string {
	if id == "" {
		return "A row of " + table
	}
	return fmt.Sprintf("Row %s of %s", prose.Quote(id), table)
}

// rows finds the rows that have no place in the pipeline.
func (j *judge) rows(faults []pipeline.Fault, deals []Deal) []Finding {
	index := make(map[outcome.DealID]*Deal, len(deals))
	for i := range deals {
		index[deals[i].Deal] = &deals[i]
	}
	var list []Finding
	for i := range faults {
		f := &faults[i]
		finding := Finding{Deal: f.Deal, Subject: f.Table + " " + f.ID, Evidence: []Evidence{evidence(f.Table, f.ID, time.Time{}, f.Source)}}
		switch f.Kind {
		case pipeline.Orphan:
			finding.Code = Orphan
			finding.Message, finding.Do = orphanText(f.Table, f.ID, string(f.Deal))
		case pipeline.Duplicate:
			finding.Code = Duplicate
			same, do := "the same as", "Remove it at its source, or in the export."
			if f.Differ {
				same, do = "but not the same as", "Find out which of the two is right, and remove the other at its source."
			}
			finding.Message = fmt.Sprintf("%s has the id of an earlier row, and is %s it; the earlier one counts.", row(f.Table, f.ID), same)
			if f.ID == "" {
				finding.Message = row(f.Table, "") + " is the same as an earlier one, which counts."
			}
			finding.Do = do
			finding.Evidence = append(finding.Evidence, evidence(f.Table, f.ID, time.Time{}, f.First))
		default:
			continue
		}
		if finding.Severity = j.severity(finding.Code); finding.Severity == diagnostic.Ignore {
			continue
		}
		if d := index[f.Deal]; d != nil {
			finding.Owner, finding.Amount, finding.Currency = d.Owner, d.Amount, d.Currency
			finding.Claimed, finding.Earned = d.Claimed, d.Earned
		}
		list = append(list, finding)
	}
	return list
}
