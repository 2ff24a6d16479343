package crm

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// historyTable reads what deals went through.
type historyTable struct {
	compiled
	id, deal, at     field
	change, from, to field
	stage, closeDate field
}

func compileHistory(h *History) historyTable {
	common, f := compileTable(RoleHistory, &h.Table, h.parts())
	return historyTable{common, f["id"], f["deal"], f["at"], f["change"], f["from"], f["to"], f["stage"], f["close_date"]}
}

// picture is how a deal was at a time.
type picture struct {
	deal      outcome.DealID
	at        time.Time
	day       bool // only the day is known
	id        string
	stage     process.StageID
	closeDate outcome.When
	source    pipeline.Source
}

// What a row is a change of.
const (
	changeStage     = "stage"
	changeCloseDate = "close_date"
)

func (t *historyTable) row(im *importer, row table.Row) fate {
	what := changeStage
	if !t.change.isZero() {
		// Exports of all changes are mostly about other things.
		if what, _ = t.change.word(t.change.text(row)); what == "" {
			return aside
		}
	}
	dealID, column := t.deal.found(row)
	if dealID == "" {
		return rejected(MissingDeal, column, "there is no deal")
	}
	deal, outside, missing := im.deal(dealID)
	id, idColumn := t.id.found(row)
	switch {
	case outside:
		return aside
	case missing:
		return im.orphan(row, column, id, dealID)
	}
	key := id
	if key == "" {
		key = dealID + "\x00" + contentID(row) // the same row twice
	}
	if first, again := im.moves[key]; again {
		if id == "" && strings.HasPrefix(t.deal.names[0], "../") {
			return aside // it stands in a row that is there twice, and that is told
		}
		return im.duplicate(row, first, idColumn, id, deal)
	}
	when, bad := im.required(row, &t.at)
	if bad.reject != nil {
		return bad
	}
	p := picture{deal: deal, at: im.m.clock.noon(when), day: when.IsDate(), id: strings.Clone(id), source: im.source(row)}
	switch {
	case t.to.isZero():
		p.stage = im.stage(row, t.stage.text(row))
		p.closeDate = im.dueDate(row, &t.closeDate)
		im.pictures = append(im.pictures, p)
	case what == changeStage:
		to, toColumn := t.to.found(row)
		if to == "" {
			return rejected(MissingStage, toColumn, "the move leads nowhere")
		}
		move := pipeline.Move{ID: p.id, Deal: deal, At: p.at, Day: p.day, To: im.stage(row, to), Source: p.source}
		if from := t.from.text(row); from != "" {
			move.From = im.stage(row, from)
		}
		im.result.Pipeline.Moves = append(im.result.Pipeline.Moves, move)
	case what == changeCloseDate:
		im.result.Pipeline.CloseDates = append(im.result.Pipeline.CloseDates,
			pipeline.CloseDate{ID: p.id, Deal: deal, At: p.at, From: im.dueDate(row, &t.from), Date: im.dueDate(row, &t.to), Source: p.source})
	}
	im.moves[strings.Clone(key)] = im.seen(row)
	return used
}

// done finds out what changed from picture to picture of each deal. The first
// one of a deal changes what was not there before.
func (t *historyTable) done(im *importer) {
	slices.SortStableFunc(im.pictures, func(a, b picture) int {
		return cmp.Or(cmp.Compare(a.deal, b.deal), a.at.Compare(b.at))
	})
	var before picture
	for _, p := range im.pictures {
		if p.deal != before.deal {
			before = picture{deal: p.deal}
		}
		if p.stage != "" && p.stage != before.stage {
			im.result.Pipeline.Moves = append(im.result.Pipeline.Moves,
				pipeline.Move{ID: p.id, Deal: p.deal, At: p.at, Day: p.day, From: before.stage, To: p.stage, Source: p.source})
			before.stage = p.stage
		}
		if !t.closeDate.isZero() && p.closeDate != before.closeDate {
			im.result.Pipeline.CloseDates = append(im.result.Pipeline.CloseDates,
				pipeline.CloseDate{ID: p.id, Deal: p.deal, At: p.at, Date: p.closeDate, Source: p.source})
			before.closeDate = p.closeDate
		}
	}
	im.pictures = nil
}
