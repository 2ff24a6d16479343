package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/crm"
)

// rejectFile is the file that rows are written to that can not be used. It is
// made also where there are none, so that an old one does not stay.
type rejectFile struct {
	f    *os.File
	json *jsontext.Encoder
	csv  *csv.Writer
}

// rejectRecord is a row that can not be used.
type rejectRecord struct {
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Table  crm.Role `json:"table"`
	Column string   `json:"column,omitzero"`
	Code   string   `json:"code"`
	Reason string   `json:"reason"`
	Row    string   `json:"row"`
}

// openRejects makes the file of --rejects. It is nil without the flag.
func (c *crmChoice) openRejects() (*rejectFile, error) {
	if c.rejects == "" {
		return nil, nil
	}
	f, err := os.Create(c.rejects)
	if err != nil {
		return nil, reason(err)
	}
	r := &rejectFile{f: f}
	if strings.EqualFold(filepath.Ext(c.rejects), ".csv") {
		r.csv = csv.NewWriter(f)
		return r, r.csv.Write([]string{"file", "line", "table", "column", "code", "reason", "row"})
	}
	r.json = jsontext.NewEncoder(f)
	return r, nil
}

func (r *rejectFile) write(row *crm.Reject) error {
	if r == nil {
		return nil
	}
	rec := rejectRecord{row.Source.File, row.Source.Line, row.Role, row.Column, string(row.Code), row.Reason, row.Raw}
	if r.csv != nil {
		return r.csv.Write([]string{rec.File, strconv.Itoa(rec.Line), string(rec.Table), rec.Column, rec.Code, rec.Reason, rec.Row})
	}
	return json.MarshalEncode(r.json, rec)
}

func (r *rejectFile) close() error {
	if r == nil {
		return nil
	}
	if r.csv != nil {
		r.csv.Flush()
		if err := r.csv.Error(); err != nil {
			return fmt.Errorf("writing the rejects: %w", err)
		}
	}
	return r.f.Close()
}
