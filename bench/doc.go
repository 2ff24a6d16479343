// Package bench measures the evaluators beside what people would otherwise use.
// README.md says how to run it and what came out.
//
//   - [github.com/advance-sales/advance/bench/history] makes the histories,
//   - [github.com/advance-sales/advance/bench/machine] has the peers that only
//     keep the stage of a deal,
//   - [github.com/advance-sales/advance/bench/decode] has the decoders of records.
package bench
