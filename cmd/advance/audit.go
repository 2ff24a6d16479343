package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/audit/page"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/blocks"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// auditing is one run of the verb.
type auditing struct {
	process  *processChoice
	input    *crmChoice
	asOf     *asOfChoice
	since    asOfChoice
	baseline string
	format   *choice
	output   string
	only     []string
	ignore   []string
	severity []string
	failOn   *choice
	all      bool
}

// The formats of audits beside those of other verbs.
const (
	formatCSV   = "csv"
	formatJUnit = "junit"
)

// failNever is the word of --fail-on for runs that only report.
const failNever = "never"

func newAuditCmd(e *env) *cobra.Command {
	var a auditing
	cmd := &cobra.Command{
		Use:   "audit [flags]",
		Short: "Audit a pipeline: do deals stand where their buyers put them",
		Long: `Audit a pipeline: do deals stand where their buyers put them?

Deals, activities and the history of their stages are read from exports of a CRM
with a mapping (see advance crm), or without one from deal and call records.
Every deal is replayed by the process, and what it claims is compared with what
its buyer committed to. Each finding has a code, the deal, the records that show
it, and what to do about it; docs/audit.md explains every code.

As text the result is a page: what is claimed beside what was earned, what was
found how often, and the ten deals to act on first; --all shows every one. csv
has a row a finding, junit a test case a deal, json everything, and html is a
page with charts that opens in any browser.

To bring a messy pipeline under audit, write a report once with --format json
and give it to later runs as --baseline: they show and count only what is new. A
report that was written with a baseline can be the next one.

A report is for coaching and forecasting, not for pay.

Exit codes: 0 when nothing was found that counts, 1 when there are findings of
at least --fail-on, or rows that could not be used, 2 when the command could not
run.`,
		Example: `  # What should we act on today?
  advance audit --mapping crm.yaml --deals deals.csv \
    --activities activities.csv --history moves.csv --as-of 2026-06-30

  # Everything that was found, as a page with charts or for a spreadsheet
  advance audit --deals deals.jsonl --activities calls.jsonl \
    --format html -o report.html
  advance audit --deals deals.jsonl --activities calls.jsonl \
    --format csv -o findings.csv

  # Fail a build on what is new since the last report
  advance audit --deals deals.jsonl --activities calls.jsonl \
    --baseline last.json --fail-on error --format junit -o report.xml`,
		GroupID: groupCalls,
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.run(e) },
	}
	flags := cmd.Flags()
	a.process = processFlag(cmd)
	a.input = crmFlags(cmd)
	a.asOf = asOfFlag(cmd)
	flags.Var(&a.since, "since", "open deals that are older on trust: at the stage that they claimed at this `TIME`")
	a.format = formatFlag(cmd, formatText, formatJSON, formatCSV, formatJUnit, formatHTML)
	flags.StringVarP(&a.output, "output", "o", "", "write the result to a `FILE`, which is replaced once it is whole")
	flags.StringVar(&a.baseline, "baseline", "", "show only what an earlier report (json or csv) does not have: a `FILE`")
	flags.StringSliceVar(&a.only, "only", nil, "look for these `CODES` alone, with commas between")
	flags.StringSliceVar(&a.ignore, "ignore", nil, "do not look for these `CODES`")
	flags.StringSliceVar(&a.severity, "severity", nil, "give a code another severity: `CODE=LEVEL`, the level being info, warning or error")
	a.failOn = choiceFlag(cmd, "fail-on", "exit 1 where something of at least this severity is found",
		diagnostic.Warning.String(), diagnostic.Error.String(), diagnostic.Info.String(), failNever)
	flags.BoolVar(&a.all, "all", false, "as text: show every deal, every finding, and what is for information")
	completeWith(cmd, "since")
	completeCodes(cmd, "only")
	completeCodes(cmd, "ignore")
	return cmd
}

// completeCodes completes the codes of findings.
func completeCodes(cmd *cobra.Command, flag string) {
	var names []string
	for _, c := range audit.Codes() {
		names = append(names, string(c))
	}
	completeWith(cmd, flag, names...)
}

func (a *auditing) run(e *env) error {
	severities, err := a.severities()
	if err != nil {
		return err
	}
	p, err := a.input.process(e, a.process)
	if err != nil {
		return err
	}
	o := audit.Options{Severities: severities, Details: a.format.word == formatHTML}
	o.CountOnly = a.format.word == formatText && !a.all && a.baseline == "" // a page shows a few
	from := a.asOf.from(e, p.Zone(), time.Time{})
	o.AsOf = from.at
	if !a.since.when.IsZero() {
		if o.Since = a.since.when.Start(p.Zone()); o.Since.After(o.AsOf) {
			return usagef("--since lies after --as-of: nothing would be looked at")
		}
	}
	if o.Baseline, err = a.known(); err != nil {
		return err
	}
	ev := outcome.NewEvaluator(p, outcome.Options{})
	deals, err := dealsOf(e, a.input, ev, pipeline.Options{AsOf: o.AsOf, Since: o.Since})
	if err != nil {
		return err
	}
	defer deals.close()
	report, imported, err := e.audit(ev, deals, o)
	if err != nil {
		return err
	}
	if a.format.word != formatText { // which has them itself
		e.sayRows(imported)
	}
	rows, unusable := auditRows(imported)
	report.Rows = rows
	text := auditPage{sheet: e.screen(), report: report, zone: p.Zone(), note: from.note(), all: a.all}
	if o.CountOnly {
		text.look = func(ids []outcome.DealID) ([]audit.Finding, error) { return lookAgain(ev, deals, o, ids) }
	}
	if err := e.writeTo(a.output, func(w io.Writer) error { return a.write(w, report, &text) }); err != nil {
		return err
	}
	if report.Worst() >= a.fails() || unusable > 0 && a.failOn.word != failNever {
		return errFaults
	}
	return nil
}

// audit judges a pipeline, many deals side by side, and says what became of its
// rows.
func (e *env) audit(ev *outcome.Evaluator, deals auditInput, o audit.Options) (*audit.Report, *crm.Import, error) {
	auditor, err := audit.NewAuditor(ev, deals.pipeline(), o)
	if err != nil {
		return nil, nil, err
	}
	if err := e.replay(ev, deals, auditor, pipeline.Options{AsOf: o.AsOf, Since: o.Since}); err != nil {
		return nil, nil, err
	}
	imported, err := deals.settle()
	if err != nil {
		return nil, nil, err
	}
	if !o.CountOnly {
		deals.close() // a report takes room too
	}
	return auditor.Report(), imported, nil
}

// lookAgain finds in a few deals what was only counted before.
func lookAgain(ev *outcome.Evaluator, deals auditInput, o audit.Options, ids []outcome.DealID) ([]audit.Finding, error) {
	o.CountOnly = false
	auditor, err := audit.NewAuditor(ev, deals.pipeline(), o)
	if err != nil {
		return nil, err
	}
	room := dealRoom{replayer: pipeline.NewReplayer(ev, pipeline.Options{AsOf: o.AsOf, Since: o.Since})}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if deals.rows(deals.find(id), &room) {
			auditor.Add(room.replayer.Replay(&room.rows))
		}
	}
	return auditor.Report().Findings, nil
}

// replay replays all deals and has them judged.
func (e *env) replay(ev *outcome.Evaluator, deals auditInput, auditor *audit.Auditor, o pipeline.Options) error {
	show := e.progress("deals judged")
	defer show.done()
	rooms := sync.Pool{New: func() any { return &dealRoom{replayer: pipeline.NewReplayer(ev, o)} }}
	atOnce := min(deals.Len()/64+1, 2048) // enough parts for all processors, and few to put together
	stop, begins := make(chan struct{}), make(chan int)
	defer close(stop)
	go func() {
		defer close(begins)
		for i := 0; i < deals.Len(); i += atOnce {
			select {
			case begins <- i:
			case <-stop:
				return
			}
		}
	}()
	for part := range blocks.Map(begins, stop, func(begin int) *audit.Auditor {
		part, room := auditor.Part(), rooms.Get().(*dealRoom)
		defer rooms.Put(room)
		for i := begin; i < min(begin+atOnce, deals.Len()); i++ {
			if deals.rows(i, room) {
				part.Add(room.replayer.Replay(&room.rows))
			}
		}
		return part
	}) {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		auditor.Merge(part)
		for range atOnce {
			show.step()
		}
	}
	return nil
}

func (a *auditing) write(w io.Writer, r *audit.Report, text *auditPage) error {
	switch a.format.word {
	case formatJSON:
		return r.WriteJSON(w)
	case formatCSV:
		return r.WriteCSV(w)
	case formatJUnit:
		return r.WriteJUnit(w, a.fails())
	case formatHTML:
		return page.Write(w, r, page.Options{})
	}
	text.w = w
	if a.output != "" {
		text.sheet = terminal.Page{Width: width}
	}
	return text.write()
}

// fails returns the least severity with which the command exits 1.
func (a *auditing) fails() diagnostic.Severity {
	if s, err := diagnostic.ParseSeverity(a.failOn.word); err == nil {
		return s
	}
	return diagnostic.Error + 1
}

// known reads the baseline.
func (a *auditing) known() (*audit.Baseline, error) {
	if a.baseline == "" {
		return nil, nil
	}
	f, err := os.Open(a.baseline)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	b, err := audit.ReadBaseline(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.baseline, err)
	}
	return b, nil
}

// severities reads --only, --ignore and --severity.
func (a *auditing) severities() (map[audit.Code]diagnostic.Severity, error) {
	list := make(map[audit.Code]diagnostic.Severity)
	if len(a.only) > 0 {
		for _, c := range audit.Codes() {
			list[c] = diagnostic.Ignore
		}
	}
	for _, name := range a.only {
		c, err := audit.ParseCode(name)
		if err != nil {
			return nil, usagef("--only: %v", err)
		}
		delete(list, c)
	}
	for _, name := range a.ignore {
		c, err := audit.ParseCode(name)
		if err != nil {
			return nil, usagef("--ignore: %v", err)
		}
		list[c] = diagnostic.Ignore
	}
	for _, pair := range a.severity {
		name, level, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usagef("--severity: %q: write CODE=LEVEL, such as understated=info", pair)
		}
		c, err := audit.ParseCode(name)
		if err != nil {
			return nil, usagef("--severity: %v", err)
		}
		s, err := diagnostic.ParseSeverity(level)
		if err != nil {
			return nil, usagef("--severity: %v", err)
		}
		list[c] = s
	}
	return list, nil
}
