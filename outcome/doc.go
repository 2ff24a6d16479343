// Package outcome judges calls: did a call move the deal, why, and what would
// have.
//
// An [Evaluator] holds a compiled process. [Evaluator.Apply] takes the [State]
// of a deal and a [Call] and gives the state after it and a [Verdict];
// [Evaluator.Standing] says how a deal stands at an instant, and
// [Evaluator.Plan] what to ask for in the next call. All of them are pure: they
// read no clock, change no argument and start nothing. An evaluator is safe for
// concurrent use.
//
// Apply copies what it is given. A [Fold] applies the calls of a deal in place
// and allocates nothing for an ordinary one; whoever judges calls more than once
// has [Evaluator.Prepare] look up their names beforehand.
//
// A call that did not advance its deal is a verdict, never an error. Errors are
// for what can not be judged: [*LateError], [*SeenError], [*DealError],
// [*ProcessError].
//
// The words order, advance, continuation and no-sale for the outcomes of a call
// are N. Rackham's (SPIN Selling); that a seller's own promise is no advance is
// A. Iannarino's.
package outcome
