package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/internal/starter"
	"github.com/advance-sales/advance/process"
)

// starting is one run of the verb.
type starting struct {
	from  string
	force bool
}

// What a process is started from, and where, unless it is said otherwise.
const (
	startFrom = "complex-b2b"
	startFile = "sales.yaml"
)

func newInitCmd(e *env) *cobra.Command {
	var s starting
	cmd := &cobra.Command{
		Use:   "init [flags] [FILE]",
		Short: "Start a process of your own from a built-in one",
		Long: `Start a process of your own from a built-in one.

Four files are written: the process, with comments that explain each part; a
file with cases, which are example calls with the verdicts that they should get;
and for each of the two a schema, by which an editor with YAML support completes
and checks while you type. A process or cases that are there already are left
alone, unless --force says otherwise.`,
		Example: `  advance init
  advance init --from transactional shop.yaml`,
		GroupID: groupProcess,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one file at a time, and these are %d: %s", len(args), strings.Join(args, ", "))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			file := startFile
			if len(args) == 1 {
				file = args[0]
			}
			return s.run(e, file)
		},
	}
	cmd.Flags().StringVar(&s.from, "from", startFrom, "the `NAME` of the built-in process to start from")
	cmd.Flags().BoolVar(&s.force, "force", false, "write over files that are there already")
	completeWith(cmd, "from", process.BuiltinNames()...)
	return cmd
}

func (s *starting) run(e *env, file string) error {
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".yaml" && ext != ".yml" {
		return usagef("a process stands in a file whose name ends in .yaml, and this is %q", file)
	}
	files, err := starter.Files(file, s.from)
	if err != nil {
		return err
	}
	if !s.force {
		if err := refuseThose(files); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := os.WriteFile(f.Name, f.Content, 0o666); err != nil {
			return reason(err)
		}
		fmt.Fprintf(e.stderr, "wrote %s\n", f.Name)
	}
	fmt.Fprintf(e.stdout, `Now make it yours. These help:

  advance lint %[1]s
  advance test %[2]s
  advance render %[1]s
`, file, files[1].Name)
	return nil
}

// refuseThose makes sure that none of the documents is there. A schema that is
// there is written anew: it is nobody's work.
func refuseThose(files []starter.File) error {
	var there []string
	for _, f := range files[:2] {
		if _, err := os.Lstat(f.Name); err == nil {
			there = append(there, f.Name)
		}
	}
	if len(there) > 0 {
		return fmt.Errorf("there is %s already: choose another name, or write over it with --force", strings.Join(there, " and "))
	}
	return nil
}
