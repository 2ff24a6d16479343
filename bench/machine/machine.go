package machine

import (
	"slices"

	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

// Machine runs through deals, one at a time, of the calls that it was made for.
type Machine interface {
	// Deal opens a deal, applies its calls, the first of which has a number,
	// and returns the stage that it comes to, as an index of history.Stages.
	Deal(first int) (stage int, err error)
}

// Kind is a kind of machine. New makes one for some calls.
type Kind struct {
	Name string
	New  func(facts []Fact) (Machine, error)
}

// Kinds are all kinds of machine, in the order of the table.
var Kinds = []Kind{
	{"switch", newSwitch},
	{"stateless", newStateless},
	{"stateless.perdeal", newStatelessPerDeal},
	{"fsm", newFSM},
	{"fsm.perdeal", newFSMPerDeal},
	{"expr", newExpr},
	{"cel", newCEL},
	{"opa", newOPA},
}

// Fact is what a transition looks at: the one entry of a call, made flat.
type Fact struct {
	Commitment string
	Rung       Rung // the same as a number
	By         string
	Status     string
	At         int64 // Unix time
	Due        int64 // Unix time; 0 without one
	Evidence   string
}

// Rung is a commitment as a number: three for each stage, from 0.
type Rung int

// Kickoff is the one rung of the last stage.
const Kickoff = Rung(15)

// Facts makes the entries of some calls flat.
func Facts(calls []outcome.Call) []Fact {
	facts := make([]Fact, len(calls))
	for i, c := range calls {
		e := c.Commitments[0]
		f := Fact{
			Commitment: string(e.Commitment), Rung: rung(e.Commitment),
			By: e.By.String(), Status: e.Status.String(), At: c.At.Unix(),
		}
		if !e.Due.IsZero() {
			f.Due = e.Due.Start(nil).Unix()
		}
		if len(e.Evidence) > 0 {
			f.Evidence = e.Evidence[0]
		}
		facts[i] = f
	}
	return facts
}

// each applies the calls of a deal.
func each(first int, call func(i int) error) error {
	for i := first; i < first+history.Calls; i++ {
		if err := call(i); err != nil {
			return err
		}
	}
	return nil
}

func rung(id commitment.ID) Rung {
	for stage, ladder := range history.Ladders {
		if i := slices.Index(ladder[:], id); i >= 0 {
			return Rung(3*stage + i)
		}
	}
	return Kickoff
}

// counts is the guard of every transition, for the machines whose guards are
// written in Go.
func (f *Fact) counts() bool {
	return f.By == "buyer" && f.Status == "given" && f.Due >= f.At &&
		(f.Evidence == "calendar" || f.Evidence == "email")
}
