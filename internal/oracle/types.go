package oracle

import (
	"encoding/json"
	"time"
)

// Process is the process document. Marshalled as JSON it is a valid document,
// because JSON is YAML.
type Process struct {
	Advance       int                   `json:"advance"`
	ID            string                `json:"id"`
	Version       int                   `json:"version"`
	Name          string                `json:"name"`
	Timezone      string                `json:"timezone,omitempty"`
	Defaults      *Defaults             `json:"defaults,omitempty"`
	Roles         []string              `json:"roles,omitempty"`
	EvidenceKinds []string              `json:"evidence_kinds,omitempty"`
	LossReasons   []string              `json:"loss_reasons,omitempty"`
	Commitments   map[string]Commitment `json:"commitments"`
	CallKinds     map[string]CallKind   `json:"call_kinds,omitempty"`
	Stages        []Stage               `json:"stages"`
	Findings      map[string]string     `json:"findings,omitempty"`
}

// Defaults holds what applies wherever a commitment or stage says nothing else.
type Defaults struct {
	Requires    *Requires    `json:"requires,omitempty"`
	LapsesAfter string       `json:"lapses_after,omitempty"`
	StallsAfter *StallsAfter `json:"stalls_after,omitempty"`
	Gate        string       `json:"gate,omitempty"`
}

// Commitment is something a buyer can commit to.
type Commitment struct {
	Name        string    `json:"name"`
	Ask         string    `json:"ask,omitempty"`
	Requires    *Requires `json:"requires,omitempty"`
	LapsesAfter string    `json:"lapses_after,omitempty"` // a duration, or none
	RenamedFrom string    `json:"renamed_from,omitempty"`
}

// Requires is one layer of requirements, as written: nil and "" mean not written.
type Requires struct {
	Dated    *bool  `json:"dated,omitempty"`
	Within   string `json:"within,omitempty"` // a duration, or none
	People   *int   `json:"people,omitempty"`
	Roles    *Words `json:"roles,omitempty"`
	Evidence *Words `json:"evidence,omitempty"`
}

// Words is a single word, a list of which all are asked for, or any of a list.
type Words struct {
	One string
	All []string
	Any []string
}

// MarshalJSON writes whichever of the three forms is used.
func (w Words) MarshalJSON() ([]byte, error) {
	switch {
	case w.One != "":
		return json.Marshal(w.One)
	case len(w.Any) > 0:
		return json.Marshal(map[string][]string{"any": w.Any})
	case w.All == nil:
		return []byte("[]"), nil
	default:
		return json.Marshal(w.All)
	}
}

// CallKind is a kind of sales call with the one outcome that it exists for.
type CallKind struct {
	Name      string   `json:"name"`
	Outcome   string   `json:"outcome"`
	Fallbacks []string `json:"fallbacks,omitempty"`
	Keeps     []string `json:"keeps,omitempty"`
	NotFor    []string `json:"not_for,omitempty"`
	Refocus   string   `json:"refocus,omitempty"`
	Stages    []string `json:"stages,omitempty"`
}

// Stage is a stage, open when Closes is empty.
type Stage struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Closes      string       `json:"closes,omitempty"` // won, lost or nothing
	Ladder      []string     `json:"ladder,omitempty"` // weakest first
	Exit        Exit         `json:"exit,omitempty"`
	Gate        string       `json:"gate,omitempty"` // soft, hard or nothing
	StallsAfter *StallsAfter `json:"stalls_after,omitempty"`
}

// StallsAfter says when an open stage stalls; None switches what is inherited off.
type StallsAfter struct {
	None  bool
	Calls int    // 0: not written
	Time  string // a duration, none, or not written
}

// MarshalJSON writes none, or the keys that are written.
func (s StallsAfter) MarshalJSON() ([]byte, error) {
	if s.None {
		return json.Marshal("none")
	}
	doc := map[string]any{}
	if s.Calls > 0 {
		doc["calls"] = s.Calls
	}
	if s.Time != "" {
		doc["time"] = s.Time
	}
	return json.Marshal(doc)
}

// Exit is a list of criteria, all of which must hold.
type Exit []Criterion

// MarshalJSON writes a single criterion bare, and several as a list.
func (e Exit) MarshalJSON() ([]byte, error) {
	if len(e) == 1 {
		return json.Marshal(e[0])
	}
	return json.Marshal([]Criterion(e))
}

// Criterion asks for at least N of its items. Form says how it is written:
// item, any or at_least.
type Criterion struct {
	Form string
	N    int // for at_least
	Of   []Item
}

// MarshalJSON writes the criterion in its form.
func (c Criterion) MarshalJSON() ([]byte, error) {
	switch c.Form {
	case "any":
		return json.Marshal(map[string][]Item{"any": c.Of})
	case "at_least":
		return json.Marshal(map[string]any{"at_least": map[string]any{"n": c.N, "of": c.Of}})
	default:
		return json.Marshal(c.Of[0])
	}
}

// Item is a commitment that must be held, or kept.
type Item struct {
	ID   string
	Kept bool
}

// MarshalJSON writes the id, or {"kept": id}.
func (i Item) MarshalJSON() ([]byte, error) {
	if i.Kept {
		return json.Marshal(map[string]string{"kept": i.ID})
	}
	return json.Marshal(i.ID)
}

// Call is the record of a call.
type Call struct {
	ID          string     `json:"id,omitempty"`
	Revision    int        `json:"revision,omitempty"`
	Deal        string     `json:"deal"`
	At          time.Time  `json:"at"`
	Kind        string     `json:"kind,omitempty"`
	Channel     string     `json:"channel,omitempty"`
	Rep         string     `json:"rep,omitempty"`
	Contact     string     `json:"contact,omitempty"`
	Target      string     `json:"target,omitempty"`
	PlannedAt   *time.Time `json:"planned_at,omitempty"`
	Asked       []string   `json:"asked,omitempty"`
	Commitments []Entry    `json:"commitments,omitempty"`
	Activities  []string   `json:"activities,omitempty"`
	Rating      string     `json:"rating,omitempty"`
	NoSale      *NoSale    `json:"no_sale,omitempty"`
	Pause       *Pause     `json:"pause,omitempty"`
	Notes       string     `json:"notes,omitempty"`
}

// Entry is what was said about one commitment.
type Entry struct {
	Commitment string   `json:"commitment,omitempty"`
	Other      string   `json:"other,omitempty"`
	By         string   `json:"by,omitempty"`
	Status     string   `json:"status,omitempty"`
	Due        string   `json:"due,omitempty"` // RFC 3339, or a date
	People     []Person `json:"people,omitempty"`
	Evidence   []string `json:"evidence,omitempty"`
	Note       string   `json:"note,omitempty"`
}

// Person is somebody on the buyer's side.
type Person struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// NoSale says that the deal was refused or given up.
type NoSale struct {
	By     string `json:"by,omitempty"`
	Reason string `json:"reason,omitempty"`
	Stage  string `json:"stage,omitempty"`
}

// Pause is a known reason to wait.
type Pause struct {
	Until  string `json:"until"` // RFC 3339, or a date
	Reason string `json:"reason,omitempty"`
}

// Deal is the record of a deal.
type Deal struct {
	Deal    string     `json:"deal"`
	Name    string     `json:"name,omitempty"`
	Opened  *time.Time `json:"opened,omitempty"`
	Stage   string     `json:"stage,omitempty"`
	Claimed string     `json:"claimed,omitempty"`
}

// Verdict is what a call did, without the texts.
type Verdict struct {
	Call     string    `json:"call"`
	Deal     string    `json:"deal"`
	At       time.Time `json:"at"`
	Result   string    `json:"result"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	Credited []string  `json:"credited"`
	Gained   []string  `json:"gained"`
	Kept     []string  `json:"kept"`
	Regained []string  `json:"regained"`
	Lost     []string  `json:"lost"`
	Gaps     []string  `json:"gaps"`
	Target   Target    `json:"target"`
	Findings []Finding `json:"findings"`
	Next     []Next    `json:"next"`
}

// Target says what became of the call's target.
type Target struct {
	Commitment string `json:"commitment"`
	Result     string `json:"result"`
	Planned    bool   `json:"planned"`
}

// Finding is something noticed about a call, an entry or the deal.
type Finding struct {
	Code       string `json:"code"`
	Severity   string `json:"severity"`
	Commitment string `json:"commitment"`
}

// Next is a commitment that would be credited now. Rung counts from 1 in its stage.
type Next struct {
	Commitment string `json:"commitment"`
	Stage      string `json:"stage"`
	Rung       int    `json:"rung"`
	Role       string `json:"role"`
}

// Standing is where a deal stands at an instant.
type Standing struct {
	Stage            string     `json:"stage"`
	Gaps             []string   `json:"gaps"`
	Held             []string   `json:"held"`
	Kept             []string   `json:"kept"`
	Waived           []string   `json:"waived"`
	Open             []string   `json:"open"`
	Overdue          []string   `json:"overdue"`
	Won              bool       `json:"won"`
	Lost             bool       `json:"lost"`
	Paused           bool       `json:"paused"`
	Stalled          bool       `json:"stalled"`
	NoNextCommitment bool       `json:"no_next_commitment"`
	NextChange       *time.Time `json:"next_change"`
}
