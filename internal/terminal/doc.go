// Package terminal lays out text for people: how wide a page is, where lines
// break, what is painted, and that nothing in foreign text can take control of
// the terminal.
package terminal
