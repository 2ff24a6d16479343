package main

import (
	"context"
	"io"
	"time"

	"github.com/advance-sales/advance/internal/terminal"
)

// env is the world as the command sees it. Tests make their own.
type env struct {
	ctx    context.Context // ends with an interrupt
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
	getenv func(string) string

	in, out, err terminal.Device // what stands behind stdin, stdout and stderr

	color  *choice     // --color
	lines  *lineWriter // stdout, buffered
	faults int         // reported so far
}

// widest is the width of a page on a terminal that is wider: longer lines are
// hard to read.
const (
	widest = 100
	width  = 80 // where there is no terminal
)

// screen returns the page that standard output is.
func (e *env) screen() terminal.Page {
	w := width
	if e.out.Terminal && e.out.Width > 0 {
		w = min(e.out.Width, widest)
	}
	return terminal.Page{Width: w, Color: e.colored(e.out)}
}

// colored reports whether what goes to a device is painted.
func (e *env) colored(d terminal.Device) bool {
	switch e.color.word {
	case colorAlways:
		return true
	case colorNever:
		return false
	}
	return d.Terminal && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
}

// The words of --color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)
