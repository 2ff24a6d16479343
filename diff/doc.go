// Package diff says what the change of a process means: not which lines differ,
// but which stages, rungs, exits, gates, requirements and limits were added,
// removed, renamed, moved, loosened or tightened, and whether the version was
// raised as it must be.
//
// [Compare] holds two processes against each other. [Replay] judges the same
// histories by both, and says which deals would stand elsewhere and which
// verdicts change. Both are pure: the same input gives the same report.
package diff
