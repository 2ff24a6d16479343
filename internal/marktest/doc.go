// Package marktest lets the input of a test say itself what is expected of it,
// right where it is expected, so that no test holds a line number.
//
// A line that is to have a fault ends with "#!", the code of the fault and a
// regular expression in quotes (double quotes or backquotes, as in Go), which the text of the
// diagnostic has to match. The stretch that the fault is to be placed at stands
// between « and »; without these only the line counts. Several faults on a line
// follow each other, in the order of their brackets:
//
//	stages:
//	  - id: target
//	    «laddr»: [demo]      #! unknown_key "did you mean \"ladder\"?"
//	    «gate»:              #! empty_value `gate.*no value`
//
// [Strip] takes out the marks, with the blanks in front of "#!", and returns the
// text as it would stand in a file together with what is expected. [Check]
// compares that with the diagnostics, which must be exactly the expected ones.
package marktest
