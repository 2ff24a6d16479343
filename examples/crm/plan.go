package main

import (
	"net/http"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// planView is the page on which a call is planned.
type planView struct {
	file
	Kinds  []choice // of call, those that belong to the stage first
	Kind   process.KindID
	Plan   outcome.Plan
	Best   outcome.Ask   // the one outcome
	Others []outcome.Ask // to fall back to
	Ladder ladder
}

// choice is a kind of call to choose.
type choice struct {
	ID      process.KindID
	Name    string
	Belongs bool
	Chosen  bool
}

func (w *web) planPage(out http.ResponseWriter, r *http.Request) error {
	f, err := w.sound(r)
	if err != nil {
		return err
	}
	v := planView{file: f, Kind: process.KindID(r.URL.Query().Get("kind"))}
	if v.Kind == "" {
		v.Kind = w.suggest(f)
	}
	v.Kinds = w.kinds(f, v.Kind)
	if v.Plan, err = w.ev.Plan(f.state, w.now(), v.Kind); err != nil {
		return err
	}
	if len(v.Plan.Asks) > 0 {
		v.Best, v.Others = v.Plan.Asks[0], v.Plan.Asks[1:]
	}
	v.Ladder = w.ladder(f)
	v.Ladder.next(v.Plan.Asks)
	return w.show(out, http.StatusOK, "plan", "Plan a call with "+f.Name(), "", v)
}

// sound reads a deal that can be judged.
func (w *web) sound(r *http.Request) (file, error) {
	f, err := w.file(r.Context(), dealOf(r))
	if err == nil && f.Parked != "" {
		err = refuse(http.StatusConflict, "parked", "The deal can not be judged", f.Parked)
	}
	return f, err
}

// suggest is the kind of call to plan: the planned one, or the first that
// belongs to the stage and whose outcome would be an advance.
func (w *web) suggest(f file) process.KindID {
	if f.planned {
		return f.plan.Kind
	}
	for k := range w.p.Kinds() {
		plan, err := w.ev.Plan(f.state, w.now(), k.ID())
		if err == nil && plan.Belongs && plan.Asks[0].Credited {
			return k.ID()
		}
	}
	return ""
}

func (w *web) kinds(f file, chosen process.KindID) (first []choice) {
	stage, _ := w.p.StageByID(f.Standing.Stage)
	var rest []choice
	for k := range w.p.Kinds() {
		c := choice{k.ID(), k.Name(), k.BelongsTo(stage.Index()), k.ID() == chosen}
		if c.Belongs {
			first = append(first, c)
		} else {
			rest = append(rest, c)
		}
	}
	return append(first, rest...)
}

func (w *web) keepPlan(out http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := plan{process.KindID(r.PostForm.Get("kind")), commitment.ID(r.PostForm.Get("target")), w.now()}
	if _, ok := w.p.Kind(p.Kind); !ok && p.Kind != "" {
		return &outcome.UnknownKindError{Kind: p.Kind, Process: w.p}
	}
	if err := w.savePlan(r.Context(), dealOf(r), p); err != nil {
		return err
	}
	http.Redirect(out, r, href(dealOf(r)), http.StatusSeeOther)
	return nil
}
