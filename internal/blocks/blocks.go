package blocks

import (
	"bytes"
	"io"
	"iter"
)

// Size is how much is read at a time, in bytes: some hundred records.
const Size = 1 << 16

// Block is a number of whole lines that stand one after the other in a file.
// Its data is its own.
type Block struct {
	First int    // the number of its first line, from 1
	Data  []byte // without the last line feed
}

// Lines yields the lines with their numbers. A byte-order mark at the beginning
// of the file, and what ends a line, are no part of it.
func (b Block) Lines() iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		rest := b.Data
		for n := b.First; ; n++ {
			line := rest
			end := bytes.IndexByte(rest, '\n')
			if end >= 0 {
				line, rest = rest[:end], rest[end+1:]
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if !yield(n, bytes.TrimRight(line, "\r\n")) || end < 0 {
				return
			}
		}
	}
}

// Read yields the blocks of a file, each as soon as it is there: what somebody
// types comes line by line. Of a line far beyond a number of bytes only so many
// and one more are read. An error is that of the reader, and the last that is yielded;
// the whole lines before it are yielded first.
func Read(r io.Reader, limit int) iter.Seq2[Block, error] {
	return func(yield func(Block, error) bool) {
		in := reader{r: r, limit: limit, first: 1}
		for {
			b, err := in.next()
			if err == nil || len(b.Data) > 0 {
				if !yield(b, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Block{First: in.first}, err)
				return
			}
		}
	}
}

type reader struct {
	r     io.Reader
	limit int
	first int    // the number of the next line
	rest  []byte // the beginning of it
}

// next reads up to the end of a line at least. The last lines of a file come
// with io.EOF.
func (in *reader) next() (Block, error) {
	if end := bytes.LastIndexByte(in.rest, '\n'); end >= 0 { // behind a line that was skipped
		b := in.block(in.rest[:end])
		in.rest = in.rest[end+1:]
		return b, nil
	}
	data := make([]byte, len(in.rest), max(Size, 2*len(in.rest)))
	copy(data, in.rest)
	in.rest = nil
	for empty := 0; ; {
		if len(data) > in.limit {
			return in.skip(data)
		}
		if len(data) == cap(data) {
			data = append(make([]byte, 0, 2*cap(data)), data...)
		}
		had := len(data)
		n, err := in.r.Read(data[had:cap(data)])
		data = data[:had+n]
		if end := bytes.LastIndexByte(data[had:], '\n'); end >= 0 {
			end += had
			in.rest = data[end+1:]
			b := in.block(data[:end])
			if err != nil {
				return in.last(b, err)
			}
			return b, nil
		}
		switch {
		case err != nil && (len(data) == 0 || err != io.EOF):
			return Block{First: in.first}, err
		case err != nil:
			return in.block(data), err
		case n == 0:
			if empty++; empty == 100 {
				return Block{First: in.first}, io.ErrNoProgress
			}
		}
	}
}

// last adds what stands behind the last line feed to the last block.
func (in *reader) last(b Block, err error) (Block, error) {
	if len(in.rest) > 0 && err == io.EOF {
		b.Data = append(append(bytes.Clone(b.Data), '\n'), in.rest...)
		in.first++
		in.rest = nil
	}
	return b, err
}

// block makes a block of whole lines.
func (in *reader) block(data []byte) Block {
	b := Block{First: in.first, Data: data}
	in.first += bytes.Count(data, []byte{'\n'}) + 1
	return b
}

// skip passes over the rest of a line that is too long.
func (in *reader) skip(data []byte) (Block, error) {
	b := Block{First: in.first, Data: bytes.Clone(data[:in.limit+1])}
	in.first++
	for {
		n, err := in.r.Read(data[:cap(data)])
		if end := bytes.IndexByte(data[:n], '\n'); end >= 0 {
			in.rest = bytes.Clone(data[end+1 : n])
			if err == io.EOF {
				err = nil // the rest is still to come, and then the end again
			}
			return b, err
		}
		if err != nil {
			return b, err
		}
	}
}
