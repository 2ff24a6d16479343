//go:build race

package outcome_test

// A [sync.Pool] forgets at random under the race detector, so that what is
// allocated then says nothing.
const raceDetector = true
