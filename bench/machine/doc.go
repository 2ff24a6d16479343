// Package machine keeps the stage of a deal by a bare guarded transition, with
// what people use for that: two libraries of state machines, three of
// expressions and policies, and a hand-written switch.
//
// A machine does a small part of what an evaluator of this project does: it
// knows no credit, no target, no findings and no lapse, and cannot say why. All
// come to the same stages on the histories of package history, as these were
// made so that a bare transition is enough.
//
// Each is used as its authors advise, at its best: what can be compiled,
// prepared or turned into the values of a library beforehand is, outside of what
// is timed, and one machine serves deal after deal where the library lets it.
// The variants that build a machine for each deal are there as well, as that is
// what the examples of those libraries do.
package machine
