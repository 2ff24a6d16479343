package crm

import (
	"encoding"
	"errors"
	"fmt"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
)

// wordOrList reads a word, or a list of words that is not empty.
func (r reader) wordOrList(n *yamldoc.Node, what string) []string {
	if n.Kind() == yamldoc.Sequence {
		list := yamldoc.Words[string](r.Reader, n, what)
		if len(list) == 0 && !r.Failed(n.Path()) {
			r.Report(n, yamldoc.EmptyValue, diagnostic.Error, "an empty list for "+what, "list something, or leave the key out")
		}
		return list
	}
	var w string
	if n.Kind() == yamldoc.Null {
		r.Report(n, yamldoc.EmptyValue, diagnostic.Error, what+" is empty", `write something, or "" for an empty text`)
	} else if yamldoc.Word(r.Reader, &w, n, what) {
		return []string{w}
	}
	return nil
}

// text reads a text in which something has to be seen.
func (r reader) text(dst *string, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if yamldoc.Word(r.Reader, dst, n, what) && commitment.Blank(*dst) {
			r.Report(n, process.CodeBlank, diagnostic.Error, what+" is blank", "write something, or leave the key out")
		}
	}
}

// textual is a pointer to a word of a fixed vocabulary.
type textual[T any] interface {
	*T
	encoding.TextUnmarshaler
}

// oneOf reads a word of a fixed vocabulary.
func oneOf[T any, P textual[T]](r reader, n *yamldoc.Node, dst P, what string) {
	text, ok := r.String(n, what)
	if !ok {
		return
	}
	var unknown commitment.UnknownWordError
	if err := dst.UnmarshalText([]byte(text)); errors.As(err, &unknown) {
		r.Report(n, process.CodeBadValue, diagnostic.Error, fmt.Sprintf("%s can not be %q", what, text), nearest.HintOrAll(text, unknown.Known))
	}
}
