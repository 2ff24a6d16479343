// Package commitment holds what a buyer can commit to: the definition of a
// commitment, what it requires before it counts, what can be said about it,
// and its place on the ladder.
//
// A commitment is something the buyer does or agrees to do. Its [Rung] is its
// rank among all commitments of a process, weakest first; a [Set] is a number
// of rungs. [Requirement.Shortfall] decides whether what a buyer offered
// counts.
//
// The idea of a range of commitments for every meeting, from the best to the
// least that is acceptable, is Miller Heiman's and A. Iannarino's.
package commitment
