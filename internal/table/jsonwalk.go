package table

import (
	"github.com/go-json-experiment/json/jsontext"
)

// The walk goes through what is around the rows, and cuts the rows out by their
// brackets alone, so that a row that is no JSON does not spoil the others.

// space passes over blank space.
func (j *jsonReader) space() {
	n := 0
	for b, ok := j.src.at(n); ok && (b == ' ' || b == '\n' || b == '\r' || b == '\t'); b, ok = j.src.at(n) {
		if n++; n == step {
			j.src.skip(n)
			n = 0
		}
	}
	j.src.skip(n)
}

// value reads a value at the top of the file.
func (j *jsonReader) value() bool { return j.walk(j.each, 0) }

// walk goes through the value at the position, where the rows are at a path.
func (j *jsonReader) walk(path string, depth int) bool {
	if depth > MaxDepth {
		return j.fail("objects and arrays are nested more than %d deep, the limit", MaxDepth)
	}
	b, _ := j.src.at(0)
	switch {
	case b == '[':
		return j.array(path, depth)
	case b == '{' && path != "":
		return j.object(path, depth)
	case b == '{':
		return j.cut(path)
	case depth > 0:
		j.some, j.found = true, true
		if n, long, ok := j.extent(); ok && !long && string(j.src.next(n)) == "null" {
			j.src.skip(n)
			return true
		}
		return j.cut(path)
	}
	return j.fail("this is no JSON: an object or an array is expected here")
}

// fail ends the reading.
func (j *jsonReader) fail(format string, args ...any) bool {
	if err := j.src.failed(); err != nil {
		j.yield(Row{}, j.t.broken(err))
		return false
	}
	j.yield(Row{}, j.t.fault(j.src.line, format, args...))
	return false
}

// ended ends the reading of a file that is cut off.
func (j *jsonReader) ended(what string, line int) bool {
	return j.fail("the file ends inside the %s that begins on line %d: it is cut off", what, line)
}

func (j *jsonReader) array(path string, depth int) bool {
	line := j.src.line
	j.src.skip(1)
	if path == "" {
		j.found = true
	}
	for {
		j.space()
		b, ok := j.src.at(0)
		switch {
		case !ok:
			return j.ended("list", line)
		case b == ']':
			j.src.skip(1)
			return true
		case b == '[':
			if !j.walk(path, depth+1) {
				return false
			}
		case !j.cut(path):
			return false
		}
		j.space()
		switch b, ok := j.src.at(0); {
		case !ok:
			return j.ended("list", line)
		case b == ',':
			j.src.skip(1)
		case b != ']':
			return j.fail("this is no JSON: a comma or ] is expected here, and not %q", b)
		}
	}
}

func (j *jsonReader) object(path string, depth int) bool {
	line := j.src.line
	j.src.skip(1)
	j.some = true
	for {
		j.space()
		b, ok := j.src.at(0)
		if ok && b == '}' {
			j.src.skip(1)
			return true
		}
		name, ok := j.name()
		if !ok {
			if _, more := j.src.at(0); !more {
				return j.ended("object", line)
			}
			return j.fail("this is no JSON: a name in quotes and a colon are expected here")
		}
		j.see(name)
		if rest, ok := cutPath(path, name); ok {
			if !j.walk(rest, depth+1) {
				return false
			}
		} else if n, _, ok := j.extent(); ok {
			j.src.skip(n)
		} else {
			return j.ended("object", line)
		}
		j.space()
		switch b, ok := j.src.at(0); {
		case !ok:
			return j.ended("object", line)
		case b == ',':
			j.src.skip(1)
		case b != '}':
			return j.fail("this is no JSON: a comma or } is expected here, and not %q", b)
		}
	}
}

// name reads the name of a member, and the colon.
func (j *jsonReader) name() (string, bool) {
	if b, _ := j.src.at(0); b != '"' {
		return "", false
	}
	n, long, ok := j.extent()
	if !ok || long {
		return "", false
	}
	name, err := jsontext.AppendUnquote(nil, j.src.next(n))
	if err != nil {
		return "", false
	}
	j.src.skip(n)
	j.space()
	if b, _ := j.src.at(0); b != ':' {
		return "", false
	}
	j.src.skip(1)
	j.space()
	return string(name), true
}

// cut reads the value at the position as one unit.
func (j *jsonReader) cut(path string) bool {
	line := j.src.line
	n, long, ok := j.extent()
	switch {
	case long:
		if !j.tooLong(line, j.head) {
			return false
		}
		if ok {
			return true
		}
		fallthrough
	case !ok:
		return j.ended("value", line)
	}
	return j.read(n, path)
}

// extent finds the end of the value at the position by its brackets and quotes.
// One that is longer than a row may be is passed over at once. It is not ok if
// the file ends before.
func (j *jsonReader) extent() (n int, long, ok bool) {
	depth, quoted := 0, false
	for i := 0; ; i++ {
		if i >= j.t.o.MaxRow || long && i >= step {
			if !long {
				j.head = kept(j.src.next(i))
			}
			long = true
			j.src.skip(i)
			i = 0
		}
		b, there := j.src.at(i)
		done := 0 // bytes of this one that belong to a value that ends here
		switch {
		case !there:
			if depth > 0 || quoted || i == 0 && !long {
				return i, long, false
			}
			return j.extended(i, long)
		case quoted && b == '\\':
			if _, there := j.src.at(i + 1); there {
				i++
			}
		case b == '"':
			quoted = !quoted
			done = 1
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			if depth == 0 {
				return j.extended(i, long)
			}
			depth--
			done = 1
		case depth == 0 && (b == ',' || b == ':' || b == ' ' || b == '\n' || b == '\r' || b == '\t'):
			return j.extended(i, long)
		}
		if done > 0 && depth == 0 && !quoted {
			return j.extended(i+1, long)
		}
	}
}

// extended ends extent: what is too long is passed over.
func (j *jsonReader) extended(n int, long bool) (int, bool, bool) {
	if long {
		j.src.skip(n)
		n = 0
	}
	return n, long, true
}
