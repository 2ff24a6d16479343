package oracle

import (
	"strings"
	"time"
	_ "time/tzdata" // so that every machine knows every zone
)

// path returns the stages that a deal can walk through: in order, up to the won
// one, without the lost ones.
func (p Process) path() []Stage {
	var path []Stage
	for _, stage := range p.Stages {
		if stage.Closes != "lost" {
			path = append(path, stage)
		}
		if stage.Closes == "won" {
			break
		}
	}
	return path
}

// wonIndex is the place of the won stage on the path, its last.
func (p Process) wonIndex() int { return len(p.path()) - 1 }

// wonThrough returns the items of the exit that leads into the won stage.
func (p Process) wonThrough() []string {
	var ids []string
	for _, criterion := range p.path()[p.wonIndex()-1].Exit {
		for _, item := range criterion.Of {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

// order lists every commitment, weakest first, over the whole process.
func (p Process) order() []string {
	var ids []string
	for _, stage := range p.path() {
		ids = append(ids, stage.Ladder...)
	}
	return ids
}

// rung ranks a commitment over the whole process, from 1; 0 when unknown.
func (p Process) rung(id string) int {
	for i, other := range p.order() {
		if other == id {
			return i + 1
		}
	}
	return 0
}

// stageIndex is the place of a stage on the path, or -1.
func (p Process) stageIndex(id string) int {
	for i, stage := range p.path() {
		if stage.ID == id {
			return i
		}
	}
	return -1
}

// lostStages lists the ids of the stages that close lost.
func (p Process) lostStages() []string {
	var ids []string
	for _, stage := range p.Stages {
		if stage.Closes == "lost" {
			ids = append(ids, stage.ID)
		}
	}
	return ids
}

// resolve finds the present id of a commitment that may be named by its old one.
func (p Process) resolve(name string) (id string, ok bool) {
	if _, ok := p.Commitments[name]; ok {
		return name, true
	}
	for id, c := range p.Commitments {
		if c.RenamedFrom != "" && c.RenamedFrom == name {
			return id, true
		}
	}
	return "", false
}

// inSomeExit tells whether a commitment is an item of any exit.
func (p Process) inSomeExit(id string) bool {
	for _, stage := range p.path() {
		for _, criterion := range stage.Exit {
			for _, item := range criterion.Of {
				if item.ID == id {
					return true
				}
			}
		}
	}
	return false
}

// hard tells whether nobody passes the stage without its exit.
func (p Process) hard(stage Stage) bool {
	if stage.Gate != "" {
		return stage.Gate == "hard"
	}
	return p.Defaults != nil && p.Defaults.Gate == "hard"
}

// stalls is what a stage stalls after; zero values mean never.
type stalls struct {
	calls int
	time  time.Duration
}

// stallsAfter merges a stage's own keys over those of the defaults.
func (p Process) stallsAfter(stage Stage) stalls {
	var result stalls
	layer := func(s *StallsAfter) {
		switch {
		case s == nil:
			return
		case s.None:
			result = stalls{}
			return
		}
		if s.Calls > 0 {
			result.calls = s.Calls
		}
		if s.Time == "none" {
			result.time = 0
		} else if s.Time != "" {
			result.time = duration(s.Time)
		}
	}
	if p.Defaults != nil {
		layer(p.Defaults.StallsAfter)
	}
	layer(stage.StallsAfter)
	return result
}

// lapsesAfter tells how long after its due date a commitment lapses; 0 means never.
func (p Process) lapsesAfter(id string) time.Duration {
	text := p.Commitments[id].LapsesAfter
	if text == "" && p.Defaults != nil {
		text = p.Defaults.LapsesAfter
	}
	if text == "" || text == "none" {
		return 0
	}
	return duration(text)
}

// location is the zone in which a date without a time is read.
func (p Process) location() *time.Location {
	if p.Timezone == "" {
		return time.UTC
	}
	location, err := time.LoadLocation(p.Timezone)
	if err != nil {
		panic("oracle: " + err.Error())
	}
	return location
}

// instant reads RFC 3339 or a date. A date means the end of its day, a
// nanosecond before the next one begins; start is where `within` is measured to.
func (p Process) instant(text string) (end, start time.Time) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, t
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic("oracle: " + err.Error())
	}
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, p.location()).Add(-time.Nanosecond), time.Date(y, m, d, 0, 0, 0, 0, p.location())
}

// duration reads 36h, 21d, 2w and 1d12h. A day is 24 hours.
func duration(text string) time.Duration {
	var total time.Duration
	n := 0
	for _, r := range text {
		switch unit := strings.IndexRune("hdw", r); {
		case r >= '0' && r <= '9':
			n = 10*n + int(r-'0')
		case unit >= 0:
			total += time.Duration(n) * []time.Duration{1, 24, 7 * 24}[unit] * time.Hour
			n = 0
		default:
			panic("oracle: bad duration " + text)
		}
	}
	return total
}
