// Package page draws the report of an audit as one page that needs nothing
// else: no network, no server, no font of its own. It is made to be opened from
// a disk or an e-mail, read on a phone or in the dark, printed, and worked with
// by keyboard.
//
// The charts are links: a bar filters the table of findings, and the filter
// stands in the address, so that a link keeps it. They are drawn by Observable
// Plot (assets/plot), which draws SVG with text as text and colours from the
// style sheet, and so follows the reader into print and into the dark.
//
// Everything that comes from data is escaped, and a content security policy
// admits the style sheet and the scripts of the page by their hashes alone.
package page
