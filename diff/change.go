package diff

import "github.com/advance-sales/advance/process"

// Report is what differs between two processes.
type Report struct {
	Old     process.Ref `json:"old"`
	New     process.Ref `json:"new"`
	Version Version     `json:"version"`
	// Changes are those of meaning first, then those of advice, then those of
	// wording; in each the process itself, its commitments in the order of
	// their rungs, stages along the path, call kinds, vocabularies.
	Changes []Change `json:"changes"`
}

// Count returns how many changes have a weight.
func (r *Report) Count(w Weight) int {
	n := 0
	for _, c := range r.Changes {
		if c.Weight == w {
			n++
		}
	}
	return n
}

// Version says whether the version was raised as it must be: it has to be
// higher when the meaning has changed, which the fingerprint tells.
type Version string

// What can be said of the version.
const (
	VersionRight     Version = "right"           // raised with the meaning, or neither
	VersionNotRaised Version = "not_raised"      // the meaning has changed, the version has not: a fault
	VersionLowered   Version = "lowered"         // a fault, whatever has changed
	VersionUnneeded  Version = "raised"          // raised, and the meaning is the same: allowed
	VersionOther     Version = "another_process" // the ids differ: there is nothing to hold it against
)

// Fault reports whether the version is not as it must be.
func (v Version) Fault() bool { return v == VersionNotRaised || v == VersionLowered }

// Weight says how far a change reaches.
type Weight string

// The weights, from the most to the least.
const (
	Meaning Weight = "meaning" // where deals stand and what calls result in
	Advice  Weight = "advice"  // what findings, plans and forecasts say
	Wording Weight = "wording" // texts alone
)

// Action is what was done.
type Action string

// The actions.
const (
	Added     Action = "added"
	Removed   Action = "removed"
	Renamed   Action = "renamed" // another id
	Moved     Action = "moved"   // another place in the order
	Loosened  Action = "loosened"
	Tightened Action = "tightened"
	Changed   Action = "changed"  // neither looser nor tighter, or both
	Reworded  Action = "reworded" // texts
)

// Part is a part of a process.
type Part string

// The parts.
const (
	PartProcess     Part = "process"
	PartCommitment  Part = "commitment"
	PartRequirement Part = "requirement"
	PartLapse       Part = "lapse"
	PartStage       Part = "stage"
	PartExit        Part = "exit"
	PartGate        Part = "gate"
	PartStall       Part = "stall"
	PartKind        Part = "call_kind"
	PartVocabulary  Part = "vocabulary"
	PartFinding     Part = "finding"
)

// Change is one thing that differs.
type Change struct {
	Weight Weight `json:"weight"`
	Action Action `json:"action"`
	Part   Part   `json:"part"`
	// Subject is the id of what has changed: its new id, or its old one where
	// it was removed. It is empty for the process itself.
	Subject string `json:"subject"`
	Was     string `json:"was,omitzero"` // in words
	Is      string `json:"is,omitzero"`
	Message string `json:"message"` // a sentence with its full stop
}
