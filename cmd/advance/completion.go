package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// completer says what a flag or an argument can be completed to.
type completer = func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective)

// complete sets how a flag is completed.
func complete(cmd *cobra.Command, flag string, f completer) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err) // the flag is not there: a mistake in this program
	}
}

// completeWith completes a flag with a few words, and not with files.
func completeWith(cmd *cobra.Command, flag string, words ...string) {
	complete(cmd, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeProcess completes the name of a process: a built-in one, or a file.
func completeProcess(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, name := range process.BuiltinNames() {
		if p, err := process.Builtin(name); err == nil {
			name = cobra.CompletionWithDesc(name, p.Name())
		}
		names = append(names, name)
	}
	return names, cobra.ShellCompDirectiveDefault
}

// completeRecords completes the name of a file with records.
func completeRecords(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"jsonl", "json", "gz"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeKind completes a kind of call of the process that --process names.
func completeKind(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	name := cmd.Flag("process").Value.String()
	load := process.Builtin
	if isFile(name) {
		load = process.Load
	}
	p, err := load(name)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var kinds []string
	for k := range p.Kinds() {
		kinds = append(kinds, cobra.CompletionWithDesc(string(k.ID()), k.Name()))
	}
	return kinds, cobra.ShellCompDirectiveNoFileComp
}

// mostDeals is how many deals are offered at most: nobody chooses among more.
const mostDeals = 500

// completeDeal completes the id of a deal from the files that are named on the
// command line so far. Nobody waits long for a completion: of a file only the
// beginning is read.
func completeDeal(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	var deals []string
	seen := make(map[outcome.DealID]bool)
	add := func(id outcome.DealID, name string) {
		if !seen[id] && strings.HasPrefix(string(id), begun) && len(deals) < mostDeals {
			seen[id] = true
			deals = append(deals, cobra.CompletionWithDesc(terminal.Clean(string(id)), terminal.Clean(name)))
		}
	}
	beginning(cmd.Flag("deals").Value.String(), func(r io.Reader) {
		for d, err := range outcome.ReadDeals("", r) {
			if err == nil {
				add(d.Value.Deal, d.Value.Name)
			}
		}
	})
	for _, file := range args {
		beginning(file, func(r io.Reader) {
			for c, err := range outcome.ReadCalls("", r) {
				if err == nil {
					add(c.Value.Deal, "")
				}
			}
		})
	}
	return deals, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// beginning reads the first megabytes of a file, if there is one.
func beginning(file string, read func(io.Reader)) {
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.Open(file)
	if err != nil {
		return
	}
	defer f.Close()
	r, err := unpacked(f)
	if err != nil {
		return
	}
	read(io.LimitReader(r, 8<<20))
}
