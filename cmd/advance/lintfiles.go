package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/process"
)

// documentKind is a kind of document that can be checked.
type documentKind struct {
	what string
	key  *regexp.Regexp // finds the key that tells the kind, in sound and in broken documents
	lint func(file string, src []byte, now time.Time) diagnostic.List
}

// documentKinds are the kinds, in the order in which they are looked for. What
// is none of them is checked as the first.
var documentKinds = []documentKind{
	{"a process", topKey("advance"), lintProcess},
	{"test cases", topKey("cases"), lintCases},
	{"a mapping", topKey("mapping"), lintMapping},
}

// topKey finds a key at the top of a document.
func topKey(name string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\x{feff}?(\{[ \t]*)?["']?` + name + `["']?[ \t]*:`)
}

func lintProcess(file string, src []byte, now time.Time) diagnostic.List {
	return process.Lint(file, src, process.AdviceOptions{Now: now})
}

func lintCases(file string, src []byte, _ time.Time) diagnostic.List {
	_, err := cases.Parse(file, src, cases.Options{})
	var diags diagnostic.List
	if err != nil && !errors.As(err, &diags) {
		diags = diagnostic.List{{Code: cases.CodeUnknownProcess, Severity: diagnostic.Error, Range: diagnostic.Range{File: file}, Message: err.Error()}}
	}
	return diags
}

func lintMapping(file string, src []byte, _ time.Time) diagnostic.List { return crm.Lint(file, src) }

// document is a document to be checked.
type document struct {
	file string
	src  []byte
	kind documentKind
}

// kindOf returns the kind of a document, and the first one for any other.
func kindOf(src []byte) (kind documentKind, ok bool) {
	for _, kind := range documentKinds {
		if kind.key.Match(src) {
			return kind, true
		}
	}
	return documentKinds[0], false
}

// stdin is what standard input is called on the command line.
const stdin = "-"

// findDocuments reads the documents that are named on the command line, each
// once, and those in the directories that are. It returns also which YAML
// files in these it passed over.
func findDocuments(e *env, args []string) (documents []document, passed []string, err error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	files, err := expand(args)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	add := func(file string, src []byte, kind documentKind) {
		documents = append(documents, document{file, src, kind})
	}
	for _, file := range files {
		if seen[filepath.Clean(file)] {
			continue
		}
		seen[filepath.Clean(file)] = true
		if file == stdin {
			src, err := io.ReadAll(e.stdin)
			if err != nil {
				return nil, nil, fmt.Errorf("reading standard input: %w", err)
			}
			kind, _ := kindOf(src)
			add(file, src, kind)
			continue
		}
		info, err := os.Stat(file)
		if err != nil {
			return nil, nil, reason(err)
		}
		if !info.IsDir() {
			src, err := os.ReadFile(file)
			if err != nil {
				return nil, nil, reason(err)
			}
			kind, _ := kindOf(src)
			add(file, src, kind)
			continue
		}
		inside, err := yamlFiles(file)
		if err != nil {
			return nil, nil, reason(err)
		}
		before := len(documents)
		for _, path := range inside {
			if seen[path] {
				continue
			}
			seen[path] = true
			src, err := os.ReadFile(path)
			if err != nil {
				return nil, nil, reason(err)
			}
			if kind, ok := kindOf(src); ok {
				add(path, src, kind)
			} else {
				passed = append(passed, path)
			}
		}
		if len(args) == 1 && len(documents) == before {
			return nil, nil, fmt.Errorf("%s: there is no YAML document with the key \"advance\", \"cases\" or \"mapping\" here", file)
		}
	}
	return documents, passed, nil
}

// expand replaces what is no file by the files that it matches, if it is a
// pattern: not every shell does that.
func expand(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		if _, err := os.Stat(arg); err == nil || arg == stdin || !strings.ContainsAny(arg, "*?[") {
			files = append(files, arg)
			continue
		}
		matches, err := filepath.Glob(arg)
		if err != nil {
			return nil, usagef("%q is no pattern for files", arg)
		}
		if len(matches) == 0 {
			return nil, fmt.Errorf("there is no file like %q", arg)
		}
		files = append(files, matches...)
	}
	return files, nil
}

// yamlFiles returns the YAML files in a directory and below it, in order. What
// is hidden, or was installed, is left out.
func yamlFiles(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.Type().IsRegular() && slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(path))):
			files = append(files, path)
		}
		return nil
	})
	return files, err
}
