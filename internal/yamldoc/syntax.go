package yamldoc

import (
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// diagnose finds the place and the words for what the YAML library refused. The
// library says neither well: it gives a line at best, often that of the key in
// which the fault stands, and never a column. So the text is gone through again
// with an eye on what people get wrong. Where that finds nothing, or only
// something that the library didn't come to, its own words have to do.
func diagnose(t *text, end int, err error) fault {
	reach := end
	if end <= retraceSize {
		reach = retrace(t.src[:end])
	}
	first, other := findFault(t.src[:end])
	for _, f := range []fault{first, other} {
		if f.code != "" && f.from <= reach {
			return f
		}
	}
	from := t.textAt(max(reach-lookahead, 0))
	return fault{from, t.textEnd(from), Syntax, plainWords(err), "look at this line and those next to it"}
}

// textAt returns the offset of the first text on the line that holds the
// offset, or on the last line before it that isn't blank.
func (t *text) textAt(offset int) int {
	for line := t.line(offset); ; line-- {
		from := t.lines[line]
		s := t.src[from:t.lineEnd(line)]
		if blank := len(s) - len(strings.TrimLeft(s, " \t")); blank < len(s) || line == 0 {
			return from + blank
		}
	}
}

// plainWords says what the library says in words of this package.
func plainWords(err error) string {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if _, after, ok := strings.Cut(rest, ": "); ok {
			message = after
		}
	}
	return "this is not understood here (" + message + ")"
}

// lookahead is how many bytes the library mostly reads beyond what it judges.
const lookahead = 4

// retraceSize is up to which size a text is parsed once more to learn how far
// the library came.
const retraceSize = 256 << 10

// retrace returns how far the library reads into a text until it refuses it.
func retrace(src string) int {
	r := &byByte{src: src}
	_ = decode(r, new(yaml.Node))
	return r.at
}

// byByte hands out a text one byte at a time, so that what was read is little
// more than what was looked at.
type byByte struct {
	src string
	at  int
}

func (r *byByte) Read(p []byte) (int, error) {
	if r.at >= len(r.src) {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	p[0] = r.src[r.at]
	r.at++
	return 1, nil
}

// decode parses exactly one document into nodes. The library is known to panic
// on some texts, and by itself leaves unread what follows the document.
func decode(r io.Reader, tree *yaml.Node) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	d := yaml.NewDecoder(r)
	switch err := d.Decode(tree); {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	switch err := d.Decode(new(yaml.Node)); {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return errMore
}
