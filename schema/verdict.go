package schema

import (
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
)

func verdictSchema() *schema {
	f := outputRecord
	ids := func(description string) *schema {
		return f.words(description + " Ids of commitments, in the order of the ladder.")
	}
	s := f.whole("What came of one call for its deal, and what would have moved it.",
		field("call", f.text("The id of the call.", "c-17")),
		field("deal", f.text("The id of the deal.", "D-1042")),
		field("at", f.instant("When the call took place, in UTC.")),
		field("process", f.text("The id of the process that it was judged by.", "complex-b2b")),
		field("version", integer("The version of that process.").from(1)),
		field("result", oneOf("What came of the call: the first of these that applies.", outcome.ResultNames(), resultTexts)),
		field("from", f.text("The stage in which the deal stood before the call.", "target")),
		field("to", f.text("The stage in which it stands after the call.", "discovery")),
		field("credited", ids("The commitments with which the call moved the deal.")),
		field("gained", ids("The commitments that are held for the first time.")),
		field("kept", ids("The promises, held before, that the call fulfilled.")),
		field("regained", ids("What had been lost and is held again.")),
		field("lost", ids("What was held before and is not after.")),
		field("gaps", f.words("The stages that the deal has passed without satisfying their exits, in the order of the path.")),
		field("target", f.whole("What came of the commitment that the call was for.",
			field("commitment", f.text("The commitment; empty where there was no target.")),
			field("result", oneOf("What came of it.", outcome.TargetResultNames(), targetTexts)),
			field("planned", f.yesNo("Whether the record itself names the target, and not after the call.")),
		)),
		field("findings", list("What there is to say about the call, in the order of the codes.", f.whole("A finding.",
			field("code", findingCode("What kind of finding it is. Those of house rules begin with house_.")),
			field("severity", oneOf("How much it matters in this process.", diagnostic.SeverityNames(), severityTexts)),
			field("commitment", f.text("The commitment that it is about; empty where it is about the whole call.")),
			field("message", f.text("What it says, in a sentence.")),
		))),
		field("next", list("What would be credited now, the best first.", f.whole("A commitment to ask for.",
			field("commitment", f.text("Its id.")),
			field("name", f.text("Its name.")),
			field("stage", f.text("The stage whose ladder it is on.")),
			field("rung", integer("Its place on that ladder, from 1.").from(1)),
			field("role", oneOf("The part that it plays.", outcome.RoleNames(), roleTexts)),
			field("ask", f.text("How to ask for it, word for word.")),
		))),
		field("why", f.text("The reason for the result, and for a call that moved nothing what would have, in plain words.")),
	)
	return s
}

// housePattern is how the codes of house rules begin.
const housePattern = "^house_"

// whole is an object all of whose fields are always there.
func (f form) whole(description string, fields ...property) *schema {
	var required []string
	for _, each := range fields {
		required = append(required, each.name)
	}
	return f.object(description, required, fields...)
}

func findingMeanings() map[string]string {
	meanings := map[string]string{}
	for code, text := range findingTexts {
		meanings[code.String()] = text
	}
	return meanings
}

// findingCode is the code of a finding, or of one of a house rule.
func findingCode(description string, others ...*schema) *schema {
	return &schema{Description: description, AnyOf: append([]*schema{
		oneOf("", finding.Names(), findingMeanings()),
		{Type: types{"string"}, Pattern: housePattern},
	}, others...)}
}

// expectedFinding is a finding in a document of cases: a code, or a code with
// the commitment that it is about.
func (f form) expectedFinding() *schema {
	return findingCode("", &schema{Type: types{"object"}}).or(f.object("", []string{"code"},
		field("code", findingCode("What kind of finding it is.")),
		field("commitment", f.text("The commitment that it is about.")),
	)).or(f.text("")).example(`"happy_ears"`).example(`{"code": "unqualified", "commitment": "first_meeting"}`)
}
