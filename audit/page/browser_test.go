package page

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/internal/chromium"
)

// opened writes the page of a report and opens it. The page must not complain
// about anything, nor ask for anything beside itself.
func opened(t *testing.T, r *audit.Report, v chromium.View) *chromium.Tab {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := chromium.Find(t)
	file := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, []byte(written(t, r)), 0o666))
	tab := b.Open(t, file, v)
	tab.Eval(`document.documentElement.style.scrollBehavior = "auto"`, nil)
	t.Cleanup(func() {
		assert.Empty(t, tab.Complaints)
		assert.Equal(t, []string{"file://" + file}, tab.Requests)
	})
	return tab
}

func openedQuarter(t *testing.T, v chromium.View) (*audit.Report, *chromium.Tab) {
	t.Helper()
	ev, p := quarter(t)
	r := audited(t, ev, p)
	return r, opened(t, r, v)
}

// text is what an element says.
func text(tab *chromium.Tab, selector string) string {
	var s string
	tab.Eval(fmt.Sprintf("document.querySelector(%q).innerText", selector), &s)
	return s
}

// cells are what the cells of one column of the list say.
func cells(tab *chromium.Tab, column string) []string {
	var list []string
	tab.Eval(fmt.Sprintf(`[...document.querySelectorAll("#table tbody td.%s")].map(e => e.innerText.split("\n")[0])`, column), &list)
	return list
}

func count(tab *chromium.Tab, selector string) int {
	var n int
	tab.Eval(fmt.Sprintf("document.querySelectorAll(%q).length", selector), &n)
	return n
}

func hash(tab *chromium.Tab) string {
	var s string
	tab.Eval("location.hash", &s)
	return s
}

// found counts the findings for which something is so.
func found(r *audit.Report, is func(f *audit.Finding) bool) (n int) {
	for i := range r.Findings {
		if is(&r.Findings[i]) {
			n++
		}
	}
	return n
}

// A click on a bar filters the list, says so, and stands in the address; a
// second one on another chart narrows it further; the way back widens it again.
func TestBarsFilter(t *testing.T) {
	r, tab := openedQuarter(t, chromium.View{Width: 1280, Height: 900})
	all := fmt.Sprintf("%d findings", len(r.Findings))
	assert.Equal(t, all, replaceSpaces(text(tab, "#count")))

	bens := found(r, func(f *audit.Finding) bool { return f.Owner == "ben" })
	tab.Click(`#owners a[aria-label^="ben:"]`)
	assert.Equal(t, fmt.Sprintf("%d of %s", bens, all), replaceSpaces(text(tab, "#count")))
	assert.Equal(t, "#owner=ben", hash(tab))
	assert.Equal(t, "ben", text(tab, "#chips .chip bdi"))
	for _, owner := range cells(tab, "owner") {
		assert.Equal(t, "ben", owner)
	}

	above := found(r, func(f *audit.Finding) bool { return f.Owner == "ben" && f.Code == audit.Overstated })
	require.Positive(t, above)
	tab.Click(`#codes a[aria-label^="Claimed above"]`)
	assert.Equal(t, "#code=overstated&owner=ben", hash(tab))
	assert.Equal(t, fmt.Sprintf("%d of %s", above, all), replaceSpaces(text(tab, "#count")))
	assert.Len(t, cells(tab, "owner"), above)

	tab.Eval("history.back()", nil)
	tab.Wait(`location.hash === "#owner=ben"`)
	assert.Equal(t, fmt.Sprintf("%d of %s", bens, all), replaceSpaces(text(tab, "#count")))
	tab.Click("#chips .chip")
	assert.Equal(t, all, replaceSpaces(text(tab, "#count")))
	var hidden bool
	tab.Eval(`document.getElementById("chips").hidden`, &hidden)
	assert.True(t, hidden)

	// Both sides of the funnel.
	claimed := r.Stages[2].Stage
	tab.Click(fmt.Sprintf(`#funnel a[aria-label^="%s, claimed"]`, r.Stages[2].Name))
	n := found(r, func(f *audit.Finding) bool { return f.Claimed == claimed })
	require.Positive(t, n)
	assert.Equal(t, fmt.Sprintf("#claimed=%s", claimed), hash(tab))
	assert.Equal(t, fmt.Sprintf("%d of %s", n, all), replaceSpaces(text(tab, "#count")))
	tab.Click("#chips .clear")
	tab.Click(fmt.Sprintf(`#funnel a[aria-label^="%s, earned"]`, r.Stages[1].Name))
	assert.Equal(t, fmt.Sprintf("#earned=%s", r.Stages[1].Stage), hash(tab))
}

// A bar is reached and pressed by keyboard, and stays where the reader is.
func TestKeyboard(t *testing.T) {
	_, tab := openedQuarter(t, chromium.View{})
	tab.Press("Tab")
	tab.Press("Enter") // skips to the list
	var at string
	tab.Eval("document.activeElement.id", &at)
	assert.Equal(t, "list", at)
	tab.Eval(`document.querySelector('#codes a[aria-label^="Claimed above"]').focus()`, nil)
	tab.Press("Enter")
	tab.Wait(`location.hash === "#code=overstated"`)
	tab.Eval(`document.activeElement.getAttribute("aria-label")`, &at)
	assert.Contains(t, at, "Claimed above")
	tab.Press("Tab")
	tab.Eval(`document.activeElement.closest(".chart")?.id ?? ""`, &at)
	assert.Equal(t, "codes", at)

	tab.Click("#table .deal a")
	tab.Wait(`document.getElementById("deal").open`)
	tab.Press("Escape")
	tab.Wait(`!document.getElementById("deal").open`)
	assert.Equal(t, "#code=overstated", hash(tab))
}

// A link keeps what it was made with.
func TestAddress(t *testing.T) {
	r, tab := openedQuarter(t, chromium.View{})
	tab.Eval(`location.hash = "view=deals&owner=ana&owner=dev&sort=-amount"`, nil)
	tab.Wait(`document.getElementById("table").className === "list deals"`)
	n := 0
	for _, d := range r.Deals {
		if d.Owner == "ana" || d.Owner == "dev" {
			n++
		}
	}
	assert.Equal(t, fmt.Sprintf("%d of %d deals", n, len(r.Deals)), replaceSpaces(text(tab, "#count")))
	assert.Equal(t, 2, count(tab, "#chips .chip"))
	tab.Eval(`location.hash = "deal=no-such-deal&owner=%3Cb%3E&page=99&sort=nonsense&code=x"`, nil)
	tab.Wait(`document.querySelector("#table .nothing")`)
	assert.Contains(t, text(tab, "#chips"), "<b>")
}

func TestSortAndSearch(t *testing.T) {
	r, tab := openedQuarter(t, chromium.View{})
	assert.Equal(t, "error", cells(tab, "severity")[0], "the gravest come first")

	tab.Click(`#table [data-sort="deal"]`)
	deals := cells(tab, "deal")
	assert.Equal(t, r.Deals[0].Name, deals[0])
	assert.Equal(t, "ascending", attribute(tab, `#table th:has([data-sort="deal"])`, "aria-sort"))
	tab.Click(`#table [data-sort="deal"]`)
	assert.NotEqual(t, deals, cells(tab, "deal"))
	assert.Equal(t, "descending", attribute(tab, `#table th:has([data-sort="deal"])`, "aria-sort"))
	tab.Click(`#table [data-sort="amount"]`)
	var amounts []float64
	tab.Eval(`[...document.querySelectorAll("#table td.amount")].map(e => parseFloat(e.innerText.replace(/[^0-9.]/g, "")))`, &amounts)
	assert.IsDecreasing(t, append(dedupe(amounts), -1))

	tab.Click("#q")
	tab.Type("KESTREL")
	n := 0
	for _, d := range r.Deals {
		if d.Name == "Kestrel Aero" {
			n = d.Findings
		}
	}
	require.Positive(t, n)
	tab.Wait(fmt.Sprintf(`document.querySelectorAll("#table tbody tr").length === %d`, n))
	assert.Contains(t, hash(tab), "q=KESTREL")

	// Each select narrows the list down.
	for _, s := range []struct {
		id, value string
		is        func(*audit.Finding) bool
	}{
		{"code", "skipped_stage", func(f *audit.Finding) bool { return f.Code == audit.SkippedStage }},
		{"severity", "error", func(f *audit.Finding) bool { return f.Severity.String() == "error" }},
		{"owner", "dev", func(f *audit.Finding) bool { return f.Owner == "dev" }},
		{"claimed", "discovery", func(f *audit.Finding) bool { return f.Claimed == "discovery" }},
		{"earned", "discovery", func(f *audit.Finding) bool { return f.Earned == "discovery" }},
	} {
		tab.Click("#chips .clear")
		tab.Eval(fmt.Sprintf(`(s => { s.value = %q; s.dispatchEvent(new Event("change")) })(document.getElementById(%q))`, s.value, "filter-"+s.id), nil)
		assert.Equal(t, fmt.Sprintf("%d of %d findings", found(r, s.is), len(r.Findings)), replaceSpaces(text(tab, "#count")), s.id)
	}
}

// The view of a deal shows its ladder as the report has it, and every call with
// its verdict.
func TestDealView(t *testing.T) {
	r, tab := openedQuarter(t, chromium.View{})
	for _, id := range []string{"D-11", "D-16", "D-01"} {
		var d *audit.Deal
		for i := range r.Deals {
			if string(r.Deals[i].Deal) == id {
				d = &r.Deals[i]
			}
		}
		require.NotNil(t, d)
		tab.Eval(fmt.Sprintf(`location.hash = "q=%s"`, d.Name), nil)
		tab.Wait(fmt.Sprintf(`document.querySelector("#table .deal a")?.innerText === %q`, d.Name))
		tab.Click("#table .deal a")
		tab.Wait(`document.getElementById("deal").open`)
		assert.Equal(t, d.Name, text(tab, "#deal-title"))
		assert.Equal(t, d.Findings, count(tab, "#deal .found > li"))
		assert.Equal(t, len(d.Detail.Calls), count(tab, "#deal .story .call"))
		assert.Equal(t, len(d.Detail.Moves), count(tab, "#deal .story .move"))
		waived, kept, lost := len(d.Detail.Waived), len(d.Detail.Kept), len(d.Detail.Lost)
		assert.Equal(t, waived, count(tab, "#deal .rung.waived"))
		assert.Equal(t, len(d.Detail.Overdue), count(tab, "#deal .rung.overdue"))
		assert.Equal(t, lost, count(tab, "#deal .rung.lost"))
		assert.LessOrEqual(t, count(tab, "#deal .rung.kept"), kept)
		assert.Positive(t, count(tab, "#deal .rung.kept")+count(tab, "#deal .rung.held"))
		rungs := 0
		for _, s := range r.Stages {
			rungs += len(s.Ladder)
		}
		assert.Equal(t, rungs, count(tab, "#deal .rung"))
		tab.Click("#deal .close")
		tab.Wait(`!document.getElementById("deal").open`)
	}
}

// Nothing is wider than the window, from a phone up, in light and dark, deals
// open or not.
func TestWidths(t *testing.T) {
	_, tab := openedQuarter(t, chromium.View{})
	paper := map[string]bool{}
	for _, dark := range []bool{false, true} {
		tab.Media("", dark)
		for _, width := range []int{320, 360, 768, 1440} {
			tab.Resize(width, 800)
			for _, address := range []string{"view=findings", "view=deals&owner=ana", "deal=D-11"} {
				tab.Eval(fmt.Sprintf("location.hash = %q", address), nil)
				tab.Wait(fmt.Sprintf(`document.getElementById("deal").open === %v`, address == "deal=D-11"))
				tab.Wait(`document.querySelector("#funnel svg").getBoundingClientRect().width <= document.body.clientWidth`)
				var over int
				tab.Eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over)
				assert.LessOrEqual(t, over, 0, "%d px, %s", width, address)
				tab.Eval(`(e => e.scrollWidth - e.clientWidth)(document.querySelector("#deal .body") ?? document.body)`, &over)
				assert.LessOrEqual(t, over, 0, "%d px, %s", width, address)
			}
		}
		var colour string
		tab.Eval("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector('#funnel rect')).fill + "+
			"getComputedStyle(document.querySelector('#funnel .stage-name text, #funnel .stage-name')).fill", &colour)
		paper[colour] = true
	}
	assert.Len(t, paper, 2, "the page and its drawings follow the reader into the dark")
}

// On paper the list is all of it, in light colours, and the controls are gone.
func TestPaper(t *testing.T) {
	r, tab := openedQuarter(t, chromium.View{Dark: true})
	require.Greater(t, len(r.Findings), count(tab, "#table tbody tr"), "the list has pages")
	tab.Media("print", true)
	tab.Wait(fmt.Sprintf(`document.querySelectorAll("#table tbody tr").length === %d`, len(r.Findings)))
	var colour string
	tab.Eval("getComputedStyle(document.body).backgroundColor", &colour)
	assert.Equal(t, "rgb(255, 255, 255)", colour)
	for _, gone := range []string{"#filters", "#views", "#pages", ".skip", "#units"} {
		tab.Eval(fmt.Sprintf("getComputedStyle(document.querySelector(%q)).display", gone), &colour)
		assert.Equal(t, "none", colour, gone)
	}
	tab.Media("", false)
	tab.Wait(`document.querySelectorAll("#table tbody tr").length === 50`)

	// A filter holds on paper too.
	tab.Eval(`location.hash = "code=overstated"`, nil)
	tab.Wait(`document.querySelector("#chips .chip")`)
	pdf := filepath.Join(t.TempDir(), "report.pdf")
	tab.PDF(pdf)
	few := sheets(t, pdf)
	tab.Eval(`location.hash = "view=findings"`, nil)
	tab.Wait(`document.getElementById("chips").hidden`)
	tab.PDF(pdf)
	assert.Greater(t, sheets(t, pdf), few+5)
	assert.Equal(t, 50, count(tab, "#table tbody tr"), "and on the screen it has pages again")

	// A deal that is open is printed alone.
	tab.Eval(`location.hash = "deal=D-11"`, nil)
	tab.Wait(`document.getElementById("deal").open`)
	tab.PDF(pdf)
	assert.LessOrEqual(t, sheets(t, pdf), 3)
}

func sheets(t *testing.T, pdf string) int {
	t.Helper()
	content, err := os.ReadFile(pdf)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(content, []byte("%PDF")))
	return len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(content, -1))
}

// Texts stay texts in a browser too, in the list, the drawings and the deal.
func TestHostileInBrowser(t *testing.T) {
	ev, p := spoiled(t)
	r, err := audit.Run(ev, p, audit.Options{AsOf: quarterEnds, Details: true})
	require.NoError(t, err)
	tab := opened(t, r, chromium.View{Width: 360, Height: 800})
	tab.Click("#table .deal a")
	tab.Wait(`document.getElementById("deal").open`)
	var title string
	tab.Eval(`document.getElementById("deal-title").textContent`, &title)
	assert.Equal(t, hostile, title)
	assert.Equal(t, 4, count(tab, "script"))
	var over int
	tab.Eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over)
	assert.LessOrEqual(t, over, 0)
}
