// Package cases tests a sales process by examples: past calls, or calls that
// somebody thought up, with the verdict that they should get.
//
// The examples stand in a YAML document beside the process:
//
//	process: complex-b2b.yaml
//	cases:
//	  - name: a very pleasant conversation
//	    state: {held: [first_meeting]}
//	    call: {at: 2026-01-08, rating: great, commitments: [{other: "call in two weeks", by: seller}]}
//	    expect: {result: continuation, findings: [seller_only, happy_ears]}
//
// [Load] reads one strictly, every fault at its place, and [Suite.Run] judges
// its cases. What `expect` names must hold; what it does not name is free.
// [Coverage] says what of the process the cases have put to the test. In a Go
// test one line does all of it:
//
//	cases.Test(t, "sales.cases.yaml")
//
// # The document
//
// `process` is a path relative to the document, or the name of a built-in
// process. A case has a name of its own, a `call`, and what is expected of its
// verdict. What came before the call is told by `history`, a list of earlier
// calls, or by `state`, the commitments that are held, kept or waived; without
// either the deal is fresh. A `deal` record may come along.
//
// Calls have the fields of call records. Every point in time may be a date
// there, which is noon in the time zone of the process (`due` and `until` keep
// their own meaning of a date, the end of the day). Calls without an id are
// told apart by their place, so that the same text twice is two calls.
//
// A `state` stands for one message, a second before the call, in which the
// buyer gave, with a date of up to a week ahead, everything that is held, and
// kept everything that is kept, with the people and the proof that it takes.
package cases
