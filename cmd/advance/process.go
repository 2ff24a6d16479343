package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

func newProcessCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "process",
		Short: "List the built-in processes, or show one",
		Long: `List the built-in processes, or show one: its stages, what a buyer can commit to
in each, and in which words to ask for it.`,
		Example: `  advance process list
  advance process show appointment-setting

  # Start a process of your own from a built-in one
  advance process show --format yaml ten-commitments > sales.yaml`,
		GroupID: groupProcess,
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newProcessListCmd(e), newProcessShowCmd(e))
	return cmd
}

func newProcessListCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the built-in processes",
		Long:    "List the built-in processes, with what each is for.",
		Example: "  advance process list",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return listProcesses(e) },
	}
}

func listProcesses(e *env) error {
	sheet := e.screen()
	indent := 0
	for _, name := range process.BuiltinNames() {
		indent = max(indent, len(name)+3)
	}
	for _, name := range process.BuiltinNames() {
		p, err := process.Builtin(name)
		if err != nil {
			return err
		}
		text := sentence(p.Description())
		if text == "" {
			text = sentence(p.Name())
		}
		if name == process.Default {
			text += " This is the default."
		}
		fmt.Fprint(e.stdout, sheet.Fill(sheet.Paint(terminal.Bold, name), indent, terminal.Plain, text))
	}
	return nil
}

func newProcessShowCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show [NAME|FILE]",
		Short: "Show a process: its stages, ladders, asks and kinds of call",
		Long: `Show a process: its stages, ladders, asks and kinds of call.

Name a built-in process or a YAML file; without a name it is the default one.
With --format yaml the document itself is printed.`,
		Example: `  advance process show
  advance process show sales.yaml
  advance process show --format yaml appointment-setting > sales.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one process at a time, and these are %d: %s", len(args), strings.Join(args, ", "))
			}
			return nil
		},
		ValidArgsFunction: completeProcess,
	}
	format := formatFlag(cmd, formatText, formatYAML)
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		name := process.Default
		if len(args) == 1 {
			name = args[0]
		}
		if format.word == formatYAML {
			return printSource(e, name)
		}
		p, err := loadProcess(e, name)
		if err != nil {
			return err
		}
		return newAtlas(e, p).print()
	}
	return cmd
}

// printSource prints the document of a process as it was written, sound or not.
func printSource(e *env, name string) error {
	read := process.BuiltinSource
	if isFile(name) {
		read = os.ReadFile
	}
	src, err := read(name)
	if err != nil {
		return reason(err)
	}
	if n := len(src); n > 0 && src[n-1] != '\n' {
		src = append(src, '\n')
	}
	_, err = e.stdout.Write(src)
	return err
}
