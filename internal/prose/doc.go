// Package prose puts the parts of a process into words: lists, counts, lengths
// of time, what a commitment requires, what an exit asks for.
package prose
