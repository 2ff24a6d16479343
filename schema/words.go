package schema

import "github.com/advance-sales/advance/finding"

// What the words of the vocabularies mean, for those who see them in an editor.

var severityTexts = map[string]string{
	"ignore":  "Not reported at all.",
	"info":    "Worth knowing.",
	"warning": "Worth acting on.",
	"error":   "A fault: commands exit with 1.",
}

var statusTexts = map[string]string{
	"given":       "The buyer agreed to it. It is held, when it meets what the commitment requires.",
	"kept":        "It has happened. It is held and kept, when it meets what the commitment requires.",
	"broken":      "It did not happen. It is no longer held.",
	"withdrawn":   "The buyer took it back. It is no longer held.",
	"declined":    "Asked for and refused. Nothing changes.",
	"deferred":    "Put off. Nothing changes.",
	"conditional": "Yes, if something else happens first. Nothing changes: record that next step instead.",
	"waived":      "Not needed for this deal. It satisfies exits, and moves nothing. It needs a note with the reason.",
}

var partyTexts = map[string]string{
	"unknown":     "Nobody knows. It does not count.",
	"buyer":       "The buyer. Only this counts.",
	"seller":      "The seller. A seller's promise moves nothing.",
	"third_party": "Somebody else. It does not count.",
}

var contactTexts = map[string]string{
	"reached":     "The buyer was spoken to.",
	"not_reached": "Nobody was: voicemail, no answer.",
	"no_show":     "The buyer was expected and did not come. This breaks what the call would have kept.",
	"none":        "There was no conversation: a booking online, a signature, a message.",
}

var resultTexts = map[string]string{
	"order":        "The call put the deal into the stage that closes won.",
	"no_sale":      "The deal was refused.",
	"setback":      "The deal fell back, or something was lost and nothing credited.",
	"advance":      "The buyer committed to something that moves the deal.",
	"recovery":     "Something lost is held again, or a lost deal came back.",
	"refusal":      "The target was declined.",
	"no_contact":   "Nobody was reached.",
	"continuation": "None of these: however pleasant, the call did not move the deal.",
}

var targetTexts = map[string]string{
	"none":     "There was no target.",
	"exceeded": "Something above the target was credited.",
	"met":      "The buyer gave or kept it.",
	"fallback": "Something else was credited.",
	"missed":   "Nothing was.",
}

var roleTexts = map[string]string{
	"gap":      "It would close an exit that was passed over.",
	"primary":  "The best outcome of the next call.",
	"fallback": "Acceptable instead.",
}

var findingTexts = map[finding.Code]string{
	finding.NoTarget:        "Neither a target nor a kind of call: nobody knew what the call was for.",
	finding.PlannedLate:     "The target was written down after the call.",
	finding.WrongTarget:     "The target is neither the outcome nor a fallback of this kind of call.",
	finding.TargetNoAdvance: "The target could not have moved the deal: a continuation was planned.",
	finding.WrongStage:      "This kind of call does not belong to the stage of the deal.",

	finding.NotAsked:  "Nothing was asked for, and nothing obtained.",
	finding.LostFocus: "The time went into what belongs in another kind of call.",
	finding.KeptOnly:  "A promise was kept, and nothing new obtained.",
	finding.HappyEars: "The seller liked the call, and the deal did not move.",

	finding.Declined:    "The buyer refused a commitment.",
	finding.Deferred:    "The buyer put it off.",
	finding.Conditional: "The buyer will, if something else happens first.",
	finding.SellerOnly:  "The seller promised something, and the buyer nothing.",
	finding.NotByBuyer:  "Somebody else promised it, or nobody knows who.",
	finding.Unqualified: "What the buyer said falls short of what the commitment requires.",
	finding.PastDue:     "Given with a date that lies before the call.",
	finding.BelowMark:   "Gained, but a higher rung had been held already.",
	finding.Repeat:      "It was so already, and there is no new date.",
	finding.Rescheduled: "It was held, and has another date now.",
	finding.Regained:    "It had been lost, and is held again.",
	finding.Waived:      "Something that an exit asks for was waived.",
	finding.OffLadder:   "The buyer did something real that is on no ladder of this process.",
	finding.Broken:      "What was held did not happen.",
	finding.Withdrawn:   "The buyer took back what was held.",
	finding.NotHeld:     "Broken or withdrawn, but it was not held.",

	finding.Lapsed:   "Something held ran out since the previous call.",
	finding.Gap:      "The call moved the deal past exits that are not satisfied.",
	finding.Stalled:  "The deal is stalled after this call.",
	finding.Reopened: "A lost deal came back.",

	finding.UnknownCommitment: "The process has no such commitment.",
	finding.UnknownKind:       "The process has no such kind of call.",
	finding.UnknownRole:       "The process has no such role.",
	finding.UnknownEvidence:   "The process has no such kind of evidence.",
	finding.UnknownReason:     "The process has no such loss reason.",
	finding.UnknownStage:      "The process has no such stage.",
	finding.Contradiction:     "Nobody was reached, and yet the buyer gave something.",
	finding.DuplicateCall:     "Two records of one call and revision differ.",
}
