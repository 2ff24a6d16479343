// Command advance judges sales calls by what the buyer committed to, plans the
// next call, and helps to write the process that says so.
//
//	advance evaluate calls.jsonl
//	advance plan --deal D-1042 --kind cold_call calls.jsonl
//
// # Adding a verb
//
// A verb is one file, named for it. It holds a function
//
//	func newLintCmd(e *env) *cobra.Command
//
// which is listed in verbs (root.go), with GroupID set to one of the groups
// there, and with Short, Long and Example written for somebody who has never
// seen the command. RunE stays thin: it reads, calls the library, and prints.
//
// Everything that belongs to the world comes from the env: input and output,
// the clock, the environment, the terminals. So a test runs the whole command
// in its own process with run(args, env) and looks at what came out.
//
// How a verb ends is its error:
//
//   - nil: exit 0;
//   - errFaults: exit 1, when what was looked at has faults or findings that
//     count. Each has been reported with e.fault; a verb that ends with
//     e.ended() gets this right by itself;
//   - any other error: exit 2, the command could not run. Its text is printed
//     behind "advance VERB: ". One made with usagef also points to --help.
//
// An interrupt ends the command with 130 and a reader that has gone with 141,
// both without a word.
//
// Results go to e.stdout, everything else to e.stderr. e.screen says how wide
// a page is and paints it; what is written to e.stdout is buffered and reaches
// the world in whole lines.
//
// Flags that several verbs have are added by one helper each (flags.go), so
// that they have the same name, meaning, help and completion everywhere:
// processFlag, asOfFlag, formatFlag, and choiceFlag for any other that takes one
// of a few words. Files with calls are checked by e.inputs and read by e.readCalls
// or e.readHistory (input.go, history.go), which know standard input and gzip and
// report what can not be read. JSON that is one document is printed by printJSON.
//
// Golden files of what the verbs print are written anew with
//
//	go test ./cmd/advance -update
package main
