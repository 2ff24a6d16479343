//go:build !race

package outcome_test

const raceDetector = false
