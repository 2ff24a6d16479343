package pipetest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// File is the file that all rows seem to have been read from.
const File = "pipeline.txt"

// Parse reads a pipeline. It panics on a line that it can not read: the lines
// are written by tests.
func Parse(text string) *pipeline.Pipeline {
	p := &pipeline.Pipeline{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		source := pipeline.Source{File: File, Line: number}
		switch words[0] {
		case "deal":
			p.Deals = append(p.Deals, dealOf(words[1:], source))
		case "call":
			p.Calls = append(p.Calls, callOf(words[1:]))
		case "activity", "meeting": // what a meeting is could be told
			p.Activities = append(p.Activities, pipeline.Activity{
				ID: words[1], Deal: outcome.DealID(words[2]), At: Time(words[3]), Kind: words[4], Tells: words[0] == "meeting", Source: source,
			})
		case "move":
			from, to, _ := strings.Cut(words[4], ">")
			p.Moves = append(p.Moves, pipeline.Move{
				ID: strings.Trim(words[1], "-"), Deal: outcome.DealID(words[2]), At: Time(words[3]),
				From: process.StageID(from), To: process.StageID(to), Source: source,
			})
		case "closedate":
			c := pipeline.CloseDate{ID: words[1], Deal: outcome.DealID(words[2]), At: Time(words[3]), Source: source}
			from, to, changed := strings.Cut(words[4], ">")
			if changed {
				c.From, c.Date = when(from), when(to)
			} else {
				c.Date = when(from)
			}
			p.CloseDates = append(p.CloseDates, c)
		case "duplicate", "orphan", "differing":
			f := pipeline.Fault{Kind: pipeline.Duplicate, Table: words[1], ID: words[2], Deal: outcome.DealID(words[3]), Source: source}
			if words[0] == "orphan" {
				f.Kind = pipeline.Orphan
			} else {
				f.First = pipeline.Source{File: File, Line: 1}
			}
			f.Differ = words[0] == "differing"
			p.Faults = append(p.Faults, f)
		default:
			panic(fmt.Sprintf("line %d: %q", number, line))
		}
	}
	return p
}

func dealOf(words []string, source pipeline.Source) pipeline.Deal {
	d := pipeline.Deal{Deal: outcome.Deal{Deal: outcome.DealID(words[0])}, Source: source}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "stage":
			d.Claimed = value
		case "name":
			d.Name = value
		case "owner":
			d.Owner = value
		case "currency":
			d.Currency = value
		case "amount":
			amount, err := strconv.ParseFloat(value, 64)
			must(err)
			d.Amount = &amount
		case "status":
			d.Status = map[string]pipeline.Status{"open": pipeline.OpenDeal, "won": pipeline.WonDeal, "lost": pipeline.LostDeal}[value]
		case "created":
			d.Created = Time(value)
		case "closed":
			d.Closed = Time(value)
		case "close":
			d.CloseDate = when(value)
		case "opened_at":
			d.Stage = process.StageID(value)
		default:
			panic("a deal has no " + key)
		}
	}
	return d
}

// callOf reads a call whose entries are written status:commitment@due, where
// the status "lost" refuses the deal, and "asked" asks for it alone.
func callOf(words []string) outcome.Call {
	c := outcome.Call{ID: outcome.CallID(words[0]), Deal: outcome.DealID(words[1]), At: Time(words[2])}
	for _, word := range words[3:] {
		status, what, _ := strings.Cut(word, ":")
		switch status {
		case "lost":
			c.NoSale = &outcome.NoSale{By: commitment.Buyer}
			continue
		case "asked":
			c.Asked = append(c.Asked, commitment.ID(what))
			continue
		}
		id, due, _ := strings.Cut(what, "@")
		e := outcome.Entry{Commitment: commitment.ID(id), By: commitment.Buyer}
		must(e.Status.UnmarshalText([]byte(status)))
		if due != "" {
			e.Due = when(due)
		}
		if e.Status == commitment.Waived {
			e.Note = "agreed"
		}
		c.Commitments = append(c.Commitments, e)
	}
	return c
}

// Time reads a time, or the noon of a day in UTC.
func Time(text string) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t
	}
	t, err := time.Parse(time.DateOnly, text)
	must(err)
	return t.Add(12 * time.Hour)
}

func when(text string) (w outcome.When) {
	must(w.UnmarshalText([]byte(text)))
	return w
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
