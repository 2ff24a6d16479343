package oracle

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// seeded is a source that gives the same choices for the same seed.
func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// TestGenerateReaches measures what generated histories come to, and fails when
// something that evaluation can say is never said.
func TestGenerateReaches(t *testing.T) {
	histories := 3000
	if testing.Short() {
		histories = 300
	}
	seen := map[string]int{}
	calls := 0
	for seed := range uint64(histories) {
		p, deals, records := Generate(seeded(seed), Options{Deals: 1})
		for _, v := range Evaluate(p, deals, records) {
			calls++
			seen["result "+v.Result]++
			seen["target "+v.Target.Result]++
			for _, f := range v.Findings {
				seen["finding "+f.Code]++
			}
			for _, n := range v.Next {
				seen["next "+n.Role]++
			}
			for what, list := range map[string][]string{"credited": v.Credited, "gained": v.Gained, "kept": v.Kept, "regained": v.Regained, "lost": v.Lost, "gaps": v.Gaps} {
				seen[what] += len(list)
			}
			if v.From == "won" && v.To != "won" {
				seen["left won"]++
			}
			if v.From == "won" && v.To == "won" {
				seen["stayed won"]++
			}
		}
	}
	t.Logf("%d calls", calls)
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		t.Logf("%-30s %6d", key, seen[key])
	}
	if testing.Short() {
		return
	}
	want := []string{"left won", "stayed won"}
	for _, r := range []string{"order", "no_sale", "setback", "advance", "recovery", "refusal", "no_contact", "continuation"} {
		want = append(want, "result "+r)
	}
	for _, r := range []string{"exceeded", "met", "fallback", "missed", "none"} {
		want = append(want, "target "+r)
	}
	for _, c := range codes {
		want = append(want, "finding "+c.code)
	}
	for _, key := range want {
		if seen[key] == 0 {
			t.Errorf("never reached: %s", key)
		}
	}
}

// TestGenerateIsReproducible checks that a seed gives the same bytes each time.
func TestGenerateIsReproducible(t *testing.T) {
	for seed := range uint64(20) {
		text := func() string {
			p, deals, calls := Generate(seeded(seed), Options{})
			return content(p) + content(deals) + content(calls) + content(Evaluate(p, deals, calls))
		}
		if first, second := text(), text(); first != second {
			t.Fatalf("seed %d: two runs differ", seed)
		}
	}
}

// TestGenerateIsValid checks what validation would refuse.
func TestGenerateIsValid(t *testing.T) {
	for seed := range uint64(500) {
		p, _, _ := Generate(seeded(seed), Options{Deals: 1, Calls: 1})
		if err := valid(p); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, content(p))
		}
	}
}

// valid checks the rules that a draw could break.
func valid(p Process) error {
	home := map[string]int{}
	var earlier []string
	for _, stage := range p.path() {
		for _, id := range stage.Ladder {
			home[id]++
		}
		earlier = append(earlier, stage.Ladder...)
		if (len(stage.Exit) > 0) != (stage.Closes == "") {
			return fmt.Errorf("stage %s: exit of %d criteria", stage.ID, len(stage.Exit))
		}
		fresh := stage.Closes != ""
		for _, c := range stage.Exit {
			used := map[string]bool{}
			for _, item := range c.Of {
				if used[item.ID] || !slices.Contains(earlier, item.ID) {
					return fmt.Errorf("stage %s: item %s twice, or of a later stage", stage.ID, item.ID)
				}
				used[item.ID] = true
				fresh = fresh || item.Kept || slices.Contains(stage.Ladder, item.ID)
			}
			if c.Form == "at_least" && (c.N < 1 || c.N > len(c.Of)) {
				return fmt.Errorf("stage %s: n is %d", stage.ID, c.N)
			}
		}
		if !fresh {
			return fmt.Errorf("stage %s: no item is new to it", stage.ID)
		}
	}
	for id, c := range p.Commitments {
		if home[id] != 1 {
			return fmt.Errorf("commitment %s has %d homes", id, home[id])
		}
		if r := c.Requires; r != nil && r.Dated != nil && !*r.Dated && r.Within != "" {
			return fmt.Errorf("commitment %s: undated and within", id)
		}
	}
	if len(home) != len(p.Commitments) {
		return fmt.Errorf("%d rungs, %d commitments", len(home), len(p.Commitments))
	}
	return nil
}

// TestOrderOfRecordsDoesNotMatter shuffles calls and their entries.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	for seed := range uint64(150) {
		p, deals, calls := Generate(seeded(seed), Options{})
		want := Evaluate(p, deals, calls)
		r := seeded(seed + 1000)
		r.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		for i := range calls {
			// Records that are equal must stay so, so that sorted entries stand in for shuffled ones.
			calls[i].Commitments = slices.SortedFunc(slices.Values(calls[i].Commitments), func(a, b Entry) int {
				if content(a) > content(b) {
					return -1
				}
				return 1
			})
		}
		if got := Evaluate(p, deals, calls); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d:\n got %s\nwant %s", seed, content(got), content(want))
		}
	}
}

// TestNoCommitmentIsCreditedTwice checks the promise that endless meetings are no progress.
func TestNoCommitmentIsCreditedTwice(t *testing.T) {
	for seed := range uint64(300) {
		p, deals, calls := Generate(seeded(seed), Options{})
		credited := map[string]bool{}
		for _, v := range Evaluate(p, deals, calls) {
			for _, id := range v.Credited {
				if key := v.Deal + " " + id; credited[key] {
					t.Fatalf("seed %d: %s credited twice", seed, key)
				} else {
					credited[key] = true
				}
			}
		}
	}
}

// TestNextIsCredited takes each verdict at its word: had the next call, at the same
// instant, kept what next lists with all that could be asked for, it is credited.
func TestNextIsCredited(t *testing.T) {
	for seed := range uint64(60) {
		p, deals, calls := Generate(seeded(seed), Options{Deals: 1, Calls: 8, Tidy: true})
		last := Evaluate(p, deals, calls)
		v := last[len(last)-1]
		for _, n := range v.Next {
			var people []Person
			for i, role := range roleNames {
				people = append(people, Person{Name: names[i], Role: role})
			}
			more := Call{ID: "z", Deal: v.Deal, At: v.At, Commitments: []Entry{{
				Commitment: n.Commitment, By: "buyer", Status: "kept", People: people,
				Evidence: slices.Concat(builtinEvidence, p.EvidenceKinds),
			}}}
			all := Evaluate(p, deals, append(slices.Clone(calls), more))
			if got := all[len(all)-1]; !slices.Equal(got.Credited, []string{n.Commitment}) {
				t.Fatalf("seed %d: %s credits %v", seed, n.Commitment, got.Credited)
			}
		}
	}
}

func TestProcessMarshals(t *testing.T) {
	p, _, _ := Generate(seeded(1), Options{})
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", text)
}
