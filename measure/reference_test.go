package measure

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// The measures once more, from the written verdicts and from where the deals
// stand at each instant: slow, and sharing nothing with the collector.

// judged is a call with its verdict as it is written.
type judged struct {
	outcome.VerdictRecord
	call *outcome.Call
}

func written(histories []pipeline.History) (all []judged) {
	for i := range histories {
		h := &histories[i]
		if h.Settled || h.Ahead {
			continue
		}
		for j := range h.Verdicts {
			all = append(all, judged{h.Verdicts[j].Record(), h.Verdicts[j].Call()})
		}
	}
	return all
}

// share counts, of the calls for which of holds, those for which hit holds too.
func share(all []judged, of, hit func(judged) bool) Rate {
	hits, n := 0, 0
	for _, j := range all {
		if of(j) {
			n++
			if hit(j) {
				hits++
			}
		}
	}
	return NewRate(hits, n, -1)
}

func wasAsked(p *process.Process, j judged) bool {
	for _, f := range j.Findings {
		if f.Code == "not_asked" {
			return false
		}
	}
	if j.Result == outcome.Refusal {
		return true
	}
	for _, id := range j.call.Asked {
		if _, ok := p.Rung(id); ok {
			return true
		}
	}
	words := []commitment.Status{commitment.Declined, commitment.Deferred, commitment.Conditional}
	return slices.ContainsFunc(j.call.Commitments, func(e outcome.Entry) bool {
		return e.By == commitment.Buyer && (slices.Contains(words, e.Status) || e.Commitment != "" && e.Status == commitment.Given)
	})
}

func TestRatesByNaiveLoops(t *testing.T) {
	forWorlds(t, func(t *testing.T, w world, _ *rand.Rand) {
		histories := w.histories(time.Time{})
		m := collected(w.p, histories).Measures()
		all := written(histories)
		same := func(g Group, in func(judged) bool) {
			reached := func(j judged) bool { return in(j) && j.call.Contact == outcome.Reached }
			result := func(results ...outcome.Result) func(judged) bool {
				return func(j judged) bool { return slices.Contains(results, j.Result) }
			}
			everything := func(judged) bool { return true }
			assert.Equal(t, share(all, in, everything).Of, g.Calls)
			assert.Equal(t, share(all, reached, everything).Of, g.Reached)
			assert.Equal(t, share(all, reached, result(outcome.Order, outcome.Advance)), g.Advance)
			assert.Equal(t, share(all, reached, result(outcome.Continuation)), g.Continuation)
			assert.Equal(t, share(all, reached, func(j judged) bool { return wasAsked(w.p, j) }), g.Asked)
			assert.Equal(t, share(all, func(j judged) bool { return reached(j) && j.Target.Planned }, func(j judged) bool {
				return j.Target.Result == outcome.TargetMet || j.Target.Result == outcome.TargetExceeded
			}), g.Target)
			assert.Equal(t, share(all, in, result(outcome.NoSaleResult)).Hits, g.Results.NoSale)
			assert.Equal(t, share(all, in, result(outcome.Setback)).Hits, g.Results.Setback)
			assert.Equal(t, share(all, in, result(outcome.NoContactResult)).Hits, g.Results.NoContact)
			r := g.Results
			assert.Equal(t, g.Calls, r.Order+r.Advance+r.Recovery+r.Continuation+r.Refusal+r.Setback+r.NoSale+r.NoContact)
			if g.Advance.Hits > 0 {
				assert.InDelta(t, float64(g.Reached)/float64(g.Advance.Hits), *g.CallsPerAdvance.Value, 1e-9)
			}
		}
		same(m.Overall, func(judged) bool { return true })
		every := func(groups []Group, key func(judged) string) {
			seen := map[string]bool{}
			for _, g := range groups {
				assert.False(t, seen[g.Key], "%q is there twice", g.Key)
				seen[g.Key] = true
				same(g, func(j judged) bool { return key(j) == g.Key })
			}
			for _, j := range all {
				assert.True(t, seen[key(j)], "%q is missing", key(j))
			}
		}
		every(m.Stages, func(j judged) string { return string(j.From) })
		every(m.Commitments, func(j judged) string { return string(j.Target.Commitment) })
		every(m.Kinds, func(j judged) string { return string(j.call.Kind) })
		every(m.Reps, func(j judged) string { return j.call.Rep })
		every(m.Months, func(j judged) string { return j.At.In(w.p.Zone()).Format("2006-01") })
	})
}

// keptOf counts the promises of a deal from what its standing says is open
// before and after each call.
func keptOf(t *testing.T, w *world, h *pipeline.History) (kept, settled int) {
	state, err := outcome.Open(w.p, openingOf(h))
	require.NoError(t, err)
	waiting, excused := map[commitment.ID]time.Time{}, map[commitment.ID]time.Time{}
	end := func(id commitment.ID, hit bool) {
		if _, ok := waiting[id]; ok {
			delete(waiting, id)
			settled++
			if hit {
				kept++
			}
		}
	}
	for i := range h.Verdicts {
		j := judged{h.Verdicts[i].Record(), h.Verdicts[i].Call()}
		before, err := w.ev.Standing(state, j.At)
		require.NoError(t, err)
		state, _, err = w.ev.Apply(state, *j.call)
		require.NoError(t, err)
		after, err := w.ev.Standing(state, j.At)
		require.NoError(t, err)
		for id, due := range waiting {
			var broken, spared bool
			for _, e := range j.call.Commitments {
				of := sameCommitment(w.p, e.Commitment, id)
				broken = broken || of && e.By == commitment.Buyer && e.Status == commitment.Broken
				spared = spared || of && (e.By == commitment.Buyer || e.By == commitment.Seller) && e.Status == commitment.Waived && !commitment.Blank(e.Note)
			}
			gone := !slices.Contains(before.Held, id)
			switch {
			case slices.Contains(j.Kept, id):
				end(id, true)
			case slices.Contains(j.Lost, id), broken, gone:
				end(id, false)
			case spared && !due.Before(j.At):
				delete(waiting, id)
				excused[id] = due
			case spared:
				end(id, false)
			}
		}
		for _, promise := range after.Open {
			id := promise.Commitment
			again := slices.ContainsFunc(j.call.Commitments, func(e outcome.Entry) bool {
				return sameCommitment(w.p, e.Commitment, id) && e.By == commitment.Buyer && e.Status == commitment.Given
			})
			if !again && promise.Due.Equal(excused[id]) {
				continue
			}
			due, ok := waiting[id]
			if ok && due.Before(j.At) {
				end(id, false)
			}
			waiting[id] = promise.Due
		}
		if j.call.NoSale != nil {
			for id, due := range waiting {
				if due.Before(j.At) {
					end(id, false)
				}
			}
			clear(waiting)
		}
	}
	for id, due := range waiting {
		if due.Before(w.asOf) {
			end(id, false)
		}
	}
	return kept, settled
}

func sameCommitment(p *process.Process, written, id commitment.ID) bool {
	r, ok := p.Rung(written)
	return ok && p.Commitment(r).ID() == id
}

// openingOf returns the record that the deal was opened with.
func openingOf(h *pipeline.History) outcome.Deal {
	d := h.Deal.Deal
	if h.Trusted != "" {
		d.Stage = h.Trusted
	}
	if d.Opened.IsZero() {
		d.Opened = h.Deal.Created
	}
	return d
}

func TestKeptByStandings(t *testing.T) {
	total := 0
	forWorlds(t, func(t *testing.T, w world, _ *rand.Rand) {
		for _, h := range w.histories(time.Time{}) {
			if h.Ahead {
				continue
			}
			kept, settled := keptOf(t, &w, &h)
			got := collected(w.p, []pipeline.History{h}).Measures().Overall.Kept
			assert.Equal(t, NewRate(kept, settled, -1), got, "%s", h.Deal.Deal.Deal)
			total += kept
		}
	})
	assert.Positive(t, total, "the worlds have something to keep")
}
