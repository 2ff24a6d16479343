package measure

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// world is a generated process with a pipeline of deals.
type world struct {
	ev       *outcome.Evaluator
	p        *process.Process
	pipeline pipeline.Pipeline
	asOf     time.Time
}

// newWorld generates a process, and deals with calls, and invents what another
// system might show of them.
func newWorld(t testing.TB, seed uint64, deals int) world {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 3))
	doc, records, calls := oracle.Generate(r, oracle.Options{Deals: deals, Clean: true})
	p, err := process.Parse("generated.yaml", asJSON(t, doc))
	require.NoError(t, err, "seed %d", seed)
	w := world{ev: outcome.NewEvaluator(p, outcome.Options{}), p: p}
	w.asOf = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(500*24)) * time.Hour)
	var stages []string
	for s := range p.Stages() {
		stages = append(stages, string(s.ID()))
	}
	for _, record := range records {
		d := pipeline.Deal{}
		d.Deal, err = outcome.DecodeDeal(asJSON(t, record))
		require.NoError(t, err, "seed %d", seed)
		d.Owner = []string{"ana", "ben", ""}[r.IntN(3)]
		d.Claimed = append(stages, "", "elsewhere")[r.IntN(len(stages)+2)]
		d.Currency = []string{"EUR", "usd", "USD", ""}[r.IntN(4)]
		if r.IntN(4) > 0 {
			d.Amount = new(float64(r.IntN(10_000_000)) / 100)
		}
		d.Status = pipeline.Status(r.IntN(4))
		if r.IntN(2) == 0 {
			d.Created = w.asOf.Add(-time.Duration(r.IntN(400*24)) * time.Hour)
		}
		if r.IntN(3) > 0 && d.Status != pipeline.OpenDeal {
			d.Closed = w.asOf.Add(time.Duration(r.IntN(200*24)-180*24) * time.Hour)
		}
		w.pipeline.Deals = append(w.pipeline.Deals, d)
		if r.IntN(3) == 0 {
			w.pipeline.Moves = append(w.pipeline.Moves, pipeline.Move{
				Deal: d.Deal.Deal, At: w.asOf.Add(-time.Duration(r.IntN(100*24)) * time.Hour), To: process.StageID(stages[r.IntN(len(stages))]),
			})
		}
	}
	for _, record := range calls {
		c, err := outcome.DecodeCall(asJSON(t, record))
		require.NoError(t, err, "seed %d", seed)
		w.pipeline.Calls = append(w.pipeline.Calls, c.Identify())
	}
	return w
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return text
}

// book replays the world, the older deals on trust if so wished.
func (w *world) book(since time.Time) *pipeline.Book {
	return pipeline.NewBook(w.ev, &w.pipeline, pipeline.Options{AsOf: w.asOf, Since: since})
}

func (w *world) histories(since time.Time) []pipeline.History {
	b := w.book(since)
	var all []pipeline.History
	for i := range b.Len() {
		all = append(all, b.History(i))
	}
	return all
}

// collected adds histories to a collector that shows everything.
func collected(p *process.Process, histories []pipeline.History) *Collector {
	c := NewCollector(p, Options{Floor: -1, Curves: true})
	for i := range histories {
		c.Add(&histories[i])
	}
	return c
}

// worlds are kept from one property to the next. No property changes one, and
// none runs beside another.
var worlds = map[uint64]world{}

// forWorlds runs a property on generated worlds.
func forWorlds(t *testing.T, property func(t *testing.T, w world, r *rand.Rand)) {
	t.Helper()
	seeds := uint64(80)
	if testing.Short() {
		seeds = 20
	}
	for seed := range seeds {
		w, ok := worlds[seed]
		if !ok {
			w = newWorld(t, 40_000+seed, 12)
			worlds[seed] = w
		}
		property(t, w, rand.New(rand.NewPCG(seed, 4)))
		if t.Failed() {
			t.Fatalf("seed %d", 40_000+seed)
		}
	}
}

func sorted(spells []spell) []spell {
	spells = slices.Clone(spells)
	slices.Sort(spells)
	if len(spells) == 0 {
		return nil
	}
	return spells
}
