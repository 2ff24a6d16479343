package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/advance-sales/advance/outcome"
)

// stdinFile is the argument that means standard input, and stdinName what it
// is called in messages.
const (
	stdinFile = "-"
	stdinName = "<stdin>"
)

// inputs returns the files to read from: those that were named, or standard
// input where none was. It makes sure that they are there before any is read.
func (e *env) inputs(files []string) ([]string, error) {
	if len(files) == 0 {
		if e.in.Terminal {
			return nil, usagef("no calls to read: name a file, or - to type or paste them")
		}
		return []string{stdinFile}, nil
	}
	seen := 0
	for _, f := range files {
		if f == stdinFile {
			if seen++; seen > 1 {
				return nil, usagef("standard input (-) can be read only once")
			}
			continue
		}
		info, err := os.Stat(f)
		if err != nil {
			return nil, reason(err)
		}
		if info.IsDir() {
			return nil, fmt.Errorf("%s: this is a directory, and calls are read from files", f)
		}
	}
	return files, nil
}

// open opens a file, or standard input, and unpacks it if it is a gzip file.
func (e *env) open(file string) (name string, r io.Reader, done func(), err error) {
	name, r, done = stdinName, &interruptible{ctx: e.ctx, r: e.stdin}, func() {}
	if file != stdinFile {
		f, err := os.Open(file)
		if err != nil {
			return "", nil, nil, reason(err)
		}
		name, r, done = file, f, func() { _ = f.Close() } // it was only read
	}
	r, err = unpacked(r)
	if err != nil {
		done()
		return "", nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return name, r, done, nil
}

// unpacked unpacks what is read, if it is packed with gzip.
func unpacked(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	magic, err := in.Peek(2)
	if err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return in, nil // an error comes back when it is read
	}
	return gzip.NewReader(in)
}

// readCalls reads the calls in some files, one after the other. A line that can
// not be read is reported, and the rest goes on.
func (e *env) readCalls(files []string, each func(outcome.Record[outcome.Call]) error) error {
	return readRecords(e, files, e.readSideBySide, each)
}

// readDeals reads the deals in a file likewise. No file has none.
func (e *env) readDeals(file string, each func(outcome.Record[outcome.Deal]) error) error {
	if file == "" {
		return nil
	}
	return readRecords(e, []string{file}, outcome.ReadDeals, each)
}

func readRecords[T any](e *env, files []string, read func(string, io.Reader) iter.Seq2[outcome.Record[T], error],
	each func(outcome.Record[T]) error,
) error {
	for _, file := range files {
		name, r, done, err := e.open(file)
		if err != nil {
			return err
		}
		err = readAll(e, read(name, r), each)
		done()
		if err != nil {
			return err
		}
	}
	return nil
}

func readAll[T any](e *env, records iter.Seq2[outcome.Record[T], error], each func(outcome.Record[T]) error) error {
	for record, err := range records {
		var bad *outcome.RecordError
		switch {
		case errors.As(err, &bad):
			e.fault(bad.Error())
		case err != nil:
			return reason(err)
		default:
			if err := each(record); err != nil {
				return err
			}
		}
		if err := e.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// interruptible stops waiting for input when its context ends. What is read
// after that is lost.
type interruptible struct {
	ctx     context.Context
	r       io.Reader
	results chan readResult
	rest    []byte
	err     error
}

type readResult struct {
	data []byte
	err  error
}

func (i *interruptible) Read(p []byte) (int, error) {
	if len(i.rest) == 0 && i.err == nil {
		if i.results == nil {
			i.results = make(chan readResult)
			go i.pump()
		}
		select {
		case <-i.ctx.Done():
			return 0, i.ctx.Err()
		case got := <-i.results:
			i.rest, i.err = got.data, got.err
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	if len(i.rest) == 0 && n == 0 {
		return 0, i.err
	}
	return n, nil
}

// pump reads into one of two buffers while the other is being used.
func (i *interruptible) pump() {
	var buffers [2][]byte
	for turn := 0; ; turn = 1 - turn {
		if buffers[turn] == nil {
			buffers[turn] = make([]byte, 1<<16)
		}
		n, err := i.r.Read(buffers[turn])
		select {
		case i.results <- readResult{buffers[turn][:n], err}:
		case <-i.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// onlyOnce makes sure that standard input is not to hold both calls and deals.
func onlyOnce(calls []string, deals string) error {
	if deals == stdinFile && slices.Contains(calls, stdinFile) {
		return usagef("standard input (-) can not hold both the calls and the deals")
	}
	return nil
}
