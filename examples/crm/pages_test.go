package main

import (
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everyPage are the pages by their addresses, with the names of their pictures.
var everyPage = map[string]string{
	"/":                            "board",
	"/today":                       "today",
	"/team":                        "team",
	"/process":                     "process",
	"/process/picture":             "picture",
	"/new":                         "new",
	"/deals/D-1006":                "deal",
	"/deals/D-1014":                "deal-setback",
	"/deals/D-1006/plan":           "plan",
	"/deals/D-1006/record":         "record",
	"/deals/D-1001?call=D-1001-02": "verdict",
	"/nothing":                     "problem",
}

// Every page, at both widths and in both lights, is accessible and not wider
// than the screen.
func TestEveryPage(t *testing.T) {
	d := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
	require.NoError(t, wakeAll(t.Context(), d, slog.New(slog.DiscardHandler)))
	b := browse(t, site(t, d))
	looks := looks
	if testing.Short() {
		looks = []look{looks[0], looks[3]}
	}
	for _, l := range looks {
		b.as(l)
		for path, name := range everyPage {
			b.visit(path)
			b.shoot(name + "-" + l.name)
			wider := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
			assert.LessOrEqual(t, wider, 0, "%s %s", path, l.name)
			b.accessible(path + " " + l.name)
		}
	}
}
