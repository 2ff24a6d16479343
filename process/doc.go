// Package process holds the sales process: one long ladder of commitments cut
// into stages, each with an exit, and the kinds of call with the one outcome
// that each exists for.
//
// A process goes through three forms. A [Definition] is plain data: a Go
// literal, or what [Read] finds in a YAML document. [Definition.Compile]
// resolves every reference in it, or lists all that is wrong with it. The
// [Process] that comes out is opaque, never changes, and is safe for
// concurrent use; only that can place a deal.
//
//	p, err := process.Load("sales.yaml")
//
// Stages are numbered along the path: 0 is the first, [Process.Won] the one
// that closes won; the stages that close lost come after it.
package process
