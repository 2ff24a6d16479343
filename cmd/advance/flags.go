package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// choice is a flag that takes one of a few words.
type choice struct {
	word    string
	allowed []string
}

// String returns the word.
func (c *choice) String() string { return c.word }

// Type is what the help shows in the place of the word.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

// Set takes a word, if it is one of those that are allowed.
func (c *choice) Set(word string) error {
	for _, a := range c.allowed {
		if word == a {
			c.word = word
			return nil
		}
	}
	return fmt.Errorf("there is no %q%s", word, orNearest(word, c.allowed))
}

// choiceFlag adds a flag that takes one of a few words, the first by default.
func choiceFlag(cmd *cobra.Command, name, help string, words ...string) *choice {
	c := &choice{word: words[0], allowed: words}
	cmd.Flags().Var(c, name, help)
	completeWith(cmd, name, words...)
	return c
}

// formatFlag adds --format. The first of the formats is the default.
func formatFlag(cmd *cobra.Command, formats ...string) *choice {
	return choiceFlag(cmd, "format", "how to write the result", formats...)
}

// processChoice is --process.
type processChoice struct{ name string }

// processFlag adds --process.
func processFlag(cmd *cobra.Command) *processChoice {
	c := &processChoice{name: process.Default}
	cmd.Flags().StringVar(&c.name, "process", c.name,
		"the process to judge by: `FILE|NAME`, a YAML file or a built-in one")
	complete(cmd, "process", completeProcess)
	return c
}

// load loads the process. Whatever is wrong with it is reported, and then the
// error is errFaults.
func (c *processChoice) load(e *env) (*process.Process, error) { return loadProcess(e, c.name) }

// loadProcess loads a process by its file, or by the name of a built-in one.
// Whatever is wrong with it is reported, and then the error is errFaults.
func loadProcess(e *env, name string) (*process.Process, error) {
	load := process.Builtin
	if isFile(name) {
		load = process.Load
	}
	p, err := load(name)
	var faults diagnostic.List
	switch {
	case errors.As(err, &faults):
		for _, d := range faults {
			e.fault(d.Error())
		}
		return nil, errFaults
	case err != nil:
		return nil, reason(err)
	}
	return p, nil
}

// isFile reports whether the name of a process means a file: one that is
// there, or one that is written like a file.
func isFile(name string) bool {
	if strings.ContainsRune(name, '/') || strings.ContainsRune(name, filepath.Separator) {
		return true
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return true
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode().Type()&fs.ModeDir == 0
}

// asOfChoice is --as-of.
type asOfChoice struct{ when outcome.When }

// asOfFlag adds --as-of.
func asOfFlag(cmd *cobra.Command) *asOfChoice {
	c := &asOfChoice{}
	cmd.Flags().Var(c, "as-of",
		"look from this `TIME`: 2026-11-05 (the end of that day) or 2026-11-05T15:00:00Z; without it, from now")
	completeWith(cmd, "as-of")
	return c
}

// String returns the time as it was written.
func (c *asOfChoice) String() string { return c.when.String() }

// Type is what the help shows in the place of the time.
func (c *asOfChoice) Type() string { return "TIME" }

// Set reads a time or a date.
func (c *asOfChoice) Set(text string) error {
	if err := c.when.UnmarshalText([]byte(text)); err != nil {
		return fmt.Errorf("%q is no time: write 2026-11-05, or 2026-11-05T15:00:00Z", text)
	}
	return nil
}

// asOf is the instant that a deal is looked at from.
type asOf struct {
	at     time.Time
	chosen bool // by --as-of
	late   bool // not now, but the last call, which lies after now
}

// from returns the instant to look from: the one that was chosen, else now, or
// the last of the calls where that comes later.
func (c *asOfChoice) from(e *env, zone *time.Location, last time.Time) asOf {
	switch now := e.now(); {
	case !c.when.IsZero():
		return asOf{at: c.when.End(zone), chosen: true}
	case last.After(now):
		return asOf{at: last, late: true}
	default:
		return asOf{at: now}
	}
}

// note says which instant it is, behind the instant itself.
func (a asOf) note() string {
	switch {
	case a.chosen:
		return ""
	case a.late:
		return " (the last call, which lies ahead)"
	}
	return " (now)"
}

// last returns the instant that was chosen, and the zero time where none was.
func (c *asOfChoice) last(zone *time.Location) time.Time {
	if c.when.IsZero() {
		return time.Time{}
	}
	return c.when.End(zone)
}
