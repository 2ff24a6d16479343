package commitment

// ID names a commitment within a process: letters, digits, '-' and '_'.
type ID string

// Role names a part that a person plays in the buying, such as "champion".
type Role string

// Definition is a commitment as a document writes it. It is plain data; what
// it leaves out is inherited from the defaults of its process.
type Definition struct {
	ID          ID
	Name        string // as something the buyer does: "Take a first meeting"
	Description string
	Ask         string // how the seller asks for it, word for word
	Requires    Requirements
	// LapsesAfter is how long after its due date the commitment is still held
	// (without a due date: after it was last given).
	LapsesAfter Duration
	// RenamedFrom is the id that it had in an earlier version; records may
	// still use it.
	RenamedFrom ID
	// Allow lists the lint codes that do not apply to this commitment.
	Allow []string
}

// Requirements is what has to be there before a commitment counts. A nil or
// empty field is inherited from the defaults.
type Requirements struct {
	Dated    *bool    // a point in time, or a "by when", has been agreed; true unless written otherwise
	Within   Duration // at most this far after the call; implies Dated
	People   *int     // at least so many named people on the buyer's side
	Roles    *Need    // roles that must be among them
	Evidence *Need    // kinds of evidence that must be there
}

// Need is a demand for names: each of All, and at least one of Any where Any
// is not empty. The zero Need is always met.
type Need struct {
	All []string
	Any []string
}

// IsZero reports whether the need asks for nothing.
func (n Need) IsZero() bool { return len(n.All) == 0 && len(n.Any) == 0 }

// Names returns every name that the need mentions, All before Any.
func (n Need) Names() []string {
	return append(append([]string(nil), n.All...), n.Any...)
}

// EvidenceKinds are the kinds of evidence that every process knows. A process
// may name more.
func EvidenceKinds() []string {
	return []string{Verbal, "email", "calendar", "recording", "document", "signature", "payment"}
}

// Verbal is the evidence that is always there: what the seller reports.
const Verbal = "verbal"
