package cases

import (
	"fmt"
	"io"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// Coverage is what of a process a number of cases have put to the test. Only
// the calls that the cases are about count, and not their histories: nobody
// looked at the verdicts on those.
type Coverage struct {
	process *process.Process
	cases   int
	// The parts, in the order in which they are listed.
	rungs, satisfied, unsatisfied, kinds, findings part
}

// part is a number of things that can be covered, in the order of the process.
type part struct {
	name    string
	counted bool // in the percentage
	things  []string
	by      map[string]int // how many cases cover a thing
}

func (p *part) cover(thing string) { p.by[thing]++ }

func (p *part) missing() []string {
	missing := []string{}
	for _, thing := range p.things {
		if p.by[thing] == 0 {
			missing = append(missing, thing)
		}
	}
	return missing
}

// NewCoverage returns the coverage of a process by no case.
func NewCoverage(p *process.Process) *Coverage {
	c := &Coverage{
		process:     p,
		rungs:       part{name: "rungs credited", counted: true, by: map[string]int{}},
		satisfied:   part{name: "exits satisfied", counted: true, by: map[string]int{}},
		unsatisfied: part{name: "exits left unsatisfied", counted: true, by: map[string]int{}},
		kinds:       part{name: "call kinds", counted: true, by: map[string]int{}},
		findings:    part{name: "findings", by: map[string]int{}},
	}
	for rung := range p.Commitments() {
		c.rungs.things = append(c.rungs.things, string(rung.ID()))
	}
	for s := range p.Stages() {
		if s.Closes() == "" {
			c.satisfied.things = append(c.satisfied.things, string(s.ID()))
			c.unsatisfied.things = append(c.unsatisfied.things, string(s.ID()))
		}
	}
	for k := range p.Kinds() {
		c.kinds.things = append(c.kinds.things, string(k.ID()))
	}
	for _, code := range finding.Codes() {
		if p.Severity(code) != diagnostic.Ignore {
			c.findings.things = append(c.findings.things, code.String())
		}
	}
	return c
}

// Add counts what a case put to the test, whether it passed or not: the
// commitments that its call was credited with; the exits that the call
// satisfied; the exits that it left unsatisfied, though the deal stood there or
// went past them; its kind; and its findings.
func (c *Coverage) Add(r *Result) {
	c.cases++
	ch := &r.change
	for rung := range ch.Credited.All() {
		c.rungs.cover(string(c.process.Commitment(rung).ID()))
	}
	for s := range c.process.Stages() {
		if s.Closes() != "" {
			continue
		}
		was, is := s.Satisfied(ch.Before.Holdings()), s.Satisfied(ch.After.Holdings())
		switch i := s.Index(); {
		case is && !was:
			c.satisfied.cover(string(s.ID()))
		case !is && i >= ch.Before.Stage && i < max(ch.After.Stage, ch.Before.Stage+1) && ch.After.Stage <= c.process.Won():
			c.unsatisfied.cover(string(s.ID()))
		}
	}
	if ch.Kind != nil {
		c.kinds.cover(string(ch.Kind.ID()))
	}
	codes := map[string]bool{}
	for _, f := range r.Verdict.Findings {
		codes[f.Code] = true
	}
	for code := range codes {
		c.findings.cover(code)
	}
}

// Process returns the process that is covered.
func (c *Coverage) Process() *process.Process { return c.process }

func (c *Coverage) parts() []*part {
	return []*part{&c.rungs, &c.satisfied, &c.unsatisfied, &c.kinds, &c.findings}
}

// Percent returns how much of the rungs, the exits (each satisfied, and left
// unsatisfied) and the call kinds is covered, from 0 to 100, rounded down.
// Findings are listed, and not counted: most of them are no affair of one
// process.
func (c *Coverage) Percent() int {
	covered, all := 0, 0
	for _, p := range c.parts() {
		if p.counted {
			all += len(p.things)
			covered += len(p.things) - len(p.missing())
		}
	}
	if all == 0 {
		return 100
	}
	return covered * 100 / all
}

// CoverageRecord is a coverage as it is written.
type CoverageRecord struct {
	Process string         `json:"process"`
	Cases   int            `json:"cases"`
	Percent int            `json:"percent"`
	Parts   []CoveragePart `json:"parts"`
}

// CoveragePart is one kind of things that can be covered.
type CoveragePart struct {
	Name    string   `json:"name"`
	Counted bool     `json:"counted"` // in the percentage
	Covered int      `json:"covered"`
	Of      int      `json:"of"`
	Missing []string `json:"missing"` // in the order of the process
}

// Record returns the coverage as it is written.
func (c *Coverage) Record() CoverageRecord {
	out := CoverageRecord{Process: c.process.ID(), Cases: c.cases, Percent: c.Percent()}
	for _, p := range c.parts() {
		missing := p.missing()
		out.Parts = append(out.Parts, CoveragePart{p.name, p.counted, len(p.things) - len(missing), len(p.things), missing})
	}
	return out
}

// WriteText writes the coverage as a table, with what is missing.
func (c *Coverage) WriteText(w io.Writer) error {
	record := c.Record()
	var b strings.Builder
	fmt.Fprintf(&b, "Coverage of %s by %s: %d %%\n", record.Process, prose.Count(record.Cases, "case"), record.Percent)
	for _, p := range record.Parts {
		note := ""
		if !p.Counted {
			note = " (not counted)"
		}
		fmt.Fprintf(&b, "  %-24s %3d of %d%s\n", p.Name, p.Covered, p.Of, note)
		if len(p.Missing) > 0 {
			paragraph(&b, "      missing: ", strings.Join(p.Missing, ", "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
