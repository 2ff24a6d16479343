// Package finding names everything that a verdict can remark on beside its
// result: how the call was planned and led, what was said, where the deal
// stands now, and faults of the record itself.
//
// A process may set the severity of each code; only a [Code.Fault] is always
// an error.
package finding
