// Package measure counts what calls and deals came to: how many calls advanced
// their deal, how many promises were kept, how long deals stay where they are,
// and what a pipeline is worth by what is claimed and by what was earned.
//
// A [Collector] takes the history of one deal after another; collectors that
// were filled on several cores are merged. [Collector.Measures] gives the
// figures. They are the same to the last bit in whatever order the deals came:
// counts are integers, lengths of time are kept as they are and sorted, and
// amounts are summed exactly.
//
// No figure stands alone. A [Rate] carries its interval and says whether there
// is enough behind it to be shown; a [Wait] counts what has not ended yet
// instead of leaving it out. What each measure means, where it comes from and
// what it must not be used for stands in docs/measures.md.
package measure
