package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sample is what one run took.
type sample struct {
	wall   time.Duration
	cpu    time.Duration // of all cores together
	memory int64         // at most, in bytes: the maximum resident set
}

// measure runs a command on some cores. What it prints is thrown away.
func (b *bench) measure(cores int, name string, args ...string) (sample, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
	var faults bytes.Buffer
	cmd.Stderr = &faults // and standard output goes to the null device
	began := time.Now()
	err := cmd.Run()
	s := sample{wall: time.Since(began)}
	if cmd.ProcessState != nil {
		s.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		s.memory = maxResident(cmd.ProcessState)
	}
	if err != nil {
		first, _, _ := strings.Cut(faults.String(), "\n")
		return s, fmt.Errorf("%s: %w: %s", cmd, err, first)
	}
	return s, nil
}

// median returns the middle of what some samples have.
func median[T interface{ ~int64 | ~float64 }](samples []sample, of func(sample) T) T {
	values := make([]T, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func wall(s sample) time.Duration { return s.wall }
func memory(s sample) int64       { return s.memory }

// evaluate are the arguments of the command that judges the calls of a file as
// they come.
func (b *bench) evaluate(file string) []string {
	return []string{"evaluate", "--process", b.process, "--ordered", "--format", "json", file}
}
