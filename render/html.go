package render

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/advance-sales/advance/process"
)

//go:embed page/page.html page/page.css
var page embed.FS

var pageTemplate = template.Must(template.ParseFS(page, "page/page.html"))

// HTML writes the process as one page that needs nothing else: no network, no
// script, no font of its own. It is made to be printed in landscape on A3 or
// A4, and is readable on a phone and in the dark. Every text of the process is
// escaped. The error is that of the writer.
func HTML(w io.Writer, p *process.Process) error {
	style, err := page.ReadFile("page/page.css")
	if err != nil {
		return fmt.Errorf("drawing process %s: %w", p.ID(), err)
	}
	c := newChart(p)
	err = pageTemplate.ExecuteTemplate(w, "page", struct {
		chart
		Style template.CSS
		Print float64 // 1 rem on paper, in hundredths of the width of the sheet
		Gates bool    // there is a hard gate
		Later bool    // there is a rung that only a later stage asks for
	}{
		chart: c,
		Style: template.CSS(style),
		Print: c.fit(),
		Gates: slices.ContainsFunc(c.Path, func(s stage) bool { return s.Hard }),
		Later: slices.ContainsFunc(c.Path, func(s stage) bool {
			return slices.ContainsFunc(s.Ladder, func(r rung) bool { return r.Later })
		}),
	})
	if err != nil {
		return fmt.Errorf("drawing process %s: %w", p.ID(), err)
	}
	return nil
}
