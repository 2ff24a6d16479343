package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/render"
)

func (w *web) processPage(out http.ResponseWriter, _ *http.Request) error {
	return w.show(out, http.StatusOK, "process", "Process", "/process", w.p)
}

// picture is the process as package render draws it, on a page of its own. That
// page has its style within itself; a policy with the hash of each piece lets
// these through, and nothing else.
func (w *web) picture(out http.ResponseWriter, _ *http.Request) error {
	var page bytes.Buffer
	if err := render.HTML(&page, w.p); err != nil {
		return err
	}
	out.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; style-src 'unsafe-hashes'"+hashes(page.Bytes()))
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.Write(page.Bytes()) // the client has gone, if it fails
	return nil
}

var style = regexp.MustCompile(`(?s)<style>(.*?)</style>|\sstyle="([^"]*)"`)

func hashes(page []byte) string {
	var out strings.Builder
	seen := map[[sha256.Size]byte]bool{}
	for _, found := range style.FindAllSubmatch(page, -1) {
		sum := sha256.Sum256(append(found[1], found[2]...))
		if !seen[sum] {
			seen[sum] = true
			out.WriteString(" 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
		}
	}
	return out.String()
}

// processView is the process as programs get it: what they need to know to fill
// in a call record.
type processView struct {
	ID      string      `json:"id"`
	Version int         `json:"version"`
	Name    string      `json:"name"`
	Stages  []stageView `json:"stages"`
	Kinds   []kindView  `json:"kinds"`
}

type stageView struct {
	ID     process.StageID `json:"id"`
	Name   string          `json:"name"`
	Closes process.Closes  `json:"closes,omitempty"`
	Ladder []rungView      `json:"ladder"` // weakest first
}

type rungView struct {
	ID   commitment.ID `json:"id"`
	Name string        `json:"name"`
	Ask  string        `json:"ask"`
}

type kindView struct {
	ID      process.KindID `json:"id"`
	Name    string         `json:"name"`
	Outcome commitment.ID  `json:"outcome"`
}

func processOf(p *process.Process) processView {
	v := processView{ID: p.ID(), Version: p.Version(), Name: p.Name(), Stages: []stageView{}, Kinds: []kindView{}}
	for s := range p.Stages() {
		view := stageView{ID: s.ID(), Name: s.Name(), Closes: s.Closes(), Ladder: []rungView{}}
		for r := range s.Ladder() {
			c := p.Commitment(r)
			view.Ladder = append(view.Ladder, rungView{c.ID(), c.Name(), c.Ask()})
		}
		v.Stages = append(v.Stages, view)
	}
	for k := range p.Kinds() {
		v.Kinds = append(v.Kinds, kindView{k.ID(), k.Name(), p.Commitment(k.Outcome()).ID()})
	}
	return v
}
