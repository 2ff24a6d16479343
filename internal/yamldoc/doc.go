// Package yamldoc reads one YAML document strictly, by walking its nodes once
// and keeping the place of everything, so that every fault can be shown where
// it stands.
//
// [Parse] turns a text into a tree of [Node]s with aliases followed. A [Reader]
// walks that tree: [Reader.Fields] reads a mapping whose keys are known,
// [Reader.Entries] one whose keys are free, [Reader.Items] a sequence, and
// [Reader.String], [Reader.Int] and [Reader.Bool] a scalar as what its key
// expects. All faults gather in the reader as diagnostics; reading goes on, so
// that one pass finds them all. Keys that begin with "x-" are free at any
// mapping, and are handed out by [Reader.Extensions].
//
// # Places
//
// Lines count from 1, columns in characters from 1, and the end of a range is
// exclusive. A scalar is where its text stands, a mapping or list in brackets
// is where the brackets stand, and a mapping or list over several lines is
// where its key stands (an item of a list: its first line). What is reached
// through an alias or a merge key is where it was written, behind the anchor,
// because that is the text to mend; only a missing key is reported at the key
// of the mapping that lacks it.
//
// # Bounds
//
// Texts come from anywhere. Size, nesting and the growth by aliases are
// limited by [MaxSize], [MaxDepth], [MaxKey] and [MaxAliased], and a reader keeps
// at most [MaxDiagnostics] diagnostics. Nothing panics and nothing hangs.
//
// The YAML library stays hidden behind this package: no other one imports it.
package yamldoc
