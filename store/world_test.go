package store_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// ladder is the process of most tests.
const ladder = `
advance: 1
id: ladder
version: 1
name: A short ladder
defaults: {lapses_after: 7d, stalls_after: {calls: 3, time: 30d}}
commitments:
  referral: {name: Refer us, ask: "Who else?"}
  first_meeting: {name: Take a first meeting, ask: "Thursday?"}
  share_data: {name: Share the data, ask: "By Friday?"}
  meet_boss: {name: Bring the boss, ask: "Next week?"}
stages:
  - {id: target, name: Target, ladder: [referral, first_meeting], exit: first_meeting}
  - {id: discovery, name: Discovery, ladder: [share_data, meet_boss], exit: meet_boss}
  - {id: won, name: Won, closes: won}
  - {id: lost, name: Lost, closes: lost}
`

func parse(t testing.TB, text string) *outcome.Evaluator {
	t.Helper()
	p, err := process.Parse("test.yaml", []byte(text))
	require.NoError(t, err)
	return outcome.NewEvaluator(p, outcome.Options{})
}

// second is the ladder with changes, as version 2.
func second(replace ...string) string {
	return strings.NewReplacer(append(replace, "version: 1", "version: 2")...).Replace(ladder)
}

var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// given is a call in which the buyer gives a commitment, due two days later.
func given(deal outcome.DealID, id outcome.CallID, at time.Time, what ...commitment.ID) outcome.Call {
	c := outcome.Call{ID: id, Deal: deal, At: at}
	for _, w := range what {
		c.Commitments = append(c.Commitments, outcome.Entry{
			Commitment: w, By: commitment.Buyer, Status: commitment.Given, Due: outcome.At(at.Add(2 * day)),
		})
	}
	return c
}

// generated is a process with histories that has everything in it: records out
// of order, twice, corrected and contradicting each other.
type generated struct {
	ev    *outcome.Evaluator
	deals []outcome.Deal
	calls []outcome.Call
}

func generate(t testing.TB, seed uint64, o oracle.Options) generated {
	t.Helper()
	p, deals, calls := oracle.Generate(rand.New(rand.NewPCG(seed, 1)), o)
	var g generated
	g.ev = parse(t, string(asJSON(t, p)))
	for _, d := range deals {
		deal, err := outcome.DecodeDeal(asJSON(t, d))
		require.NoError(t, err)
		g.deals = append(g.deals, deal)
	}
	for _, c := range calls {
		call, err := outcome.DecodeCall(asJSON(t, c))
		require.NoError(t, err)
		g.calls = append(g.calls, call)
	}
	return g
}

func (g generated) shuffled(seed uint64) []outcome.Call {
	calls := append([]outcome.Call(nil), g.calls...)
	rand.New(rand.NewPCG(seed, 2)).Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	return calls
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return text
}

// folded is what the histories add up to in memory: the digest of all verdicts,
// and the states by deal.
func (g generated) folded(t testing.TB) (digest string, states map[outcome.DealID]outcome.State) {
	t.Helper()
	byDeal := map[outcome.DealID][]outcome.VerdictRecord{}
	all, errs := g.ev.Replay(g.deals, g.calls, func(v outcome.Verdict) {
		byDeal[v.Call().Deal] = append(byDeal[v.Call().Deal], v.Record())
	})
	require.Empty(t, errs)
	h := sha256.New()
	states = map[outcome.DealID]outcome.State{}
	for _, s := range all {
		states[s.Deal()] = s
		for _, v := range byDeal[s.Deal()] {
			h.Write(append(asJSON(t, v), '\n'))
		}
	}
	return hex.EncodeToString(h.Sum(nil)), states
}

// digest is that of all verdicts in the tables, by deal, time and id.
func (db database) digest(t testing.TB, s *store.Store) string {
	t.Helper()
	h := sha256.New()
	inTx(t, db, func(tx *sql.Tx) {
		for after := outcome.DealID(""); ; {
			page, err := s.Deals(t.Context(), tx, store.Query{After: after})
			require.NoError(t, err)
			if len(page) == 0 {
				return
			}
			for _, d := range page {
				verdicts, err := s.Verdicts(t.Context(), tx, d.Deal)
				require.NoError(t, err)
				for _, v := range verdicts {
					h.Write(append(asJSON(t, v), '\n'))
				}
				after = d.Deal
			}
		}
	})
	return hex.EncodeToString(h.Sum(nil))
}

// whats are the kinds of differences, each with its call.
func whats(differences []store.Difference) []string {
	out := []string{}
	for _, d := range differences {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", d.Kind, d.Call)))
	}
	return out
}

// lines counts the lines of a dump that have all of some words.
func lines(dump string, words ...string) (n int) {
	for line := range bytes.Lines([]byte(dump)) {
		all := true
		for _, w := range words {
			all = all && strings.Contains(string(line), w)
		}
		if all {
			n++
		}
	}
	return n
}
