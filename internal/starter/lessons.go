package starter

// opening stands at the head of the process.
const opening = `# A sales process: which commitments a buyer makes on the way to the order, and
# what each kind of call is for. It is yours now: change whatever does not fit.
#
# The words that matter:
#   commitment  something the BUYER does or agrees to do, with a date. Not what
#               you do ("Send the proposal"), and not what you know or feel
#               ("Budget confirmed", "Interested").
#   stage       a part of the way. Nobody moves a deal by hand: it stands where
#               its buyer's commitments put it.
#   ladder      the commitments of a stage, from the weakest to the strongest.
#               In a call, ask for the strongest first, and step down from it.
#   exit        what must be held to leave the stage.
#
# While you change it:
#   advance lint FILE                says what is wrong, at its place
#   advance test FILE.cases.yaml     judges example calls; add your own
#   advance render FILE              draws it; --format html is for the wall
#   advance diff OLD FILE            says what your change means
`

// casesOpening stands at the head of the cases.
const casesOpening = `# Examples of calls, with the verdict that each should get. Add calls of your
# own: what you name under "expect" must hold, what you leave out is free. Run
# them with "advance test" and the name of this file.
`

// lessons stand before the parts of a process, by key.
var lessons = map[string]string{
	"advance": `# The version of the format: always 1.
`,
	"id": `# Raise the version whenever the meaning changes, not for texts alone;
# "advance diff" says which it is.
`,
	"defaults": `# What holds for every commitment and every stage that does not say otherwise:
#   requires      dated: a day, or a "by when". within: at most so long after the
#                 call. people: so many by name. roles and evidence: all of a
#                 list, or one of it: {any: [calendar, email]}.
#   lapses_after  so long after its date a commitment is still held. A promise
#                 that nobody kept and nobody renewed is none.
#   stalls_after  so many calls in a row, or so much time, without progress.
#   gate          soft: a deal can pass a stage and leaves a gap. hard: it can not.
# Lengths of time are 36h, 21d, 2w; "none" switches one off.
`,
	"roles": `# Who takes part on the buyer's side. With this list, a call that names another
# role is reported, so that a typing error does not go unnoticed.
`,
	"evidence_kinds": `# What can prove a commitment, beside verbal, email, calendar, recording,
# document, signature and payment, which are always there.
`,
	"loss_reasons": `# Why deals are lost. With this list, no other reason is taken.
`,
	"findings": `# How much a remark about a call matters here: ignore, info, warning or error.
`,
	"commitments": `# The commitments, in any order; the ladders below put them into theirs.
#   name          what the buyer does, as you would ask for it: "Take a meeting"
#   ask           how you ask for it, word for word. Write it so that it can be
#                 said aloud.
#   renamed_from  the id that it had before, if you give it another one: then
#                 old records are still understood.
`,
	"call_kinds": `# The kinds of call, each with the ONE outcome that it exists for.
#   fallbacks   what will do instead
#   keeps       promises that are kept by this call taking place
#   not_for     what belongs in another call, and takes the time of this one
#   refocus     the sentence that brings the talk back to the outcome
#   stages      where this kind of call belongs
`,
	"stages": `# The stages, in order.
#   ladder  its commitments, weakest first
#   exit    what must be held to leave it: one commitment, a list (all of it),
#           {any: [a, b]}, or {at_least: {n: 2, of: [a, b, c]}}.
#           "kept: first_meeting" asks for more than the promise: it must have
#           happened.
#   closes  won or lost. A won stage may have a ladder, since the sale goes on;
#           lost stages are reached by a refusal alone.
`,
}
