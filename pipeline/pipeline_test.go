package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

var asOf = pipetest.Time("2026-06-30")

func book(t *testing.T, p *pipeline.Pipeline, o pipeline.Options) *pipeline.Book {
	t.Helper()
	sales, err := process.Builtin(process.Default)
	require.NoError(t, err)
	if o.AsOf.IsZero() {
		o.AsOf = asOf
	}
	return pipeline.NewBook(outcome.NewEvaluator(sales, outcome.Options{}), p, o)
}

// only returns the history of the one deal of a pipeline.
func only(t *testing.T, text string, o pipeline.Options) pipeline.History {
	t.Helper()
	b := book(t, pipetest.Parse(text), o)
	require.Equal(t, 1, b.Len())
	return b.History(0)
}

// TestClaim finds what was claimed at an instant, and whether the deal was over.
func TestClaim(t *testing.T) {
	for _, test := range []struct {
		name, text string
		asOf       string
		claimed    process.StageID
		status     pipeline.Status
		closed     string
	}{
		{"the record", "deal D stage=discovery", "2026-06-30", "discovery", pipeline.OpenDeal, ""},
		{"won by its stage", "deal D stage=won closed=2026-06-01", "2026-06-30", "won", pipeline.WonDeal, "2026-06-01"},
		{"lost by its status", "deal D stage=discovery status=lost closed=2026-06-01", "2026-06-30", "discovery", pipeline.LostDeal, "2026-06-01"},
		{"closed by its last move", "deal D stage=lost\nmove m D 2026-06-01 discovery>lost", "2026-06-30", "lost", pipeline.LostDeal, "2026-06-01"},
		{"closed, and nobody knows when", "deal D stage=lost", "2026-06-30", "lost", pipeline.LostDeal, ""},
		{"before a move", "deal D stage=won closed=2026-06-20\nmove m D 2026-05-01 target>discovery\nmove n D 2026-06-20 discovery>won", "2026-06-01", "discovery", pipeline.OpenDeal, ""},
		{"before the first move", "deal D stage=won created=2026-01-01 closed=2026-06-20\nmove m D 2026-06-20 decision>won", "2026-06-01", "decision", pipeline.OpenDeal, ""},
		{"before the close, without moves", "deal D stage=won created=2026-01-01 closed=2026-06-20", "2026-06-01", "", pipeline.OpenDeal, ""},
		{"spelled like its name", "deal D stage=DISCOVERY", "2026-06-30", "discovery", pipeline.OpenDeal, ""},
		{"a stage that the process does not have", "deal D stage=Verbal", "2026-06-30", "Verbal", pipeline.OpenDeal, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := only(t, test.text, pipeline.Options{AsOf: pipetest.Time(test.asOf)})
			assert.Equal(t, test.claimed, h.Claimed)
			assert.Equal(t, test.status, h.Status)
			var closed time.Time
			if test.closed != "" {
				closed = pipetest.Time(test.closed)
			}
			assert.Equal(t, closed, h.Closed)
		})
	}
}

// TestSince opens deals on trust at the stage that they claimed then.
func TestSince(t *testing.T) {
	since := pipeline.Options{Since: pipetest.Time("2026-05-01")}
	for _, test := range []struct {
		name, text string
		trusted    process.StageID
		settled    bool
	}{
		{"a young deal", "deal D stage=discovery created=2026-05-02", "", false},
		{"an old one", "deal D stage=discovery created=2026-01-01", "discovery", false},
		{"one that moved since", "deal D stage=proposal\nmove m D 2026-02-01 target>discovery\nmove n D 2026-06-01 discovery>proposal", "discovery", false},
		{"one that moved for the first time since", "deal D stage=proposal created=2026-01-01\nmove n D 2026-06-01 discovery>proposal", "discovery", false},
		{"one that was over", "deal D stage=lost created=2026-01-01 closed=2026-02-01", "", true},
		{"one that was over, at an open stage", "deal D stage=decision status=won created=2026-01-01 closed=2026-02-01", "", true},
		{"one that was reopened since", "deal D stage=target\nmove m D 2026-02-01 target>lost\nmove n D 2026-06-01 lost>target", "", true},
		{"one that was at no stage of the process", "deal D stage=Verbal created=2026-01-01", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := only(t, test.text, since)
			assert.Equal(t, test.trusted, h.Trusted)
			assert.Equal(t, test.settled, h.Settled)
			if test.trusted != "" {
				assert.Equal(t, test.trusted, h.Standing.Stage)
			}
		})
	}
}

// TestAhead leaves out what lies after the instant that is looked from.
func TestAhead(t *testing.T) {
	early := pipeline.Options{AsOf: pipetest.Time("2026-03-01")}
	text := `
		deal D stage=discovery
		call c D 2026-02-01 asked:time
		call d D 2026-03-02 asked:time
		activity a D 2026-03-02 email
		move m D 2026-03-02 target>discovery
		closedate x D 2026-03-02 2026-06-30
	`
	h := only(t, text, early)
	assert.Len(t, h.Verdicts, 1)
	assert.Empty(t, h.Activities)
	assert.Empty(t, h.Moves)
	assert.Empty(t, h.CloseDates)
	assert.False(t, h.Ahead)
	assert.True(t, only(t, "deal D stage=discovery created=2026-03-02", early).Ahead)
}

func TestTells(t *testing.T) {
	for _, test := range []struct {
		text  string
		tells bool
	}{
		{"deal D", false},
		{"deal D\nactivity a D 2026-06-01 email", false},
		{"deal D\nmeeting a D 2026-06-01 meeting", true},
		{"deal D\nactivity a D 2026-06-01 call\ncall a D 2026-06-01", false},
		{"deal D\nactivity a D 2026-06-01 call\ncall a D 2026-06-01 declined:time", true},
		{"deal D\ncall a D 2026-06-01", true},
		{"deal D\nmeeting a D 2026-07-01 meeting", false}, // later
	} {
		assert.Equal(t, test.tells, only(t, test.text, pipeline.Options{}).Tells, test.text)
	}
}

// TestOneRecord takes the first of several records of a deal.
func TestOneRecord(t *testing.T) {
	h := only(t, "deal D name=first\ndeal D name=second", pipeline.Options{})
	assert.Equal(t, "first", h.Deal.Name)
	assert.True(t, h.Recorded)
	assert.False(t, only(t, "activity a D 2026-06-01 email", pipeline.Options{}).Recorded)
}

// TestBook gives each deal its own rows, all of them and in order, wherever they
// stand in their tables.
func TestBook(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	p := &pipeline.Pipeline{}
	want := map[outcome.DealID]int{}
	for i := range 1000 {
		deal := outcome.DealID(fmt.Sprintf("D-%02d", rng.IntN(40)))
		want[deal]++
		at := asOf.AddDate(0, 0, -rng.IntN(100))
		p.Activities = append(p.Activities, pipeline.Activity{ID: fmt.Sprint(i), Deal: deal, At: at})
		p.Calls = append(p.Calls, outcome.Call{ID: outcome.CallID(fmt.Sprint(i)), Deal: deal, At: at})
		p.Moves = append(p.Moves, pipeline.Move{ID: fmt.Sprint(i), Deal: deal, At: at, To: "target"})
		p.CloseDates = append(p.CloseDates, pipeline.CloseDate{ID: fmt.Sprint(i), Deal: deal, At: at})
	}
	b := book(t, p, pipeline.Options{})
	require.Equal(t, len(want), b.Len())
	for i := range b.Len() {
		h := b.History(i)
		deal := h.Deal.Deal.Deal
		assert.Len(t, h.Activities, want[deal])
		assert.Len(t, h.Verdicts, want[deal])
		assert.Len(t, h.Moves, want[deal])
		assert.Len(t, h.CloseDates, want[deal])
		for j := range h.Activities {
			assert.Equal(t, deal, h.Activities[j].Deal)
			assert.Equal(t, deal, h.Moves[j].Deal)
			assert.True(t, j == 0 || !h.Activities[j].At.Before(h.Activities[j-1].At))
		}
		if i > 0 {
			before := b.History(i - 1)
			assert.Less(t, before.Deal.Deal.Deal, deal)
		}
	}
}

// TestSameInstant puts moves of one instant behind each other.
func TestSameInstant(t *testing.T) {
	h := only(t, `
		deal D stage=proposal
		move 9 D 2026-06-01 discovery>proposal
		move 10 D 2026-06-01 target>discovery
		move 11 D 2026-06-02 proposal>decision
		move 1 D 2026-06-03 >target
		move 2 D 2026-06-03 >discovery
	`, pipeline.Options{})
	var order []string
	for _, m := range h.Moves {
		order = append(order, m.ID)
	}
	assert.Equal(t, []string{"10", "9", "11", "1", "2"}, order)
}

// TestSameInstantOrder orders moves that do not say where they came from by
// their ids, as numbers, or as they stand in their file.
func TestSameInstantOrder(t *testing.T) {
	for _, test := range []struct {
		name string
		ids  []string
		days []int // of June, line by line
		want []process.StageID
	}{
		{"ids", []string{"m-10", "m-9", "m-100"}, []int{1, 1, 1}, []process.StageID{"b", "a", "c"}},
		{"leading zeros", []string{"m-010", "m-9", "m-0100"}, []int{1, 1, 1}, []process.StageID{"b", "a", "c"}},
		{"lines", []string{"", "", ""}, []int{1, 1, 2}, []process.StageID{"a", "b", "c"}},
		{"lines, latest first", []string{"", "", ""}, []int{2, 1, 1}, []process.StageID{"c", "b", "a"}},
	} {
		p := &pipeline.Pipeline{}
		for i, day := range test.days {
			p.Moves = append(p.Moves, pipeline.Move{
				ID: test.ids[i], Deal: "D", At: time.Date(2026, 6, day, 12, 0, 0, 0, time.UTC),
				To: process.StageID(rune('a' + i)), Source: pipeline.Source{File: "moves.csv", Line: 2 + i},
			})
		}
		for range 2 {
			slices.Reverse(p.Moves) // only what they say of themselves counts
			h := book(t, p, pipeline.Options{}).History(0)
			var got []process.StageID
			for _, m := range h.Moves {
				got = append(got, m.To)
			}
			assert.Equal(t, test.want, got, test.name)
		}
	}
}

// TestClosedByDay gives a deal that a move of one day closed all of that day.
func TestClosedByDay(t *testing.T) {
	for day, want := range map[bool]string{false: "2026-06-01T12:00:00Z", true: "2026-06-01T23:59:59Z"} {
		p := pipetest.Parse("deal D stage=lost\nmove m D 2026-06-01 target>lost")
		p.Moves[0].Day = day
		h := book(t, p, pipeline.Options{}).History(0)
		assert.Equal(t, want, h.Closed.Format(time.RFC3339))
	}
}

func TestStageOf(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	for spelled, want := range map[process.StageID]process.StageID{
		"case_for_change": "case_for_change", "Case for change": "case_for_change", " CASE FOR CHANGE ": "case_for_change",
		"Verbal": "Verbal", "": "",
	} {
		assert.Equal(t, want, pipeline.StageOf(p, spelled))
	}
	h := only(t, "deal D stage=Target\nmove m D 2026-06-01 TARGET>Discovery", pipeline.Options{})
	assert.Equal(t, []process.StageID{"target", "discovery"}, []process.StageID{h.Moves[0].From, h.Moves[0].To})
}
