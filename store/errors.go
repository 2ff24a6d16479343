package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// ErrConflict says that another writer changed the deal meanwhile. Roll the
// transaction back and do all of it again; see [Retryable].
var ErrConflict = errors.New("another writer has changed the deal meanwhile: roll back and do it again")

// ErrNoTransaction says that a verb was given a *sql.DB, or nothing, where it
// needs a transaction: only in one do its writes stand or fall together.
var ErrNoTransaction = errors.New("this needs a transaction: begin one and give that")

// UnknownProcessError says that a deal stands in a process that the store has
// no evaluator of, or is to be moved to one. Nothing has been written.
type UnknownProcessError struct {
	Deal    outcome.DealID
	Process process.Ref
	Known   []process.Ref
}

// Error names the process, and says whether it is the id, the version or the
// content that is unknown.
func (e *UnknownProcessError) Error() string {
	why := "this process is not among those that the store was given"
	for _, k := range e.Known {
		switch {
		case k.ID == e.Process.ID && k.Version == e.Process.Version:
			return fmt.Sprintf("deal %q: process %s version %d was changed without a new version (it was %s, it is %s)",
				e.Deal, k.ID, k.Version, e.Process.Fingerprint, k.Fingerprint)
		case k.ID == e.Process.ID:
			why = "the store was given other versions of it"
		}
	}
	return fmt.Sprintf("deal %q: process %s version %d (%s) is unknown: %s", e.Deal, e.Process.ID, e.Process.Version, e.Process.Fingerprint, why)
}

// NoDealError says that there is no such deal.
type NoDealError struct{ Deal outcome.DealID }

// Error names the deal.
func (e *NoDealError) Error() string { return fmt.Sprintf("there is no deal %q", e.Deal) }

// OtherProcessError says that a deal does not stand in the process that the
// caller named. Nothing has been written. [Store.Move] moves a deal.
type OtherProcessError struct {
	Deal outcome.DealID
	Have process.Ref
	Want process.Ref
}

// Error names both processes.
func (e *OtherProcessError) Error() string {
	return fmt.Sprintf("deal %q stands in process %s version %d and not in %s version %d: move it first",
		e.Deal, e.Have.ID, e.Have.Version, e.Want.ID, e.Want.Version)
}

// MoveError says that the history of a deal does not fit the process that it
// was to be moved to. Nothing has been written.
type MoveError struct {
	Deal   outcome.DealID
	To     process.Ref
	Faults []Fault // found by the new process and not by the one before
}

// Fault is a finding on the data of a call.
type Fault struct {
	Call    outcome.CallID
	Finding outcome.FindingRecord
}

// Error names the deal, the process, and the first of the faults.
func (e *MoveError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "deal %q can not move to process %s version %d", e.Deal, e.To.ID, e.To.Version)
	for i, f := range e.Faults {
		if i == 3 {
			fmt.Fprintf(&b, "; and %d more", len(e.Faults)-i)
			break
		}
		fmt.Fprintf(&b, "; call %q: %s [%s]", f.Call, f.Finding.Message, f.Finding.Code)
	}
	return b.String()
}

// FoldError says that the history of a deal can not be judged, and why.
type FoldError struct {
	Deal   outcome.DealID
	Reason string
}

// Error names the deal and the reason.
func (e *FoldError) Error() string {
	return fmt.Sprintf("the history of deal %q can not be judged: %s", e.Deal, e.Reason)
}

// SchemaError says that the tables were made by a later release of this
// package.
type SchemaError struct{ Have, Want int }

// Error names both versions.
func (e *SchemaError) Error() string {
	return fmt.Sprintf("the tables are of schema version %d, and this release knows versions up to %d: use a later release", e.Have, e.Want)
}

// Retryable reports whether an error goes away when the whole transaction is
// rolled back and done again: [ErrConflict], a deadlock or a failed
// serialisation of PostgreSQL, or a busy SQLite database. It knows them by the
// methods SQLState and Code that the errors of drivers have.
func Retryable(err error) bool {
	if errors.Is(err, ErrConflict) {
		return true
	}
	var postgres interface{ SQLState() string }
	if errors.As(err, &postgres) {
		state := postgres.SQLState()
		return state == "40001" || state == "40P01"
	}
	var sqlite interface{ Code() int }
	if errors.As(err, &sqlite) {
		code := sqlite.Code() & 0xff
		return code == sqliteBusy || code == sqliteLocked
	}
	return false
}

// The result codes of SQLite for a database that another connection writes to.
const (
	sqliteBusy   = 5
	sqliteLocked = 6
)
