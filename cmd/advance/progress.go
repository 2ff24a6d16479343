package main

import (
	"fmt"
	"time"
)

// progress shows how far a long run has come, on a terminal only, and not
// before a second has passed.
type progress struct {
	e     *env
	what  string
	n     int
	next  time.Time
	shown bool
}

// progress starts counting.
func (e *env) progress(what string) *progress {
	p := &progress{e: e, what: what}
	if e.err.Terminal {
		p.next = e.now().Add(time.Second)
	}
	return p
}

// step counts one more.
func (p *progress) step() {
	if p.n++; p.n%1024 != 0 || !p.e.err.Terminal {
		return
	}
	if now := p.e.now(); now.After(p.next) {
		fmt.Fprintf(p.e.stderr, "\r%s %s …", thousands(p.n), p.what)
		p.next, p.shown = now.Add(200*time.Millisecond), true
	}
}

// done takes the line away again.
func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.e.stderr, "\r\x1b[K")
	}
}
