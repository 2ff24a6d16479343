package outcome

import (
	"database/sql/driver"
	"fmt"
	"time"
	"unique"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// stateJSON is a state as it is stored.
type stateJSON struct {
	Deal        DealID          `json:"deal"`
	Process     process.Ref     `json:"process"`
	Opened      time.Time       `json:"opened,omitzero"`
	Last        *lastJSON       `json:"last,omitzero"`
	Clock       time.Time       `json:"clock,omitzero"`
	PausedUntil time.Time       `json:"paused_until,omitzero"`
	Run         int             `json:"run,omitzero"`
	Mark        commitment.ID   `json:"mark,omitzero"`
	Won         bool            `json:"won,omitzero"`
	Lost        process.StageID `json:"lost,omitzero"`
	Commitments []holdingJSON   `json:"commitments"`
}

type lastJSON struct {
	Call     CallID    `json:"call"`
	At       time.Time `json:"at"`
	Revision int       `json:"revision,omitzero"`
}

type holdingJSON struct {
	Commitment commitment.ID `json:"commitment"`
	Is         []string      `json:"is"`
	At         time.Time     `json:"at,omitzero"`
}

var flagNames = []struct {
	flag flags
	name string
}{
	{held, "held"},
	{kept, "kept"},
	{assumed, "assumed"},
	{waived, "waived"},
	{dated, "dated"},
	{again, "again"},
	{offered, "offered"},
	{ever, "ever"},
}

// MarshalJSON writes the state without loss. Its form is this package's own
// affair; only [State.UnmarshalJSON] has to understand it.
func (s State) MarshalJSON() ([]byte, error) {
	out := stateJSON{
		Deal: s.deal, Process: s.Process(), Opened: s.opened.time(), Clock: s.clock.time(), PausedUntil: s.until.time(),
		Run: s.run, Mark: s.mark.id, Won: s.won, Lost: s.lost.id, Commitments: make([]holdingJSON, 0, len(s.rungs)),
	}
	if s.last != (lastCall{}) {
		out.Last = &lastJSON{s.last.id, s.last.at.time(), s.last.revision}
	}
	for _, h := range s.rungs {
		hj := holdingJSON{Commitment: h.id, At: h.at.time()}
		for _, f := range flagNames {
			if h.flags.is(f.flag) {
				hj.Is = append(hj.Is, f.name)
			}
		}
		out.Commitments = append(out.Commitments, hj)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads a state that [State.MarshalJSON] wrote. The error is a
// [*StateError].
func (s *State) UnmarshalJSON(text []byte) error {
	var in stateJSON
	if err := json.Unmarshal(text, &in, json.RejectUnknownMembers(true)); err != nil {
		return &StateError{Reason: explain(err, text)}
	}
	if in.Deal == "" {
		return &StateError{Reason: `"deal" is missing`}
	}
	out := State{
		deal: in.Deal, process: unique.Make(in.Process), opened: maybe(in.Opened), clock: maybe(in.Clock), until: maybe(in.PausedUntil),
		run: in.Run, mark: rungRef{id: in.Mark}, won: in.Won, lost: stageRef{id: in.Lost},
	}
	if in.Last != nil {
		out.last = lastCall{maybe(in.Last.At), in.Last.Call, in.Last.Revision}
	}
	for _, hj := range in.Commitments {
		h := holding{id: hj.Commitment, cell: cell{at: maybe(hj.At)}}
		for _, name := range hj.Is {
			f, ok := flagOf(name)
			if !ok {
				return &StateError{in.Deal, fmt.Sprintf("%q can not be %q", hj.Commitment, name)}
			}
			h.flags |= f
		}
		out.rungs = append(out.rungs, h)
	}
	*s = out
	return nil
}

func flagOf(name string) (flags, bool) {
	for _, f := range flagNames {
		if f.name == name {
			return f.flag, true
		}
	}
	return 0, false
}

// maybe is the instant of a time that may be missing.
func maybe(t time.Time) instant {
	if t.IsZero() {
		return instant{}
	}
	return instantOf(t)
}

// Value writes the state into a column of text or JSON.
func (s State) Value() (driver.Value, error) {
	text, err := s.MarshalJSON()
	return string(text), err
}

// Scan reads the state from a column of text, JSON or bytes.
func (s *State) Scan(column any) error {
	switch v := column.(type) {
	case string:
		return s.UnmarshalJSON([]byte(v))
	case []byte:
		return s.UnmarshalJSON(v)
	case nil:
		return &StateError{Reason: "the column is NULL"}
	}
	return &StateError{Reason: fmt.Sprintf("can not read a column of type %T", column)}
}
