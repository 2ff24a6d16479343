package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

// apiRoutes are what programs can ask. Each is described in openapi.json.
func (w *web) apiRoutes() []route {
	return []route{
		{http.MethodGet, "/api/process", w.getProcess},
		{http.MethodGet, "/api/board", w.getBoard},
		{http.MethodGet, "/api/today", w.getToday},
		{http.MethodGet, "/api/rates", w.getRates},
		{http.MethodGet, "/api/deals/{deal}", w.getDeal},
		{http.MethodPut, "/api/deals/{deal}", w.putDeal},
		{http.MethodDelete, "/api/deals/{deal}", w.deleteDeal},
		{http.MethodGet, "/api/deals/{deal}/plan", w.getPlan},
		{http.MethodPost, "/api/deals/{deal}/calls", w.postCall},
	}
}

// api makes a handler of a function that may fail.
func (w *web) api(handle func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		if err := handle(out, r); err != nil {
			writeProblem(out, w.told(r, err))
		}
	}
}

// told turns an error into what is said about it, and logs what is our doing.
func (w *web) told(r *http.Request, err error) problem {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		w.log.ErrorContext(r.Context(), "failed", "path", r.URL.Path, "err", err)
	}
	return p
}

func dealOf(r *http.Request) outcome.DealID { return outcome.DealID(r.PathValue("deal")) }

func (w *web) getProcess(out http.ResponseWriter, _ *http.Request) error {
	writeJSON(out, http.StatusOK, processOf(w.p))
	return nil
}

func (w *web) getBoard(out http.ResponseWriter, r *http.Request) error {
	b, err := w.board(r.Context())
	if err == nil {
		writeJSON(out, http.StatusOK, b)
	}
	return err
}

func (w *web) getToday(out http.ResponseWriter, r *http.Request) error {
	t, err := w.today(r.Context())
	if err == nil {
		writeJSON(out, http.StatusOK, t)
	}
	return err
}

func (w *web) getRates(out http.ResponseWriter, r *http.Request) error {
	m, err := w.measures(r.Context())
	if err == nil {
		writeJSON(out, http.StatusOK, struct {
			Floor   int             `json:"floor"`
			Overall measure.Rate    `json:"overall"`
			Reps    []groupRate     `json:"reps"`
			Kinds   []groupRate     `json:"kinds"`
			Value   []measure.Value `json:"value"`
		}{m.Floor, m.Overall.Advance, rates(m.Reps), rates(m.Kinds), m.Value})
	}
	return err
}

// groupRate is the share of the calls of a group that advanced their deal.
type groupRate struct {
	Key     string       `json:"key"`
	Advance measure.Rate `json:"advance"`
}

func rates(groups []measure.Group) []groupRate {
	out := []groupRate{}
	for _, g := range groups {
		out = append(out, groupRate{g.Key, g.Advance})
	}
	return out
}

func (w *web) getDeal(out http.ResponseWriter, r *http.Request) error {
	f, err := w.file(r.Context(), dealOf(r))
	if err == nil {
		writeJSON(out, http.StatusOK, f)
	}
	return err
}

func (w *web) putDeal(out http.ResponseWriter, r *http.Request) error {
	body, err := jsonBody(r)
	if err != nil {
		return err
	}
	deal, err := outcome.DecodeDeal(body)
	if err != nil {
		return err
	}
	if deal.Deal != dealOf(r) {
		return refuse(http.StatusUnprocessableEntity, "other_deal", "The record is of another deal", "The address names "+string(dealOf(r))+", and the record "+string(deal.Deal)+".")
	}
	if _, err := w.save(r.Context(), deal); err != nil {
		return err
	}
	return w.getDeal(out, r)
}

func (w *web) deleteDeal(out http.ResponseWriter, r *http.Request) error {
	found, err := w.erase(r.Context(), dealOf(r))
	if err == nil && !found {
		err = refuse(http.StatusNotFound, "no_deal", "There is no such deal", "")
	}
	if err == nil {
		out.WriteHeader(http.StatusNoContent)
	}
	return err
}

func (w *web) getPlan(out http.ResponseWriter, r *http.Request) error {
	f, err := w.file(r.Context(), dealOf(r))
	if err != nil {
		return err
	}
	plan, err := w.ev.Plan(f.state, w.now(), process.KindID(r.URL.Query().Get("kind")))
	if err == nil {
		writeJSON(out, http.StatusOK, plan)
	}
	return err
}

// postCall records a call and answers with what came of it.
func (w *web) postCall(out http.ResponseWriter, r *http.Request) error {
	body, err := jsonBody(r)
	if err != nil {
		return err
	}
	call, err := outcome.DecodeCall(body)
	if err != nil {
		return err
	}
	if call.Deal != dealOf(r) {
		return refuse(http.StatusUnprocessableEntity, "other_deal", "The record is of another deal", "The address names "+string(dealOf(r))+", and the record "+string(call.Deal)+".")
	}
	recorded, err := w.record(r.Context(), call)
	if err != nil {
		return err
	}
	answer := struct {
		Call     outcome.CallID          `json:"call"`
		Seen     bool                    `json:"seen"`
		Parked   string                  `json:"parked,omitempty"`
		Verdict  *outcome.VerdictRecord  `json:"verdict,omitempty"`
		Standing *outcome.Standing       `json:"standing,omitempty"`
		Revised  []outcome.VerdictRecord `json:"revised"` // earlier verdicts that this record has changed
	}{Call: recorded.Call, Seen: recorded.Seen, Parked: recorded.Parked, Revised: []outcome.VerdictRecord{}}
	if recorded.Parked == "" {
		answer.Verdict, answer.Standing = &recorded.Verdict, &recorded.Standing
	}
	for _, v := range recorded.Revised {
		answer.Revised = append(answer.Revised, v.After)
	}
	status := http.StatusCreated
	if recorded.Seen {
		status = http.StatusOK
	}
	writeJSON(out, status, answer)
	return nil
}

// jsonBody reads what a program sends, and insists that it says what that is:
// a form on a foreign page can not.
func jsonBody(r *http.Request) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, refuse(http.StatusUnsupportedMediaType, "not_json", "Send application/json", "")
	}
	return io.ReadAll(r.Body)
}

//go:embed openapi.json
var document []byte

// openAPI is the description of the API. The schemas of the records in it are
// those of the library.
func openAPI() ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, err
	}
	components, _ := doc["components"].(map[string]any)
	schemas, ok := components["schemas"].(map[string]any)
	if !ok {
		return nil, errors.New("openapi.json has no schemas")
	}
	for name, of := range map[string]string{"Call": "call", "DealRecord": "deal", "Verdict": "verdict"} {
		text, err := schema.JSON(of)
		if err != nil {
			return nil, err
		}
		var s any
		if err := json.Unmarshal(text, &s); err != nil {
			return nil, err
		}
		schemas[name] = plain(s)
	}
	return json.MarshalIndent(doc, "", "  ")
}

// plain takes out of a schema what only editors read.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range []string{"$schema", "$id", "patternErrorMessage", "enumDescriptions"} {
			delete(v, key)
		}
		for _, inner := range v {
			plain(inner)
		}
	case []any:
		for _, inner := range v {
			plain(inner)
		}
	}
	return v
}
