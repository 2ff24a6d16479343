// Package decode decodes records of calls with each of the JSON libraries that
// are kept, to choose one by measurement.
//
// All of them decode the same bytes into the same struct, [Call]: that of the
// library with plain texts for its words and a plain time for what is due, so
// that no library pays for the checks of ours. Those that work on any struct
// decode into the type of ours too.
//
// Each is used as its authors advise: whole values where it has them, a switch
// over the names of fields on its tokens where it is a tokenizer.
package decode
