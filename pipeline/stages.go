package pipeline

import (
	"strings"

	"github.com/advance-sales/advance/process"
)

// stageNames finds the stages of a process by what other systems call them.
type stageNames struct {
	process *process.Process
	byName  map[string]process.StageID // in small letters; empty for a name of several stages
}

func namesOf(p *process.Process) stageNames {
	n := stageNames{p, make(map[string]process.StageID)}
	for s := range p.Stages() {
		for _, name := range []string{s.Name(), string(s.ID())} {
			name = fold(name)
			if id, ok := n.byName[name]; ok && id != s.ID() {
				n.byName[name] = ""
				continue
			}
			n.byName[name] = s.ID()
		}
	}
	return n
}

// stage returns the id of a stage that is spelled as its id or as its name,
// capitals aside, and anything else as it is.
func (n *stageNames) stage(spelled process.StageID) process.StageID {
	if _, ok := n.process.StageByID(spelled); ok || spelled == "" {
		return spelled
	}
	if id := n.byName[fold(string(spelled))]; id != "" {
		return id
	}
	return spelled
}

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// StageOf returns the stage of a process that another system spells as its id or
// as its name, capitals aside. Anything else is returned as it is.
func StageOf(p *process.Process, spelled process.StageID) process.StageID {
	n := namesOf(p)
	return n.stage(spelled)
}
