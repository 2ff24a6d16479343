package audit_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// planted is how many faults of each kind were put into a pipeline.
type planted map[audit.Code]int

// ladder are the commitments that lead from each open stage of the test process
// to the next.
var ladder = []commitment.ID{"meeting", "tour", "pilot", "terms", "order"}

// plant makes a pipeline of sound deals, most of them with one fault or more,
// and counts what it put in.
func plant(rng *rand.Rand, deals int) (*pipeline.Pipeline, planted) {
	p, n := &pipeline.Pipeline{}, planted{}
	stages := []process.StageID{"target", "discovery", "trial", "proposal", "decision", "won", "lost"}
	began := asOf.AddDate(0, -6, 0)
	rows := 0
	source := func() pipeline.Source { rows++; return pipeline.Source{File: "rows.csv", Line: rows} }
	for i := range deals {
		id := outcome.DealID(fmt.Sprintf("D-%04d", i))
		amount := float64(1000 * (1 + rng.IntN(50)))
		at, stage := began.AddDate(0, 0, rng.IntN(30)), 0
		activity := func(t time.Time) string {
			name := fmt.Sprintf("a-%05d", len(p.Activities))
			p.Activities = append(p.Activities, pipeline.Activity{ID: name, Deal: id, At: t, Kind: "meeting", Tells: true, Source: source()})
			return name
		}
		give := func(to int) {
			call := outcome.Call{ID: outcome.CallID(activity(at)), Deal: id, At: at}
			for _, c := range ladder[:to] {
				call.Commitments = append(call.Commitments, outcome.Entry{Commitment: c, By: commitment.Buyer, Status: commitment.Kept})
			}
			p.Calls = append(p.Calls, call)
		}
		move := func(to int) {
			m := pipeline.Move{Deal: id, At: at.Add(time.Hour), From: stages[stage], To: stages[to], Source: source()}
			if rng.IntN(2) == 0 {
				m.ID = fmt.Sprintf("m-%05d", len(p.Moves))
			}
			p.Moves = append(p.Moves, m)
			stage = to
		}
		activity(at)
		for range 1 + rng.IntN(4) {
			at = at.AddDate(0, 0, 2+rng.IntN(6))
			switch fault := rng.IntN(8); {
			case fault == 0 && stage > 0:
				move(stage - 1)
				n[audit.MovedBack]++
			case fault == 1 && stage < 3:
				give(stage + 2)
				move(stage + 2)
				n[audit.SkippedStage]++
			case stage < 4:
				give(stage + 1)
				move(stage + 1)
			}
		}
		deal := pipeline.Deal{Deal: outcome.Deal{Deal: id, Amount: &amount}, Created: began, Source: source()}
		switch rng.IntN(4) {
		case 0: // over, and sometimes something comes after it
			at = at.AddDate(0, 0, 3)
			p.Calls = append(p.Calls, outcome.Call{ID: outcome.CallID(activity(at)), Deal: id, At: at, NoSale: &outcome.NoSale{By: commitment.Buyer}})
			move(6)
			deal.Closed = at.Add(time.Hour)
			for range rng.IntN(3) {
				activity(at.AddDate(0, 0, 1+rng.IntN(9)))
				n[audit.ActivityAfterClose]++
			}
		case 1: // nothing for months
			n[audit.Stalled]++
		default:
			at = asOf.AddDate(0, 0, -1)
			p.Calls = append(p.Calls, outcome.Call{ID: outcome.CallID(activity(at)), Deal: id, At: at, Commitments: []outcome.Entry{
				{Commitment: "board", By: commitment.Buyer, Due: outcome.At(asOf.AddDate(0, 0, 9))},
			}})
		}
		deal.Claimed = string(stages[stage])
		p.Deals = append(p.Deals, deal)
		for range rng.IntN(2) {
			p.Faults = append(p.Faults, pipeline.Fault{Kind: pipeline.Duplicate, Table: "activities", ID: p.Activities[rng.IntN(len(p.Activities))].ID, Deal: id, Source: source()})
			n[audit.Duplicate]++
		}
		for range rng.IntN(2) {
			p.Faults = append(p.Faults, pipeline.Fault{Kind: pipeline.Orphan, Table: "activities", ID: fmt.Sprintf("o-%d", i), Deal: outcome.DealID(fmt.Sprintf("X-%d", i)), Source: source()})
			n[audit.Orphan]++
		}
	}
	return p, n
}

// TestPlanted finds exactly the faults that were put in.
func TestPlanted(t *testing.T) {
	for seed := range uint64(20) {
		p, want := plant(rand.New(rand.NewPCG(seed, 5)), 120)
		r := auditOf(t, p, audit.Options{AsOf: asOf})
		got := planted{}
		for _, f := range r.Findings {
			if _, ok := want[f.Code]; ok {
				got[f.Code]++
			}
		}
		assert.Equal(t, want, got, "seed %d", seed)
		assert.Empty(t, found(r, audit.MovedWithoutCommitment, audit.StageMismatch, audit.UnknownStage, audit.InsufficientData, audit.CallFault))
	}
}

// TestAnyOrder gives the same report, bytes and all, for the rows in any order.
func TestAnyOrder(t *testing.T) {
	p, _ := plant(rand.New(rand.NewPCG(1, 2)), 60)
	want := written(t, p)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		shuffle(rng, p.Deals)
		shuffle(rng, p.Calls)
		shuffle(rng, p.Activities)
		shuffle(rng, p.Moves)
		shuffle(rng, p.Faults)
		assert.Equal(t, want, written(t, p))
	}
}

func shuffle[T any](rng *rand.Rand, list []T) {
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

func written(t *testing.T, p *pipeline.Pipeline) string {
	r, err := audit.Run(evaluator(t), p, audit.Options{AsOf: asOf, Details: true})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, r.WriteJSON(&b))
	require.NoError(t, r.WriteCSV(&b))
	return b.String()
}

// TestIdentities holds that they depend on neither the lines nor the file that
// rows stand in, nor on the instant of the audit, and that no two are the same.
func TestIdentities(t *testing.T) {
	p, _ := plant(rand.New(rand.NewPCG(7, 8)), 60)
	identities := func(asOf time.Time) map[string]string {
		r, err := audit.Run(evaluator(t), p, audit.Options{AsOf: asOf})
		require.NoError(t, err)
		all := map[string]string{}
		for _, f := range r.Findings {
			_, twice := all[f.Identity]
			assert.False(t, twice, "%s %s %s", f.Code, f.Deal, f.Subject)
			all[f.Identity] = fmt.Sprint(f.Code, f.Deal, f.Subject)
		}
		return all
	}
	want := identities(asOf)
	for i := range p.Activities {
		p.Activities[i].Source = pipeline.Source{File: "other.csv", Line: 9000 - i}
	}
	for i := range p.Faults {
		p.Faults[i].Source.Line += 17
	}
	assert.Equal(t, want, identities(asOf))
	for identity, what := range identities(asOf.Add(time.Minute)) {
		assert.Equal(t, want[identity], what)
	}
	assert.Equal(t, "ffb808a885ee5138", run(t, "deal D stage=target amount=-1", audit.Options{}).Findings[0].Identity,
		"baselines that people keep name this one")
}

// TestUntouched holds that an audit changes nothing of what it is given.
func TestUntouched(t *testing.T) {
	p, _ := plant(rand.New(rand.NewPCG(9, 9)), 30)
	before := fmt.Sprintf("%+v", p)
	_ = written(t, p)
	assert.Equal(t, before, fmt.Sprintf("%+v", p))
}

// TestPrefix leaves out what lies after the instant that is looked from.
func TestPrefix(t *testing.T) {
	text := "deal D stage=trial\nmove a D 2026-05-01 target>discovery\n"
	later := text + "move b D 2026-06-01 discovery>trial\nactivity x D 2026-06-02 email\ndeal E stage=target created=2026-06-20"
	early := pipetest.Time("2026-05-15")
	got := run(t, later, audit.Options{AsOf: early})
	assert.Equal(t, process.StageID("discovery"), got.Deals[0].Claimed)
	assert.Empty(t, found(got, audit.StageMismatch, audit.SkippedStage))
	assert.Equal(t, 1, got.Summary.Ahead)
	assert.Equal(t, 1, got.Summary.Deals)
	assert.Equal(t, []string{"stage_mismatch"}, found(run(t, text, audit.Options{AsOf: early}), audit.StageMismatch))
}

// TestSince finds nothing in what lies before it, and opens deals on trust.
func TestSince(t *testing.T) {
	text := `
		deal D stage=proposal created=2026-01-01
		move a D 2026-02-01 target>trial
		move b D 2026-06-10 trial>proposal
		call c D 2026-02-01 asked:meeting
		call d D 2026-06-10 given:pilot@2026-07-05
		deal E stage=lost closed=2026-03-01
		deal F stage=target
		call f F 2026-06-01 asked:meeting
	`
	all := run(t, text, audit.Options{})
	assert.Contains(t, found(all, audit.SkippedStage, audit.Overstated, audit.NoActivity), "skipped_stage a")
	r := run(t, text, audit.Options{Since: pipetest.Time("2026-05-01")})
	assert.Equal(t, []process.StageID{"trial", ""}, []process.StageID{r.Deals[0].Trusted, r.Deals[1].Trusted})
	assert.Equal(t, process.StageID("proposal"), r.Deals[0].Earned)
	assert.Empty(t, found(r, audit.SkippedStage, audit.Overstated, audit.NoActivity, audit.EnteredLate))
	assert.Equal(t, audit.Summary{Deals: 2, Open: 2, Settled: 1, Trusted: 1, WithFindings: r.Summary.WithFindings}, r.Summary)
}

// TestShownStages skips none that the other system has no name for.
func TestShownStages(t *testing.T) {
	p := pipetest.Parse("deal D stage=proposal\nmove a D 2026-06-01 discovery>proposal\nmove b D 2026-06-02 proposal>won")
	p.Stages = []process.StageID{"discovery", "proposal", "decision", "won", "lost"}
	r, err := audit.Run(evaluator(t), p, audit.Options{AsOf: asOf})
	require.NoError(t, err)
	assert.Equal(t, []string{"skipped_stage b"}, found(r, audit.SkippedStage, audit.EnteredLate))
}

// TestMovesOfOneDay reads moves of one instant in the order in which they
// follow each other, whatever their ids.
func TestMovesOfOneDay(t *testing.T) {
	r := run(t, `
		deal D stage=proposal
		move 10 D 2026-06-01 trial>proposal
		move 8 D 2026-06-01 target>discovery
		move 9 D 2026-06-01 discovery>trial
	`, audit.Options{})
	assert.Empty(t, found(r, audit.SkippedStage, audit.MovedBack, audit.StageMismatch, audit.EnteredLate))
}

// TestSameTwice tells rows apart that have everything in common.
func TestSameTwice(t *testing.T) {
	r := run(t, "deal D stage=target\nduplicate activities a D\nduplicate activities a D\ndiffering activities a D", audit.Options{})
	list := r.Findings
	require.Len(t, slices.DeleteFunc(list, func(f audit.Finding) bool { return f.Code != audit.Duplicate }), 3)
	assert.Equal(t, 3, r.Codes[slices.IndexFunc(r.Codes, func(c audit.Count) bool { return c.Code == audit.Duplicate })].Findings)
}

func TestWithoutAsOf(t *testing.T) {
	_, err := audit.Run(evaluator(t), &pipeline.Pipeline{}, audit.Options{})
	assert.ErrorIs(t, err, audit.ErrNoAsOf)
}

// Deals that are added in parts, side by side, give the same report.
func TestPartsGiveTheSameReport(t *testing.T) {
	p, _ := plant(rand.New(rand.NewPCG(7, 7)), 100)
	ev := evaluator(t)
	for _, o := range []audit.Options{{AsOf: asOf, Details: true}, {AsOf: asOf, CountOnly: true}} {
		whole, err := audit.NewAuditor(ev, p, o)
		require.NoError(t, err)
		parted, err := audit.NewAuditor(ev, p, o)
		require.NoError(t, err)
		book := pipeline.NewBook(ev, p, pipeline.Options{AsOf: asOf})
		part := parted.Part()
		for i := range book.Len() {
			h := book.History(i)
			whole.Add(&h)
			part.Add(&h)
			if i%9 == 4 || i == book.Len()-1 {
				parted.Merge(part)
				part = parted.Part()
			}
		}
		assert.Equal(t, whole.Report(), parted.Report())
	}
}
