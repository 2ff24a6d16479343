// Package oracle is a second implementation of what calls do to a deal, for tests
// alone: slow, literal, and sharing no code with the engine, so that the two can be
// compared on generated histories.
//
// Everything is recomputed from the list of calls; a state is a map from commitment
// to holding, and positions, marks and gaps are derived from it each time. Processes
// and records are plain types of its own that marshal to valid documents.
//
// Where the specification leaves room, this is how it is read here.
//
// Reading records
//
//  1. The end of a day is its last nanosecond in the zone: an entry due then is past due in a call at midnight.
//  2. `renamed_from` is resolved in entries, in `target` and in `asked`; the verdict shows the present id.
//  3. An unknown commitment in `target`, `asked` or an entry counts as absent: an unknown target leaves the outcome of the kind, an unknown asked is not asked, an entry for it gives no other finding than unknown_commitment, unknown_role and unknown_evidence.
//  4. An unknown kind counts as no kind, so that no_target is reported beside unknown_kind when no target is named.
//  5. The vocabulary of evidence is always closed (built-in and `evidence_kinds`); roles and loss reasons are closed only when the process has such a list. Roles and evidence are checked in every entry, whoever made it, `other` included. An empty role or reason is no fault.
//  6. `no_sale.stage` that names a stage which is not a lost one is as unknown as one that does not exist; `no_sale.by` does not matter.
//  7. A deal record whose `stage` is unknown is opened as if it had none, without a finding.
//  8. Of records with one id, only those of the highest revision are compared for duplicate_call; "first by content" is the order of the JSON bytes. Standing resolves revisions first and looks at calls up to the instant then.
//
// Qualification
//
//  9. "So many named people" counts different names that are not empty; the same name twice, with two roles, is one person with two roles. An unknown role still makes a person.
//  10. An own empty `roles` or `evidence`, or `people: 0`, overrides an inherited one. An own `within: none` leaves dated as it is; an own `within` beats an inherited `dated: false`.
//  11. past_due is not a shortfall of `requires`: such an entry is `unqualified` as well only when something else is missing. Only a buyer's entry for a commitment is past_due.
//  12. "The last qualifying given" that `kept` inherits from is the last one ever, in this call too, even when the commitment was broken, lapsed or refused since, and also one that only moved a date. An empty list counts as not listed.
//  13. A waiver without a note has no effect; a buyer's is reported `unqualified`, a seller's not at all.
//
// What is held
//
//  14. In a call, entries of one commitment and status act once: two `broken` are one. Each status is judged against what the statuses before it left: given and withdrawn in one call is `withdrawn`, not `not_held`; broken and withdrawn of a held one is `broken` and `not_held`.
//  15. "Ever held" is judged at the ends of calls (before a refusal): what was given and withdrawn in one call can still be gained, and what was given and refused in one call cannot.
//  16. A `given` without a date for what has a date leaves the date; it is `repeat`. A date for a held one without a date is `rescheduled`. Several qualifying `given`: one with a date beats one without, and only the one that counts is repeat or rescheduled.
//  17. Broken and given again in one call is `rescheduled` whatever the date, beside `broken`, if it was held before.
//  18. Keeping clears the date. Given again with a date, a kept one is open until that date, and a `kept` until then fulfils the renewed promise (`kept` of the verdict, no repeat); after the date it is a repeat. A date equal to the one before the keeping is a new date.
//  19. Assumed and given again stays assumed ("changes nothing else"): it may be open, but is never overdue, never lapses, and no refusal takes it back, but as an item of the exit that the deal was won through.
//  20. Assumed as kept is what a `kept:` item in one of the exits before the stage asks for; it is in the kept list of the standing. Assumed only as held it can be fulfilled, by an entry or by a kind that keeps it, and then is in `kept` of the verdict.
//  21. A no-show counts as `broken`: it gives that finding, breaks what is assumed and not kept, and ends "won holds". A promise renewed after keeping is not broken by it.
//  22. Only a buyer's entries take precedence over what the kind keeps; a seller's waiver does not.
//  23. A deal opened on trust at a lost stage is a lost deal with nothing assumed and no mark. One opened where its assumed items satisfy further exits stands where the exits put it, won included.
//
// The deal
//
//  24. "Won holds" ends with a buyer's broken or withdrawn for any item of the last exit before won, held or not, even when it is given again in the call; where the deal stands is then computed, and it may still be won.
//  25. A lost deal is reopened by any qualifying given or kept, a repeat too, or by a call that fulfils a promise by its kind, if the commitment is held at the end of the call. A waiver does not reopen. Reopened and refused in one call is neither reopened nor reported so.
//  26. A deal put into won and refused in one call is refused from won.
//  27. A refusal leaves alone what was kept, renewed dates included; its `lost` lists only what was held before the call, not what this call gave.
//  28. A lost deal has no gaps and an empty `next`.
//  29. "Put into won by something gained, kept or regained": undo these and keep the waivers; if the deal would still be won, it is no order. So a waiver of the last exit with an unrelated gain is no order. Won before and won after is no order.
//  30. "Something was lost and nothing credited" is a setback for a lost deal too; "at an earlier stage" compares an open or won deal with an open or won one.
//
// The verdict
//
//  31. Regained, like gained, is read before a refusal in the call; it means held after, not before, but earlier.
//  32. `kept` of the verdict lists what waited before the call, was kept in it and is kept at its end. Something kept that was not held before is gained and not kept; it moves the clock of stalling only if credited.
//  33. `met` needs a buyer's given or kept entry for the target that qualifies, even if withdrawn in the same call; a kind that keeps the target, or a waiver, does not meet it. `planned` without `planned_at` is true when the record named a known target.
//  34. The target could have been credited when it was never held and ranks above the mark or is an item, not met, of a criterion that does not hold. It is judged before the call, for the kind's outcome too.
//  35. lost_focus: "not obtained" is a target result that is not met.
//  36. `gaps` and `next` of the verdict describe the deal after the call, at its time.
//  37. `next`: items that close a gap by gap in path order and within one in rung order, each once; they must be missing in a criterion that does not hold. Only the one next stage is looked at when the ladder has none. `primary` is the first of the ladder, gaps or not. `rung` counts from 1 in its stage.
//
// Findings
//
//  38. These carry a commitment: wrong_target and target_no_advance the target; those on entries, on gains and on losses theirs; unknown_commitment the name as written; unknown_role and unknown_evidence the commitment of the entry. All others, kept_only, lost_focus and gap too, and those for `other`, carry none.
//  39. Within a code: without a commitment first, then by rung, then unknown names by bytes.
//  40. seller_only includes a seller's `other`; not_by_buyer does not include `other`, and is reported for any status.
//  41. `waived` is reported by each waiver that counts for an item of any exit, even if waived already or withdrawn in the call.
//  42. not_held is also reported when a `withdrawn` ended a waiver over something not held.
//  43. `gap` is reported for gaps between where the deal stood and where it stands; gaps further back are not passed by this call. A reopened deal passes all its gaps.
//  44. `lapsed` is reported in calls of any contact and for lost and won deals, also when the commitment is given again in the call.
//
// Standing
//
//  45. "The latest call's pause" is the pause of the latest call that sets one; a call without a pause leaves it. The end of that pause alone counts for the clock. `paused` does not ask whether the deal is open.
//  46. A call is inside a pause when a pause covers its instant before it or after it is applied.
//  47. `open` lists only what has a due date; an undated commitment is never open, so a deal with nothing else has no next commitment. `held` includes kept and assumed; waived is listed apart.
//  48. Calls while the deal is won count for the run; keeping moves the clock but does not end the run.
//  49. next_change is exact to the nanosecond: what holds up to and including an instant changes one nanosecond after it; stalling and the end of a pause change on their instant.
//  50. A deal without `opened` and without calls does not stall by time.
package oracle
