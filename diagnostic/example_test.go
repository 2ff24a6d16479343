package diagnostic_test

import (
	"errors"
	"fmt"

	"github.com/advance-sales/advance/diagnostic"
)

// stages is where a diagnostic of these examples lies.
func stages(line, column int) diagnostic.Range {
	return diagnostic.Range{
		File:  "sales.yaml",
		Start: diagnostic.Position{Line: line, Column: column}, End: diagnostic.Position{Line: line, Column: column + 6},
	}
}

// A diagnostic reads as a compiler's does, with what would be right behind it.
func ExampleDiagnostic_Error() {
	fmt.Println(diagnostic.Diagnostic{
		Code: "unknown_commitment", Severity: diagnostic.Error, Range: stages(12, 11),
		Message: `unknown commitment "meting"`, Hint: `did you mean "meeting"?`,
	})
	fmt.Println(diagnostic.Diagnostic{ // of a definition that was written in Go
		Code: "no_exit", Severity: diagnostic.Error, Path: "stages[0]", Message: "an open stage needs an exit",
	})
	// Output:
	// sales.yaml:12:11: error: unknown commitment "meting"; did you mean "meeting"? [unknown_commitment]
	// stages[0]: error: an open stage needs an exit [no_exit]
}

// A list is an error as soon as it holds one of that severity.
func ExampleList_Err() {
	list := diagnostic.List{
		{Code: "no_ask", Severity: diagnostic.Warning, Range: stages(7, 3), Message: "nobody is told how to ask for it"},
	}
	fmt.Println(list.Err())

	list = append(list, diagnostic.Diagnostic{Code: "no_exit", Severity: diagnostic.Error, Range: stages(3, 5), Message: "an open stage needs an exit"})
	list.Sort()
	fmt.Println(list.Err())
	fmt.Println(list.Count(diagnostic.Warning), "warning")

	first, _ := errors.AsType[diagnostic.Diagnostic](list.Err())
	fmt.Println(first.Code)
	// Output:
	// <nil>
	// sales.yaml:3:5: error: an open stage needs an exit [no_exit]
	// sales.yaml:7:3: warning: nobody is told how to ask for it [no_ask]
	// 1 warning
	// no_exit
}

// Severities are compared like numbers, and read by their names.
func ExampleParseSeverity() {
	s, err := diagnostic.ParseSeverity("warning")
	fmt.Println(s, s > diagnostic.Info, err)

	_, err = diagnostic.ParseSeverity("fatal")
	fmt.Println(err)
	// Output:
	// warning true <nil>
	// unknown severity "fatal": one of ignore, info, warning, error
}
