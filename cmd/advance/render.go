package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/render"
)

// The formats of drawings.
const (
	formatMermaid = "mermaid"
	formatHTML    = "html"
)

func newRenderCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "render [flags] [FILE|NAME]",
		Short: "Draw a process: its stages and their ladders",
		Long: `Draw a process: its stages, each with the ladder of what a buyer can commit to.

As text it is one ladder, read from its foot. As Mermaid it is a chart that
GitHub draws from a code block. As HTML it is one page that needs no network,
made to be printed in landscape on A3 or A4 and pinned on a wall: the ladders,
and on a second sheet the calls with the one outcome of each. It can be read on
a phone, and in the dark.

Name a YAML file or a built-in process; without a name it is the default one.`,
		Example: `  advance render sales.yaml

  # For the wall
  advance render --format html -o sales.html sales.yaml

  # For a README
  advance render --format mermaid sales.yaml`,
		GroupID: groupProcess,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one process at a time, and these are %d: %s", len(args), strings.Join(args, ", "))
			}
			return nil
		},
		ValidArgsFunction: completeProcess,
	}
	format := formatFlag(cmd, formatText, formatMermaid, formatHTML)
	out := cmd.Flags().StringP("output", "o", "", "write to a `FILE`; to standard output, if left out")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		name := process.Default
		if len(args) == 1 {
			name = args[0]
		}
		p, err := loadProcess(e, name)
		if err != nil {
			return err
		}
		return draw(e, p, format.word, *out)
	}
	return cmd
}

// draw draws a process to standard output or into a file.
func draw(e *env, p *process.Process, format, file string) error {
	page := e.screen()
	options := render.TextOptions{Width: page.Width, Color: page.Color}
	if file != "" {
		options = render.TextOptions{}
	}
	var drawing bytes.Buffer
	var err error
	switch format {
	case formatMermaid:
		err = render.Mermaid(&drawing, p)
	case formatHTML:
		err = render.HTML(&drawing, p)
	default:
		err = render.Text(&drawing, p, options)
	}
	switch {
	case err != nil:
		return err
	case file == "":
		_, err = e.stdout.Write(drawing.Bytes())
		return err
	}
	if err := os.WriteFile(file, drawing.Bytes(), 0o666); err != nil {
		return reason(err)
	}
	fmt.Fprintf(e.stderr, "wrote %s\n", file)
	return nil
}
