package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/advance-sales/advance/internal/terminal"
)

// The exit codes of the command.
const (
	exitOK          = 0
	exitFaults      = 1   // what was looked at has faults or findings that count
	exitFailed      = 2   // the command could not run
	exitInterrupted = 130 // as shells say it: 128 + SIGINT
	exitPipe        = 141 // 128 + SIGPIPE: whoever read the output has gone
)

// errFaults ends a verb that found faults and has reported them.
var errFaults = errors.New("faults were found")

// exitCode says how the command ends with an error, and prints the error if it
// has not been said yet.
func exitCode(err error, verb string, stderr io.Writer) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFaults):
		return exitFaults
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitPipe
	}
	fmt.Fprintf(stderr, "%s: %s\n", verb, terminal.Clean(strings.TrimRight(err.Error(), "\n")))
	var u usageError
	if errors.As(err, &u) {
		fmt.Fprintf(stderr, "Run '%s --help' to see how it is used.\n", verb)
	}
	return exitFailed
}

// usageError says that the command was called in a way that makes no sense.
type usageError struct{ reason string }

func (e usageError) Error() string { return e.reason }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }
