package cases

import "github.com/advance-sales/advance/diagnostic"

// The codes of what is wrong with a document of cases, beside those of any
// YAML document and those of names that the process does not have.
const (
	// CodeUnknownProcess is a process that can not be found.
	CodeUnknownProcess diagnostic.Code = "unknown_process"
	// CodeUnknownKind is a kind of call that the process does not have.
	CodeUnknownKind diagnostic.Code = "unknown_kind"
	// CodeUnknownReason is a loss reason that the process does not have.
	CodeUnknownReason diagnostic.Code = "unknown_reason"
	// CodeBadRecord is a call that could not be read as a record either: an
	// entry with both a commitment and something other, or with neither.
	CodeBadRecord diagnostic.Code = "bad_record"
	// CodeDuplicateCase is a name that another case of the document has.
	CodeDuplicateCase diagnostic.Code = "duplicate_case"
	// CodeTwoPasts is a case with a history beside a state.
	CodeTwoPasts diagnostic.Code = "two_pasts"
	// CodeLateHistory is a call of the history that does not come before the
	// call that is judged, or an instant that does not come after it.
	CodeLateHistory diagnostic.Code = "late_history"
	// CodeUnreachableState is a state in which no deal can be.
	CodeUnreachableState diagnostic.Code = "unreachable_state"
	// CodeExpectsNothing is a case that any verdict would pass.
	CodeExpectsNothing diagnostic.Code = "expects_nothing"
)

// Codes lists the codes that only documents of cases can have.
func Codes() []diagnostic.Code {
	return []diagnostic.Code{
		CodeUnknownProcess, CodeUnknownKind, CodeUnknownReason, CodeBadRecord, CodeDuplicateCase,
		CodeTwoPasts, CodeLateHistory, CodeUnreachableState, CodeExpectsNothing,
	}
}
