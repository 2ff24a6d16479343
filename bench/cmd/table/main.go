// Command table prints what "go test -bench" measured as tables in Markdown: the
// medians, how far they can be trusted, and how they compare with ours.
//
// It reads the files that are named, - being standard input. In each table ours is
// the first row whose name begins with "advance."; the ratio of another row is
// how many times as long that takes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"golang.org/x/perf/benchfmt"
)

func main() {
	flag.Parse()
	if err := run(flag.Args(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(files []string, stdin io.Reader, out io.Writer) error {
	var t tables
	for _, name := range files {
		if err := t.readFile(name, stdin); err != nil {
			return err
		}
	}
	if len(t.order) == 0 {
		return errors.New("no results of benchmarks: name a file with what go test -bench printed, or - for standard input")
	}
	return t.print(out)
}

func (t *tables) readFile(name string, stdin io.Reader) error {
	if name == "-" {
		return t.read("<stdin>", stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	return t.read(name, f)
}

// read reads the results in a file.
func (t *tables) read(name string, r io.Reader) error {
	in := benchfmt.NewReader(r, name)
	for in.Scan() {
		switch record := in.Result().(type) {
		case *benchfmt.Result:
			t.add(record)
		case *benchfmt.SyntaxError:
			return record
		}
	}
	return in.Err()
}
