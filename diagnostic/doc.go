// Package diagnostic holds the one form in which a fault or an advice about a
// document is reported: a stable code, a severity, a place, a sentence that
// says what is wrong and one that says what would be right.
//
// Everything that reads documents reports with it: processes, mappings, test
// cases. Programs match on [Code]; people read [Diagnostic.Error].
package diagnostic
