// Package pipeline holds what another system shows of its deals (the stage
// that the seller claims, the activities, the moves from stage to stage) beside
// the calls that were recorded or read out of those activities.
//
// A [Pipeline] is plain data. [NewBook] replays it by a process, and a
// [Book] hands out the [History] of each deal: what was claimed and what its
// buyer's commitments earned. Nothing here judges the difference; the packages
// audit and measure do.
package pipeline
