package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"
)

// decoders are those that may be the fastest; the bar is whichever is in a run.
// Those that mostly are come right before what is measured by them.
var decoders = []string{"json-experiment", "goccy", "jx.shared", "jx.kept", "sonic"}

// cores are the numbers of cores that are compared.
var cores = [...]int{1, 2}

// stream is something that reads the calls of a file.
type stream struct {
	name    string
	run     func(cores int) (string, []string)
	samples [len(cores)][]sample
}

// speed measures how fast the command reads, beside how fast the same records
// can be decoded into the same structs by something that does nothing with them.
func (b *bench) speed(deals int) error {
	file, size, err := b.calls(deals)
	if err != nil {
		return err
	}
	defer os.Remove(file)
	streams, alone := b.streams(file)
	for round := range b.count {
		for i := range streams {
			for c, n := range cores {
				name, args := streams[i].run(n)
				s, err := b.measure(n, name, args...)
				if err != nil {
					return err
				}
				fmt.Fprintf(b.log, "round %d of %d: %s on %d: %v\n", round+1, b.count, streams[i].name, n, s.wall.Round(time.Millisecond))
				streams[i].samples[c] = append(streams[i].samples[c], s)
			}
		}
	}
	b.printSpeed(streams, alone, deals, size)
	return nil
}

// streams are what is measured. The first of them, so many, decode and do
// nothing else.
func (b *bench) streams(file string) (all []stream, alone int) {
	for _, name := range decoders {
		all = append(all, stream{name: "decode: " + name, run: func(cores int) (string, []string) {
			return b.self, []string{"decode", name, strconv.Itoa(cores), file}
		}})
	}
	all = append(all,
		stream{name: "advance evaluate --ordered", run: func(int) (string, []string) { return b.advance, b.evaluate(file) }},
		stream{name: "advance audit", run: func(int) (string, []string) {
			return b.advance, []string{"audit", "--process", b.process, "--fail-on", "never", "--as-of", "2026-06-30", "--activities", file}
		}},
	)
	return all, len(decoders)
}

func (b *bench) printSpeed(streams []stream, alone, deals int, size int64) {
	calls := deals * 12
	fmt.Fprintf(b.out, "%d calls of %d deals, %.0f bytes each, medians of %d runs.\n\n", calls, deals, float64(size)/float64(calls), b.count)
	fmt.Fprintln(b.out, "| reading | 1 core | to the fastest decoder | 2 cores | to the fastest decoder | 2 over 1 | memory |")
	fmt.Fprintln(b.out, "| :-- | --: | --: | --: | --: | --: | --: |")
	var best [len(cores)][]sample
	for c := range cores {
		best[c] = slices.MinFunc(streams[:alone], func(s, t stream) int {
			return cmp.Compare(median(s.samples[c], wall), median(t.samples[c], wall))
		}).samples[c]
	}
	rate := func(samples []sample) float64 { return float64(size) / 1e6 / median(samples, wall).Seconds() }
	for i := range streams {
		one, two := streams[i].samples[0], streams[i].samples[1]
		fmt.Fprintf(b.out, "| %s | %.0f MB/s | %.0f %% | %.0f MB/s | %.0f %% | %.2f | %s |\n", streams[i].name,
			rate(one), 100*faster(one, best[0]), rate(two), 100*faster(two, best[1]), faster(two, one), mebibytes(median(two, memory)))
	}
}

// faster says how many times as fast some runs are as others: the median of the
// rounds, each taken by itself, since a machine has its slow minutes.
func faster(runs, than []sample) float64 {
	ratios := make([]float64, len(runs))
	for round := range runs {
		ratios[round] = than[round].wall.Seconds() / runs[round].wall.Seconds()
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

func mebibytes(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }
