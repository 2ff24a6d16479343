package crm

import (
	"fmt"
	"io"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// File is a file to read.
type File struct {
	Role Role
	// Table is the name of the table in the mapping. It may be empty where the
	// mapping has one table for the role, or where the columns tell which.
	Table  string
	Name   string // of the file, for the places of rows
	Reader io.Reader
}

// Options are what reading can be told. The zero Options are right.
type Options struct {
	// Process tells which names of stages need no translation, and which
	// stages are the end of a deal.
	Process *process.Process
	// Deals are deals that are known without being read: what belongs to any
	// other is an orphan. Nil leaves that to the tables of deals.
	Deals []outcome.DealID
	// Rejected is given every rejected row as soon as it is known. Without it
	// they are gathered in [Import.Rejects].
	Rejected func(Reject) error
	// Row is called for each row that was read.
	Row func()
}

// Import is what was read.
type Import struct {
	Pipeline pipeline.Pipeline
	Counts   []Count  // one for each file, in the order deals, activities, history, contacts, links
	Rejects  []Reject // in the order of reading, unless Options.Rejected took them
	Warnings []Warning
	// UnknownStages are the names of stages that neither the mapping nor the
	// process knows. They stay as they are spelled.
	UnknownStages []UnknownStage
}

// Count says what became of the rows of a file:
// Read = Used + Rejected + OutOfScope.
type Count struct {
	Role                             Role
	Table                            string // may be empty
	File                             string
	Read, Used, Rejected, OutOfScope int
}

// RejectCode says why a row was rejected.
type RejectCode string

// The reasons to reject a row.
const (
	BadRow       RejectCode = "bad_row"       // it can not be read at all
	MissingID    RejectCode = "missing_id"    // it has no id, where one is needed
	MissingDeal  RejectCode = "missing_deal"  // it is of no deal, and would have to be
	MissingTime  RejectCode = "missing_time"  // it has no time, where one is needed
	BadTime      RejectCode = "bad_time"      // its time can not be read
	MissingStage RejectCode = "missing_stage" // a move that leads nowhere
	DuplicateRow RejectCode = "duplicate"     // another row of the table has the same id
	OrphanRow    RejectCode = "orphan"        // its deal is not among the deals
)

// RejectCodes lists the reasons to reject a row.
func RejectCodes() []RejectCode {
	return []RejectCode{BadRow, MissingID, MissingDeal, MissingTime, BadTime, MissingStage, DuplicateRow, OrphanRow}
}

// Reject is a row that was not used, though it is in scope.
type Reject struct {
	Code   RejectCode
	Role   Role
	Table  string // may be empty
	Source pipeline.Source
	Column string // may be empty
	Reason string
	Raw    string // the row as it stands in the file
}

// Error returns "file:line: error: reason [code]".
func (r Reject) Error() string {
	return fmt.Sprintf("%s: error: %s [%s]", r.Source, r.Text(), r.Code)
}

// Text returns the column with the reason.
func (r Reject) Text() string {
	if r.Column == "" {
		return r.Reason
	}
	return r.Column + ": " + r.Reason
}

// WarningCode says what was odd about a row that was used.
type WarningCode string

// The oddities.
const (
	Unreadable  WarningCode = "unreadable"   // a value that is left out, since it can not be read
	UnknownWord WarningCode = "unknown_word" // a value that is left out, since nobody knows what it stands for
	Negative    WarningCode = "negative"     // an amount below zero; it is kept
	NoColumn    WarningCode = "no_column"    // the mapping names a column that the file does not have
	Oddity      WarningCode = "oddity"       // something about the file that was put right
	NoRows      WarningCode = "no_rows"      // a file without a row
	TooMany     WarningCode = "too_many"     // people beyond what a call can have; they are left out
)

// Warning is something odd that does not keep rows from being used. The same in
// several rows is one warning.
type Warning struct {
	Code   WarningCode
	Role   Role
	Source pipeline.Source // where it was seen first
	Column string          // may be empty
	Reason string
	Count  int // of rows
}

// Error returns "file:line: warning: column: reason [code]".
func (w Warning) Error() string {
	text := w.Reason
	if w.Column != "" {
		text = w.Column + ": " + text
	}
	if w.Count > 1 {
		text += fmt.Sprintf(" (%d rows)", w.Count)
	}
	return fmt.Sprintf("%s: warning: %s [%s]", w.Source, text, w.Code)
}

// UnknownStage is a name of a stage that nobody knows.
type UnknownStage struct {
	Name  string
	Count int             // of deals and moves
	First pipeline.Source // where it was seen first
}

// FileError says that a file does not fit the mapping.
type FileError struct {
	File   string
	Reason string
}

// Error returns "file: reason".
func (e *FileError) Error() string { return e.File + ": " + e.Reason }
