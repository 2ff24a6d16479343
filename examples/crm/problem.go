package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// problem is an error as programs get it (RFC 9457). Code is ours, and stable.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Code   string `json:"code"`
}

func (p problem) Error() string { return strings.TrimSuffix(p.Title+": "+p.Detail, ": ") }

var errNoRoute = problem{Status: http.StatusNotFound, Title: "There is nothing at this address", Code: "no_route"}

// refuse is a problem with a request.
func refuse(status int, code, title, detail string) problem {
	return problem{Status: status, Code: code, Title: title, Detail: detail}
}

// problemOf says what an error means to who sent the request. What is not their
// doing is told without its inside.
func problemOf(err error) problem {
	var (
		p        problem
		noDeal   *store.NoDealError
		record   *outcome.RecordError
		kind     *outcome.UnknownKindError
		stage    *outcome.UnknownStageError
		tooLarge *http.MaxBytesError
	)
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &noDeal):
		return refuse(http.StatusNotFound, "no_deal", "There is no such deal", noDeal.Error())
	case errors.As(err, &record):
		return refuse(http.StatusUnprocessableEntity, "bad_record", "The record can not be judged", record.Reason)
	case errors.As(err, &kind):
		return refuse(http.StatusUnprocessableEntity, "unknown_kind", "The process has no such kind of call", kind.Error())
	case errors.As(err, &stage):
		return refuse(http.StatusUnprocessableEntity, "unknown_stage", "The process has no such stage", stage.Error())
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "too_large", "The request is too large", fmt.Sprintf("At most %d bytes are read.", tooLarge.Limit))
	case store.Retryable(err):
		return refuse(http.StatusServiceUnavailable, "busy", "Others are writing the same", "Try again in a moment.")
	default:
		return refuse(http.StatusInternalServerError, "internal", "Something went wrong here", "")
	}
}

func writeProblem(out http.ResponseWriter, p problem) {
	if p.Type == "" {
		p.Type = "about:blank"
	}
	if p.Status == http.StatusServiceUnavailable {
		out.Header().Set("Retry-After", "1")
	}
	out.Header().Set("Content-Type", "application/problem+json")
	write(out, p.Status, p)
}

func writeJSON(out http.ResponseWriter, status int, body any) {
	out.Header().Set("Content-Type", "application/json")
	write(out, status, body)
}

func write(out http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		http.Error(out, "this can not be written as JSON", http.StatusInternalServerError)
		return
	}
	out.WriteHeader(status)
	_, _ = out.Write(append(text, '\n')) // the client has gone, if it fails
}

// methods lists the methods of each path.
func methods(routes []route) map[string][]string {
	out := map[string][]string{}
	for _, r := range routes {
		out[r.path] = append(out[r.path], r.method)
		if r.method == http.MethodGet {
			out[r.path] = append(out[r.path], http.MethodHead)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(out)) {
		slices.Sort(out[path])
	}
	return out
}

func wrongMethod(allowed []string) func(http.ResponseWriter, *http.Request) error {
	return func(out http.ResponseWriter, r *http.Request) error {
		out.Header().Set("Allow", strings.Join(allowed, ", "))
		return refuse(http.StatusMethodNotAllowed, "wrong_method", "This address takes other methods", r.Method+" is none of "+strings.Join(allowed, ", ")+".")
	}
}
