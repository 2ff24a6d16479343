package table

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// unpack unpacks gzip and turns what is read into UTF-8, as far as the first
// bytes show what it is.
func unpack(r io.Reader, n *notes) (io.Reader, error) {
	in := bufio.NewReader(r)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		n.add(Gzipped, 0, "packed with gzip")
		in = bufio.NewReader(unzipped)
	}
	start, _ := in.Peek(4) // an error comes back when it is read
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		n.add(ByteOrderMark, 1, "begins with a byte-order mark")
		_, _ = in.Discard(3) // they have been peeked at
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		n.add(UTF16, 1, "is UTF-16")
		_, _ = in.Discard(2)
		return &utf16Reader{r: in, big: start[0] == 0xfe}, nil
	case len(start) == 4 && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0:
		n.add(UTF16, 1, "is UTF-16 without a byte-order mark")
		return &utf16Reader{r: in}, nil
	case len(start) == 4 && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0:
		n.add(UTF16, 1, "is UTF-16 without a byte-order mark")
		return &utf16Reader{r: in, big: true}, nil
	}
	return in, nil
}

// foreign are beginnings of files that are no text, and what to do about them.
var foreign = []struct{ magic, what string }{
	{"PK\x03\x04", "this is a workbook or a ZIP file: save the sheet as CSV, or unpack it"},
	{"\xd0\xcf\x11\xe0", "this is an old workbook: save the sheet as CSV"},
	{"PAR1", "this is a Parquet file: export it as CSV or JSON"},
	{"%PDF", "this is a PDF: export the table as CSV"},
	{"<", "this is HTML or XML, whatever its name says: export the table as CSV or JSON"},
}

// utf16Reader turns UTF-16 into UTF-8.
type utf16Reader struct {
	r    io.Reader
	big  bool
	in   [4096]byte
	have int    // bytes of in that are not used yet
	out  []byte // is still to be handed out
	err  error
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	n, err := u.r.Read(u.in[u.have:])
	u.have += n
	u.err = err
	u.out = u.out[:0]
	i := 0
	for ; i+1 < u.have; i += 2 {
		c := u.unit(i)
		if utf16.IsSurrogate(c) {
			if i+3 >= u.have && err == nil {
				break // the other half is still to come
			}
			if i+3 < u.have {
				if pair := utf16.DecodeRune(c, u.unit(i+2)); pair != utf8.RuneError {
					c = pair
					i += 2
				}
			}
		}
		u.out = utf8.AppendRune(u.out, c) // half a pair becomes U+FFFD
	}
	u.have = copy(u.in[:], u.in[i:u.have])
	if err != nil && u.have > 0 {
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
		u.have = 0
	}
}

func (u *utf16Reader) unit(i int) rune {
	if u.big {
		return rune(u.in[i])<<8 | rune(u.in[i+1])
	}
	return rune(u.in[i+1])<<8 | rune(u.in[i])
}

// charset decides row by row what text is in.
type charset struct {
	beyond bool // a row before was UTF-8 beyond ASCII
	notes  *notes
}

// The answers of charset.
type coding uint8

const (
	codingUTF8 coding = iota
	coding1252
	codingBad
)

// of says what a row is in.
func (c *charset) of(raw []byte, line int) coding {
	if ascii(raw) {
		return codingUTF8
	}
	if utf8.Valid(raw) {
		c.beyond = true
		return codingUTF8
	}
	if c.beyond || !is1252(raw) {
		return codingBad
	}
	c.notes.once(Windows1252, line, "is not UTF-8, and was read as Windows-1252: save it as UTF-8 if letters come out wrong")
	return coding1252
}

// notUTF8 is the reason to refuse a row.
const notUTF8 = "this is not UTF-8: export the file as UTF-8, or repair the letters of this row"

func ascii(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// high1252 are the characters 0x80 to 0x9f of Windows-1252; 0 where there is
// none. All others are those of Unicode. (Unicode consortium, mapping table
// CP1252.TXT.)
var high1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func is1252(text []byte) bool {
	for _, b := range text {
		if b >= 0x80 && b < 0xa0 && high1252[b-0x80] == 0 {
			return false
		}
	}
	return true
}

func from1252(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/4)
	for _, b := range text {
		c := rune(b)
		if b >= 0x80 && b < 0xa0 {
			c = high1252[b-0x80]
		}
		out = utf8.AppendRune(out, c)
	}
	return out
}
