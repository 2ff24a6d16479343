// Package history makes the histories that are measured: deals of twelve calls,
// each with one entry, five of them credited.
//
// A deal is a function of its number alone, so that any of them can be made
// again at any time, and a stream of millions needs no memory. The stages that
// they come to are known from how they are made, and do not depend on any
// evaluator.
package history
