// Package crm reads what a CRM exports (deals, activities, stage history,
// contacts) into a [pipeline.Pipeline], by a mapping that a team writes in YAML.
//
//	mapping: 1
//	id: our-crm
//	process: complex-b2b
//	stages: {Prospecting: target, Demo: proof, Closed Won: won, Closed Lost: lost}
//	deals:
//	  id: deal_id
//	  name: title
//	  stage: stage
//	  amount: value
//	activities:
//	  id: activity_id
//	  deal: deal_id
//	  at: date
//	  kind: {field: type, values: {Meeting: meeting, Phone: call}}
//	  people: contact
//	rules:
//	  - commitment: first_meeting
//	    of: meeting
//	    when: {outcome: Held}
//	    status: kept
//	    by: buyer
//	    evidence: [calendar]
//
// [Load] reads a mapping strictly, every fault at its place, and [Mapping.Read]
// reads tables with it: CSV, JSON or JSON lines, row by row, so that what is kept
// is the pipeline alone. No row is dropped in silence: each is used, rejected
// with its place and a reason, or out of scope, and [Count] says how many are
// what. [Builtin] has mappings for the exports of common CRMs.
//
// What a row says is read as it stands there; the one judgement in a mapping
// are its rules, which say what records show that a buyer committed to
// something. They match fields by value, list, prefix or pattern, and can do
// nothing else. docs/mapping.md explains every key.
package crm
