package cases

import (
	"encoding"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// reader turns the nodes of a document into cases, each node once.
type reader struct {
	*yamldoc.Reader
	file          string
	process       *process.Process // nil where it could not be read: then names are not judged
	processFaults diagnostic.List
	unknown       []dataFault // in the call that is being read
}

// dataFault is a name in a call that the process does not have: what a verdict
// would report as a finding.
type dataFault struct {
	at            *yamldoc.Node
	code          diagnostic.Code
	message, hint string
}

func (r *reader) document(root *yamldoc.Node) []Case {
	// The process is wanted for everything else, wherever it stands.
	var list *yamldoc.Node
	required := []string{"process", "cases"}
	if r.process != nil {
		required = required[1:]
	}
	r.Fields(root, "a document of cases", yamldoc.Fields{
		"process": r.loadProcess,
		"cases":   func(n *yamldoc.Node) { list = n },
	}, required...)
	var all []Case
	names := map[string]bool{}
	r.Items(list, "cases", func(_ int, n *yamldoc.Node) {
		c := r.oneCase(n)
		if names[c.Name] && c.Name != "" {
			r.Report(n.Locate("name").Value, CodeDuplicateCase, diagnostic.Error,
				fmt.Sprintf("another case is called %q", c.Name), "give each a name of its own")
		}
		names[c.Name] = true
		all = append(all, c)
	})
	return all
}

// oneCase reads a case. Its parts may stand in any order, so that what depends
// on several of them is judged at the end.
func (r *reader) oneCase(n *yamldoc.Node) Case {
	var c Case
	var past state
	var history []*yamldoc.Node
	var call, pastNode *yamldoc.Node
	r.Fields(n, "a case", yamldoc.Fields{
		"name": func(n *yamldoc.Node) {
			c.Range = n.Range()
			if text(r, &c.Name, "the name")(n); commitment.Blank(c.Name) && n.Kind() == yamldoc.Scalar {
				r.Report(n, process.CodeBlank, diagnostic.Error, "the name is blank", "say in a few words what happens in this case")
			}
		},
		"deal": func(n *yamldoc.Node) { r.deal(n, &c.Deal) },
		"history": func(n *yamldoc.Node) {
			r.Items(n, "history", func(_ int, n *yamldoc.Node) {
				var earlier outcome.Call
				r.call(n, &earlier)
				r.flushUnknown(nil)
				history, c.History = append(history, n), append(c.History, earlier)
			})
		},
		"state":  func(n *yamldoc.Node) { pastNode = n; past = r.state(n) },
		"call":   func(n *yamldoc.Node) { call = n },
		"expect": func(n *yamldoc.Node) { c.expect = r.expect(n) },
	}, "name", "call", "expect")
	if call != nil {
		r.call(call, &c.Call)
		r.flushUnknown(c.expect)
	}
	if pastNode != nil && history != nil {
		r.Report(pastNode, CodeTwoPasts, diagnostic.Error, "a case has a history or a state, and this one has both",
			"put the calls that led there into the history")
	}
	if r.process == nil || r.Failed(n.Path()) {
		return c
	}
	c.number()
	if !past.empty() {
		c.History = []outcome.Call{past.message(r.process, &c)}
		r.reachable(&c, past)
	}
	r.inOrder(&c, call, history)
	r.sound(&c.Call, call)
	for i, n := range history {
		r.sound(&c.History[i], n)
	}
	return c
}

// number gives ids to what has none, in the order of the document, and the
// same deal to all calls.
func (c *Case) number() {
	calls := make([]*outcome.Call, 0, len(c.History)+1)
	for i := range c.History {
		calls = append(calls, &c.History[i])
	}
	for i, call := range append(calls, &c.Call) {
		if call.ID == "" {
			call.ID = outcome.CallID(fmt.Sprintf("call-%03d", i+1))
		}
		if c.Deal.Deal == "" {
			c.Deal.Deal = call.Deal
		}
	}
	if c.Deal.Deal == "" {
		c.Deal.Deal = "deal"
	}
	for _, call := range append(calls, &c.Call) {
		if call.Deal == "" {
			call.Deal = c.Deal.Deal
		}
	}
}

// inOrder makes sure that the call that is judged is the last one of its deal.
func (r *reader) inOrder(c *Case, call *yamldoc.Node, history []*yamldoc.Node) {
	for i, n := range history {
		h := &c.History[i]
		switch {
		case h.At.After(c.Call.At):
			r.Report(n.Locate("at").Value, CodeLateHistory, diagnostic.Error, "this call comes after the one that is judged", "the history is what came before")
		case h.At.Equal(c.Call.At) && h.ID > c.Call.ID:
			r.Report(n.Locate("id").Value, CodeLateHistory, diagnostic.Error,
				fmt.Sprintf("at the same time the call %q comes after %q, the one that is judged", h.ID, c.Call.ID), "calls of the same time go by their ids: give one another time")
		case h.Deal != c.Deal.Deal:
			r.Report(n.Locate("deal").Value, CodeBadRecord, diagnostic.Error, fmt.Sprintf("this is a call of %q, and the case is about %q", h.Deal, c.Deal.Deal), "leave the deal out")
		}
	}
	if c.Call.Deal != c.Deal.Deal {
		r.Report(call.Locate("deal").Value, CodeBadRecord, diagnostic.Error, fmt.Sprintf("this is a call of %q, and the case is about %q", c.Call.Deal, c.Deal.Deal), "leave the deal out")
	}
	for _, e := range c.expect {
		if !e.at.IsZero() && e.at.Before(c.Call.At) {
			r.Report(e.node, CodeLateHistory, diagnostic.Error, "this lies before the call", "a deal's standing after the call can be looked at from then on")
		}
	}
}

// sound reports what else keeps a call from being a record.
func (r *reader) sound(c *outcome.Call, n *yamldoc.Node) {
	var bad *outcome.RecordError
	if err := c.Validate(); errors.As(err, &bad) && !r.Failed(n.Path()) {
		r.Report(n, CodeBadRecord, diagnostic.Error, "this is no call: "+bad.Reason, "")
	}
}

// flushUnknown reports the names of a call that the process does not have, but
// for those whose finding is expected.
func (r *reader) flushUnknown(expected []expectation) {
	for _, f := range r.unknown {
		if !slices.ContainsFunc(expected, func(e expectation) bool { return e.finding == string(f.code) }) {
			r.Report(f.at, f.code, diagnostic.Error, f.message, f.hint)
		}
	}
	r.unknown = nil
}

// Reading one scalar or a list of them. Each returns what reads a key.

func text[T ~string](r *reader, dst *T, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if s, ok := r.String(n, what); ok {
			*dst = T(s)
		}
	}
}

func words[T ~string](r *reader, dst *[]T, what string, each func(*yamldoc.Node, T)) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		*dst = []T{}
		r.Items(n, what, func(_ int, n *yamldoc.Node) {
			if s, ok := r.String(n, "an item of "+what); ok {
				*dst = append(*dst, T(s))
				if each != nil {
					each(n, T(s))
				}
			}
		})
	}
}

// textual is a pointer to a word of a fixed vocabulary.
type textual[T any] interface {
	*T
	encoding.TextUnmarshaler
}

// oneOf reads a word of a fixed vocabulary, and reports whether it is one.
func oneOf[T any, P textual[T]](r *reader, n *yamldoc.Node, dst P, what string) bool {
	word, ok := r.String(n, what)
	if !ok {
		return false
	}
	err := dst.UnmarshalText([]byte(word))
	if err == nil {
		return true
	}
	var unknown commitment.UnknownWordError
	_ = errors.As(err, &unknown) // another error knows no words
	r.Report(n, process.CodeBadValue, diagnostic.Error, fmt.Sprintf("%s can not be %q", what, word), nearest.HintOrAll(word, unknown.Known))
	return false
}

func vocabulary[T any, P textual[T]](r *reader, dst P, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) { oneOf(r, n, dst, what) }
}

// when reads a time or a date.
func (r *reader) when(n *yamldoc.Node, what string) (w outcome.When, ok bool) {
	word, ok := r.String(n, what)
	if !ok {
		return w, false
	}
	if err := w.UnmarshalText([]byte(word)); err != nil {
		r.Report(n, process.CodeBadDate, diagnostic.Error, fmt.Sprintf("%s can not be %q", what, word),
			"write a date such as 2026-11-05, or a time such as 2026-11-05T15:00:00Z or 2026-11-05T15:00:00+01:00")
		return w, false
	}
	return w, true
}

func (r *reader) day(dst *outcome.When, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) { *dst, _ = r.when(n, what) }
}

// instant reads a point in time. A date is noon.
func (r *reader) instant(dst *time.Time, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if w, ok := r.when(n, what); ok {
			*dst = r.noon(w)
		}
	}
}

func (r *reader) noon(w outcome.When) time.Time {
	zone := time.UTC
	if r.process != nil {
		zone = r.process.Zone()
	}
	if !w.IsDate() {
		return w.Start(zone)
	}
	year, month, day := w.Start(zone).In(zone).Date()
	return time.Date(year, month, day, 12, 0, 0, 0, zone).UTC()
}

func (r *reader) number(dst *int, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if i, ok := r.Int(n, what); ok {
			*dst = i
		}
	}
}
