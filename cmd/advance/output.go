package main

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// lineWriter buffers what is written and passes it on in whole lines, so that
// whatever ends the command, its output never ends in half a line.
type lineWriter struct {
	w   io.Writer
	buf []byte
	err error // the first that w gave; nothing is written after it
}

// enough is how much is gathered before it is passed on.
const enough = 1 << 16

// Write gathers p.
func (l *lineWriter) Write(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	l.buf = append(l.buf, p...)
	if len(l.buf) >= enough {
		if err := l.Flush(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// Flush passes on the lines that are complete.
func (l *lineWriter) Flush() error {
	n := bytes.LastIndexByte(l.buf, '\n') + 1
	if n == 0 || l.err != nil {
		return l.err
	}
	_, l.err = l.w.Write(l.buf[:n])
	l.buf = append(l.buf[:0], l.buf[n:]...)
	return l.err
}

// printJSON prints a document of JSON, laid out for people too.
func printJSON(e *env, document any) error {
	text, err := json.Marshal(document, jsontext.WithIndent("  "), json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = e.stdout.Write(append(text, '\n'))
	return err
}

// printTo has something print to a file instead of standard output, if one is
// named. The file appears once it is whole.
func (e *env) printTo(file string, print func() error) error {
	if file == "" || file == stdinFile {
		return print()
	}
	return e.writeTo(file, func(w io.Writer) error {
		stdout, lines := e.stdout, e.lines
		defer func() { e.stdout, e.lines = stdout, lines }()
		e.lines = &lineWriter{w: w}
		e.stdout = e.lines
		if err := print(); err != nil {
			return err
		}
		return e.lines.Flush()
	})
}
