package decode

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"sync"
)

// Lines decodes the records of a file line by line into the same struct, and
// does nothing with them. With more than one worker, blocks of whole lines are
// shared out. It returns the number of records.
func Lines(r io.Reader, name string, workers int) (int, error) {
	if workers < 2 {
		decode, err := named(name)
		if err != nil {
			return 0, err
		}
		return lines(bufio.NewReaderSize(r, 1<<16), decode)
	}
	blocks := make(chan []byte, workers)
	counts, errs := make([]int, workers), make([]error, workers+1)
	var group sync.WaitGroup
	for w := range workers {
		decode, err := named(name)
		if err != nil {
			return 0, err
		}
		group.Go(func() {
			for block := range blocks { // all of them, so that the reader never waits for ever
				n, err := lines(bufio.NewReader(bytes.NewReader(block)), decode)
				counts[w] += n
				if errs[w] == nil {
					errs[w] = err
				}
			}
		})
	}
	errs[workers] = split(r, blocks)
	close(blocks)
	group.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	for _, err := range errs {
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

func named(name string) (func([]byte, *Call) error, error) {
	for _, d := range New() {
		if d.Name == name {
			return d.Call, nil
		}
	}
	return nil, fmt.Errorf("no decoder %q", name)
}

// lines decodes line by line.
func lines(in *bufio.Reader, decode func([]byte, *Call) error) (n int, err error) {
	for {
		line, err := in.ReadSlice('\n')
		if err == io.EOF && len(line) == 0 {
			return n, nil
		}
		if err != nil && err != io.EOF {
			return n, err
		}
		var c Call
		if err := decode(line, &c); err != nil {
			return n, fmt.Errorf("record %d: %w", n+1, err)
		}
		n++
	}
}

// block is how many bytes a worker gets at once.
const block = 1 << 18

// split cuts what is read into blocks of whole lines.
func split(r io.Reader, blocks chan<- []byte) error {
	var rest []byte
	for {
		buf := make([]byte, len(rest)+block)
		copy(buf, rest)
		n, err := io.ReadFull(r, buf[len(rest):])
		buf = buf[:len(rest)+n]
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			blocks <- buf
			return nil
		}
		if err != nil {
			return err
		}
		end := bytes.LastIndexByte(buf, '\n') + 1
		rest = buf[end:]
		blocks <- buf[:end]
	}
}
