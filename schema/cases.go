package schema

import (
	"github.com/advance-sales/advance/outcome"
)

func casesSchema() *schema {
	f := document
	s := f.object("Test cases for a process: calls, each with the verdict that it should get.", []string{"process", "cases"},
		field("process", f.text("The process that the cases are about: a path relative to this file, or the name of a built-in process.", "sales.yaml", "complex-b2b")),
		field("cases", list("The cases. Each stands for itself.", f.object("A call, what came before it, and what its verdict should be.",
			[]string{"name", "call", "expect"},
			field("name", f.text("What happens in this case, in a few words. Every case has a name of its own.", "a very pleasant conversation").notBlank()),
			field("deal", ref("deal", "What is known of the deal beside its calls. All of it may be left out.")),
			field("history", list("The calls that came before. Instead of it there may be a `state`.", ref("call", ""))),
			field("state", f.object("What is held before the call, for cases in which it does not matter how it came about. Instead of it there may be a `history`.", nil,
				field("held", f.words("Commitments that the buyer has given, with a date up to a week ahead where one is asked for.", "first_meeting")),
				field("kept", f.words("Commitments that have happened.", "first_meeting")),
				field("waived", f.words("Commitments that are not needed for this deal.")),
			)),
			field("call", ref("call", "The call that is judged.")),
			field("expect", f.expect()),
		))),
	)
	s.Defs = properties{
		{"call", yamlRecord.call("at")},
		{"deal", yamlRecord.deal()},
	}
	return s
}

func (f form) expect() *schema {
	ids := func(description string) *schema {
		return f.words(description + " The whole list, in any order; [] for none.")
	}
	stages := ids
	s := f.object("What the verdict should be. What is named has to hold; what is not named is free.", nil,
		field("result", oneOf("What comes of the call.", outcome.ResultNames(), resultTexts)),
		field("from", f.text("The stage in which the deal stands before the call.", "target")),
		field("to", f.text("The stage in which it stands after the call.", "discovery")),
		field("credited", ids("The commitments with which the call moves the deal.")),
		field("gained", ids("The commitments that are held for the first time.")),
		field("kept", ids("The promises, held before, that the call fulfils.")),
		field("regained", ids("What had been lost and is held again.")),
		field("lost", ids("What was held before and is not after.")),
		field("gaps", stages("The stages that the deal has passed without satisfying their exits.")),
		field("target", f.text("The commitment that the call is for, or what comes of it.").or(f.object("", nil,
			field("commitment", f.text("The commitment that the call is for.")),
			field("result", oneOf("What comes of it.", outcome.TargetResultNames(), targetTexts)),
			field("planned", f.yesNo("Whether the call itself names the target, and not after the call.")),
		))),
		field("findings", list("Findings that have to be there; [] for none at all.", f.expectedFinding())),
		field("no_findings", list("Findings that must not be there.", f.expectedFinding())),
		field("next", f.words("Commitments that have to be among those to ask for next; [] for none at all.", "meet_decision_maker")),
		field("primary", f.text("The commitment that is the best to ask for next.", "meet_decision_maker")),
		field("standing", f.object("How the deal stands, after the call or later.", nil,
			field("at", f.instant("When it is looked at; at the time of the call, where it is left out.")),
			field("stage", f.text("The stage in which it stands.")),
			field("gaps", stages("The stages that it has passed without satisfying their exits.")),
			field("held", ids("What is held, kept ones included.")),
			field("kept", ids("What has happened.")),
			field("waived", ids("What is not needed for this deal.")),
			field("open", ids("What is promised with a date that has not passed.")),
			field("overdue", ids("What is promised and not kept, though its date has passed.")),
			field("won", f.yesNo("Whether the deal is won.")),
			field("lost", f.yesNo("Whether the deal is lost.")),
			field("paused", f.yesNo("Whether the deal is paused.")),
			field("stalled", f.yesNo("Whether the deal is stalled.")),
			field("no_next_commitment", f.yesNo("Whether the deal is open and its buyer has no open commitment.")),
		)),
	)
	s.MinProperties = 1
	return s
}
