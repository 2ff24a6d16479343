package diff

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// mutations change a definition somewhere, which may leave it broken.
var mutations = []func(*rand.Rand, *process.Definition){
	func(r *rand.Rand, d *process.Definition) { // two rungs change places
		s := &d.Stages[r.IntN(len(d.Stages))]
		if n := len(s.Ladder); n > 1 {
			i, j := r.IntN(n), r.IntN(n)
			s.Ladder[i], s.Ladder[j] = s.Ladder[j], s.Ladder[i]
		}
	},
	func(r *rand.Rand, d *process.Definition) { // a rung moves to the next stage
		i := r.IntN(len(d.Stages) - 1)
		if a, b := &d.Stages[i], &d.Stages[i+1]; len(a.Ladder) > 1 {
			last := a.Ladder[len(a.Ladder)-1]
			a.Ladder = a.Ladder[:len(a.Ladder)-1]
			b.Ladder = append([]commitment.ID{last}, b.Ladder...)
		}
	},
	func(r *rand.Rand, d *process.Definition) { // another requirement
		q := &d.Commitments[r.IntN(len(d.Commitments))].Requires
		switch r.IntN(3) {
		case 0:
			n := r.IntN(4)
			q.People = &n
		case 1:
			q.Evidence = &commitment.Need{Any: []string{"email", "verbal", "document"}[r.IntN(3):]}
		default:
			q.Within = commitment.Duration([]string{"7d", "1w", "none"}[r.IntN(3)])
		}
	},
	func(r *rand.Rand, d *process.Definition) { // an exit loses a criterion, or takes another form
		s := &d.Stages[r.IntN(len(d.Stages))]
		if n := len(s.Exit); n > 1 && r.IntN(2) == 0 {
			s.Exit = s.Exit[:n-1]
			return
		}
		for i, c := range s.Exit {
			if c.Any != nil {
				s.Exit[i] = process.Criterion{AtLeast: 1 + r.IntN(2), Of: c.Any}
			}
		}
	},
	func(r *rand.Rand, d *process.Definition) { // another lapse or another limit
		length := commitment.Duration([]string{"30d", "720h", "9d", "none"}[r.IntN(4)])
		d.Commitments[r.IntN(len(d.Commitments))].LapsesAfter = length
		d.Stages[r.IntN(len(d.Stages))].StallsAfter.Time = length
	},
	func(r *rand.Rand, d *process.Definition) { // a gate
		d.Stages[r.IntN(len(d.Stages))].Gate = []process.Gate{process.Soft, process.Hard, ""}[r.IntN(3)]
	},
	func(r *rand.Rand, d *process.Definition) { // a kind of call
		if n := len(d.CallKinds); n > 0 {
			k := &d.CallKinds[r.IntN(n)]
			switch r.IntN(4) {
			case 0:
				k.Keeps = nil
			case 1:
				k.Fallbacks = nil
			case 2:
				k.ID += "x"
			default:
				k.Outcome = d.Commitments[r.IntN(len(d.Commitments))].ID
			}
		}
	},
	func(r *rand.Rand, d *process.Definition) { // texts and vocabularies
		d.Commitments[r.IntN(len(d.Commitments))].Ask = "Another ask"
		d.Stages[r.IntN(len(d.Stages))].Name = "Another name"
		d.Roles = append(d.Roles, "another")
	},
}

// What the comparison calls meaning is what the fingerprint tells, and no
// verdict and no stage differs where it calls nothing so.
func TestMeaningIsWhatTheFingerprintTells(t *testing.T) {
	n := uint64(400)
	if testing.Short() {
		n = 100
	}
	same, other := 0, 0
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 7))
		generated, deals, calls := oracle.Generate(r, oracle.Options{Deals: 2, Calls: 6})
		old, err := process.Parse("", asJSON(t, generated))
		require.NoError(t, err)
		def := old.Definition()
		for range 1 + r.IntN(2) {
			mutations[r.IntN(len(mutations))](r, &def)
		}
		new, err := def.Compile()
		if err != nil {
			continue
		}
		report := Compare(old, new)
		meaning := report.Count(Meaning) > 0
		require.Equal(t, old.Ref().Fingerprint != new.Ref().Fingerprint, meaning, "seed %d: %+v", seed, report.Changes)
		effect := Replay(old, new, History{Deals: decode(t, deals, outcome.DecodeDeal), Calls: decode(t, calls, outcome.DecodeCall)})
		if meaning {
			other++
			continue
		}
		same++
		assert.Empty(t, effect.Moved, "seed %d", seed)
		for _, v := range effect.Verdicts {
			assert.Equal(t, []string{"findings"}, v.Differs, "seed %d", seed)
		}
	}
	assert.Greater(t, same, int(n/20))
	assert.Greater(t, other, int(n/4))
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return text
}

func decode[From, To any](t *testing.T, from []From, read func([]byte) (To, error)) []To {
	t.Helper()
	var to []To
	for _, v := range from {
		out, err := read(asJSON(t, v))
		require.NoError(t, err)
		to = append(to, out)
	}
	return to
}
