package crm

import "github.com/advance-sales/advance/diagnostic"

// The codes of what is wrong with a mapping. Beside these a mapping can have the
// faults of any YAML document, and those that a process can have too: an unknown
// stage or commitment, a duplicate or bad id, a bad value, a blank text, a bad
// time zone, an unsupported format.
const (
	// CodeUnknownProcess is a process that can not be found, or not be used.
	CodeUnknownProcess diagnostic.Code = "unknown_process"
	// CodeUnknownMapping is an `extends` that names no built-in mapping.
	CodeUnknownMapping diagnostic.Code = "unknown_mapping"
	// CodeBadTimeFormat is a spelling of times that can not be read.
	CodeBadTimeFormat diagnostic.Code = "bad_time_format"
	// CodeBadPattern is a regular expression that can not be read.
	CodeBadPattern diagnostic.Code = "bad_pattern"
	// CodeBadField is a field that says nothing, or two things at once.
	CodeBadField diagnostic.Code = "bad_field"
	// CodeBadTable is a table that lacks what it is for.
	CodeBadTable diagnostic.Code = "bad_table"
	// CodeUnknownCallKind is a call kind that the process does not have.
	CodeUnknownCallKind diagnostic.Code = "unknown_kind"
)

// The codes of what could be better about a sound mapping.
const (
	// AdviceSellerRecord is a rule that takes what the seller wrote (a note, a
	// task, a stage) for a word of the buyer.
	AdviceSellerRecord diagnostic.Code = "seller_record"
	// AdviceNoRules is a mapping with activities and without rules: nothing
	// will ever be earned.
	AdviceNoRules diagnostic.Code = "no_rules"
	// AdviceNeverRead is a rule for a kind of activity that no table gives.
	AdviceNeverRead diagnostic.Code = "never_read"
	// AdviceNeverCounts is a rule whose commitments the process will not count,
	// for want of what it requires of them.
	AdviceNeverCounts diagnostic.Code = "never_counts"
)

// AdviceCodes lists the codes of advice.
func AdviceCodes() []diagnostic.Code {
	return []diagnostic.Code{AdviceSellerRecord, AdviceNoRules, AdviceNeverRead, AdviceNeverCounts}
}
