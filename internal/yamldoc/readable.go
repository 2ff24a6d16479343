package yamldoc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// readable returns the text without its byte order mark, whether every byte in
// it is a character, and the first thing in it that is no text. The line breaks of other scripts (U+0085, U+2028,
// U+2029) are among these: YAML ends a line with them where no editor does.
func readable(src []byte) (readable []byte, ascii bool, f fault) {
	switch {
	case bytes.HasPrefix(src, []byte("\xEF\xBB\xBF")):
		src = src[3:]
	case bytes.HasPrefix(src, []byte("\xFF\xFE")), bytes.HasPrefix(src, []byte("\xFE\xFF")):
		return nil, true, fault{code: Syntax, message: "the file is saved as UTF-16", hint: "save it as UTF-8 text"}
	}
	ascii = true
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case c >= ' ' && c < 0x7F, c == '\n', c == '\r', c == '\t':
			i++
			continue
		case c == 0:
			return src, false, fault{i, i + 1, Syntax, "this is not plain text: there is a NUL byte here", "save the file as UTF-8 text"}
		case c < utf8.RuneSelf:
			return src, false, fault{i, i + 1, Syntax, fmt.Sprintf("there is an invisible control character (U+%04X) here", c), "delete it"}
		}
		ascii = false
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return src, false, fault{i, i + 1, Syntax, fmt.Sprintf("the byte %02X here is not UTF-8 text", c), "save the file as UTF-8 text"}
		case r == '\u0085', r == '\u2028', r == '\u2029', r == '\uFEFF', r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return src, false, fault{i, i + size, Syntax, fmt.Sprintf("there is an invisible character (U+%04X) here", r), "delete it; such characters come in with text copied from elsewhere"}
		}
		i += size
	}
	return src, ascii, fault{}
}

// oneDocument returns the offset at which the first document ends, and the
// fault that another one follows.
func oneDocument(src string) (end int, f fault) {
	if !strings.Contains(src, "---") && !strings.Contains(src, "...") {
		return len(src), fault{}
	}
	const (
		before = iota // nothing but comments, directives and markers so far
		within
		after
	)
	state, marked := before, -1
	for at := 0; at < len(src); {
		line := src[at:]
		next := len(src)
		if i := strings.IndexAny(line, "\r\n"); i >= 0 {
			line, next = line[:i], at+i+1
		}
		marker := isMarker(line)
		content := line
		if marker {
			content = line[3:]
		}
		content = strings.TrimLeft(content, " \t")
		empty := content == "" || content[0] == '#' || state == before && !marker && line[0] == '%'
		if marker && state == within {
			state, end = after, at
		}
		if marker && line[0] == '-' && state != within {
			if state == before && marked >= 0 {
				state, end = after, at
			}
			marked = at
		}
		if !empty {
			switch state {
			case before:
				state = within
			case after:
				from, to := at+len(line)-len(content), at+len(line)
				if marked >= end {
					from, to = marked, marked+3
				}
				return end, fault{from, to, SeveralDocuments, "a second document begins here, and a file holds one", "move it to a file of its own, or take out the line with " + src[end:end+3]}
			}
		}
		at = next
	}
	if state != after {
		end = len(src)
	}
	return end, fault{}
}

// isMarker reports whether a line begins or ends a document.
func isMarker(line string) bool {
	return (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")) &&
		(len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}
