package main

import (
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/table"
)

// What --format json writes.
type (
	inspectJSON struct {
		Tables   []tableJSON `json:"tables"`
		Mappings []string    `json:"mappings"` // built-in ones that may fit
		Draft    string      `json:"draft"`
	}
	tableJSON struct {
		File      string       `json:"file"`
		Format    table.Format `json:"format"`
		Separator string       `json:"separator,omitzero"`
		Each      string       `json:"each,omitzero"`
		Role      crm.Role     `json:"role"`
		System    string       `json:"system"`
		Rows      int          `json:"rows"`
		Blank     int          `json:"blank"`
		Rejected  int          `json:"rejected"`
		Stopped   string       `json:"stopped,omitzero"`
		Notes     []noteJSON   `json:"notes"`
		Columns   []columnJSON `json:"columns"`
		More      bool         `json:"more_columns,omitzero"`
	}
	noteJSON struct {
		Code table.NoteCode `json:"code"`
		Line int            `json:"line"`
		Text string         `json:"text"`
	}
	columnJSON struct {
		Path     string      `json:"path"`
		List     string      `json:"list,omitzero"`
		Type     string      `json:"type"`
		Filled   int         `json:"filled"`
		Values   int         `json:"values"`
		Distinct int         `json:"distinct"`
		Capped   bool        `json:"capped,omitzero"` // there are more than distinct
		Others   int         `json:"others,omitzero"` // of another type
		Zoned    int         `json:"zoned,omitzero"`
		Forms    []countJSON `json:"forms"`
		Counts   []countJSON `json:"counts,omitempty"`
		Samples  []string    `json:"samples"`
		Remarks  []string    `json:"remarks"`
	}
	countJSON struct {
		Value string `json:"value"`
		Count int    `json:"count"`
	}
)

func writeInspectJSON(e *env, found *inspected) error {
	out := inspectJSON{Tables: []tableJSON{}, Mappings: append([]string{}, found.fitting()...), Draft: found.draft}
	for _, g := range found.guesses {
		t := g.Table
		tj := tableJSON{
			File: t.File, Format: t.Format, Each: t.Each, Role: g.Role, System: g.System,
			Rows: t.Rows, Blank: t.Blank, Rejected: t.Rejected, Notes: []noteJSON{}, Columns: []columnJSON{}, More: t.More,
		}
		if t.Separator != 0 {
			tj.Separator = string(rune(t.Separator))
		}
		if t.Stopped != nil {
			tj.Stopped = t.Stopped.Reason
		}
		for _, n := range t.Notes {
			tj.Notes = append(tj.Notes, noteJSON(n))
		}
		for _, c := range t.Columns {
			tj.Columns = append(tj.Columns, columnOf(c, remarksOn(c, c.Path == g.Fields["id"])))
		}
		out.Tables = append(out.Tables, tj)
	}
	return printJSON(e, out)
}

func columnOf(c *profile.Column, remarks []string) columnJSON {
	cj := columnJSON{
		Path: c.Path, List: c.List, Type: c.Type.String(), Filled: c.Filled, Values: c.Values, Distinct: c.Distinct, Capped: c.Capped,
		Others: c.Others, Zoned: c.Zoned, Forms: []countJSON{}, Samples: append([]string{}, c.Samples...), Remarks: append([]string{}, remarks...),
	}
	for _, f := range c.Forms {
		cj.Forms = append(cj.Forms, countJSON{f.Name, f.Count})
	}
	for _, v := range c.Counts {
		cj.Counts = append(cj.Counts, countJSON(v))
	}
	return cj
}
