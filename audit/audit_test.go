package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// sales is a small process: five open stages, each with a commitment of its own
// to leave it.
const sales = `
advance: 1
id: sales
version: 1
defaults: {lapses_after: 14d, stalls_after: {calls: 3, time: 30d}}
commitments:
  intro: {name: Introduce us, ask: "Who is it?"}
  meeting: {name: Take a first meeting, ask: "How is Thursday?"}
  numbers: {name: Share the numbers, ask: "When can we see them?"}
  tour: {name: Show us the plant, ask: "When may we come?"}
  pilot: {name: Run a pilot, ask: "When could you try it?"}
  board: {name: Present to the board, ask: "When does it meet?"}
  terms: {name: Agree on terms, ask: "What has to change?"}
  order: {name: Sign the order, ask: "Will you sign it?"}
stages:
  - {id: target, ladder: [intro, meeting], exit: meeting}
  - {id: discovery, ladder: [numbers, tour], exit: {any: [numbers, tour]}}
  - {id: trial, ladder: [pilot], exit: pilot}
  - {id: proposal, ladder: [board, terms], exit: terms}
  - {id: decision, ladder: [order], exit: order}
  - {id: won, closes: won}
  - {id: lost, closes: lost}
`

// asOf is the end of June in all tests.
var asOf = pipetest.Time("2026-06-30")

func evaluator(t testing.TB) *outcome.Evaluator {
	t.Helper()
	p, err := process.Parse("sales.yaml", []byte(sales))
	require.NoError(t, err)
	return outcome.NewEvaluator(p, outcome.Options{})
}

func run(t testing.TB, text string, o audit.Options) *audit.Report {
	t.Helper()
	if o.AsOf.IsZero() {
		o.AsOf = asOf
	}
	return auditOf(t, pipetest.Parse(text), o)
}

// auditOf audits a pipeline. Where its findings are only counted, they are the same.
func auditOf(t testing.TB, p *pipeline.Pipeline, o audit.Options) *audit.Report {
	t.Helper()
	report, err := audit.Run(evaluator(t), p, o)
	require.NoError(t, err)
	if o.Baseline != nil {
		return report
	}
	o.CountOnly = true
	counted, err := audit.Run(evaluator(t), p, o)
	require.NoError(t, err)
	want := *report
	want.Findings, want.Deals = []audit.Finding{}, slices.Clone(report.Deals)
	for i := range want.Deals {
		want.Deals[i].Next = nil
	}
	require.Equal(t, &want, counted)
	for i := range counted.Deals {
		for _, c := range audit.Codes() {
			found := slices.ContainsFunc(report.Findings, func(f audit.Finding) bool { return f.Code == c && f.Deal == counted.Deals[i].Deal })
			require.Equal(t, found, counted.Deals[i].Has(c))
		}
	}
	return report
}

// found lists "code subject" of the findings that have one of some codes.
func found(r *audit.Report, codes ...audit.Code) []string {
	list := []string{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if len(codes) == 0 || slices.Contains(codes, f.Code) {
			list = append(list, strings.TrimSpace(string(f.Code)+" "+f.Subject))
		}
	}
	return list
}

// everything that a deal at discovery needs to be without a fault.
const sound = `
	deal D stage=discovery amount=9000 owner=ana close=2026-09-30
	call c1 D 2026-06-20 given:meeting@2026-07-10
`

func TestNothingToFind(t *testing.T) {
	r := run(t, sound, audit.Options{})
	assert.Empty(t, r.Findings)
	assert.Empty(t, r.Codes)
	assert.Equal(t, diagnostic.Ignore, r.Worst())
	assert.Equal(t, 1, r.Summary.Deals)
	require.Len(t, r.Deals, 1)
	assert.Equal(t, process.StageID("discovery"), r.Deals[0].Earned)
	assert.Equal(t, "Show us the plant", r.Deals[0].Next.Name)
}

// TestFindings has, for each code, the smallest pipeline in which it is found,
// and the nearest in which it is not.
func TestFindings(t *testing.T) {
	for _, test := range []struct {
		code    audit.Code
		subject string // of the finding
		wrong   string
		right   string
	}{
		{
			audit.Overstated, "",
			"deal D stage=trial\ncall c D 2026-06-20 given:meeting@2026-07-10",
			"deal D stage=discovery\ncall c D 2026-06-20 given:meeting@2026-07-10",
		},
		{
			audit.Overstated, "", // the buyer refused
			"deal D stage=target\ncall c D 2026-06-20 lost:",
			"deal D stage=lost\ncall c D 2026-06-20 lost:",
		},
		{
			audit.Understated, "",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting@2026-07-10",
			"deal D stage=lost\ncall c D 2026-06-20 given:meeting@2026-07-10",
		},
		{
			audit.WonWithoutOrder, "",
			"deal D stage=won closed=2026-06-25\ncall c D 2026-06-20 given:terms@2026-07-10",
			"deal D stage=won closed=2026-06-25\ncall c D 2026-06-20 given:order@2026-07-10",
		},
		{
			audit.WonWithoutOrder, "", // won by its status, wherever it stands
			"deal D stage=decision status=won\ncall c D 2026-06-20 given:terms@2026-07-10",
			"deal D stage=decision status=open\ncall c D 2026-06-20 given:terms@2026-07-10",
		},
		{
			audit.LostWithoutRefusal, "",
			"deal D stage=lost closed=2026-06-25\ncall c D 2026-06-20 given:meeting@2026-07-10",
			"deal D stage=lost closed=2026-06-25\ncall c D 2026-06-20 given:meeting@2026-07-10\ncall d D 2026-06-24 lost:",
		},
		{
			audit.MovedWithoutCommitment, "m",
			"deal D stage=discovery\ncall c D 2026-06-20 asked:meeting\nmove m D 2026-06-20 target>discovery",
			"deal D stage=discovery\ncall c D 2026-06-21 given:meeting@2026-07-10\nmove m D 2026-06-20 target>discovery",
		},
		{
			audit.MovedWithoutCommitment, "n", // what was given has been used for the move before
			"deal D stage=trial\ncall c D 2026-06-01 given:meeting@2026-07-10\nmove m D 2026-06-02 target>discovery\nmove n D 2026-06-09 discovery>trial",
			"deal D stage=trial\ncall c D 2026-06-01 given:meeting@2026-07-10 given:tour@2026-07-12\nmove m D 2026-06-02 target>discovery\nmove n D 2026-06-09 discovery>trial",
		},
		{
			audit.MovedWithoutCommitment, "m", // a day of grace, and no more
			"deal D stage=discovery\ncall c D 2026-06-21T12:00:01Z given:meeting@2026-07-10\nmove m D 2026-06-20 target>discovery",
			"deal D stage=discovery\ncall c D 2026-06-21T12:00:00Z given:meeting@2026-07-10\nmove m D 2026-06-20 target>discovery",
		},
		{
			audit.InsufficientData, "",
			"deal D stage=trial\nactivity a D 2026-06-20 email",
			"deal D stage=trial\nmeeting a D 2026-06-20 meeting",
		},
		{
			audit.InsufficientData, "", // a call that was read out of an activity
			"deal D stage=trial\nactivity a D 2026-06-20 call\ncall a D 2026-06-20",
			"deal D stage=trial\nactivity a D 2026-06-20 call\ncall c D 2026-06-20",
		},
		{
			audit.SkippedStage, "m",
			"deal D stage=trial\nmove m D 2026-06-20 target>trial",
			"deal D stage=lost\nmove m D 2026-06-20 target>lost",
		},
		{
			audit.SkippedStage, "2026-06-20T12:00:00Z target to trial", // without an id, and without where from
			"deal D stage=trial\nmove - D 2026-06-01 >target\nmove - D 2026-06-20 >trial",
			"deal D stage=discovery\nmove - D 2026-06-01 >target\nmove - D 2026-06-20 >discovery",
		},
		{
			audit.SkippedStage, "m", // to the end
			"deal D stage=won\nmove m D 2026-06-20 proposal>won",
			"deal D stage=won\nmove m D 2026-06-20 decision>won",
		},
		{
			audit.MovedBack, "m",
			"deal D stage=target\nmove m D 2026-06-20 discovery>target",
			"deal D stage=discovery\nmove m D 2026-06-20 discovery>discovery",
		},
		{
			audit.Reopened, "m",
			"deal D stage=trial\nmove m D 2026-06-20 lost>trial",
			"deal D stage=trial\nmove m D 2026-06-20 discovery>trial",
		},
		{
			audit.EnteredLate, "",
			"deal D stage=trial\nmove m D 2026-06-20 discovery>trial",
			"deal D stage=discovery\nmove m D 2026-06-20 target>discovery",
		},
		{
			audit.StageMismatch, "",
			"deal D stage=trial\nmove m D 2026-06-20 target>discovery",
			"deal D stage=trial\nmove m D 2026-06-20 target>discovery\nmove n D 2026-06-21 discovery>trial",
		},
		{
			audit.UnknownStage, "claimed",
			"deal D stage=discovry",
			"deal D stage=discovery",
		},
		{
			audit.UnknownStage, "m",
			"deal D stage=discovery\nmove m D 2026-06-20 target>demo\nmove n D 2026-06-21 demo>discovery",
			"deal D stage=discovery\nmove m D 2026-06-20 target>discovery",
		},
		{
			audit.Stalled, "",
			"deal D stage=discovery\ncall c D 2026-05-20 kept:meeting",
			"deal D stage=discovery\ncall c D 2026-06-20 kept:meeting",
		},
		{
			audit.Silent, "",
			"deal D stage=discovery\nactivity a D 2026-05-31 email",
			"deal D stage=discovery\nactivity a D 2026-05-31T12:00:01Z email",
		},
		{
			audit.Silent, "", // what can show commitments is stalled or not
			"deal D stage=discovery created=2026-05-31",
			"deal D stage=discovery created=2026-05-31\nmeeting a D 2026-05-31 meeting",
		},
		{
			audit.NoNextCommitment, "",
			"deal D stage=discovery\ncall c D 2026-06-20 kept:meeting",
			"deal D stage=lost\ncall c D 2026-06-20 kept:meeting",
		},
		{
			audit.Overdue, "meeting",
			"deal D stage=discovery\ncall c D 2026-06-20 given:meeting@2026-06-29",
			"deal D stage=discovery\ncall c D 2026-06-20 given:meeting@2026-06-30",
		},
		{
			audit.Broken, "meeting",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting@2026-06-29\ncall d D 2026-06-29 broken:meeting",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting@2026-06-29\ncall d D 2026-06-29 broken:meeting given:meeting@2026-07-10",
		},
		{
			audit.Lapsed, "meeting",
			"deal D stage=target\ncall c D 2026-06-01 given:meeting@2026-06-10",
			"deal D stage=target\ncall c D 2026-06-01 given:meeting@2026-06-20",
		},
		{
			audit.Unqualified, "c meeting",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting\ncall d D 2026-06-21 given:meeting@2026-07-10",
		},
		{
			audit.Waived, "meeting",
			"deal D stage=discovery\ncall c D 2026-06-20 waived:meeting",
			"deal D stage=discovery\ncall c D 2026-06-20 waived:intro",
		},
		{
			audit.NoActivity, "",
			"deal D stage=lost closed=2026-06-20",
			"deal D stage=lost closed=2026-06-20\nactivity a D 2026-06-01 email",
		},
		{
			audit.ActivityAfterClose, "a",
			"deal D stage=lost closed=2026-06-20\nactivity a D 2026-06-20T12:00:01Z email",
			"deal D stage=lost closed=2026-06-20\nactivity a D 2026-06-20T12:00:00Z email",
		},
		{
			audit.ActivityAfterClose, "c", // where the day alone is known, all of it belongs to the deal
			"deal D stage=lost closed=2026-06-20T00:00:00Z\ncall c D 2026-06-21T00:00:00Z",
			"deal D stage=lost closed=2026-06-20T00:00:00Z\ncall c D 2026-06-20T23:59:59Z",
		},
		{
			audit.ActivityAfterClose, "a", // the last move closed it
			"deal D stage=lost\nmove m D 2026-06-20 target>lost\nactivity a D 2026-06-21 email",
			"deal D stage=target\nmove m D 2026-06-20 target>lost\nmove n D 2026-06-22 lost>target\nactivity a D 2026-06-21 email",
		},
		{
			audit.ActivityAfterClose, "a", // once, whatever was read out of it
			"deal D stage=lost closed=2026-06-20\nactivity a D 2026-06-22 meeting\ncall a-given D 2026-06-21 given:meeting@2026-06-22\ncall a D 2026-06-22 kept:meeting",
			"deal D stage=lost closed=2026-06-22\nactivity a D 2026-06-22 meeting\ncall a-given D 2026-06-21 given:meeting@2026-06-22\ncall a D 2026-06-22 kept:meeting",
		},
		{
			audit.CloseDatePast, "",
			"deal D stage=target close=2026-06-29",
			"deal D stage=target close=2026-06-30",
		},
		{
			audit.CloseDatePushed, "",
			"deal D stage=target\nclosedate 1 D 2026-01-01 2026-03-31\nclosedate 2 D 2026-03-01 2026-04-30\nclosedate 3 D 2026-04-01 2026-05-31\nclosedate 4 D 2026-05-01 2026-07-31",
			"deal D stage=target\nclosedate 1 D 2026-01-01 2026-03-31\nclosedate 2 D 2026-03-01 2026-04-30\nclosedate 3 D 2026-04-01 2026-04-15\nclosedate 4 D 2026-05-01 2026-07-31",
		},
		{
			audit.CloseDatePushed, "", // the first change says what it was before
			"deal D stage=target\nclosedate 1 D 2026-03-01 2026-03-31>2026-04-30\nclosedate 2 D 2026-04-01 2026-04-30>2026-05-31\nclosedate 3 D 2026-05-01 2026-05-31>2026-07-31",
			"deal D stage=target\nclosedate 1 D 2026-03-01 2026-05-31>2026-04-30\nclosedate 2 D 2026-04-01 2026-04-30>2026-05-31\nclosedate 3 D 2026-05-01 2026-05-31>2026-07-31",
		},
		{
			audit.ClosedWithoutDate, "",
			"deal D stage=lost",
			"deal D stage=lost close=2026-06-20",
		},
		{
			audit.NoAmount, "",
			"deal D stage=decision",
			"deal D stage=trial",
		},
		{
			audit.NegativeAmount, "",
			"deal D stage=target amount=-1",
			"deal D stage=target amount=0",
		},
		{
			audit.Duplicate, "activities a",
			"deal D stage=target\nactivity a D 2026-06-20 email\nduplicate activities a D",
			"deal D stage=target\nactivity a D 2026-06-20 email",
		},
		{
			audit.Orphan, "activities a",
			"deal D stage=target\norphan activities a E",
			"deal D stage=target\nactivity a D 2026-06-20 email",
		},
		{
			audit.Orphan, "activities a", // a row that is in the pipeline, but its deal is not
			"deal D stage=target\nactivity a E 2026-06-20 email",
			"activity a E 2026-06-20 email",
		},
		{
			audit.CallFault, "c unknown_commitment meting",
			"deal D stage=target\ncall c D 2026-06-20 given:meting@2026-07-10",
			"deal D stage=target\ncall c D 2026-06-20 given:meeting@2026-07-10",
		},
	} {
		t.Run(string(test.code), func(t *testing.T) {
			r := run(t, test.wrong, audit.Options{})
			assert.Equal(t, []string{strings.TrimSpace(string(test.code) + " " + test.subject)}, found(r, test.code), "%s", test.wrong)
			for _, f := range r.Findings {
				assert.Regexp(t, `^\S.*\.$`, f.Message)
				assert.Regexp(t, `^[A-Z].*\.$`, f.Do)
				assert.NotEmpty(t, f.Evidence, f.Message)
				assert.Len(t, f.Identity, 16)
				assert.Equal(t, f.Code.Default(), f.Severity)
			}
			assert.Empty(t, found(run(t, test.right, audit.Options{}), test.code), "%s", test.right)
			off := audit.Options{Severities: map[audit.Code]diagnostic.Severity{test.code: diagnostic.Ignore}}
			assert.Empty(t, found(run(t, test.wrong, off), test.code))
		})
	}
}

// TestDayOfClose holds nothing against an activity of which only the day is
// known, where the deal was closed on that day.
func TestDayOfClose(t *testing.T) {
	for _, test := range []struct {
		closed string
		want   int
	}{
		{"2026-06-20T09:15:00Z", 0},
		{"2026-06-19T23:59:59Z", 1},
		{"2026-06-19T00:00:00Z", 1}, // all of that day belongs to the deal, and no more
		{"2026-06-20T00:00:00Z", 0},
	} {
		p := pipetest.Parse("deal D stage=lost closed=" + test.closed + "\nactivity a D 2026-06-20 email")
		p.Activities[0].Day = true
		r, err := audit.Run(evaluator(t), p, audit.Options{AsOf: asOf})
		require.NoError(t, err)
		assert.Len(t, found(r, audit.ActivityAfterClose), test.want, test.closed)
	}
}
