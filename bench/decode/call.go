package decode

import "time"

// Call is the record of a call.
type Call struct {
	ID          string    `json:"id"`
	Revision    int       `json:"revision"`
	Deal        string    `json:"deal"`
	At          time.Time `json:"at"`
	Kind        string    `json:"kind"`
	Channel     string    `json:"channel"`
	Rep         string    `json:"rep"`
	Contact     string    `json:"contact"`
	Target      string    `json:"target"`
	PlannedAt   time.Time `json:"planned_at"`
	Asked       []string  `json:"asked"`
	Commitments []Entry   `json:"commitments"`
	Activities  []string  `json:"activities"`
	Rating      string    `json:"rating"`
	NoSale      *NoSale   `json:"no_sale"`
	Pause       *Pause    `json:"pause"`
	Notes       string    `json:"notes"`
}

// Entry is an entry of a call.
type Entry struct {
	Commitment string    `json:"commitment"`
	Other      string    `json:"other"`
	By         string    `json:"by"`
	Status     string    `json:"status"`
	Due        time.Time `json:"due"`
	People     []Person  `json:"people"`
	Evidence   []string  `json:"evidence"`
	Note       string    `json:"note"`
}

// Person is a person of an entry.
type Person struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// NoSale is the refusal of a deal.
type NoSale struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
	Stage  string `json:"stage"`
}

// Pause is a reason to wait.
type Pause struct {
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}
