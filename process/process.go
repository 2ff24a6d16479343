package process

import (
	"iter"
	"time"
	"unique"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
)

// Process is a compiled process. It never changes and is safe for concurrent
// use. It comes from [Definition.Compile], [Load], [Parse] or [Builtin].
type Process struct {
	def         Definition
	ref         Ref
	handle      unique.Handle[Ref]
	zone        *time.Location
	commitments []Commitment // by rung
	rungs       names
	stages      []CompiledStage // the path, then the stages that close lost
	won         int
	awaited     commitment.Set // every commitment that an exit asks for
	paths       paths
	kinds       []Kind
	kindIDs     names
	roles       names // the zero value: any role
	evidence    names
	reasons     names // the zero value: any reason
	severities  [256]diagnostic.Severity
}

// Ref says which process something was judged by: its id, its version, and a
// fingerprint of what it means.
type Ref struct {
	ID          string `json:"id"`
	Version     int    `json:"version"`
	Fingerprint string `json:"fingerprint"`
}

// Ref returns the identity of the process.
func (p *Process) Ref() Ref { return p.ref }

// Handle returns the identity of the process in a form that is small to keep and
// quick to compare.
func (p *Process) Handle() unique.Handle[Ref] { return p.handle }

// ID returns the id of the process.
func (p *Process) ID() string { return p.ref.ID }

// Version returns the version of the process.
func (p *Process) Version() int { return p.ref.Version }

// Name returns the name of the process, or its id where it has none.
func (p *Process) Name() string {
	if p.def.Name == "" {
		return p.def.ID
	}
	return p.def.Name
}

// Description returns what the process says about itself.
func (p *Process) Description() string { return p.def.Description }

// Zone returns the time zone of dates that name none.
func (p *Process) Zone() *time.Location { return p.zone }

// Definition returns a copy of the definition that the process was compiled
// from.
func (p *Process) Definition() Definition { return p.def.clone() }

// Extensions returns the keys that begin with "x-" of the mapping at a path
// such as "", "commitments.first_meeting" or "stages[2]". They must not be
// changed.
func (p *Process) Extensions(path string) map[string]any { return p.def.Extensions[path] }

// Len returns the number of commitments. Rungs run from 0 to Len()-1.
func (p *Process) Len() int { return len(p.commitments) }

// Rung finds a commitment by its id, or by the one that it was renamed from.
func (p *Process) Rung(id commitment.ID) (commitment.Rung, bool) {
	r, ok := p.rungs.find(string(id))
	return commitment.Rung(r), ok
}

// Commitment returns the commitment on a rung of this process.
func (p *Process) Commitment(r commitment.Rung) *Commitment { return &p.commitments[r] }

// Commitments yields the commitments in the order of their rungs.
func (p *Process) Commitments() iter.Seq[*Commitment] { return pointers(p.commitments) }

// Stages yields the path from the first stage to the one that closes won, then
// those that close lost: the order of [CompiledStage.Index].
func (p *Process) Stages() iter.Seq[*CompiledStage] { return pointers(p.stages) }

// Stage returns a stage by its index.
func (p *Process) Stage(index int) *CompiledStage { return &p.stages[index] }

// StageByID finds a stage by its id.
func (p *Process) StageByID(id StageID) (*CompiledStage, bool) {
	for s := range p.Stages() {
		if s.ID() == id {
			return s, true
		}
	}
	return nil, false
}

// WinsBy reports whether a commitment is an item of the exit that deals are won
// through.
func (p *Process) WinsBy(r commitment.Rung) bool { return p.stages[p.won-1].items.Has(r) }

// Won returns the index of the stage that closes won, the last of the path.
func (p *Process) Won() int { return p.won }

// FirstLost returns the index of the first stage that closes lost.
func (p *Process) FirstLost() int { return p.won + 1 }

// Kinds yields the kinds of call in the order of the document.
func (p *Process) Kinds() iter.Seq[*Kind] { return pointers(p.kinds) }

// Kind finds a kind of call by its id.
func (p *Process) Kind(id KindID) (*Kind, bool) {
	if i, ok := p.kindIDs.find(string(id)); ok {
		return &p.kinds[i], true
	}
	return nil, false
}

// KnowsRole reports whether people can have a role.
func (p *Process) KnowsRole(role string) bool { return p.roles.slots == nil || p.roles.has(role) }

// KnowsEvidence reports whether there is such a kind of evidence.
func (p *Process) KnowsEvidence(kind string) bool { return p.evidence.has(kind) }

// KnowsReason reports whether a deal can be refused for a reason.
func (p *Process) KnowsReason(reason string) bool {
	return p.reasons.slots == nil || p.reasons.has(reason)
}

// Severity returns how much a finding matters in this process.
func (p *Process) Severity(code finding.Code) diagnostic.Severity { return p.severities[code] }

func pointers[T any](list []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// Commitment is a commitment of a compiled process.
type Commitment struct {
	def     commitment.Definition
	rung    commitment.Rung
	stage   int
	step    int
	require commitment.Requirement
	lapses  time.Duration // negative: never
}

// ID returns the id of the commitment.
func (c *Commitment) ID() commitment.ID { return c.def.ID }

// Name returns its name, or words made from its id where it has none.
func (c *Commitment) Name() string { return nameOr(c.def.Name, string(c.def.ID)) }

// Description returns what the process says about it.
func (c *Commitment) Description() string { return c.def.Description }

// Ask returns how the seller asks for it.
func (c *Commitment) Ask() string { return c.def.Ask }

// Rung returns its rank in the process.
func (c *Commitment) Rung() commitment.Rung { return c.rung }

// Stage returns the index of the stage whose ladder it is on.
func (c *Commitment) Stage() int { return c.stage }

// Step returns its place on the ladder of its stage, from 1 for the weakest.
func (c *Commitment) Step() int { return c.step }

// Require returns what is required before it counts. It must not be changed.
func (c *Commitment) Require() *commitment.Requirement { return &c.require }

// LapsesAfter returns how long after its due date it is still held. Where ok is
// false it never lapses.
func (c *Commitment) LapsesAfter() (after time.Duration, ok bool) { return c.lapses, c.lapses >= 0 }

// Kind is a kind of call of a compiled process.
type Kind struct {
	def       CallKind
	index     int
	outcome   commitment.Rung
	fallbacks commitment.Set
	keeps     commitment.Set
	notFor    names
	stages    []bool // by stage index; nil: anywhere
}

// ID returns the id of the kind.
func (k *Kind) ID() KindID { return k.def.ID }

// Index returns its number among the kinds of its process, from 0.
func (k *Kind) Index() int { return k.index }

// Name returns its name, or words made from its id where it has none.
func (k *Kind) Name() string { return nameOr(k.def.Name, string(k.def.ID)) }

// Description returns what the process says about it.
func (k *Kind) Description() string { return k.def.Description }

// Outcome returns the one commitment that such a call exists for.
func (k *Kind) Outcome() commitment.Rung { return k.outcome }

// Fallbacks returns the commitments that are acceptable instead.
func (k *Kind) Fallbacks() commitment.Set { return k.fallbacks }

// FallsBackOn reports whether a commitment is acceptable instead of the outcome.
func (k *Kind) FallsBackOn(r commitment.Rung) bool { return k.fallbacks.Has(r) }

// Keeping reports whether such a call fulfils anything by taking place.
func (k *Kind) Keeping() bool { return !k.keeps.IsEmpty() }

// Keeps returns the commitments that such a call fulfils by taking place.
func (k *Kind) Keeps() commitment.Set { return k.keeps }

// NotFor lists the activities that belong in another kind of call.
func (k *Kind) NotFor() []string { return append([]string(nil), k.def.NotFor...) }

// Excludes reports whether an activity belongs in another kind of call.
func (k *Kind) Excludes(activity string) bool { return k.notFor.has(activity) }

// Refocus returns what to say to come back to the outcome.
func (k *Kind) Refocus() string { return k.def.Refocus }

// BelongsTo reports whether such a call belongs to the stage with an index.
func (k *Kind) BelongsTo(stage int) bool { return k.stages == nil || k.stages[stage] }
