// Package pipeline holds what another system shows of its deals (the stage
// that the seller claims, the activities, the moves from stage to stage) beside
// the calls that were recorded or read out of those activities.
//
// A [Pipeline] is plain data. [NewBook] sorts it by deal, and a [Book] hands out
// the [History] of each: what was claimed and what its buyer's commitments
// earned. Nothing here judges the difference; the packages audit and measure do.
//
// Who goes through many deals takes the [Rows] of one after the other, from a
// book or from wherever they come, and has one [Replayer] replay them all: the
// same histories, in room that is used again.
package pipeline
