package history

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// What a history consists of.
const (
	Calls    = 12 // of each deal
	Credited = 5  // of these
)

// Stages are the ids of the stages of the process, in order. The last is won.
var Stages = []process.StageID{"target", "discovery", "design", "proposal", "decision", "won"}

// Ladders are the ladders of the open stages, weakest rung first. The second
// and the third rung are the exit.
var Ladders = [][3]commitment.ID{
	{"read_paper", "first_meeting", "team_meeting"},
	{"share_numbers", "second_meeting", "site_visit"},
	{"name_criteria", "workshop", "pilot"},
	{"read_draft", "review_meeting", "board_date"},
	{"legal_review", "letter_of_intent", "contract"},
}

var (
	kinds    = []process.KindID{"cold_call", "discovery_call", "design_call", "proposal_call", "closing_call", "care_call"}
	reps     = []string{"ana", "boris", "chen", "dina", "emre", "freya"}
	channels = []string{"phone", "video", "in_person"}
	evidence = []string{"calendar", "email"}

	activities = []string{"needs_analysis"}

	people = []commitment.Person{{Name: "J. Ortiz", Role: "economic_buyer"}, {Name: "K. Lind", Role: "champion"}, {Name: "M. Okafor", Role: "user_buyer"}}
	notes  = []string{
		"Wants to see how others do it.",
		"The budget of next year is being made now.",
		"Long talk about the trade fair, good mood.",
	}
)

// round is the time between two calls of a deal; the first calls of all deals
// fill the first round.
const round = 7 * 24 * time.Hour

var start = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

// at is the time of a call. The calls of a round come in the order of the deals.
func at(deal, call, deals int) time.Time {
	within := round * time.Duration(deal) / time.Duration(deals)
	return start.Add(time.Duration(call)*round + within).Truncate(time.Second)
}

// maker makes the calls of one deal, one after the other.
type maker struct {
	deal, deals int
	ids         string // of the deal and of its calls, one behind the other
	rng         rand.PCG
	call        int           // that is made next
	credits     int           // so far
	stage       int           // in which the deal stands
	weak        bool          // the weakest rung of the stage is held
	held        commitment.ID // what was given last; may be empty
}

// seed is part of what every deal is made from. Another one gives other deals.
const seed = 20261105

func newMaker(deal, deals int) maker {
	m := maker{deal: deal, deals: deals, ids: ids(deal)}
	m.rng.Seed(seed, (uint64(deal)+1)*0x9e3779b97f4a7c15) // far apart for neighbours
	return m
}

// ids are those of a deal and of its calls, made at once.
func ids(deal int) string {
	text := make([]byte, 0, dealID+Calls*callID)
	text = fmt.Appendf(text, "D-%07d", deal)
	number := text[2:]
	for call := range Calls {
		text = append(append(append(text, "c-"...), number...), '-', '0'+byte(call/10), '0'+byte(call%10))
	}
	return string(text)
}

// The lengths of ids.
const (
	dealID = len("D-0000000")
	callID = len("c-0000000-00")
)

// pick returns a number below n.
func (m *maker) pick(n int) int { return int(m.rng.Uint64() >> 33 % uint64(n)) }

// next makes the next call, in the place of an earlier one whose memory it uses.
func (m *maker) next(c *outcome.Call) {
	when := at(m.deal, m.call, m.deals)
	*c = outcome.Call{
		ID:          outcome.CallID(m.ids[dealID+m.call*callID:][:callID]),
		Deal:        outcome.DealID(m.ids[:dealID]),
		At:          when,
		Kind:        kinds[m.stage],
		Rep:         reps[m.deal%len(reps)],
		Asked:       c.Asked[:0],
		Commitments: c.Commitments[:0],
	}
	if m.pick(2) == 0 {
		c.Channel = channels[m.pick(len(channels))]
	}
	if m.pick(2) == 0 {
		c.Rating = outcome.Great + outcome.Rating(m.pick(4))
	}
	if m.pick(4) == 0 {
		c.Activities = activities
	}
	if m.pick(10) == 0 {
		c.Notes = notes[m.pick(len(notes))]
	}
	e := outcome.Entry{
		By: commitment.Buyer, Due: outcome.At(when.Add(time.Duration(24+m.pick(240)) * time.Hour).Truncate(time.Hour)),
		People:   people[m.deal%len(people) : m.deal%len(people)+1],
		Evidence: evidence[m.pick(2):][:1],
	}
	// The credits are spread evenly over the calls that are left.
	if m.pick(Calls-m.call) < Credited-m.credits {
		m.credit(&e)
	} else {
		m.pass(&e, when)
	}
	if e.Commitment != "" && e.By == commitment.Buyer {
		c.Asked = append(c.Asked, e.Commitment)
	}
	c.Commitments = append(c.Commitments, e)
	m.call++
}

// credit makes an entry that is credited: the weakest rung of the stage, or one
// of the two that leave it.
func (m *maker) credit(e *outcome.Entry) {
	m.credits++
	ladder := Ladders[m.stage]
	if !m.weak && m.pick(3) == 0 {
		m.weak = true
		e.Commitment = ladder[0]
	} else {
		e.Commitment = ladder[1+m.pick(2)]
		m.stage, m.weak = m.stage+1, false
	}
	m.held = e.Commitment
}

// pass makes an entry that is not credited.
func (m *maker) pass(e *outcome.Entry, when time.Time) {
	e.Commitment = "kickoff"
	if m.stage < len(Ladders) {
		e.Commitment = Ladders[m.stage][1+m.pick(2)]
	}
	switch m.pick(9) {
	case 0:
		e.Status = commitment.Declined
	case 1:
		e.Status = commitment.Deferred
	case 2:
		e.Status = commitment.Conditional
	case 3: // it was agreed, and nothing says when
		e.Due = outcome.When{}
	case 4: // there is nothing but the word of the seller
		e.Evidence = nil
	case 5: // the day has passed
		e.Due = outcome.At(when.Add(-48 * time.Hour).Truncate(time.Hour))
	case 6:
		e.By = commitment.ThirdParty
	case 7: // given before, and moved
		if m.held != "" {
			e.Commitment = m.held
			break
		}
		fallthrough
	default:
		e.By, e.Evidence = commitment.Seller, nil
	}
}

// Deal makes the calls of a deal, in the order of time. It is the deal of that
// number out of so many: their number spreads the times of their calls.
func Deal(deal, deals int) []outcome.Call {
	calls := make([]outcome.Call, Calls)
	Fill(calls, deal, deals)
	return calls
}

// Fill makes the calls of a deal, as [Deal] does, in the place of the calls of
// another, and those of the deals after it as far as there is room.
func Fill(calls []outcome.Call, deal, deals int) {
	for ; len(calls) > 0; calls, deal = calls[Calls:], deal+1 {
		m := newMaker(deal, deals)
		for i := range Calls {
			m.next(&calls[i])
		}
	}
}

// Stage returns the stage, as an index of [Stages], to which a deal comes.
func Stage(deal int) int {
	m := newMaker(deal, 1)
	var c outcome.Call
	for range Calls {
		m.next(&c)
	}
	return m.stage
}

// All makes the calls of so many deals in the order of time, across all deals.
func All(deals int) iter.Seq[outcome.Call] {
	return func(yield func(outcome.Call) bool) {
		makers := make([]maker, deals)
		for deal := range makers {
			makers[deal] = newMaker(deal, deals)
		}
		for range Calls {
			for deal := range makers {
				var c outcome.Call
				if makers[deal].next(&c); !yield(c) {
					return
				}
			}
		}
	}
}
