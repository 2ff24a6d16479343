// Package store keeps calls, deals and verdicts in the tables of a program's own
// database, PostgreSQL 14 or SQLite 3.35 and later, through database/sql. It
// imports no driver: that choice is the program's.
//
// Every verb works inside a transaction that the caller opened, so that a call
// and its verdict are written together with whatever else the program writes, or
// not at all:
//
//	tx, err := db.BeginTx(ctx, nil)
//	...
//	recorded, err := s.Record(ctx, tx, call) // recorded.Verdict says what came of it
//	...
//	err = tx.Commit()
//
// A transaction that failed is rolled back and done again where [Retryable] says
// so. Nothing here reads a clock, starts anything, or keeps a connection.
//
// # What it guarantees
//
//  1. The set of calls decides. The state of a deal is the fold over the set of
//     its calls in the order of their time and id, whatever the order in which
//     their records came. Of several records of a call the highest revision
//     counts.
//  2. Nothing changes in silence. A record that comes late, or corrects an
//     earlier one, folds the deal from its history again, and [Recorded] names
//     every earlier verdict that changed, with what it was.
//  3. Once. The same record twice is one record: the second time nothing is
//     written, and the answer is the same.
//  4. Together or not at all. Record, state, verdicts, the next wake-up and the
//     changes for followers are written in the caller's transaction. Every error
//     of the database reaches the caller. What was committed outlives a killed
//     program and a killed server.
//  5. By comparison, never by luck. A deal is written only where it still has
//     the version that was read; else the verb fails with [ErrConflict]. This
//     does not depend on the isolation of the transaction. That writers lock the
//     row first, where PostgreSQL can, spares them the failure and nothing more.
//  6. One bad deal blocks no other. A deal that can not be judged is parked with
//     the reason; its records are kept, and it comes back with the first record
//     or [Store.Refold] that makes it whole.
//  7. No guessing at processes. A deal carries the id, version and fingerprint of
//     its process. One that the store has no evaluator of is refused with an
//     [*UnknownProcessError], and only [Store.Move] changes it, after checking
//     that the history fits.
//  8. Time is an input, and acts once. Each deal carries the instant of its next
//     change, rounded up to what a database keeps. [Store.Due] hands deals out to
//     any number of workers, each deal to one, and what was handed out is not
//     handed out again. The clock of a deal never goes back: a late call does not
//     repeat its wake-ups.
//  9. Followers miss nothing. [Store.Changes] hands out every committed change
//     after a position, those of a deal in their order, also when transactions
//     that began first commit last.
//  10. The tables can be checked. [Store.Reconcile] computes deals from their
//     calls and reports every difference from what is stored.
//  11. Erasing leaves nothing. After [Store.Erase] no table holds anything about
//     the deal but the tombstone for followers, which has its id alone.
//
// # The tables
//
// There are four, made by [Store.Migrate] or with the SQL of
// [Store.MigrationSQL], under a prefix, and with PostgreSQL in a schema, of the
// caller's choice: deals (the state, the version that is compared, the reason of
// parking, the next change), calls (records, only ever added), verdicts (one a
// call), changes (for followers). Reading them with queries of one's own is
// welcome; writing to them is what Reconcile finds.
//
// # SQLite
//
// SQLite has one writer at a time. Begin transactions that write with BEGIN
// IMMEDIATE, and let them wait for each other (in modernc.org/sqlite
// _txlock=immediate and _pragma=busy_timeout(10000) in the name of the data
// source): a transaction that reads first and finds another writer when it
// comes to write is told that the database is busy, and has to begin again.
package store
