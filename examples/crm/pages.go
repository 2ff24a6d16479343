package main

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

//go:embed templates
var templates embed.FS

// pages are the templates, each within the frame that all of them share.
type pages map[string]*template.Template

// pageRoutes are the pages for people.
func (w *web) pageRoutes() []route {
	return []route{
		{http.MethodGet, "/{$}", w.boardPage},
		{http.MethodGet, "/today", w.todayPage},
		{http.MethodGet, "/team", w.teamPage},
		{http.MethodGet, "/process", w.processPage},
		{http.MethodGet, "/process/picture", w.picture},
		{http.MethodGet, "/new", w.newPage},
		{http.MethodPost, "/deals", w.open},
		{http.MethodGet, "/deals/{deal}", w.dealPage},
		{http.MethodPost, "/deals/{deal}/claim", w.claim},
		{http.MethodGet, "/deals/{deal}/plan", w.planPage},
		{http.MethodPost, "/deals/{deal}/plan", w.keepPlan},
		{http.MethodGet, "/deals/{deal}/record", w.recordPage},
		{http.MethodPost, "/deals/{deal}/record", w.recordCall},
	}
}

func parsePages(d *desk) (pages, error) {
	words := template.FuncMap{
		"away": d.away, "date": d.date, "stage": d.stageName, "commitment": d.commitmentName, "kind": d.kindName, "mini": d.mini,
		"words": words, "capital": capital, "worth": worth, "takes": takes, "join": strings.Join, "count": count, "symbol": symbol,
		"earliest": earliest, "percent": percent, "bar": bar, "weighted": d.weighted, "sentence": sentence, "href": href,
		"kindname": func(id string) string { return d.kindName(process.KindID(id)) },
		"slots":    func() []int { return make([]int, sellerRows) },
		"ratings":  outcome.RatingNames,
		"inRow":    func(r row, v recordView) rowView { return rowView{r, v} },
	}
	frame, err := template.New("frame.html").Funcs(words).ParseFS(templates, "templates/frame.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, name := range []string{"board", "today", "team", "process", "new", "deal", "plan", "record", "problem"} {
		page, err := frame.Clone()
		if err != nil {
			return nil, err
		}
		if all[name], err = page.ParseFS(templates, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// screen is what the frame shows around a page.
type screen struct {
	Title   string
	Here    string // the path of the entry of the menu that is lit
	Process string
	Now     string
	Page    any
}

// show writes a page. It is made in memory first, so that a fault in the middle
// is not shown as half a page.
func (w *web) show(out http.ResponseWriter, status int, name, title, here string, page any) error {
	var buf bytes.Buffer
	err := w.pages[name].Execute(&buf, screen{
		Title: title, Here: here, Process: w.p.Name(), Now: w.now().In(w.p.Zone()).Format("Monday, 2 January 2006"), Page: page,
	})
	if err != nil {
		return fmt.Errorf("the page %s: %w", name, err)
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	out.WriteHeader(status)
	_, _ = out.Write(buf.Bytes()) // the client has gone, if it fails
	return nil
}

// page makes a handler of a function that may fail.
func (w *web) page(handle func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		err := handle(out, r)
		if err == nil {
			return
		}
		p := w.told(r, err)
		if err := w.show(out, p.Status, "problem", p.Title, "", p); err != nil {
			writeProblem(out, p)
		}
	}
}

func (w *web) boardPage(out http.ResponseWriter, r *http.Request) error {
	b, err := w.board(r.Context())
	if err != nil {
		return err
	}
	return w.show(out, http.StatusOK, "board", "Board", "/", b)
}

func (w *web) todayPage(out http.ResponseWriter, r *http.Request) error {
	t, err := w.today(r.Context())
	if err != nil {
		return err
	}
	return w.show(out, http.StatusOK, "today", "Today", "/today", t)
}

func (w *web) teamPage(out http.ResponseWriter, r *http.Request) error {
	m, err := w.measures(r.Context())
	if err != nil {
		return err
	}
	return w.show(out, http.StatusOK, "team", "Team", "/team", m)
}

func (w *web) newPage(out http.ResponseWriter, _ *http.Request) error {
	return w.show(out, http.StatusOK, "new", "New deal", "", w.path())
}

// path lists the stages of the path.
func (d *desk) path() (stages []*process.CompiledStage) {
	for i := range d.p.Won() + 1 {
		stages = append(stages, d.p.Stage(i))
	}
	return stages
}

// dealView is the page of a deal.
type dealView struct {
	file
	Ladder ladder
	Stages []*process.CompiledStage
	Asks   []outcome.Ask
	Plan   *plan
	Story  []told // the other calls, the latest first
	Fresh  *told  // the call that was just recorded
}

// told is a call with what came of it.
type told struct {
	Call    outcome.Call
	Verdict outcome.VerdictRecord
}

func (w *web) dealPage(out http.ResponseWriter, r *http.Request) error {
	f, err := w.file(r.Context(), dealOf(r))
	if err != nil {
		return err
	}
	v := dealView{file: f, Stages: w.path()}
	if f.planned {
		v.Plan = &f.plan
	}
	if f.Parked == "" {
		v.Ladder = w.ladder(f)
		plan, err := w.ev.Plan(f.state, w.now(), "")
		if err != nil {
			return err
		}
		v.Asks = plan.Asks
		v.Ladder.next(plan.Asks)
	}
	calls := map[outcome.CallID]outcome.Call{}
	for _, c := range f.Calls {
		calls[c.ID] = c
	}
	fresh := outcome.CallID(r.URL.Query().Get("call"))
	for i := len(f.Verdicts) - 1; i >= 0; i-- {
		t := told{calls[f.Verdicts[i].Call], f.Verdicts[i]}
		if t.Verdict.Call != fresh {
			v.Story = append(v.Story, t)
		} else {
			v.Fresh = &t
			for _, id := range t.Verdict.Gained {
				if rung := v.Ladder.rungs[id]; rung != nil {
					rung.Fresh = true
				}
			}
		}
	}
	if r.Header.Get("HX-Request") != "" { // it came as the answer to a form: name it
		out.Header().Set("HX-Push-Url", r.URL.RequestURI())
	}
	return w.show(out, http.StatusOK, "deal", f.Name(), "", v)
}

// href is the address of a deal.
func href(deal outcome.DealID) string { return "/deals/" + url.PathEscape(string(deal)) }

// symbol is the mark of a result, so that no colour stands alone.
func symbol(result any) string {
	switch fmt.Sprint(result) {
	case "order":
		return "★"
	case "advance":
		return "▲"
	case "recovery":
		return "△"
	case "setback":
		return "▼"
	case "refusal", "no_sale":
		return "✕"
	case "no_contact":
		return "·"
	case "continuation":
		return "–"
	}
	return ""
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// bar is a place on a scale from 0 to 200, for drawing.
func bar(share float64) int { return int(200*share + .5) }
