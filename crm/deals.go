package crm

import (
	"strings"
	"time"

	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// dealTable reads deals.
type dealTable struct {
	compiled
	id, name, stage         field
	status                  field
	won, lost, open         conditions
	amount, currency, owner field
	created, opened         field
	closed, closeDate       field
}

func compileDeals(d *Deals) *dealTable {
	common, f := compileTable(RoleDeals, &d.Table, d.parts())
	t := &dealTable{
		compiled: common,
		id:       f["id"], name: f["name"], stage: f["stage"],
		status: compileField(part{"status", &d.Status.Field, statusWords, false}),
		won:    compileConditions(d.Status.Won), lost: compileConditions(d.Status.Lost), open: compileConditions(d.Status.Open),
		amount: f["amount"], currency: f["currency"], owner: f["owner"],
		created: f["created"], opened: f["opened"], closed: f["closed"], closeDate: f["close_date"],
	}
	if len(t.status.names) > 0 {
		t.optional = append(t.optional, t.status)
	}
	return t
}

// outside remembers a deal that is out of scope, so that what belongs to it is
// not taken for an orphan.
func (t *dealTable) outside(im *importer, row table.Row) fate {
	if id := t.id.text(row); id != "" {
		if _, known := im.deals[id]; !known {
			id = im.keep(id)
			im.deals[id] = dealSeen{outside: true}
		}
	}
	return aside
}

func (t *dealTable) row(im *importer, row table.Row) fate {
	id, column := t.id.found(row)
	if id == "" {
		return rejected(MissingID, column, "there is no id")
	}
	if first, again := im.deals[id]; again && !first.outside {
		return im.duplicate(row, first.seen, column, strings.Clone(id), first.id)
	}
	id = im.keep(id)
	d := pipeline.Deal{
		Deal:   outcome.Deal{Deal: outcome.DealID(id), Name: strings.Clone(t.name.text(row)), Owner: im.keep(t.owner.text(row))},
		Source: im.source(row),
	}
	im.deals[id] = dealSeen{seen: im.seen(row), id: d.Deal.Deal}
	found := t.stage.text(row)
	name, _ := t.stage.word(found)
	d.StageName = im.keep(found)
	d.Claimed = string(im.stage(row, name))
	d.Status = t.statusOf(im, row)
	d.Amount = im.amount(row, &t.amount)
	if word, _ := t.currency.word(t.currency.text(row)); word != "" {
		d.Currency = im.keep(word)
	}
	zone := im.m.clock.zone
	if w := im.when(row, &t.created); !w.IsZero() {
		d.Created = w.Start(zone).UTC()
	}
	d.Opened = d.Created
	if w := im.when(row, &t.opened); !w.IsZero() {
		d.Opened = w.Start(zone).UTC()
	}
	d.CloseDate = im.dueDate(row, &t.closeDate)
	if im.over(&d) {
		d.Closed = im.closing(row, &t.closed)
	}
	im.result.Pipeline.Deals = append(im.result.Pipeline.Deals, d)
	return used
}

// closing reads when a deal was over. A day is its end, so that what was done on
// the day does not come after it.
func (im *importer) closing(row table.Row, f *field) time.Time {
	w := im.dueDate(row, f)
	if w.IsZero() {
		return time.Time{}
	}
	return w.End(im.m.clock.zone).UTC()
}

func (t *dealTable) statusOf(im *importer, row table.Row) pipeline.Status {
	switch {
	case t.won != nil && t.won.met(row):
		return pipeline.WonDeal
	case t.lost != nil && t.lost.met(row):
		return pipeline.LostDeal
	case t.open != nil && t.open.met(row):
		return pipeline.OpenDeal
	}
	switch im.word(row, &t.status) {
	case "won":
		return pipeline.WonDeal
	case "lost":
		return pipeline.LostDeal
	case "open":
		return pipeline.OpenDeal
	}
	return pipeline.Unknown
}

// over reports whether a deal is won or lost, by its status, or else by the
// stage that it claims.
func (im *importer) over(d *pipeline.Deal) bool {
	if d.Status != pipeline.Unknown || im.o.Process == nil {
		return d.Status == pipeline.WonDeal || d.Status == pipeline.LostDeal
	}
	s, ok := im.o.Process.StageByID(process.StageID(d.Claimed))
	return ok && s.Closes() != ""
}
