package page

import (
	"time"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/internal/prose"
)

// data is what the scripts of the page work with. Stages, codes and deals are
// referred to by their index; -1 is none.
type data struct {
	AsOf       string     `json:"asOf"`
	Stages     []stage    `json:"stages"`
	Codes      []code     `json:"codes"` // that were found
	Deals      []deal     `json:"deals"`
	Findings   []finding  `json:"findings"`
	Owners     []owner    `json:"owners"`
	Funnels    []funnel   `json:"funnels"`
	Rates      []interval `json:"rates"`
	Stays      []interval `json:"stays"`
	HasDetails bool       `json:"hasDetails"`
}

type stage struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Closes string `json:"closes,omitempty"`
	Ladder []rung `json:"ladder"`
}

type rung struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type code struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Findings int    `json:"findings"`
	Deals    int    `json:"deals"`
}

type deal struct {
	ID       string   `json:"id"`
	Name     string   `json:"name,omitempty"`
	Owner    string   `json:"owner,omitempty"`
	Amount   *float64 `json:"amount,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Status   string   `json:"status"`
	Claimed  int      `json:"claimed"`
	Earned   int      `json:"earned"`
	Trusted  int      `json:"trusted"`
	Closes   string   `json:"closes,omitempty"`
	Closed   string   `json:"closed,omitempty"`
	Last     string   `json:"last,omitempty"`
	Progress string   `json:"progress,omitempty"`
	Stalled  bool     `json:"stalled,omitempty"`
	Calls    int      `json:"calls"`
	Actions  int      `json:"activities"`
	Next     *next    `json:"next,omitempty"`
}

type next struct {
	Name string `json:"name"`
	Ask  string `json:"ask,omitempty"`
}

type finding struct {
	Code     int        `json:"code"`
	Severity string     `json:"severity"`
	Deal     int        `json:"deal"`
	Subject  string     `json:"subject,omitempty"`
	Owner    string     `json:"owner,omitempty"`
	Amount   *float64   `json:"amount,omitempty"`
	Currency string     `json:"currency,omitempty"`
	Claimed  int        `json:"claimed"`
	Earned   int        `json:"earned"`
	Message  string     `json:"message"`
	Do       string     `json:"do,omitempty"`
	Evidence []evidence `json:"evidence,omitempty"`
}

type evidence struct {
	Table string `json:"table"`
	ID    string `json:"id,omitempty"`
	At    string `json:"at,omitempty"`
	Place string `json:"place,omitempty"` // file:line
}

// detail is what the view of a deal shows beside [deal].
type detail struct {
	Gaps    []int    `json:"gaps,omitempty"`
	Held    []string `json:"held,omitempty"`
	Kept    []string `json:"kept,omitempty"`
	Waived  []string `json:"waived,omitempty"`
	Lost    []string `json:"lost,omitempty"`
	Open    []due    `json:"open,omitempty"`
	Overdue []due    `json:"overdue,omitempty"`
	Calls   []call   `json:"calls,omitempty"`
	Moves   []move   `json:"moves,omitempty"`
}

type due struct {
	Commitment string `json:"commitment"`
	Date       string `json:"date"`
}

type call struct {
	ID       string   `json:"id"`
	At       string   `json:"at"`
	Kind     string   `json:"kind,omitempty"`
	Rep      string   `json:"rep,omitempty"`
	Result   string   `json:"result"`
	To       int      `json:"to"`
	Credited []string `json:"credited,omitempty"`
	Why      string   `json:"why,omitempty"`
}

type move struct {
	At   string `json:"at"`
	From string `json:"from,omitempty"` // a name
	To   string `json:"to"`
}

// stamp is an instant as the page shows it: to the minute, in UTC, and as a day
// where it is the beginning of one.
func stamp(t time.Time) string {
	switch t = t.UTC(); {
	case t.IsZero():
		return ""
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}

func dataOf(r *audit.Report) data {
	d := data{
		AsOf:     stamp(r.AsOf),
		Stages:   make([]stage, 0, len(r.Stages)),
		Codes:    make([]code, 0, len(r.Codes)),
		Deals:    make([]deal, 0, len(r.Deals)),
		Findings: make([]finding, 0, len(r.Findings)),
	}
	for i := range r.Stages {
		s := &r.Stages[i]
		ladder := make([]rung, 0, len(s.Ladder))
		for _, c := range s.Ladder {
			ladder = append(ladder, rung{string(c.Commitment), c.Name})
		}
		d.Stages = append(d.Stages, stage{string(s.Stage), s.Name, string(s.Closes), ladder})
	}
	for _, c := range r.Codes {
		d.Codes = append(d.Codes, code{string(c.Code), prose.Capital(c.Code.Title()), c.Severity.String(), c.Findings, c.Deals})
	}
	in := newIndex(r)
	d.Owners, d.Funnels = owners(r), funnels(r)
	d.Rates, d.Stays = rates(&in, &r.Measures), stays(&in, &r.Measures)
	for i := range r.Deals {
		d.Deals = append(d.Deals, in.deal(&r.Deals[i]))
		d.HasDetails = d.HasDetails || r.Deals[i].Detail != nil
	}
	for i := range r.Findings {
		d.Findings = append(d.Findings, in.finding(&r.Findings[i]))
	}
	return d
}
