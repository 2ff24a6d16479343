package diff

import (
	"fmt"
	"slices"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// Compare says what differs between two processes. Commitments belong together
// by their id or by `renamed_from`; a stage or a call kind whose id is gone,
// and which has come back under another one with all that it asks for, counts
// as renamed.
func Compare(old, new *process.Process) Report {
	c := comparison{match: newMatch(old, new)}
	c.process()
	c.commitments()
	c.stages()
	c.kinds()
	c.vocabularies()
	c.findings()
	if old.Ref().Fingerprint != new.Ref().Fingerprint && !slices.ContainsFunc(c.changes, func(c Change) bool { return c.Weight == Meaning }) {
		c.add(Meaning, Changed, PartProcess, "", "", "", "The same is asked for in another form, and saved deals tell processes apart by their form.")
	}
	slices.SortStableFunc(c.changes, func(a, b Change) int { return a.Weight.rank() - b.Weight.rank() })
	return Report{Old: old.Ref(), New: new.Ref(), Version: version(old.Ref(), new.Ref()), Changes: c.changes}
}

func (w Weight) rank() int { return slices.Index([]Weight{Meaning, Advice, Wording}, w) }

func version(old, new process.Ref) Version {
	same := old.Fingerprint == new.Fingerprint
	switch {
	case old.ID != new.ID:
		return VersionOther
	case new.Version < old.Version:
		return VersionLowered
	case new.Version == old.Version && !same:
		return VersionNotRaised
	case new.Version > old.Version && same:
		return VersionUnneeded
	}
	return VersionRight
}

// comparison gathers changes.
type comparison struct {
	*match
	changes []Change
}

func (c *comparison) add(w Weight, a Action, p Part, subject, was, is, format string, args ...any) {
	c.changes = append(c.changes, Change{w, a, p, subject, was, is, fmt.Sprintf(format, args...)})
}

// process compares what the process says about itself.
func (c *comparison) process() {
	was, is := c.old.Definition(), c.new.Definition()
	if was.ID != is.ID {
		c.add(Meaning, Renamed, PartProcess, "", was.ID, is.ID,
			"This is another process: %s was %s. Deals saved under one can not be used with the other.", is.ID, was.ID)
	}
	if a, b := c.old.Zone().String(), c.new.Zone().String(); a != b {
		c.add(Meaning, Changed, PartProcess, "", a, b, "A date without a time means a day in %s now, and no longer one in %s.", b, a)
	}
	c.texts(PartProcess, "", "The process",
		text{"name", was.Name, is.Name}, text{"description", was.Description, is.Description},
		text{"review date", was.Reviewed, is.Reviewed}, text{"time between reviews", string(was.ReviewEvery), string(is.ReviewEvery)})
}

// text is a text of the two versions.
type text struct{ what, was, is string }

// texts reports which texts read otherwise, all of one thing at once.
func (c *comparison) texts(part Part, subject, title string, texts ...text) {
	var differ []string
	var first text
	for _, t := range texts {
		if t.was == t.is {
			continue
		}
		if differ == nil {
			first = t
		}
		differ = append(differ, t.what)
	}
	switch len(differ) {
	case 0:
		return
	case 1:
		c.add(Wording, Reworded, part, subject, first.was, first.is, "%s has another %s.", title, first.what)
	default:
		c.add(Wording, Reworded, part, subject, "", "", "%s has other texts: %s.", title, prose.And(differ...))
	}
}
