package main

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// recordView is the form for a call that has taken place.
type recordView struct {
	file
	Kind       process.KindID
	Kinds      []choice
	Target     string
	Plan       outcome.Plan
	At         string
	Rows       []row // what was planned to be asked for
	More       []row // for anything else on the ladder
	Flights    []flight
	Activities []string
	Wrong      []string // of those, what belongs in another call
	Roles      []string
	Evidence   []string
	Reasons    []string
	Lost       []*process.CompiledStage
	Zone       string
}

// row is what the buyer said about one commitment. The fields of a row have its
// number before their names.
type row struct {
	N     int
	Ask   outcome.Ask // the zero Ask where the seller has to choose
	Seats []int       // places for people
}

// rowView is a row with what can be chosen in it.
type rowView struct {
	Row  row
	View recordView
}

const (
	sellerRows = 2
	moreRows   = 2  // for other commitments
	maxRows    = 32 // that are read
	// minutes is how browsers write a time of day without its zone.
	minutes = "2006-01-02T15:04"
)

func (w *web) recordPage(out http.ResponseWriter, r *http.Request) error {
	f, err := w.sound(r)
	if err != nil {
		return err
	}
	v := recordView{file: f, Kind: w.suggest(f), Roles: w.p.Definition().Roles, Reasons: w.p.Definition().LossReasons, Zone: w.p.Zone().String()}
	if r.URL.Query().Has("kind") {
		v.Kind = process.KindID(r.URL.Query().Get("kind"))
	}
	v.Kinds = w.kinds(f, v.Kind)
	if v.Plan, err = w.ev.Plan(f.state, w.now(), v.Kind); err != nil {
		return err
	}
	for i, a := range v.Plan.Asks {
		v.Rows = append(v.Rows, row{i, a, make([]int, max(1, a.Requires.People, len(a.Requires.Roles)))})
	}
	for i := range moreRows {
		v.More = append(v.More, row{N: len(v.Rows) + i, Seats: make([]int, 2)})
	}
	v.At = w.now().In(w.p.Zone()).Format(minutes)
	v.Flights = w.ladder(f).Flights
	v.Wrong = v.Plan.NotFor
	for k := range w.p.Kinds() {
		v.Activities = append(v.Activities, k.NotFor()...)
	}
	slices.Sort(v.Activities)
	v.Activities = slices.Compact(v.Activities)
	v.Evidence = slices.DeleteFunc(append(commitment.EvidenceKinds(), w.p.Definition().EvidenceKinds...), func(k string) bool { return k == commitment.Verbal })
	for s := range w.p.Stages() {
		if s.Closes() == process.ClosesLost {
			v.Lost = append(v.Lost, s)
		}
	}
	return w.show(out, http.StatusOK, "record", "Record a call with "+f.Name(), "", v)
}

// recordCall takes the form, and shows the deal with the verdict.
func (w *web) recordCall(out http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f, err := w.file(r.Context(), dealOf(r))
	if err != nil {
		return err
	}
	call, err := readCall(r.PostForm, w.p.Zone())
	if err != nil {
		return err
	}
	call.Deal, call.Rep = dealOf(r), f.Record.Owner
	if f.planned && f.plan.Kind == call.Kind {
		call.Target, call.PlannedAt = f.plan.Target, f.plan.Planned
	}
	recorded, err := w.record(r.Context(), call)
	if err != nil {
		return err
	}
	at := href(call.Deal) + "?call=" + url.QueryEscape(string(recorded.Call))
	http.Redirect(out, r, at, http.StatusSeeOther)
	return nil
}

func badForm(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return err
	}
	return refuse(http.StatusBadRequest, "bad_form", "The form can not be read", "")
}

// readCall makes a call record of the form. What the buyer and what the seller
// promised come in different fields, and stay apart.
func readCall(form url.Values, zone *time.Location) (c outcome.Call, err error) {
	c = outcome.Call{Kind: process.KindID(form.Get("kind")), Channel: form.Get("channel"), Activities: form["activity"], Notes: form.Get("notes")}
	if c.At, err = time.ParseInLocation(minutes, form.Get("at"), zone); err != nil {
		return c, unreadable("The time of the call", form.Get("at"))
	}
	if err := c.Contact.UnmarshalText([]byte(form.Get("contact"))); err != nil {
		return c, unreadable("Whether anyone was reached", form.Get("contact"))
	}
	if rating := form.Get("rating"); rating != "" {
		if err := c.Rating.UnmarshalText([]byte(rating)); err != nil {
			return c, unreadable("The rating", rating)
		}
	}
	for _, id := range form["asked"] {
		c.Asked = append(c.Asked, commitment.ID(id))
	}
	for n := range maxRows {
		e, said, err := readBuyer(form, strconv.Itoa(n)+".")
		if err != nil {
			return c, err
		}
		if said {
			c.Commitments = append(c.Commitments, e)
		}
	}
	for i, what := range form["seller"] {
		if strings.TrimSpace(what) == "" {
			continue
		}
		e := outcome.Entry{Other: what, By: commitment.Seller}
		if e.Due, err = when(nth(form["seller.due"], i)); err != nil {
			return c, err
		}
		c.Commitments = append(c.Commitments, e)
	}
	if stage := form.Get("lost"); stage != "" {
		c.NoSale = &outcome.NoSale{By: commitment.Buyer, Stage: process.StageID(stage), Reason: form.Get("reason")}
	}
	if until, err := when(form.Get("pause")); err != nil {
		return c, err
	} else if !until.IsZero() {
		c.Pause = &outcome.Pause{Until: until, Reason: form.Get("pause.reason")}
	}
	return c, nil
}

// readBuyer reads what the buyer said in a row.
func readBuyer(form url.Values, n string) (e outcome.Entry, said bool, err error) {
	status := form.Get(n + "status")
	e = outcome.Entry{Commitment: commitment.ID(form.Get(n + "commitment")), Other: strings.TrimSpace(form.Get(n + "other")), By: commitment.Buyer}
	if status == "" || (e.Commitment == "" && e.Other == "") {
		return e, false, nil
	}
	if err := e.Status.UnmarshalText([]byte(status)); err != nil {
		return e, false, unreadable("What the buyer said", status)
	}
	if e.Due, err = when(form.Get(n + "due")); err != nil {
		return e, false, err
	}
	for i, name := range form[n+"person"] {
		if strings.TrimSpace(name) != "" {
			e.People = append(e.People, commitment.Person{Name: strings.TrimSpace(name), Role: commitment.Role(nth(form[n+"role"], i))})
		}
	}
	e.Evidence, e.Note = form[n+"evidence"], form.Get(n+"note")
	return e, true, nil
}

func nth(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// when reads a day; nothing is none.
func when(text string) (w outcome.When, err error) {
	if text == "" {
		return w, nil
	}
	if err := w.UnmarshalText([]byte(text)); err != nil {
		return w, unreadable("A date", text)
	}
	return w, nil
}

func unreadable(what, text string) error {
	return refuse(http.StatusUnprocessableEntity, "bad_form", what+" can not be read", quote(text)+" is none that is known here.")
}

// open opens a deal.
func (w *web) open(out http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	deal := outcome.Deal{
		Deal: outcome.DealID("D-" + rand.Text()[:8]), Name: strings.TrimSpace(r.PostForm.Get("name")), Owner: strings.TrimSpace(r.PostForm.Get("owner")),
		Opened: w.now(), Claimed: r.PostForm.Get("claimed"),
	}
	if deal.Name == "" {
		return refuse(http.StatusUnprocessableEntity, "bad_form", "A deal needs a name", "")
	}
	if text := r.PostForm.Get("amount"); text != "" {
		amount, err := strconv.ParseFloat(text, 64)
		if err != nil || amount < 0 {
			return unreadable("The amount", text)
		}
		deal.Amount, deal.Currency = &amount, "EUR"
	}
	if _, err := w.save(r.Context(), deal); err != nil {
		return err
	}
	http.Redirect(out, r, href(deal.Deal), http.StatusSeeOther)
	return nil
}

// claim changes the stage that the seller shows. It moves nothing else.
func (w *web) claim(out http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f, err := w.file(r.Context(), dealOf(r))
	if err != nil {
		return err
	}
	stage := process.StageID(r.PostForm.Get("claimed"))
	if _, ok := w.p.StageByID(stage); !ok && stage != "" {
		return &outcome.UnknownStageError{Deal: dealOf(r), Stage: stage, Process: w.p}
	}
	f.Record.Claimed = string(stage)
	if _, err := w.save(r.Context(), f.Record); err != nil {
		return err
	}
	http.Redirect(out, r, href(dealOf(r)), http.StatusSeeOther)
	return nil
}
