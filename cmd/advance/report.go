package main

import (
	"fmt"

	"github.com/advance-sales/advance/internal/terminal"
)

// fault reports a fault of what is looked at on a line of standard error, and
// counts it. What was printed to standard output before it comes before it.
func (e *env) fault(line string) {
	e.faults++
	_ = e.lines.Flush() // its error comes back with whatever is printed next
	fmt.Fprintln(e.stderr, terminal.Clean(line))
}

// ended is how a verb ends that has done its work: with errFaults where faults
// have been reported.
func (e *env) ended() error {
	if e.faults > 0 {
		return errFaults
	}
	return nil
}
