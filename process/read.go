package process

import (
	"fmt"
	"os"
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
)

// Load reads a process from a YAML file. The error is a [diagnostic.List] with
// everything that is wrong with it, unless the file itself could not be read.
func Load(file string) (*Process, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the process: %w", err)
	}
	return Parse(file, src)
}

// Parse reads a process from the text of a YAML document. The file name is for
// the diagnostics alone. The error is a [diagnostic.List] with everything that
// is wrong.
func Parse(file string, src []byte) (*Process, error) {
	def, doc, diags := read(file, src)
	if doc != nil {
		diags = append(diags, doc.root.Mark(validate(def, doc.failed))...)
	}
	diags.Sort()
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return compile(def), nil
}

// Read reads the definition in a YAML document without judging whether it
// makes sense: the diagnostics are those of its form alone. The definition
// holds whatever could be read.
func Read(file string, src []byte) (Definition, diagnostic.List) {
	def, _, diags := read(file, src)
	diags.Sort()
	return def, diags
}

// document is a definition's own text, for the places of diagnostics.
type document struct {
	root   *yamldoc.Node
	failed func(path string) bool
}

func read(file string, src []byte) (Definition, *document, diagnostic.List) {
	root, diags := yamldoc.Parse(file, src)
	if root == nil {
		return Definition{}, nil, diags
	}
	r := reader{yamldoc.NewReader(root)}
	def, ok := r.definition(root)
	diags = append(diags, r.Diagnostics()...)
	if !ok {
		return def, nil, diags
	}
	def.Extensions = r.Extensions()
	return def, &document{root, r.Failed}, diags
}

// reader turns the nodes of a document into a Definition, each node once.
type reader struct{ *yamldoc.Reader }

func (r reader) definition(root *yamldoc.Node) (def Definition, ok bool) {
	ok = r.Fields(root, "a process", yamldoc.Fields{
		"advance":        func(n *yamldoc.Node) { r.format(n, &def.Format) },
		"id":             func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &def.ID, n, "the id") },
		"version":        func(n *yamldoc.Node) { r.number(&def.Version, n, "the version") },
		"name":           func(n *yamldoc.Node) { r.text(&def.Name, n, "the name") },
		"description":    func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &def.Description, n, "the description") },
		"timezone":       func(n *yamldoc.Node) { r.text(&def.TimeZone, n, "the time zone") },
		"reviewed":       func(n *yamldoc.Node) { r.text(&def.Reviewed, n, "the review date") },
		"review_every":   func(n *yamldoc.Node) { r.duration(&def.ReviewEvery, n) },
		"defaults":       func(n *yamldoc.Node) { r.defaults(n, &def.Defaults) },
		"roles":          func(n *yamldoc.Node) { def.Roles = yamldoc.Words[string](r.Reader, n, "roles") },
		"evidence_kinds": func(n *yamldoc.Node) { def.EvidenceKinds = yamldoc.Words[string](r.Reader, n, "evidence_kinds") },
		"loss_reasons":   func(n *yamldoc.Node) { def.LossReasons = yamldoc.Words[string](r.Reader, n, "loss_reasons") },
		"commitments": func(n *yamldoc.Node) {
			r.Entries(n, "commitments", func(key, value *yamldoc.Node) {
				def.Commitments = append(def.Commitments, r.commitment(key, value))
			})
		},
		"call_kinds": func(n *yamldoc.Node) {
			r.Entries(n, "call_kinds", func(key, value *yamldoc.Node) {
				def.CallKinds = append(def.CallKinds, r.callKind(key, value))
			})
		},
		"stages": func(n *yamldoc.Node) {
			def.Stages = yamldoc.List(r.Reader, n, "stages", r.stage)
		},
		"findings": func(n *yamldoc.Node) { def.Findings = r.findings(n) },
	}, "advance", "id", "version", "commitments", "stages")
	return def, ok
}

func (r reader) format(n *yamldoc.Node, format *int) {
	v, ok := r.Int(n, "the format version")
	if ok && v != Format {
		r.Report(n, CodeUnsupportedFormat, diagnostic.Error,
			fmt.Sprintf("format version %d is not known", v), fmt.Sprintf("write advance: %d", Format))
	}
	*format = Format
}

func (r reader) defaults(n *yamldoc.Node, d *Defaults) {
	r.Fields(n, "defaults", yamldoc.Fields{
		"requires":     func(n *yamldoc.Node) { r.requirements(n, &d.Requires) },
		"lapses_after": func(n *yamldoc.Node) { r.duration(&d.LapsesAfter, n) },
		"stalls_after": func(n *yamldoc.Node) { r.stallLimit(n, &d.StallsAfter) },
		"gate":         func(n *yamldoc.Node) { oneOf(r, n, &d.Gate, "gate", string(Soft), string(Hard)) },
	})
}

func (r reader) commitment(key, n *yamldoc.Node) commitment.Definition {
	var d commitment.Definition
	yamldoc.Word(r.Reader, &d.ID, key, "the id of a commitment")
	if n.Kind() == yamldoc.Null {
		return d
	}
	r.Fields(n, "a commitment", yamldoc.Fields{
		"name":         func(n *yamldoc.Node) { r.text(&d.Name, n, "the name") },
		"description":  func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &d.Description, n, "the description") },
		"ask":          func(n *yamldoc.Node) { r.text(&d.Ask, n, "the ask") },
		"requires":     func(n *yamldoc.Node) { r.requirements(n, &d.Requires) },
		"lapses_after": func(n *yamldoc.Node) { r.duration(&d.LapsesAfter, n) },
		"renamed_from": func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &d.RenamedFrom, n, "renamed_from") },
		"allow":        func(n *yamldoc.Node) { d.Allow = yamldoc.Words[string](r.Reader, n, "allow") },
	})
	return d
}

func (r reader) requirements(n *yamldoc.Node, q *commitment.Requirements) {
	r.Fields(n, "requires", yamldoc.Fields{
		"dated": func(n *yamldoc.Node) {
			if v, ok := r.Bool(n, "dated"); ok {
				q.Dated = &v
			}
		},
		"within": func(n *yamldoc.Node) { r.duration(&q.Within, n) },
		"people": func(n *yamldoc.Node) {
			if v, ok := r.Int(n, "people"); ok {
				q.People = &v
			}
		},
		"roles":    func(n *yamldoc.Node) { q.Roles = r.need(n, "roles") },
		"evidence": func(n *yamldoc.Node) { q.Evidence = r.need(n, "evidence") },
	})
}

// need reads one name, a list (all of them) or {any: [..]}.
func (r reader) need(n *yamldoc.Node, what string) *commitment.Need {
	switch n.Kind() {
	case yamldoc.Mapping:
		need := &commitment.Need{}
		r.Fields(n, what, yamldoc.Fields{
			"any": func(n *yamldoc.Node) { need.Any = r.choice(n, what) },
		}, "any")
		return need
	case yamldoc.Sequence:
		return &commitment.Need{All: yamldoc.Words[string](r.Reader, n, what)}
	default:
		if name, ok := r.String(n, what); ok {
			return &commitment.Need{All: []string{name}}
		}
		return &commitment.Need{}
	}
}

func (r reader) choice(n *yamldoc.Node, what string) []string {
	names := yamldoc.Words[string](r.Reader, n, "any")
	if n.Kind() == yamldoc.Sequence && len(names) == 0 && !r.Failed(n.Path()) {
		r.Report(n, yamldoc.EmptyValue, diagnostic.Error,
			"an empty `any` can never be met", "list what would do, or leave "+what+" out")
	}
	return names
}

func (r reader) stallLimit(n *yamldoc.Node, s *StallLimit) {
	if n.Kind() == yamldoc.Scalar {
		if w, _ := r.String(n, "stalls_after"); w == string(commitment.None) {
			s.Off = true
			return
		}
	}
	r.Fields(n, "stalls_after", yamldoc.Fields{
		"calls": func(n *yamldoc.Node) {
			if v, ok := r.Int(n, "calls"); ok {
				s.Calls = &v
			}
		},
		"time": func(n *yamldoc.Node) { r.duration(&s.Time, n) },
	})
}

func (r reader) callKind(key, n *yamldoc.Node) CallKind {
	var k CallKind
	yamldoc.Word(r.Reader, &k.ID, key, "the id of a call kind")
	r.Fields(n, "a call kind", yamldoc.Fields{
		"name":        func(n *yamldoc.Node) { r.text(&k.Name, n, "the name") },
		"description": func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &k.Description, n, "the description") },
		"outcome":     func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &k.Outcome, n, "the outcome") },
		"fallbacks":   func(n *yamldoc.Node) { k.Fallbacks = yamldoc.Words[commitment.ID](r.Reader, n, "fallbacks") },
		"keeps":       func(n *yamldoc.Node) { k.Keeps = yamldoc.Words[commitment.ID](r.Reader, n, "keeps") },
		"not_for":     func(n *yamldoc.Node) { k.NotFor = yamldoc.Words[string](r.Reader, n, "not_for") },
		"refocus":     func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &k.Refocus, n, "refocus") },
		"stages":      func(n *yamldoc.Node) { k.Stages = yamldoc.Words[StageID](r.Reader, n, "stages") },
	}, "outcome")
	return k
}

func (r reader) stage(n *yamldoc.Node) Stage {
	var s Stage
	r.Fields(n, "a stage", yamldoc.Fields{
		"id":          func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &s.ID, n, "the id") },
		"name":        func(n *yamldoc.Node) { r.text(&s.Name, n, "the name") },
		"description": func(n *yamldoc.Node) { yamldoc.Word(r.Reader, &s.Description, n, "the description") },
		"probability": func(n *yamldoc.Node) {
			if v, ok := r.Int(n, "probability"); ok {
				s.Probability = &v
			}
		},
		"forecast":     func(n *yamldoc.Node) { oneOf(r, n, &s.Forecast, "forecast", Forecasts()...) },
		"ladder":       func(n *yamldoc.Node) { s.Ladder = yamldoc.Words[commitment.ID](r.Reader, n, "ladder") },
		"exit":         func(n *yamldoc.Node) { s.Exit = r.exit(n) },
		"stalls_after": func(n *yamldoc.Node) { r.stallLimit(n, &s.StallsAfter) },
		"gate":         func(n *yamldoc.Node) { oneOf(r, n, &s.Gate, "gate", string(Soft), string(Hard)) },
		"closes": func(n *yamldoc.Node) {
			oneOf(r, n, &s.Closes, "closes", string(ClosesWon), string(ClosesLost))
		},
	}, "id")
	return s
}

// exit reads one criterion or a list of criteria.
func (r reader) exit(n *yamldoc.Node) []Criterion {
	if n.Kind() != yamldoc.Sequence {
		return []Criterion{r.criterion(n)}
	}
	return yamldoc.List(r.Reader, n, "exit", r.criterion)
}

func (r reader) criterion(n *yamldoc.Node) Criterion {
	var c Criterion
	if n.Kind() != yamldoc.Mapping {
		yamldoc.Word(r.Reader, &c.Item.Commitment, n, "an exit criterion")
		return c
	}
	forms := 0
	r.Fields(n, "an exit criterion", yamldoc.Fields{
		"kept": func(n *yamldoc.Node) { forms++; c.Item.Kept = yamldoc.Word(r.Reader, &c.Item.Commitment, n, "kept") },
		"any":  func(n *yamldoc.Node) { forms++; c.Any = yamldoc.List(r.Reader, n, "any", r.item) },
		"at_least": func(n *yamldoc.Node) {
			forms++
			c.Of = []Item{}
			r.Fields(n, "at_least", yamldoc.Fields{
				"n":  func(n *yamldoc.Node) { r.number(&c.AtLeast, n, "n") },
				"of": func(n *yamldoc.Node) { c.Of = yamldoc.List(r.Reader, n, "of", r.item) },
			}, "n", "of")
		},
	})
	if forms != 1 && !r.Failed(n.Path()) {
		r.Report(n, yamldoc.WrongType, diagnostic.Error,
			"an exit criterion says one thing: kept, any or at_least", "put each behind a dash of its own")
	}
	return c
}

func (r reader) item(n *yamldoc.Node) (item Item) {
	if n.Kind() == yamldoc.Mapping {
		r.Fields(n, "an item", yamldoc.Fields{
			"kept": func(n *yamldoc.Node) { item.Kept = yamldoc.Word(r.Reader, &item.Commitment, n, "kept") },
		}, "kept")
	} else {
		yamldoc.Word(r.Reader, &item.Commitment, n, "an item")
	}
	return item
}

func (r reader) findings(n *yamldoc.Node) map[string]diagnostic.Severity {
	severities := map[string]diagnostic.Severity{}
	r.Entries(n, "findings", func(key, value *yamldoc.Node) {
		code, _ := r.String(key, "a finding")
		if _, err := finding.Parse(code); err != nil {
			r.Report(key, CodeUnknownFinding, diagnostic.Error, fmt.Sprintf("%q is no finding", code),
				nearest.Hint(code, finding.Names()))
			return
		}
		var severity string
		oneOf(r, value, &severity, "a severity", diagnostic.SeverityNames()...)
		if s, err := diagnostic.ParseSeverity(severity); err == nil {
			severities[code] = s
		}
	})
	return severities
}

// duration keeps a duration as it is written; whether it can be read is found
// out with everything else. Only an empty one would pass for an absent one.
func (r reader) duration(dst *commitment.Duration, n *yamldoc.Node) {
	if yamldoc.Word(r.Reader, dst, n, "a duration") && *dst == "" {
		r.Report(n, CodeBadDuration, diagnostic.Error, "an empty duration", durationHint)
	}
}

// text reads a text in which something has to be seen. Whether a text is blank
// is found out with everything else; only an empty one would pass for absent.
func (r reader) text(dst *string, n *yamldoc.Node, what string) {
	if yamldoc.Word(r.Reader, dst, n, what) && *dst == "" {
		r.Report(n, CodeBlank, diagnostic.Error, what+" is blank", "write something, or leave the key out")
	}
}

// number reads a whole number into dst, if there is one.
func (r reader) number(dst *int, n *yamldoc.Node, what string) {
	if v, ok := r.Int(n, what); ok {
		*dst = v
	}
}

// oneOf reads a word of a fixed vocabulary into dst.
func oneOf[T ~string](r reader, n *yamldoc.Node, dst *T, what string, known ...string) {
	var w string
	if !yamldoc.Word(r.Reader, &w, n, what) {
		return
	}
	if !slices.Contains(known, w) {
		r.Report(n, CodeBadValue, diagnostic.Error, fmt.Sprintf("%s can not be %q", what, w), nearest.HintOrAll(w, known))
		return
	}
	*dst = T(w)
}
