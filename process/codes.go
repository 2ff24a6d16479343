package process

import "github.com/advance-sales/advance/diagnostic"

// The codes of what is wrong with a process. Beside these a document can have
// the faults of any YAML document: a syntax error, an unknown or duplicate
// key, a value of the wrong type.
const (
	// A name that is referred to and not defined.
	CodeUnknownCommitment diagnostic.Code = "unknown_commitment"
	CodeUnknownRole       diagnostic.Code = "unknown_role"
	CodeUnknownStage      diagnostic.Code = "unknown_stage"
	CodeUnknownEvidence   diagnostic.Code = "unknown_evidence"
	CodeUnknownFinding    diagnostic.Code = "unknown_finding"

	// CodeHomeless is a commitment on no ladder, or on more than one.
	CodeHomeless diagnostic.Code = "homeless_commitment"
	// CodeNoExit is an open stage without an exit.
	CodeNoExit diagnostic.Code = "no_exit"
	// CodeForeignExit is an exit with nothing in it that is new to its stage,
	// or with an item of a later stage.
	CodeForeignExit diagnostic.Code = "foreign_exit"
	// CodeNoWonStage is a process without exactly one stage that closes won.
	CodeNoWonStage diagnostic.Code = "no_won_stage"
	// CodeNoLostStage is a process without a stage that closes lost.
	CodeNoLostStage diagnostic.Code = "no_lost_stage"
	// CodeAfterWon is an open stage behind the one that closes won.
	CodeAfterWon diagnostic.Code = "after_won"
	// CodeClosedStage is an exit on a won stage, or a ladder or an exit on a
	// lost one.
	CodeClosedStage diagnostic.Code = "closed_stage"
	// CodeBadCount is a number outside its range, such as an n of at_least
	// below 1 or above the number of items.
	CodeBadCount diagnostic.Code = "bad_count"
	// CodeRepeatedItem is the same item twice where once is meant.
	CodeRepeatedItem diagnostic.Code = "repeated_item"
	// CodeDuplicateID is an id that is taken already.
	CodeDuplicateID diagnostic.Code = "duplicate_id"
	// CodeBadID is an id with other than letters, digits, '-' and '_'.
	CodeBadID diagnostic.Code = "bad_id"
	// CodeBadDuration is a length of time that can not be read.
	CodeBadDuration diagnostic.Code = "bad_duration"
	// CodeBadTimeZone is a time zone that nobody knows.
	CodeBadTimeZone diagnostic.Code = "bad_time_zone"
	// CodeBadDate is a date that can not be read.
	CodeBadDate diagnostic.Code = "bad_date"
	// CodeBadValue is a word that is none of those that its key allows.
	CodeBadValue diagnostic.Code = "bad_value"
	// CodeBlank is a name or an ask in which nothing can be seen.
	CodeBlank diagnostic.Code = "blank"
	// CodeDatedWithin is `dated: false` beside `within`.
	CodeDatedWithin diagnostic.Code = "dated_within"
	// CodeFaultSeverity is a severity below error for a fault of the data.
	CodeFaultSeverity diagnostic.Code = "fault_severity"
	// CodeTooMany is more commitments than a process can have.
	CodeTooMany diagnostic.Code = "too_many_commitments"
	// CodeUnsupportedFormat is a document of another format version.
	CodeUnsupportedFormat diagnostic.Code = "unsupported_format"
)

// The codes of what could be better about a sound process: advice, which a
// commitment can decline with `allow`.
const (
	// AdviceNoRange is an open stage with less than two rungs: the seller has
	// nothing to fall back to.
	AdviceNoRange diagnostic.Code = "no_range"
	// AdviceNoAsk is a commitment without an ask.
	AdviceNoAsk diagnostic.Code = "no_ask"
	// AdviceNoFallback is a call kind without a fallback.
	AdviceNoFallback diagnostic.Code = "no_fallback"
	// AdviceFallbackAboveOutcome is a fallback that ranks above the outcome.
	AdviceFallbackAboveOutcome diagnostic.Code = "fallback_above_outcome"
	// AdviceSellerAction is a commitment worded as something the seller does.
	AdviceSellerAction diagnostic.Code = "seller_action"
	// AdviceNotAnAction is a commitment worded as a mood or a topic.
	AdviceNotAnAction diagnostic.Code = "not_an_action"
	// AdviceUndated is a commitment that needs neither a date nor a proof.
	AdviceUndated diagnostic.Code = "undated"
	// AdviceNeverSettled is a dated commitment that never lapses.
	AdviceNeverSettled diagnostic.Code = "never_settled"
	// AdviceNeverStalls is an open stage in which a deal can wait for ever.
	AdviceNeverStalls diagnostic.Code = "never_stalls"
	// AdviceUnused is a role or a kind of evidence that nothing asks for.
	AdviceUnused diagnostic.Code = "unused"
	// AdviceStaleReview is a review date that has passed.
	AdviceStaleReview diagnostic.Code = "stale_review"
)

// AdviceCodes lists the codes of advice.
func AdviceCodes() []diagnostic.Code {
	return []diagnostic.Code{
		AdviceNoRange, AdviceNoAsk, AdviceNoFallback, AdviceFallbackAboveOutcome, AdviceSellerAction,
		AdviceNotAnAction, AdviceUndated, AdviceNeverSettled, AdviceNeverStalls, AdviceUnused, AdviceStaleReview,
	}
}

func adviceNames() []string {
	var names []string
	for _, code := range AdviceCodes() {
		names = append(names, string(code))
	}
	return names
}
