// Package audit compares what a pipeline claims of its deals with what the
// commitments of their buyers earned.
//
// [Run] replays every deal and lists what does not fit as findings: a stable
// code, a severity, the deal, the records that show it, and what to do about
// it. There is one finding for each faulty record or fact, so that counting
// findings is counting faults. docs/audit.md tells what each [Code] means.
//
//	report, err := audit.Run(ev, pipeline, audit.Options{AsOf: now})
//
// A report is a function of the data and of the instant that it is looked at
// from: it reads no clock. A finding keeps its identity from one run to the
// next, so that [Options.Baseline] can leave out what is known.
//
// A report is for coaching and for forecasting. It is no measure of a person,
// and nobody should be paid by it: what is paid for gets recorded.
package audit
