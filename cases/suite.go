package cases

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Suite is the cases of one document with the process that they are about.
type Suite struct {
	File    string
	Process *process.Process
	Cases   []Case
}

// Case is one example: what came before, a call, and what is expected of its
// verdict.
type Case struct {
	Name    string
	Range   diagnostic.Range // of its name
	Deal    outcome.Deal
	History []outcome.Call // earlier calls; a state is one
	Call    outcome.Call
	expect  []expectation
}

// Options are what reading a document can be told. The zero Options are right.
type Options struct {
	// Process judges the cases in place of the one that the document names,
	// which may then name none.
	Process *process.Process
}

// Load reads a document of cases from a YAML file, and the process that it
// names. The error is a [diagnostic.List] with everything that is wrong with
// either of them, unless the file itself could not be read.
func Load(file string) (*Suite, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the cases: %w", err)
	}
	return Parse(file, src, Options{})
}

// Parse reads a document of cases from its text. The file is for the
// diagnostics, and for the path of the process. The error is a
// [diagnostic.List] with everything that is wrong.
func Parse(file string, src []byte, o Options) (*Suite, error) {
	root, diags := yamldoc.Parse(file, src)
	if root == nil {
		return nil, diags
	}
	r := &reader{Reader: yamldoc.NewReader(root), file: file, process: o.Process}
	suite := &Suite{File: file}
	suite.Cases = r.document(root)
	suite.Process = r.process
	diags = append(append(diags, r.Diagnostics()...), r.processFaults...)
	diags.Sort()
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return suite, nil
}

// loadProcess finds the process that a document names.
func (r *reader) loadProcess(n *yamldoc.Node) {
	name, ok := r.String(n, "the process")
	if !ok || r.process != nil {
		return
	}
	var err error
	if isPath(name) {
		path := filepath.FromSlash(name)
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(r.file), path)
		}
		r.process, err = process.Load(path)
	} else {
		r.process, err = process.Builtin(name)
	}
	if err == nil || errors.As(err, &r.processFaults) {
		return
	}
	message := fmt.Sprintf("there is no process %q", name)
	if isPath(name) && !errors.Is(err, fs.ErrNotExist) {
		message = fmt.Sprintf("the process %q can not be read", name)
	}
	r.Report(n, CodeUnknownProcess, diagnostic.Error, message, whyNoProcess(name, err))
}

// isPath tells a path from the name of a built-in process.
func isPath(name string) bool { return strings.ContainsAny(name, `/\.`) }

func whyNoProcess(name string, err error) string {
	var broken *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the path begins at the folder of this file"
	case errors.As(err, &broken):
		return broken.Err.Error()
	case nearest.Hint(name, process.BuiltinNames()) != "":
		return nearest.Hint(name, process.BuiltinNames())
	}
	return "write a file, such as " + name + ".yaml, or one of " + strings.Join(process.BuiltinNames(), ", ")
}
