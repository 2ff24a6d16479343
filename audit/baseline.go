package audit

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/diagnostic"
)

// Baseline is what an earlier report found: what is known, and not to be told
// again. It is how a pipeline that was never audited is brought under audit:
// what is there is written down once, and from then on what is new counts.
type Baseline struct{ known map[string]Code }

// NewBaseline takes a report as a baseline: its findings, and those that were
// known to it.
func NewBaseline(r *Report) *Baseline {
	b := &Baseline{known: make(map[string]Code, len(r.Findings))}
	for i := range r.Findings {
		b.known[r.Findings[i].Identity] = r.Findings[i].Code
	}
	if r.Baseline != nil {
		for _, k := range r.Baseline.KnownFindings {
			b.known[k.Identity] = k.Code
		}
	}
	return b
}

// Len returns the number of findings that are known.
func (b *Baseline) Len() int { return len(b.known) }

// ReadBaseline reads a baseline from what [Report.WriteJSON] or
// [Report.WriteCSV] wrote. A list of findings as CSV does not hold what was
// known to its report; take the JSON where a baseline follows another.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	in := bufio.NewReader(r)
	for {
		first, err := in.Peek(1)
		if err != nil {
			return nil, fmt.Errorf("reading the baseline: %w", noReport(err))
		}
		if !bytes.ContainsAny(first, " \t\r\n") {
			break
		}
		_, _ = in.ReadByte() // it has been peeked at
	}
	var b *Baseline
	var err error
	if first, _ := in.Peek(1); first[0] == '{' {
		b, err = baselineFromJSON(in)
	} else {
		b, err = baselineFromCSV(in)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	return b, nil
}

// errNoReport says what a baseline has to be.
var errNoReport = errors.New("this is no report of an audit: it has to be one that was written as JSON or CSV")

func noReport(err error) error {
	if errors.Is(err, io.EOF) {
		return errNoReport
	}
	return err
}

func baselineFromJSON(r io.Reader) (*Baseline, error) {
	var report struct {
		Findings *[]Known  `json:"findings"`
		Baseline *Compared `json:"baseline"`
	}
	if err := json.UnmarshalRead(r, &report); err != nil {
		return nil, err
	}
	if report.Findings == nil {
		return nil, errNoReport
	}
	b := &Baseline{known: make(map[string]Code, len(*report.Findings))}
	list := *report.Findings
	if report.Baseline != nil {
		list = append(list, report.Baseline.KnownFindings...)
	}
	for _, k := range list {
		if k.Identity == "" {
			return nil, errNoReport
		}
		b.known[k.Identity] = k.Code
	}
	return b, nil
}

func baselineFromCSV(r io.Reader) (*Baseline, error) {
	rows := csv.NewReader(r)
	head, err := rows.Read()
	if err != nil {
		return nil, noReport(err)
	}
	id, code := slices.Index(head, columnIdentity), slices.Index(head, columnCode)
	if id < 0 || code < 0 {
		return nil, errNoReport
	}
	b := &Baseline{known: make(map[string]Code)}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
		b.known[row[id]] = Code(row[code])
	}
}

// compare takes what is known out of a list of findings. What an audit does not
// look for has not gone.
func (b *Baseline) compare(list []Finding, severity func(Code) diagnostic.Severity) ([]Finding, *Compared) {
	c := &Compared{KnownFindings: []Known{}}
	news := []Finding{}
	for i := range list {
		if _, ok := b.known[list[i].Identity]; ok {
			c.KnownFindings = append(c.KnownFindings, Known{list[i].Identity, list[i].Code})
		} else {
			news = append(news, list[i])
		}
	}
	c.Known = len(c.KnownFindings)
	for _, code := range b.known {
		if severity(code) != diagnostic.Ignore {
			c.Gone++
		}
	}
	for _, k := range c.KnownFindings {
		if severity(b.known[k.Identity]) != diagnostic.Ignore {
			c.Gone--
		}
	}
	return news, c
}
