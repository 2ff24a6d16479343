//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// maxResident returns the maximum resident set of a process that has ended, what
// /usr/bin/time -v calls by that name; 0 where it is not known.
func maxResident(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) // in bytes there, in units of 1024 elsewhere
	}
	return int64(usage.Maxrss) << 10
}
