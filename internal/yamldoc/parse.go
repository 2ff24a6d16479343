package yamldoc

import (
	"bytes"
	"errors"
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/advance-sales/advance/diagnostic"
)

// Parse reads a text that is to hold one YAML document. The file is only named
// in ranges. The root is nil when the text can't be read or passes a limit;
// with several documents in the text it is the root of the first.
func Parse(file string, src []byte) (root *Node, diags diagnostic.List) {
	d := &document{text: text{file: file}}
	if len(src) > MaxSize {
		return nil, d.fault(fault{code: TooLarge, message: fmt.Sprintf("the file has %d bytes, and at most %d (%d MiB) are read", len(src), MaxSize, MaxSize>>20), hint: "cut it into smaller files"})
	}
	src, ascii, f := readable(src)
	if version := []byte("%YAML 1.2"); bytes.HasPrefix(src, version) {
		// The library knows 1.1 alone; what is read here means the same in both.
		src = append([]byte("%YAML 1.1"), src[len(version):]...)
	}
	d.src, d.ascii = string(src), ascii
	if f.code != "" {
		return nil, d.fault(f)
	}
	end, f := oneDocument(d.src)
	if f.code != "" {
		diags = d.fault(f)
	}
	var tree yaml.Node
	if err := decode(bytes.NewReader(src[:end]), &tree); err != nil {
		return nil, append(d.fault(diagnose(&d.text, end, err)), diags...)
	}
	if tree.Kind != yaml.DocumentNode || len(tree.Content) == 0 || kindOf(tree.Content[0]) == Null {
		if len(diags) == 0 {
			diags = d.fault(fault{code: EmptyValue, message: "there is nothing in this file", hint: "write `key: value` lines"})
		}
		return nil, diags
	}
	if f := survey(d, tree.Content[0]); f.code != "" {
		return nil, append(d.fault(f), diags...)
	}
	return d.node(nil, tree.Content[0], nil, -1), diags
}

// fault is a fault of the text as a whole, from one offset up to another. One
// without a code is none.
type fault struct {
	from, to      int
	code          diagnostic.Code
	message, hint string
}

// fault returns the list that holds f alone.
func (d *document) fault(f fault) diagnostic.List {
	return diagnostic.List{{Code: f.code, Severity: diagnostic.Error, Range: d.span(f.from, f.to), Message: f.message, Hint: f.hint}}
}

// What is wrong when the library doesn't say it.
var (
	errPanic = errors.New("unexpected text")
	errMore  = errors.New("the document ended before this")
)
