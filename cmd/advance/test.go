package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
)

// testOptions are the flags of `advance test`.
type testOptions struct {
	run      string
	format   *choice
	coverage bool
	min      int
}

func newTestCmd(e *env) *cobra.Command {
	o := testOptions{}
	cmd := &cobra.Command{
		Use:   "test [FILE|DIR]...",
		Short: "Test a process by calls with the verdicts that they should get",
		Long: `Test a process by calls with the verdicts that they should get.

Test cases are a YAML document that names a process and lists calls, each with
what came before it and what is expected of its verdict:

  process: sales.yaml
  cases:
    - name: a very pleasant conversation
      state: {held: [first_meeting]}
      call: {at: 2026-01-08, rating: great}
      expect: {result: continuation, findings: [happy_ears]}

In a directory, and below it, every YAML document with a list of cases is one;
without arguments it is the directory that you are in.

Exit codes: 0 when every case passes, 1 when one fails, a document has faults,
or the coverage is below --min, 2 when the command could not run.`,
		Example: `  advance test sales.cases.yaml
  advance test --coverage --min 90 processes/
  advance test --run 'no-show|cancelled' --format junit > report.xml`,
		GroupID: groupProcess,
		RunE:    func(_ *cobra.Command, args []string) error { return runTest(e, o, args) },
	}
	o.format = formatFlag(cmd, "text", "json", "junit")
	cmd.Flags().StringVar(&o.run, "run", "", "run only the cases whose names match the `REGEXP`")
	cmd.Flags().BoolVar(&o.coverage, "coverage", false, "say what of each process the cases cover, and what is missing")
	cmd.Flags().IntVar(&o.min, "min", 0, "the least coverage of each process, in `PERCENT`")
	completeWith(cmd, "run")
	completeWith(cmd, "min")
	return cmd
}

func runTest(e *env, o testOptions, args []string) error {
	var pick *regexp.Regexp
	if o.run != "" {
		var err error
		if pick, err = regexp.Compile(o.run); err != nil {
			return usagef("--run: %v", err)
		}
	}
	if o.min < 0 || o.min > 100 {
		return usagef("--min: %d is no percentage", o.min)
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	files, err := caseFiles(args)
	if err != nil {
		return err
	}
	var report cases.Report
	ran := 0
	for _, file := range files {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		suite, err := cases.Load(file)
		var faults diagnostic.List
		switch {
		case errors.As(err, &faults):
			report.AddFaults(file, faults)
			for _, d := range faults {
				e.fault(d.Error())
			}
		case err != nil:
			return reason(err)
		default:
			results := suite.Run(cases.RunOptions{Run: pick})
			ran += len(results)
			report.Add(suite, results)
		}
	}
	if pick != nil && ran == 0 && report.Faults() == 0 {
		return fmt.Errorf("no case has a name that matches %q", o.run)
	}
	if err := o.write(e.stdout, &report); err != nil {
		return err
	}
	for _, c := range report.Coverage() {
		if percent := c.Percent(); percent < o.min {
			e.fault(fmt.Sprintf("the cases cover %d %% of %s, and %d %% are wanted", percent, c.Process().ID(), o.min))
		}
	}
	if report.Failed() > 0 {
		return errFaults
	}
	return e.ended()
}

func (o *testOptions) write(w io.Writer, report *cases.Report) error {
	switch o.format.word {
	case "json":
		return report.WriteJSON(w, o.coverage)
	case "junit":
		return report.WriteJUnit(w)
	}
	if err := report.WriteText(w); err != nil || !o.coverage {
		return err
	}
	for _, c := range report.Coverage() {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		if err := c.WriteText(w); err != nil {
			return err
		}
	}
	return nil
}

// caseFiles returns the files that were named, and the documents of cases in
// the directories that were.
func caseFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err != nil:
			return nil, reason(err)
		case !info.IsDir():
			files = append(files, arg)
			continue
		}
		before := len(files)
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && path != arg && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
				return fs.SkipDir
			case d.Type().IsRegular() && hasCases(path):
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, reason(err)
		}
		if len(files) == before {
			return nil, fmt.Errorf("%s: there are no test cases here", arg)
		}
	}
	return files, nil
}

// casesKey is the key by which a document of cases is known, broken or not.
var casesKey = regexp.MustCompile(`(?m)^(\x{feff})?["']?cases["']?[ \t]*:`)

// hasCases reports whether a file is a YAML document of cases.
func hasCases(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
	default:
		return false
	}
	src, err := os.ReadFile(path)
	return err == nil && casesKey.Match(src)
}
