package cases

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// expectation is one thing that a case expects.
type expectation struct {
	key     string // such as "result" or "standing.open"
	want    string
	node    *yamldoc.Node
	finding string    // of one that expects a finding: its code
	at      time.Time // of one about the standing of the deal: when; zero means at the time of the call
	met     func(*judged) (got string, ok bool)
}

// expecting gathers the expectations of one case.
type expecting struct {
	*reader
	all []expectation
}

func (r *reader) expect(n *yamldoc.Node) []expectation {
	x := &expecting{reader: r}
	ok := r.Fields(n, "expect", yamldoc.Fields{
		"result": func(n *yamldoc.Node) {
			var want outcome.Result
			if oneOf(r, n, &want, "the result") {
				x.is(n, "result", want.String(), func(j *judged) string { return j.verdict.Result.String() })
			}
		},
		"from":        x.stage("from", func(j *judged) process.StageID { return j.verdict.From }),
		"to":          x.stage("to", func(j *judged) process.StageID { return j.verdict.To }),
		"credited":    x.commitments("credited", func(j *judged) []commitment.ID { return j.verdict.Credited }),
		"gained":      x.commitments("gained", func(j *judged) []commitment.ID { return j.verdict.Gained }),
		"kept":        x.commitments("kept", func(j *judged) []commitment.ID { return j.verdict.Kept }),
		"regained":    x.commitments("regained", func(j *judged) []commitment.ID { return j.verdict.Regained }),
		"lost":        x.commitments("lost", func(j *judged) []commitment.ID { return j.verdict.Lost }),
		"gaps":        x.stages("gaps", func(j *judged) []process.StageID { return j.verdict.Gaps }),
		"target":      x.target,
		"findings":    x.findings,
		"no_findings": x.noFindings,
		"next":        x.next,
		"primary": x.commitment("primary", func(j *judged) commitment.ID {
			for _, next := range j.verdict.Next {
				if next.Role == outcome.RolePrimary {
					return next.Commitment
				}
			}
			return ""
		}),
		"standing": x.standing,
	})
	if ok && len(x.all) == 0 && !r.Failed(n.Path()) {
		r.Report(n, CodeExpectsNothing, diagnostic.Error, "this case expects nothing, and any verdict would do", "say at least what the result has to be")
	}
	return x.all
}

// is adds the expectation that a word is what comes.
func (x *expecting) is(n *yamldoc.Node, key, want string, read func(*judged) string) {
	x.add(n, key, want, func(j *judged) (string, bool) {
		got := read(j)
		return got, got == want
	})
}

func (x *expecting) add(n *yamldoc.Node, key, want string, met func(*judged) (string, bool)) {
	x.all = append(x.all, expectation{key: key, want: want, node: n, met: met})
}

func (x *expecting) stage(key string, read func(*judged) process.StageID) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		var want process.StageID
		text(x.reader, &want, key)(n)
		x.stageID(n, want)
		x.is(n, key, string(want), func(j *judged) string { return string(read(j)) })
	}
}

// commitment reads a commitment of the process, by the id that it has now.
func (x *expecting) commitment(key string, read func(*judged) commitment.ID) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		var want commitment.ID
		text(x.reader, &want, key)(n)
		want = x.current(n, want)
		x.is(n, key, string(want), func(j *judged) string { return string(read(j)) })
	}
}

// current returns the id that a commitment has now.
func (x *expecting) current(n *yamldoc.Node, id commitment.ID) commitment.ID {
	if rung, ok := x.rung(n, id); ok {
		return x.process.Commitment(rung).ID()
	}
	return id
}

// commitments reads a list that has to be the whole list, in any order.
func (x *expecting) commitments(key string, read func(*judged) []commitment.ID) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		set := x.rungs(n, key)
		var want []commitment.ID
		for rung := range set.All() {
			want = append(want, x.process.Commitment(rung).ID())
		}
		x.is(n, key, list(want), func(j *judged) string { return list(read(j)) })
	}
}

// stages reads a list of stages likewise.
func (x *expecting) stages(key string, read func(*judged) []process.StageID) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		var want []process.StageID
		words(x.reader, &want, key, func(n *yamldoc.Node, id process.StageID) { x.stageID(n, id) })(n)
		if x.process != nil {
			slices.SortFunc(want, func(a, b process.StageID) int { return x.index(a) - x.index(b) })
		}
		x.is(n, key, list(want), func(j *judged) string { return list(read(j)) })
	}
}

func (x *expecting) index(id process.StageID) int {
	if s, ok := x.process.StageByID(id); ok {
		return s.Index()
	}
	return 0
}

// target reads a commitment, or what has to come of it.
func (x *expecting) target(n *yamldoc.Node) {
	named := x.commitment("target", func(j *judged) commitment.ID { return j.verdict.Target.Commitment })
	if n.Kind() != yamldoc.Mapping {
		named(n)
		return
	}
	x.Fields(n, "target", yamldoc.Fields{
		"commitment": named,
		"result": func(n *yamldoc.Node) {
			var want outcome.TargetResult
			if oneOf(x.reader, n, &want, "the result of a target") {
				x.is(n, "target.result", want.String(), func(j *judged) string { return j.verdict.Target.Result.String() })
			}
		},
		"planned": x.yesNo("target.planned", func(j *judged) bool { return j.verdict.Target.Planned }),
	})
}

func (x *expecting) yesNo(key string, read func(*judged) bool) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if want, ok := x.Bool(n, key); ok {
			x.is(n, key, strconv.FormatBool(want), func(j *judged) string { return strconv.FormatBool(read(j)) })
		}
	}
}

// findings reads what has to be among the findings. An empty list is none.
func (x *expecting) findings(n *yamldoc.Node) {
	some := false
	x.Items(n, "findings", func(_ int, n *yamldoc.Node) {
		some = true
		want := x.finding(n)
		x.all = append(x.all, expectation{
			key: "findings", want: want.String(), node: n, finding: want.code,
			met: func(j *judged) (string, bool) { return want.among(j.verdict.Findings) },
		})
	})
	if !some && n.Kind() == yamldoc.Sequence {
		x.add(n, "findings", none, func(j *judged) (string, bool) { return codes(j.verdict.Findings), len(j.verdict.Findings) == 0 })
	}
}

// noFindings reads what must not be among the findings.
func (x *expecting) noFindings(n *yamldoc.Node) {
	x.Items(n, "no_findings", func(_ int, n *yamldoc.Node) {
		want := x.finding(n)
		x.add(n, "no_findings", "no "+want.String(), func(j *judged) (string, bool) {
			got, there := want.among(j.verdict.Findings)
			return got, !there
		})
	})
}

// wanted is a finding, about a commitment or about whichever.
type wanted struct {
	code  string
	about commitment.ID
}

// String returns "code" or "code of commitment".
func (w wanted) String() string {
	if w.about == "" {
		return w.code
	}
	return fmt.Sprintf("%s of %s", w.code, w.about)
}

func (w wanted) among(all []outcome.FindingRecord) (got string, there bool) {
	return codes(all), slices.ContainsFunc(all, func(f outcome.FindingRecord) bool {
		return f.Code == w.code && (w.about == "" || f.Commitment == w.about)
	})
}

// housePrefix begins the codes of the findings of house rules.
const housePrefix = "house_"

func (x *expecting) finding(n *yamldoc.Node) wanted {
	var w wanted
	code := func(n *yamldoc.Node) {
		text(x.reader, &w.code, "a finding")(n)
		if _, err := finding.Parse(w.code); err != nil && n.Kind() == yamldoc.Scalar && !strings.HasPrefix(w.code, housePrefix) {
			x.Report(n, process.CodeUnknownFinding, diagnostic.Error, fmt.Sprintf("%q is no finding", w.code), nearest.Hint(w.code, finding.Names()))
		}
	}
	if n.Kind() != yamldoc.Mapping {
		code(n)
		return w
	}
	var about *yamldoc.Node
	x.Fields(n, "a finding", yamldoc.Fields{
		"code":       code,
		"commitment": func(n *yamldoc.Node) { about = n; text(x.reader, &w.about, "a commitment")(n) },
	}, "code")
	// A fault is about a name that the process does not have.
	if c, err := finding.Parse(w.code); about != nil && !(err == nil && c.Fault()) {
		w.about = x.current(about, w.about)
	}
	return w
}

// next reads what has to be among the commitments to ask for next. An empty
// list is none.
func (x *expecting) next(n *yamldoc.Node) {
	got := func(j *judged) []commitment.ID {
		var all []commitment.ID
		for _, next := range j.verdict.Next {
			all = append(all, next.Commitment)
		}
		return all
	}
	var want []commitment.ID
	words(x.reader, &want, "next", func(n *yamldoc.Node, id commitment.ID) {
		id = x.current(n, id)
		x.add(n, "next", string(id), func(j *judged) (string, bool) { return list(got(j)), slices.Contains(got(j), id) })
	})(n)
	if len(want) == 0 && n.Kind() == yamldoc.Sequence {
		x.is(n, "next", none, func(j *judged) string { return list(got(j)) })
	}
}

// standing reads how the deal has to stand, after the call or later.
func (x *expecting) standing(n *yamldoc.Node) {
	from := len(x.all)
	var at time.Time
	promised := func(read func(outcome.Standing) []outcome.Promise) func(*judged) []commitment.ID {
		return func(j *judged) []commitment.ID {
			var ids []commitment.ID
			for _, p := range read(j.at(at)) {
				ids = append(ids, p.Commitment)
			}
			return ids
		}
	}
	x.Fields(n, "standing", yamldoc.Fields{
		"at":      x.instant(&at, "the time of the standing"),
		"stage":   x.stage("standing.stage", func(j *judged) process.StageID { return j.at(at).Stage }),
		"gaps":    x.stages("standing.gaps", func(j *judged) []process.StageID { return j.at(at).Gaps }),
		"held":    x.commitments("standing.held", func(j *judged) []commitment.ID { return j.at(at).Held }),
		"kept":    x.commitments("standing.kept", func(j *judged) []commitment.ID { return j.at(at).Kept }),
		"waived":  x.commitments("standing.waived", func(j *judged) []commitment.ID { return j.at(at).Waived }),
		"open":    x.commitments("standing.open", promised(func(s outcome.Standing) []outcome.Promise { return s.Open })),
		"overdue": x.commitments("standing.overdue", promised(func(s outcome.Standing) []outcome.Promise { return s.Overdue })),
		"won":     x.yesNo("standing.won", func(j *judged) bool { return j.at(at).Won }),
		"lost":    x.yesNo("standing.lost", func(j *judged) bool { return j.at(at).Lost }),
		"paused":  x.yesNo("standing.paused", func(j *judged) bool { return j.at(at).Paused }),
		"stalled": x.yesNo("standing.stalled", func(j *judged) bool { return j.at(at).Stalled }),
		"no_next_commitment": x.yesNo("standing.no_next_commitment", func(j *judged) bool {
			return j.at(at).NoNext
		}),
	})
	for i := range x.all[from:] {
		x.all[from+i].at = at
	}
}

// none is how an empty list reads.
const none = "none"

func list[T ~string](names []T) string {
	if len(names) == 0 {
		return none
	}
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(name))
	}
	return b.String()
}

// codes lists findings, each with the commitment that it is about.
func codes(findings []outcome.FindingRecord) string {
	var all []string
	for _, f := range findings {
		all = append(all, wanted{f.Code, f.Commitment}.String())
	}
	return list(all)
}
