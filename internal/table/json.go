package table

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonReader reads the rows of JSON and of JSON lines.
type jsonReader struct {
	t      *Reader
	src    *source
	each   string
	yield  func(Row, error) bool
	parser treeParser
	seen   []string // names on the way to the rows, for the error when there are none
	found  bool     // something was at the path
	some   bool     // there was something to look for the path in
	head   string   // the beginning of the last value that was too long
}

// openJSON finds out where the rows are.
func (r *Reader) openJSON(start []byte) error {
	j := &jsonReader{t: r, src: r.src, each: r.o.Each}
	r.json = j
	if j.each != "" || bytes.TrimSpace(start)[0] != '{' {
		return nil
	}
	e := survey(start)
	if e.each == "" && len(e.arrays) > 1 && !e.row {
		return r.fault(0, "there are several lists of objects in this file: say which has the rows, %s", strings.Join(e.arrays, " or "))
	}
	j.each = e.each
	return nil
}

// rows reads all rows.
func (j *jsonReader) rows(yield func(Row, error) bool) {
	j.yield = yield
	next := j.value
	if j.t.format == JSONLines {
		next = j.line
	}
	for {
		j.space()
		if _, ok := j.src.at(0); !ok {
			break
		}
		if !next() {
			return
		}
	}
	if err := j.src.failed(); err != nil {
		yield(Row{}, j.t.broken(err))
		return
	}
	if j.some && !j.found {
		yield(Row{}, j.t.fault(0, "there is no %q in this file: there is %s", j.each, strings.Join(j.seen, ", ")))
	}
}

// line reads a line of JSON lines.
func (j *jsonReader) line() bool {
	n, long := 0, false
	for ; ; n++ {
		b, ok := j.src.at(n)
		if !ok || b == '\n' || b == '\r' {
			break
		}
		if long = n >= j.t.o.MaxRow; long {
			break
		}
	}
	if _, more := j.src.at(n); !more && j.src.failed() != nil {
		return j.fail("")
	}
	if !long {
		return j.read(n, j.each)
	}
	line := j.src.line
	raw := kept(j.src.next(n))
	for n > 0 {
		j.src.skip(n)
		n = 0
		for b, ok := j.src.at(n); ok && b != '\n' && b != '\r' && n < step; b, ok = j.src.at(n) {
			n++
		}
	}
	return j.tooLong(line, raw)
}

func (j *jsonReader) tooLong(line int, raw string) bool {
	return j.reject(line, "", raw, fmt.Sprintf("the row has more than %s, the limit", size(j.t.o.MaxRow)))
}

func (j *jsonReader) reject(line int, column, raw, reason string) bool {
	return j.yield(Row{}, &RowError{File: j.t.o.Name, Line: line, Column: column, Reason: reason, Raw: raw})
}

// read reads n bytes that are one object, with the rows in it.
func (j *jsonReader) read(n int, path string) bool {
	line, text := j.src.line, j.src.next(n)
	raw := text
	switch j.t.charset.of(text, line) {
	case codingBad:
		saved := kept(text)
		j.src.skip(n)
		return j.reject(line, "", saved, notUTF8)
	case coding1252:
		raw = from1252(text)
	}
	tree, err := j.parser.parse(raw)
	row := string(raw)
	j.src.skip(n)
	switch {
	case err != nil:
		column, reason := explain(err)
		return j.reject(line, column, kept([]byte(row)), reason)
	case tree.kind != Object:
		j.found = true
		return j.reject(line, "", kept([]byte(row)), "this is no object")
	case j.parser.repeated != "":
		j.t.notes.once(RepeatedNames, line, fmt.Sprintf("an object has %q twice: the first counts", j.parser.repeated))
	}
	j.some = true
	return j.inside(&unit{raw: row, line: line}, tree, path, &element{node: tree})
}

// unit is the text of an object in the file.
type unit struct {
	raw  string
	at   int // a place in it
	line int // of that place in the file
}

// lineOf returns the line of a place behind the last one that was asked for.
func (u *unit) lineOf(at int) int {
	u.line += ends([]byte(u.raw[u.at:at]))
	u.at = at
	return u.line
}

// inside hands out the rows at a path in what has been read.
func (j *jsonReader) inside(u *unit, n *node, path string, in *element) bool {
	switch {
	case n.kind == Array:
		j.found = true
		for i := range n.kids {
			kid := &n.kids[i]
			if !j.inside(u, kid, path, &element{node: kid, outer: in}) {
				return false
			}
		}
		return true
	case path == "" && n.kind == Object:
		j.found = true
		outer := in
		if in.node == n {
			outer = in.outer
		}
		return j.yield(Row{File: j.t.o.Name, Line: u.lineOf(n.start), raw: u.raw[n.start:n.end], object: n, outer: outer}, nil)
	case path == "":
		j.found = true
		if n.kind == Null {
			return true
		}
		return j.reject(u.line, "", kept([]byte(u.raw)), fmt.Sprintf("what is at %q is no object", j.each))
	}
	for i, name := range n.names {
		j.see(name)
		if rest, ok := cutPath(path, name); ok && !j.inside(u, &n.kids[i], rest, in) {
			return false
		}
	}
	return true
}

// see remembers a name for the error when there are no rows.
func (j *jsonReader) see(name string) {
	if !j.found && len(j.seen) < 20 && !slices.Contains(j.seen, name) {
		j.seen = append(j.seen, name)
	}
}

// explain words an error of the parser.
func explain(err error) (column, reason string) {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return "", err.Error()
	}
	var path []string
	for name := range syntax.JSONPointer.Tokens() {
		path = append(path, name)
	}
	return strings.Join(path, "."), "this is no JSON: " + strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
}
