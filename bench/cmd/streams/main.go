// Command streams measures the command on files of calls, each run in a process
// of its own.
//
//	streams -advance PATH speed    throughput beside that of decoding alone
//	streams -advance PATH memory   memory for a million deals
//	streams -advance PATH scaling  time and memory from ten thousand calls on
//
// The script of the same name builds both and runs it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/advance-sales/advance/bench/decode"
	"github.com/advance-sales/advance/bench/history"
)

// bench is what all measurements need.
type bench struct {
	advance string // the command
	self    string // this program
	process string // the file of the process
	dir     string // for the files of calls
	count   int    // how often each is run
	out     io.Writer
	log     io.Writer
}

func main() {
	b := bench{out: os.Stdout, log: os.Stderr}
	flag.StringVar(&b.advance, "advance", "advance", "the command to measure, a `PATH`")
	flag.StringVar(&b.process, "process", "process.yaml", "the `FILE` with the process")
	flag.StringVar(&b.dir, "dir", os.TempDir(), "the `DIR` for files of calls")
	flag.IntVar(&b.count, "count", 3, "run everything `N` times and take the medians")
	calls := flag.Int("calls", 1_000_000, "speed: on `N` calls")
	deals := flag.Int("deals", 1_000_000, "memory: for `N` deals of twelve calls")
	sizes := flag.String("sizes", "10000,100000,1000000,10000000", "scaling: on so many calls, a `LIST`")
	flag.Parse()
	if err := b.run(flag.Args(), *calls, *deals, *sizes); err != nil {
		fmt.Fprintln(os.Stderr, "streams:", err)
		os.Exit(1)
	}
}

func (b *bench) run(args []string, calls, deals int, sizes string) (err error) {
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	switch verb := strings.Join(args, " "); {
	case verb == "" || verb == "speed":
		return b.speed(calls / history.Calls)
	case verb == "memory":
		return b.memory(deals)
	case verb == "scaling":
		return b.scaling(sizes)
	case len(args) == 4 && args[0] == "decode":
		return decodeFile(args[1], args[2], args[3])
	case len(args) == 3 && args[0] == "make":
		return makeFile(args[1], args[2])
	}
	return errors.New("speed, memory or scaling")
}

// decodeFile is what a process of its own does for the speed of decoding alone.
func decodeFile(name, workers, file string) error {
	n, err := strconv.Atoi(workers)
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	_, err = decode.Lines(f, name, n)
	return err
}

// calls makes a file with the calls of so many deals. A process of its own makes
// it, so that this one stays small: the memory of a process is counted from that
// of the one that started it.
func (b *bench) calls(deals int) (file string, size int64, err error) {
	file = filepath.Join(b.dir, fmt.Sprintf("advance-bench-%d.jsonl", deals))
	fmt.Fprintf(b.log, "making %s\n", file)
	if _, err := b.measure(1, b.self, "make", strconv.Itoa(deals), file); err != nil {
		return "", 0, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", 0, err
	}
	return file, info.Size(), nil
}

func makeFile(deals, file string) error {
	n, err := strconv.Atoi(deals)
	if err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := history.Write(f, n); err != nil {
		_ = f.Close() // the first error is the one to tell
		return err
	}
	return f.Close()
}
