package crm

import (
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// shownStages lists the stages of a process that the CRM has a name for, for
// [pipeline.Pipeline.Stages]: those that the mapping translates to, and those
// that the records name as they are. It is empty, for all of them, where
// nothing is translated.
func (m *Mapping) shownStages(p *process.Process, deals *pipeline.Pipeline) []process.StageID {
	if len(m.def.Stages) == 0 {
		return nil
	}
	seen := make(map[process.StageID]bool)
	for _, w := range m.def.Stages {
		seen[process.StageID(w.To)] = true
	}
	spelled := make(map[process.StageID]bool)
	for i := range deals.Deals {
		spelled[process.StageID(deals.Deals[i].Claimed)] = true
	}
	for i := range deals.Moves {
		spelled[deals.Moves[i].From], spelled[deals.Moves[i].To] = true, true
	}
	for id := range spelled {
		seen[pipeline.StageOf(p, id)] = true
	}
	var list []process.StageID
	for s := range p.Stages() {
		if seen[s.ID()] {
			list = append(list, s.ID())
		}
	}
	return list
}
