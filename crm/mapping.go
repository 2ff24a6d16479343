package crm

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/builtin"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/process"
)

// Mapping is a compiled mapping. It never changes and is safe for concurrent
// use. It comes from [Definition.Compile], [Load], [Parse] or [Builtin].
type Mapping struct {
	def    Definition // with what it extends
	file   string     // that it came from; may be empty
	doc    *document  // nil for one that was written in Go
	clock  clock
	stages map[string]process.StageID // folded

	deals      *dealTable
	activities []activityTable
	history    []historyTable
	contacts   []contactTable
	links      []linkTable
	rules      []rule
}

// Load reads a mapping from a YAML file. The error is a [diagnostic.List] with
// everything that is wrong with it, unless the file itself could not be read.
func Load(file string) (*Mapping, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the mapping: %w", err)
	}
	return Parse(file, src)
}

// Parse reads a mapping from the text of a YAML document. The file name is for
// the diagnostics, and for the process where the mapping names one by a path.
// The error is a [diagnostic.List] with everything that is wrong.
func Parse(file string, src []byte) (*Mapping, error) {
	m, diags := parse(file, src)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// parse returns a mapping whenever there is no error among the diagnostics.
func parse(file string, src []byte) (*Mapping, diagnostic.List) {
	def, doc, diags := read(file, src)
	if doc == nil {
		diags.Sort()
		return nil, diags
	}
	whole, found := resolve(&def, doc.refused)
	diags = append(diags, doc.root.Mark(append(found, validate(&whole, doc.refused)...))...)
	diags.Sort()
	if diags.Err() != nil {
		return nil, diags
	}
	m := compile(whole)
	m.file, m.doc = file, doc
	return m, diags
}

// Compile resolves a definition, with what it extends. The error is a
// [diagnostic.List] with everything that is wrong with it. The definition must
// not be changed afterwards.
func (d Definition) Compile() (*Mapping, error) {
	never := func(string) bool { return false }
	whole, diags := resolve(&d, never)
	diags = append(diags, validate(&whole, never)...)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	return compile(whole), nil
}

// resolve adds what a definition extends.
func resolve(d *Definition, refused func(string) bool) (Definition, diagnostic.List) {
	if d.Extends == "" {
		return *d, nil
	}
	base, err := builtinDefinition(d.Extends)
	if err != nil {
		if refused("extends") {
			return *d, nil
		}
		return *d, diagnostic.List{{
			Code: CodeUnknownMapping, Severity: diagnostic.Error, Path: "extends",
			Message: fmt.Sprintf("no built-in mapping is called %q", d.Extends), Hint: nearest.HintOrAll(d.Extends, BuiltinNames()),
		}}
	}
	return extend(*d, base), nil
}

// compile builds the mapping of a sound definition.
func compile(def Definition) *Mapping {
	m := &Mapping{def: def}
	location, _ := zone(def.TimeZone)
	m.clock = newClock(location, def.Times)
	if def.Stages != nil {
		m.stages = make(map[string]process.StageID, len(def.Stages))
		for _, w := range def.Stages {
			m.stages[fold(w.From)] = process.StageID(w.To)
		}
	}
	for i := range def.Rules {
		m.rules = append(m.rules, compileRule(&def.Rules[i]))
	}
	if def.Deals != nil {
		m.deals = compileDeals(def.Deals)
	}
	m.activities = compileEach(def.Activities, compileActivities)
	m.history = compileEach(def.History, compileHistory)
	m.contacts = compileEach(def.Contacts, compileContacts)
	m.links = compileEach(def.Links, compileLinks)
	return m
}

func compileEach[D, T any](defs []D, compile func(*D) T) []T {
	var all []T
	for i := range defs {
		all = append(all, compile(&defs[i]))
	}
	return all
}

// ID returns the id of the mapping.
func (m *Mapping) ID() string { return m.def.ID }

// Definition returns the mapping as it was written, with what it extends. It
// must not be changed.
func (m *Mapping) Definition() Definition { return m.def }

// Process loads the process that the mapping was written for: a built-in one, or
// a file whose path begins at the folder of the mapping. It is nil where the
// mapping names none.
func (m *Mapping) Process() (*process.Process, error) {
	name := m.def.Process
	switch {
	case name == "":
		return nil, nil
	case !strings.ContainsAny(name, `/\.`):
		return process.Builtin(name)
	}
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(m.file), path)
	}
	return process.Load(path)
}

// Tables lists the names of the tables of a role. A single table may have an
// empty name.
func (m *Mapping) Tables(role Role) []string {
	var names []string
	for _, t := range m.readers(role) {
		names = append(names, t.common().name)
	}
	return names
}

//go:embed builtin/*.yaml
var builtinFiles embed.FS

var builtins = builtin.Documents{Files: builtinFiles, What: "mapping"}

// BuiltinNames lists the names of the built-in mappings, in order.
func BuiltinNames() []string { return builtins.Names() }

// BuiltinSource returns the YAML document of a built-in mapping. The error of an
// unknown name tells the nearest.
func BuiltinSource(name string) ([]byte, error) { return builtins.Source(name) }

// Builtin returns a built-in mapping, compiled.
func Builtin(name string) (*Mapping, error) {
	src, err := BuiltinSource(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", src)
}

// builtinDefinition returns a built-in mapping with what it extends itself.
func builtinDefinition(name string) (Definition, error) {
	m, err := Builtin(name)
	if err != nil {
		var faults diagnostic.List
		if errors.As(err, &faults) {
			panic("crm: the built-in mapping " + name + " is broken: " + err.Error()) // cannot happen
		}
		return Definition{}, err
	}
	return m.def, nil
}
