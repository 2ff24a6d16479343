// Package sarif writes diagnostics as SARIF 2.1.0, the format in which code
// hosts and editors take the results of checks.
//
// Of the format it knows what it needs: one run of one tool, its rules, and
// results that each have a place.
package sarif
