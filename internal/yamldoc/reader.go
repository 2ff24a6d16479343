package yamldoc

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
)

// Reader reads nodes as what is expected of them and gathers what it refuses.
type Reader struct {
	diags      diagnostic.List
	dropped    bool
	failed     map[string]struct{} // every path at or above a refusal
	extensions map[string]map[string]any
	scratch    []entry // the entries of the mappings being read, innermost last
}

// NewReader returns a reader for the tree below root. Its diagnostics begin
// empty: those of [Parse] are not among them.
func NewReader(root *Node) *Reader {
	r := &Reader{}
	if root != nil {
		r.scratch = make([]entry, 0, 64)
	}
	return r
}

// Diagnostics returns what was reported so far, in the order of the text.
func (r *Reader) Diagnostics() diagnostic.List {
	r.diags.Sort()
	return r.diags
}

// Report adds a diagnostic at a node. One of severity Error makes its path and
// all above it [Reader.Failed].
func (r *Reader) Report(n *Node, code diagnostic.Code, sev diagnostic.Severity, message, hint string) {
	r.report(n.Range, n.Path(), code, sev, message, hint)
}

// refuse reports an error at a node.
func (r *Reader) refuse(n *Node, code diagnostic.Code, message, hint string) {
	r.Report(n, code, diagnostic.Error, message, hint)
}

// report adds a diagnostic. Its place costs something to find, so it is asked
// for only when the diagnostic is kept.
func (r *Reader) report(at func() diagnostic.Range, path string, code diagnostic.Code, sev diagnostic.Severity, message, hint string) {
	if sev == diagnostic.Error {
		r.fail(path)
	}
	switch {
	case len(r.diags) < MaxDiagnostics-1:
		r.diags = append(r.diags, diagnostic.Diagnostic{Code: code, Severity: sev, Range: at(), Path: path, Message: message, Hint: hint})
	case !r.dropped:
		r.dropped = true
		r.diags = append(r.diags, diagnostic.Diagnostic{
			Code: TooLarge, Severity: diagnostic.Error, Range: at(), Path: path,
			Message: fmt.Sprintf("there are more faults than the %d that are listed", MaxDiagnostics-1),
			Hint:    "mend these first",
		})
	}
}

// fail notes a path and all above it.
func (r *Reader) fail(path string) {
	if r.failed == nil {
		r.failed = make(map[string]struct{})
	}
	for {
		if _, there := r.failed[path]; there {
			return
		}
		r.failed[path] = struct{}{}
		if path == "" {
			return
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

// Failed reports whether something at or below the path was refused, so that
// what depends on it need not be judged.
func (r *Reader) Failed(path string) bool {
	_, failed := r.failed[path]
	return failed
}

// name makes of what a caller calls a thing its name in a message: a phrase
// stays as it is, a single word is a key and stands in quotes.
func name(what string) string {
	switch {
	case what == "":
		return "this"
	case strings.ContainsAny(what, " \""):
		return what
	}
	return `"` + what + `"`
}

// maxShown is how many characters of a text a message repeats.
const maxShown = 60

// clip shortens a text for a message to one line of bounded length.
func clip(s string) string {
	if line, _, more := strings.Cut(s, "\n"); more {
		s = line + "…"
	}
	count := 0
	for i := range s {
		if count++; count > maxShown {
			return s[:i] + "…"
		}
	}
	return s
}

// quote returns a text in quotes for a message.
func quote(s string) string { return `"` + clip(s) + `"` }
