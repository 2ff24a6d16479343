// Package schema describes the documents and the records of this module as
// JSON Schema (draft 2020-12), for editors that complete and check while
// somebody types, and for programs in other languages:
//
//	process  a process, in YAML
//	cases    test cases for a process, in YAML
//	mapping  how the tables of a CRM are read, in YAML
//	call     the record of a call, in JSON
//	deal     the record of a deal, in JSON
//	verdict  the record of a verdict, in JSON
//
// The schemas are built from the vocabularies in the code, and tests hold them
// against what the readers know: every key and every word. They say how a
// document is built and not whether it makes sense: that a name is defined, or
// that an exit can be met, takes the readers themselves. What a reader takes, a
// schema takes too, for YAML as common tools understand it.
package schema
