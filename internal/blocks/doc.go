// Package blocks reads files of lines in blocks of whole lines, so that several
// of them can be worked on at once, and puts the results back in order.
package blocks
