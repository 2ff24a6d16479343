// Package render draws a process: the ladder that its buyers climb, cut into
// stages.
//
// [HTML] is one page made to be printed and pinned on a wall: stages from left
// to right, each ladder from its lowest rung to its best. [Mermaid] is the same
// picture for a README, and [Text] for a terminal. All of them are pure: the
// same process gives the same bytes.
package render
