package table

import (
	"bytes"
	"io"
)

// source is a window on a file that is read: what lies before the position is
// gone, what lies behind it is read as it is asked for.
type source struct {
	r    io.Reader
	buf  []byte
	pos  int
	line int   // of the position, from 1
	cr   bool  // a CR lies right before the position
	gone int64 // bytes before buf
	err  error // of the reader
}

func newSource(r io.Reader) *source { return &source{r: r, line: 1} }

// at returns the byte that lies i behind the position, and whether there is one.
func (s *source) at(i int) (byte, bool) {
	if s.pos+i < len(s.buf) {
		return s.buf[s.pos+i], true
	}
	return s.beyond(i)
}

func (s *source) beyond(i int) (byte, bool) {
	for s.pos+i >= len(s.buf) {
		if s.err != nil {
			return 0, false
		}
		s.more()
	}
	return s.buf[s.pos+i], true
}

// step is how much is read at a time.
const step = 64 << 10

func (s *source) more() {
	if s.pos > 0 {
		n := copy(s.buf, s.buf[s.pos:])
		s.gone += int64(s.pos)
		s.buf, s.pos = s.buf[:n], 0
	}
	have := len(s.buf)
	if cap(s.buf)-have < step {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)+2*step), s.buf...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[have:cap(s.buf)])
		s.buf = s.buf[:have+n]
		if s.err = err; n > 0 || err != nil {
			return
		}
	}
	s.err = io.ErrNoProgress
}

// peek returns up to n bytes behind the position.
func (s *source) peek(n int) []byte {
	s.at(n - 1)
	return s.next(min(n, len(s.buf)-s.pos))
}

// next returns n bytes behind the position, which have been looked at. They are
// valid until more is read.
func (s *source) next(n int) []byte { return s.buf[s.pos : s.pos+n] }

// skip moves the position on by n bytes, which have been looked at.
func (s *source) skip(n int) {
	passed := s.next(n)
	s.line += ends(passed)
	if s.cr && n > 0 && passed[0] == '\n' {
		s.line--
	}
	if n > 0 {
		s.cr = passed[n-1] == '\r'
	}
	s.pos += n
}

// offset returns how much lies before the position.
func (s *source) offset() int64 { return s.gone + int64(s.pos) }

// failed returns the error of the reader if what was read ends because of it.
func (s *source) failed() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// ends counts the line ends in a text: LF, CR or both together.
func ends(text []byte) int {
	n := bytes.Count(text, []byte{'\n'})
	if bytes.IndexByte(text, '\r') >= 0 {
		n += bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
	}
	return n
}
