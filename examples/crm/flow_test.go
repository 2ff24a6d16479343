package main

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hand is how somebody works with a page: with the mouse, or with nothing but
// the keyboard.
type hand struct {
	*browser
	keyboard bool
}

// follow follows a link, or presses a button, and waits for what comes of it.
func (h hand) follow(selector, until string) {
	h.t.Helper()
	if h.keyboard {
		h.tab(selector)
		h.press(kb.Enter)
	} else {
		h.do(chromedp.Click(chromedp.CSS(selector)))
	}
	h.do(chromedp.WaitVisible(chromedp.CSS(until)))
}

// tick ticks a box.
func (h hand) tick(selector string) {
	h.t.Helper()
	if h.keyboard {
		h.tab(selector)
		h.press(" ")
	} else {
		h.do(chromedp.Click(chromedp.CSS(selector)))
	}
	require.True(h.t, eval[bool](h.browser, `document.querySelector(`+quoted(selector)+`).checked`), selector)
}

// write types into a field.
func (h hand) write(selector, text string) {
	h.t.Helper()
	if h.keyboard {
		h.tab(selector)
		h.press(text)
	} else {
		h.do(chromedp.SendKeys(chromedp.CSS(selector), text))
	}
}

// choose chooses from a list by the beginning of a name.
func (h hand) choose(selector, name, value string) {
	h.t.Helper()
	if h.keyboard {
		h.write(selector, name)
	} else {
		h.do(chromedp.SetValue(chromedp.CSS(selector), value))
	}
	require.Equal(h.t, value, eval[string](h.browser, `document.querySelector(`+quoted(selector)+`).value`), selector)
}

// A cold call is planned, and recorded as the pleasant conversation that it
// was: a continuation, with what would have advanced it. Then it is made again,
// with the one outcome in mind: the deal moves to the next column.
func TestColdCall(t *testing.T) {
	for _, tt := range []struct {
		name     string
		look     look
		keyboard bool
	}{
		{"keyboard alone", looks[0], true},
		{"on a phone in the dark", looks[3], false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
			var hours atomic.Int64
			d.now = func() time.Time { return noon.Add(time.Duration(hours.Load()) * time.Hour) }
			h := hand{browse(t, site(t, d)), tt.keyboard}
			h.as(tt.look)

			const card = `a[href="/deals/D-1002"]`
			h.visit("/")
			require.Equal(t, "target", h.column(card))
			h.follow(card, ".deal")
			h.planCall()
			h.accessible("planned")
			h.follow(`.planned a.button`, "form.sheet")
			h.write(`[name="seller"]`, "Call again in two weeks")
			h.tick(`[name="activity"][value="needs_analysis"]`)
			h.tick(`[name="rating"][value="great"]`)
			h.write(`[name="notes"]`, "What a nice man!")
			h.follow(`form.sheet button`, "#verdict")
			assert.Contains(t, h.text("#verdict"), "Continuation")
			assert.Contains(t, h.text("#verdict .would"), "Take a first meeting")
			assert.Contains(t, h.text("#verdict .would"), "half an hour on Tuesday")
			assert.Contains(t, h.text("#verdict .findings"), "Rated great")
			assert.Equal(t, "fresh", eval[string](h.browser, `document.activeElement.id`), "the verdict is where the reader is")
			h.accessible("continuation")
			h.shoot("flow-continuation-" + tt.look.name)

			hours.Add(1)
			h.follow(`#verdict a[href="/"]`, ".board")
			require.Equal(t, "target", h.column(card))
			h.follow(card, ".deal")
			h.planCall()
			h.follow(`.planned a.button`, "form.sheet")
			require.False(t, eval[bool](h.browser, `document.querySelector('[name="0.due"]').checkVisibility()`), "what nobody talked about needs no date")
			h.tick(`[name="asked"][value="first_meeting"]`)
			h.choose(`[name="0.status"]`, "Agreed", "given")
			h.write(`[name="0.due"]`, "11052026")
			h.write(`[name="0.person"]`, "Elin Sand")
			h.tick(`[name="0.evidence"][value="calendar"]`)
			h.shoot("flow-form-" + tt.look.name)
			h.accessible("form")
			h.follow(`form.sheet button`, "#verdict")
			assert.Contains(t, h.text("#verdict"), "Advance")
			assert.Contains(t, h.text("#verdict .moved"), "Discovery")
			assert.Contains(t, h.text(".rung.new"), "Take a first meeting")
			assert.Contains(t, h.text(".rung.new"), "by 5 Nov")
			h.accessible("advance")
			h.shoot("flow-advance-" + tt.look.name)
			assert.Contains(t, ask(h.browser, chromedp.Location()), "?call=", "the page can be loaded again")
			h.do(chromedp.Reload(), chromedp.WaitVisible(chromedp.CSS("#verdict")))

			h.follow(`#verdict a[href="/"]`, ".board")
			assert.Equal(t, "discovery", h.column(card))
		})
	}
}

// planCall plans the cold call from the page of the deal, and looks at the plan.
func (h hand) planCall() {
	h.t.Helper()
	h.follow(`.head a[href$="/plan"]`, ".outcome")
	assert.Equal(h.t, "Cold call", h.text(`.kinds [aria-current]`))
	assert.Contains(h.t, h.text(".outcome"), "Take a first meeting")
	assert.Contains(h.t, h.text(".outcome blockquote"), "half an hour on Tuesday")
	assert.Contains(h.t, h.text(".fallbacks"), "Refer us to the person who owns the problem")
	assert.Contains(h.t, h.text(".refocus"), "Give me half an hour on Tuesday")
	assert.Contains(h.t, h.text(".notfor"), "Needs analysis")
	h.follow(`main form button`, ".planned")
	assert.Contains(h.t, h.text(".planned"), "Take a first meeting")
}

// column is the stage of the column that a card is in.
func (b *browser) column(card string) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector(`+quoted(card)+`).closest(".column").dataset.stage`)
}

// Another kind of call is planned without loading the page anew, and the focus
// stays where it was.
func TestAnotherKind(t *testing.T) {
	b := browse(t, site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)))
	b.visit("/deals/D-1006/plan")
	b.do(chromedp.Evaluate[chromedp.Void](`window.same = true`))
	b.tab(`#kind-discovery_review`)
	b.press(kb.Enter)
	b.do(chromedp.WaitVisible(chromedp.CSS(`#kind-discovery_review[aria-current]`)))
	assert.Contains(t, b.text(".outcome h2"), "Put names and dates into a joint plan")
	assert.True(t, eval[bool](b, `window.same`))
	assert.Equal(t, "kind-discovery_review", eval[string](b, `document.activeElement.id`))
	assert.Contains(t, ask(b, chromedp.Location()), "kind=discovery_review")

	b.visit("/deals/D-1006/record")
	assert.Contains(t, b.text(".said > legend"), "State in writing")
	b.tab("#kind")
	// Typing its name would depend on how fast the keys come.
	b.do(chromedp.Evaluate[chromedp.Void](`{
		const kind = document.activeElement
		kind.value = "discovery_review"
		kind.dispatchEvent(new Event("change", {bubbles: true}))
	}`))
	b.do(chromedp.WaitVisible(chromedp.CSS(`[name="asked"][value="joint_plan"]`)))
	assert.Equal(t, "discovery_review", ask(b, chromedp.Value(chromedp.CSS("#kind"))))
}

// A form that can not be taken says why, and keeps what was written.
func TestFormWithAFault(t *testing.T) {
	b := browse(t, site(t, testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)))
	b.visit("/deals/D-1006/record")
	b.do(chromedp.SendKeys(chromedp.CSS(`[name="notes"]`), "Kept"), chromedp.Evaluate[chromedp.Void](
		`document.querySelector('[name="contact"] option').value = "perhaps"`), chromedp.Click(chromedp.CSS("form.sheet button")),
		chromedp.WaitVisible(chromedp.CSS("#problem h1")))
	assert.Contains(t, b.text("#problem"), "“perhaps”")
	assert.Equal(t, "Kept", ask(b, chromedp.Value(chromedp.CSS(`[name="notes"]`))))
	b.accessible("a form with a fault")
}
