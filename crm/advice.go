package crm

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/process"
)

// Lint reads a mapping from the text of a YAML document and lists everything
// there is to say about it: the errors that [Parse] gives, those of
// [Mapping.Check] where the process that it names can be loaded, and advice (of
// severity Warning). The file name is for the diagnostics, and for the process
// where the mapping names one by a path.
func Lint(file string, src []byte) diagnostic.List {
	m, diags := parse(file, src)
	if m == nil {
		return diags
	}
	diags = append(diags, m.doc.root.Mark(m.Advice())...)
	p, err := m.Process()
	switch {
	case err != nil:
		diags = append(diags, m.doc.root.Mark(diagnostic.List{m.noProcess(err)})...)
	case p != nil:
		diags = append(diags, m.Check(p)...)
	}
	diags.Sort()
	return diags
}

// noProcess says why the process can not be loaded.
func (m *Mapping) noProcess(err error) diagnostic.Diagnostic {
	name := m.def.Process
	d := diagnostic.Diagnostic{
		Code: CodeUnknownProcess, Severity: diagnostic.Error, Path: "process",
		Message: fmt.Sprintf("there is no process %q", name), Hint: nearest.Hint(name, process.BuiltinNames()),
	}
	var broken diagnostic.List
	switch {
	case errors.As(err, &broken):
		d.Message, d.Hint = fmt.Sprintf("the process %q has %d faults", name, broken.Count(diagnostic.Error)), "check it by itself"
	case strings.ContainsAny(name, `/\.`) && errors.Is(err, fs.ErrNotExist):
		d.Hint = "the path begins at the folder of this file"
	case strings.ContainsAny(name, `/\.`):
		d.Message, d.Hint = fmt.Sprintf("the process %q can not be read", name), err.Error()
	case d.Hint == "":
		d.Hint = "write a file, such as " + name + ".yaml, or one of " + strings.Join(process.BuiltinNames(), ", ")
	}
	return d
}

// Advice lists what could be better about the mapping, by path.
func (m *Mapping) Advice() diagnostic.List {
	var diags diagnostic.List
	advise := func(path string, code diagnostic.Code, message, hint string) {
		diags = append(diags, diagnostic.Diagnostic{Code: code, Severity: diagnostic.Warning, Path: path, Message: message, Hint: hint})
	}
	if len(m.def.Activities) > 0 && len(m.def.Rules) == 0 {
		advise("activities", AdviceNoRules, "no rule reads commitments out of the activities: no deal will ever earn a stage",
			"say with rules: what shows that a buyer committed to something")
	}
	kinds, limited := m.kinds()
	for i := range m.def.Rules {
		u, path := &m.def.Rules[i], fmt.Sprintf("rules[%d]", i)
		for j, kind := range u.Of {
			if limited && !slices.Contains(kinds, fold(kind)) {
				at := path + ".of"
				if len(u.Of) > 1 {
					at = fmt.Sprintf("%s[%d]", at, j)
				}
				hint := nearest.Hint(kind, kinds)
				if hint == "" {
					hint = "there is " + strings.Join(kinds, ", ")
				}
				advise(at, AdviceNeverRead, fmt.Sprintf("no activity is of the kind %q", kind), hint)
			}
		}
		if u.By == commitment.Buyer && u.Status != commitment.Waived {
			if why := m.sellerRecord(u); why != "" {
				advise(path+".by", AdviceSellerRecord, why+", and that is no act of the buyer",
					"name a field that shows what the buyer did, or write by: unknown")
			}
		}
	}
	return diags
}

// kinds lists the kinds that activities can have, folded. They are not limited
// where a table keeps words as they are spelled.
func (m *Mapping) kinds() (kinds []string, limited bool) {
	for i := range m.def.Activities {
		switch k := &m.def.Activities[i].Kind; {
		case k.Value != "":
			kinds = append(kinds, fold(k.Value))
		case k.IsZero():
		case k.Default == "":
			return nil, false
		default:
			for _, w := range k.Values {
				kinds = append(kinds, fold(w.To))
			}
			kinds = append(kinds, fold(k.Default))
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), true
}

// The kinds of activities, and the names of columns, that hold what the seller
// wrote.
var (
	sellerKinds   = []string{"note", "notes", "task", "tasks", "to-do", "todo"}
	sellerColumns = []string{
		"body", "comment", "comments", "description", "dealstage", "next step", "nextstep", "next steps", "note", "notes",
		"stage", "stage name", "stagename", "subject", "summary", "title",
	}
)

// sellerRecord says why a rule rests on nothing but what the seller wrote. It is
// empty where it rests on something else as well.
func (m *Mapping) sellerRecord(u *Rule) string {
	if len(u.Of) > 0 && !slices.ContainsFunc(u.Of, func(kind string) bool { return !slices.Contains(sellerKinds, fold(kind)) }) {
		return "this rests on a note or a task of the seller"
	}
	if slices.ContainsFunc(u.Of, func(kind string) bool { return fold(kind) == "email" }) {
		return "" // its subject and body may be the buyer's
	}
	if len(u.When) == 0 {
		if len(u.Of) == 0 {
			return "this rests on any activity at all"
		}
		return ""
	}
	for _, c := range u.When {
		if slices.ContainsFunc(c.names(), func(name string) bool { return !m.sellerColumn(name) }) {
			return ""
		}
	}
	return "this rests on words or a stage that the seller wrote"
}

func (m *Mapping) sellerColumn(name string) bool {
	if m.def.Deals != nil && slices.Contains(m.def.Deals.Stage.Names, name) {
		return true
	}
	name = name[strings.LastIndexByte(name, '.')+1:]
	return slices.Contains(sellerColumns, fold(strings.ReplaceAll(name, "_", " ")))
}
