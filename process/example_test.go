package process_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/process"
)

// smallSale is a process as a document writes it: three commitments, one ladder
// for each of two stages, and the two ways to end.
const smallSale = `advance: 1
id: small-sale
version: 1
name: A small sale
commitments:
  introduction: {name: Introduce us to a colleague}
  meeting: {name: Take a first meeting}
  order: {name: Sign the order, requires: {dated: false, evidence: signature}}
call_kinds:
  cold_call: {name: Cold call, outcome: meeting, fallbacks: [introduction], not_for: [demo]}
stages:
  - {id: target, name: Target, ladder: [introduction, meeting], exit: meeting}
  - {id: decision, name: Decision, ladder: [order], exit: [kept: meeting, order], gate: hard}
  - {id: won, name: Won, closes: won}
  - {id: lost, name: Lost, closes: lost}
`

// compiled is the small sale, ready to place deals.
func compiled() *process.Process {
	p, err := process.Parse("small-sale.yaml", []byte(smallSale))
	if err != nil {
		log.Fatal(err)
	}
	return p
}

// A process is a file that the people who sell can read and change.
func ExampleLoad() {
	p, err := process.Load("../examples/quickstart/sales.yaml")
	if err != nil {
		log.Fatal(err) // every fault, with its line
	}
	fmt.Println(p.Name())
	for stage := range p.Stages() {
		fmt.Println("-", stage.Name())
	}
	// Output:
	// A small sale
	// - Target
	// - Trial
	// - Decision
	// - Won
	// - Lost
}

// A document with faults gives all of them at once, each with its place and,
// where there is one, what would be right.
func ExampleParse() {
	broken := strings.NewReplacer("exit: meeting", "exit: meting", "not_for: [demo]", "notfor: [demo]").Replace(smallSale)

	_, err := process.Parse("small-sale.yaml", []byte(broken))
	fmt.Println(err)

	if list, ok := errors.AsType[diagnostic.List](err); ok {
		for _, d := range list {
			fmt.Println(d.Range.Start.Line, d.Code)
		}
	}
	// Output:
	// small-sale.yaml:10:77: error: unknown key "notfor" in a call kind; did you mean "not_for"? [unknown_key]
	// small-sale.yaml:12:71: error: the commitment "meting" is not defined; did you mean "meeting"? [unknown_commitment]
	// 10 unknown_key
	// 12 unknown_commitment
}

// The built-in processes can be used as they stand.
func ExampleBuiltin() {
	p, err := process.Builtin("appointment-setting")
	if err != nil {
		log.Fatal(err)
	}
	kind, _ := p.Kind("cold_call")
	outcome := p.Commitment(kind.Outcome())
	fmt.Println(kind.Name(), "is for:", outcome.Name())

	_, err = process.Builtin("apointment-setting")
	fmt.Println(err)
	// Output:
	// Cold call is for: Take an appointment
	// no built-in process is called "apointment-setting": did you mean "appointment-setting"?
}

// The document of a built-in process is where one's own begins.
func ExampleBuiltinSource() {
	src, err := process.BuiltinSource(process.Default)
	if err != nil {
		log.Fatal(err)
	}
	first, _, _ := strings.Cut(string(src), "\n")
	fmt.Println(first)
	// Output:
	// # The default process: the ten commitments a buyer makes on the way to a better result, one stage for each.
}

// A definition is plain data: it may be a literal, or come from a form.
func ExampleDefinition_Compile() {
	undated := false
	d := process.Definition{
		Format: 1, ID: "small-sale", Version: 1,
		Commitments: []commitment.Definition{
			{ID: "meeting", Name: "Take a first meeting", Ask: "How is Thursday at ten?", LapsesAfter: "7d"},
			{ID: "order", Name: "Sign the order", Requires: commitment.Requirements{
				Dated: &undated, Evidence: &commitment.Need{All: []string{"signature"}},
			}},
		},
		Stages: []process.Stage{
			{ID: "target", Ladder: []commitment.ID{"meeting"}, Exit: []process.Criterion{{Item: process.Held("meeting")}}},
			{ID: "decision", Ladder: []commitment.ID{"order"}, Exit: []process.Criterion{
				{Item: process.Kept("meeting")}, {Item: process.Held("order")},
			}},
			{ID: "won", Closes: process.ClosesWon},
			{ID: "lost", Closes: process.ClosesLost},
		},
	}
	p, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.ID(), "has", p.Len(), "commitments; a deal is won in", p.Stage(p.Won()).ID())

	d.Stages[1].Ladder = append(d.Stages[1].Ladder, "signing_day")
	_, err = d.Compile()
	fmt.Println(err)
	// Output:
	// small-sale has 2 commitments; a deal is won in won
	// stages[1].ladder[1]: error: the commitment "signing_day" is not defined; define it under `commitments` [unknown_commitment]
}

// Read gives the definition in a document, to look at it or to change it.
func ExampleRead() {
	d, faults := process.Read("small-sale.yaml", []byte(smallSale))
	fmt.Println(d.Name, len(d.Commitments), "commitments,", len(faults), "faults")

	d.Version++
	d.Stages[0].Name = "Suspect"
	p, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Version(), p.Stage(0).Name())
	// Output:
	// A small sale 3 commitments, 0 faults
	// 2 Suspect
}

// Where a deal stands follows from what its buyer has committed to, and what
// it has passed over stays visible.
func ExampleProcess_Position() {
	p, err := process.Builtin("ten-commitments")
	if err != nil {
		log.Fatal(err)
	}
	var h process.Holdings
	for _, id := range []commitment.ID{"time", "collaborate", "explore"} {
		rung, _ := p.Rung(id)
		h.Held.Add(rung)
		at := p.Position(h)
		fmt.Printf("with %s: %s\n", id, p.Stage(at).Name())
		for gap := range p.Gaps(h, at) {
			fmt.Println("  gap:", gap.Name())
		}
	}
	// Output:
	// with time: Discovery
	// with collaborate: Consensus
	//   gap: Discovery
	//   gap: Case for change
	// with explore: Consensus
	//   gap: Case for change
}

// What a call of a kind is for, and what it is not for.
func ExampleProcess_Kind() {
	p := compiled()
	kind, ok := p.Kind("cold_call")
	if !ok {
		log.Fatal("there is no such kind")
	}
	fmt.Println("outcome:", p.Commitment(kind.Outcome()).Name())
	for r := range kind.Fallbacks().All() {
		fmt.Println("or else:", p.Commitment(r).Name())
	}
	fmt.Println("a demo belongs elsewhere:", kind.Excludes("demo"))
	// Output:
	// outcome: Take a first meeting
	// or else: Introduce us to a colleague
	// a demo belongs elsewhere: true
}

// Lint finds what is wrong, and what could be better.
func ExampleLint() {
	for _, d := range process.Lint("small-sale.yaml", []byte(smallSale), process.AdviceOptions{}) {
		fmt.Println(d.Range.Start.Line, d.Severity, d.Code)
	}
	// Output:
	// 6 warning never_settled
	// 6 warning no_ask
	// 7 warning never_settled
	// 7 warning no_ask
	// 8 warning no_ask
	// 12 warning never_stalls
	// 13 warning never_stalls
	// 13 warning no_range
}

// The fingerprint tells whether two processes mean the same. Texts don't count.
func ExampleProcess_Ref() {
	p := compiled()
	d := p.Definition()
	d.Commitments[0].Name = "Bring us together with a colleague"
	reworded, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	d.Commitments[0].LapsesAfter = "3d"
	changed, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Ref() == reworded.Ref(), p.Ref() == changed.Ref())
	// Output:
	// true false
}
