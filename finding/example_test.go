package finding_test

import (
	"fmt"

	"github.com/advance-sales/advance/finding"
)

// Codes are read by their names, and a misspelled one tells the nearest.
func ExampleParse() {
	code, err := finding.Parse("happy_ears")
	fmt.Println(code, code.Default(), err)

	_, err = finding.Parse("happy_ear")
	fmt.Println(err)
	// Output:
	// happy_ears warning <nil>
	// unknown finding "happy_ear": did you mean "happy_ears"?
}

// The faults of the data are always errors, whatever a process says.
func ExampleCode_Fault() {
	for _, code := range finding.Codes() {
		if code.Fault() {
			fmt.Println(code)
		}
	}
	// Output:
	// unknown_commitment
	// unknown_kind
	// unknown_role
	// unknown_evidence
	// unknown_reason
	// unknown_stage
	// contradiction
	// duplicate_call
}
