package diff_test

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/diff"
	"github.com/advance-sales/advance/process"
)

func ExampleCompare() {
	source, err := process.BuiltinSource("transactional")
	if err != nil {
		panic(err)
	}
	changed := strings.NewReplacer("version: 1", "version: 2", "{calls: 2", "{calls: 3").Replace(string(source))
	old, _ := process.Builtin("transactional")
	new, err := process.Parse("new.yaml", []byte(changed))
	if err != nil {
		panic(err)
	}
	report := diff.Compare(old, new)
	fmt.Println("version:", report.Version)
	for _, c := range report.Changes {
		fmt.Println(c.Action, c.Part, c.Message)
	}
	// Output:
	// version: right
	// loosened stall A deal in “Need” is stalled after 3 calls or 1 week without progress; before, that was after 2 calls or 1 week without progress.
	// loosened stall A deal in “Offer” is stalled after 3 calls or 10 days without progress; before, that was after 2 calls or 10 days without progress.
}
