package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/bench/history"
)

// memory measures what the command takes for so many deals.
func (b *bench) memory(deals int) error {
	file, size, err := b.calls(deals)
	if err != nil {
		return err
	}
	defer os.Remove(file)
	fmt.Fprintf(b.out, "%d deals, %d calls, %s on disk\n", deals, deals*history.Calls, mebibytes(size))
	for range b.count {
		s, err := b.measure(cores[len(cores)-1], b.advance, b.evaluate(file)...)
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "maximum resident set %s, %.0f bytes a deal, in %v\n",
			mebibytes(s.memory), float64(s.memory)/float64(deals), s.wall.Round(time.Millisecond))
	}
	return nil
}

// size is what one number of calls took.
type size struct {
	calls   int
	samples []sample
}

// nanoseconds is the time per call.
func (s *size) nanoseconds() float64 {
	return float64(median(s.samples, wall)) / float64(s.calls)
}

// bytes is the memory per call.
func (s *size) bytes() float64 {
	return float64(median(s.samples, memory)) / float64(s.calls)
}

// scaling measures time and memory over the number of calls.
func (b *bench) scaling(list string) error {
	var sizes []size
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return err
		}
		s, err := b.size(max(1, n/history.Calls))
		if err != nil {
			return err
		}
		sizes = append(sizes, s)
	}
	b.printScaling(sizes)
	return nil
}

func (b *bench) size(deals int) (size, error) {
	s := size{calls: deals * history.Calls}
	file, _, err := b.calls(deals)
	if err != nil {
		return s, err
	}
	defer os.Remove(file)
	for range b.count {
		one, err := b.measure(cores[len(cores)-1], b.advance, b.evaluate(file)...)
		if err != nil {
			return s, err
		}
		fmt.Fprintf(b.log, "%d calls: %v, %s\n", s.calls, one.wall.Round(time.Millisecond), mebibytes(one.memory))
		s.samples = append(s.samples, one)
	}
	return s, nil
}

// printScaling prints a table, and a chart of it as Markdown pages draw it.
func (b *bench) printScaling(sizes []size) {
	fmt.Fprintln(b.out, "| calls | deals | time | a call | memory | a call |")
	fmt.Fprintln(b.out, "| --: | --: | --: | --: | --: | --: |")
	var names, times, bytes []string
	highest := 0.0
	for i := range sizes {
		s := &sizes[i]
		ns := s.nanoseconds()
		fmt.Fprintf(b.out, "| %d | %d | %.2f s | %.0f ns | %s | %.0f B |\n", s.calls, s.calls/history.Calls,
			median(s.samples, wall).Seconds(), ns, mebibytes(median(s.samples, memory)), s.bytes())
		names = append(names, strconv.Quote(short(s.calls)))
		times = append(times, fmt.Sprintf("%.0f", ns))
		bytes = append(bytes, fmt.Sprintf("%.0f", s.bytes()))
		highest = max(highest, ns)
	}
	fmt.Fprintf(b.out, "\n```mermaid\nxychart-beta\n    title \"Nanoseconds a call, evaluate --ordered\"\n"+
		"    x-axis \"calls\" [%s]\n    y-axis \"ns\" 0 --> %.0f\n    bar [%s]\n```\n",
		strings.Join(names, ", "), highest*1.2, strings.Join(times, ", "))
	fmt.Fprintf(b.out, "\n```mermaid\nxychart-beta\n    title \"Bytes of memory a call, evaluate --ordered\"\n"+
		"    x-axis \"calls\" [%s]\n    y-axis \"bytes\"\n    bar [%s]\n```\n",
		strings.Join(names, ", "), strings.Join(bytes, ", "))
}

// short writes a number of calls as 10 k or 1 M.
func short(calls int) string {
	if calls < 900_000 {
		return fmt.Sprintf("%.0f k", float64(calls)/1e3)
	}
	return fmt.Sprintf("%.0f M", float64(calls)/1e6)
}
