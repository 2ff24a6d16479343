package audittest

import (
	"errors"
	"os"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// Tables are the files that a pipeline is read from.
type Tables struct {
	// Mapping is the YAML file that says how to read the others.
	Mapping string
	// Deals, Activities, History, Contacts and Links are files as the mapping
	// describes them.
	Deals, Activities, History, Contacts, Links []string
	// Process is the process to judge by; nil for the one that the mapping
	// names.
	Process *process.Process
	// Rejects is how many rows may be unusable; duplicates and orphans are not
	// among them, since [Check] finds those.
	Rejects int
}

// Load reads a pipeline with a mapping, and the process that it is mapped to. A
// file that can not be read ends the test, and so do more unusable rows than
// are expected.
func Load(t T, tables Tables) (*process.Process, *pipeline.Pipeline) {
	t.Helper()
	p, deals, err := tables.load(t)
	if err != nil {
		t.Errorf("reading the pipeline: %v", err)
		t.FailNow()
	}
	return p, deals
}

func (tables *Tables) load(t T) (*process.Process, *pipeline.Pipeline, error) {
	t.Helper()
	m, err := crm.Load(tables.Mapping)
	if err != nil {
		return nil, nil, err
	}
	p := tables.Process
	if p == nil {
		if p, err = m.Process(); err != nil {
			return nil, nil, err
		}
	}
	if p == nil {
		return nil, nil, errors.New("the mapping names no process: name one there, or set Tables.Process")
	}
	var files []crm.File
	for _, table := range []struct {
		role  crm.Role
		names []string
	}{
		{crm.RoleDeals, tables.Deals},
		{crm.RoleActivities, tables.Activities},
		{crm.RoleHistory, tables.History},
		{crm.RoleContacts, tables.Contacts},
		{crm.RoleLinks, tables.Links},
	} {
		for _, name := range table.names {
			f, err := os.Open(name)
			if err != nil {
				return nil, nil, err
			}
			defer f.Close()
			files = append(files, crm.File{Role: table.role, Name: name, Reader: f})
		}
	}
	imported, err := m.Read(files, crm.Options{Process: p})
	if err != nil {
		return nil, nil, err
	}
	tables.rejects(t, imported)
	return p, &imported.Pipeline, nil
}

// rejects ends the test where more rows can not be used than are expected.
func (tables *Tables) rejects(t T, imported *crm.Import) {
	t.Helper()
	text, n := "", 0
	for i := range imported.Rejects {
		if r := &imported.Rejects[i]; r.Code != crm.DuplicateRow && r.Code != crm.OrphanRow {
			if n++; n <= 20 {
				text += "\n" + r.Error()
			}
		}
	}
	if n > tables.Rejects {
		t.Errorf("%s can not be used, and %d are expected:%s", prose.Count(n, "row"), tables.Rejects, text)
		t.FailNow()
	}
}
