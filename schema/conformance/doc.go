// Package conformance tests the JSON Schemas with what others made: a validator
// of JSON Schema, and the language server that editors check YAML with. It is a
// module of its own, so that nobody who imports the library gets these.
package conformance
