package audit

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
)

// The columns that a baseline is read from.
const (
	columnIdentity = "identity"
	columnCode     = "code"
)

var columns = []string{
	"severity", columnCode, "deal", "name", "owner", "amount", "currency", "claimed", "earned",
	"message", "do", "subject", "table", "record", "at", "file", "line", columnIdentity,
}

// WriteCSV writes the findings, one a row, with the first record that shows
// each. Cells that a spreadsheet would take for a formula begin with an
// apostrophe.
func (r *Report) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	names := r.dealNames()
	for i := range r.Findings {
		f := &r.Findings[i]
		var e Evidence
		if len(f.Evidence) > 0 {
			e = f.Evidence[0]
		}
		amount, at, line := "", "", ""
		if f.Amount != nil {
			amount = strconv.FormatFloat(*f.Amount, 'f', -1, 64)
		}
		if !e.At.IsZero() {
			at = e.At.UTC().Format(time.RFC3339)
		}
		if e.Line > 0 {
			line = strconv.Itoa(e.Line)
		}
		row := []string{
			f.Severity.String(), string(f.Code), string(f.Deal), names[f.Deal], f.Owner, amount, f.Currency,
			r.StageName(f.Claimed), r.StageName(f.Earned), f.Message, f.Do, f.Subject, e.Table, e.ID, at, e.File, line, f.Identity,
		}
		for i, text := range row {
			if columns[i] != "amount" {
				row[i] = harmless(text)
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from running a text as a formula: OWASP, "CSV
// injection", lists the characters with which one can begin.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
