package webchat

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
)

// enter fills in a form and sends it, as pressing Enter on its button does,
// and waits until the page asks something else.
func (c *chromium) enter(selector, asksThen string, fields ...string) {
	c.Fill(fields...)
	c.Press(selector)
	c.Until(fmt.Sprintf(`document.querySelector("#question h1")?.innerText.trim() === %q`, asksThen))
}

func (b *bench) live(t *testing.T) *chromium {
	t.Helper()
	c := b.chromium(t)
	c.Do(chromedp.Navigate(b.url + "/chat"))
	c.press(".govuk-button:not(.exit__button)")
	c.Until(`document.querySelector(".log") !== null && document.querySelector(".connection").textContent === ""`)
	return c
}

const button = "#question form:first-of-type .govuk-button"

func TestALiveConversation(t *testing.T) {
	b := newBench(t, everyKind())
	c := b.live(t)
	c.Accessible("live-1-choice")
	c.enter(button, "How much are you paid now, before tax?", "#choice-1", "")
	c.Accessible("live-2-money")
	c.enter(button, "How much are you paid now, before tax?", "#answer", "350 or 400")
	c.enter(button, "When did your pay change?", "#answer", "410.50", "#choice-0", "")
	c.enter(button, "Add a photo of your latest payslip, or go on without.", "#answer", "1", "#month", "11", "#year", "2026")
	c.Accessible("live-3-file")
	c.enter(".other-ways .govuk-button", "Check your answers.")
	c.Accessible("live-4-check")
	c.enter(`button[value="CHANGE 2"]`, "Which of these help us to reach you?")
	c.enter(button, "Is that right?", "#answer", "", "#choice-2", "")
	if diff := cmp.Diff([]string{"down", "350 or 400", "410.50 a week", "1 November 2026", "later", "CHANGE 2", "large print, relay"}, b.texts()); diff != "" {
		t.Errorf("the gateway heard (-want +got):\n%s", diff)
	}
	// In the list and announced, each once and in order.
	list := evaluate[[]string](c, `[...document.querySelectorAll(".log .bubble > p:first-of-type")].map((p) => p.innerText)`)
	want := []string{
		"Has your pay before tax gone up or down?", "down", "How much are you paid now, before tax? Say how often too, like 450 a week.", "350 or 400",
		"I read more than one amount. Give one, like 410 a week.", "410.50 a week", "When did your pay change? For example, 3 November.", "1 November 2026",
		"Add a photo of your latest payslip, or go on without.", "later", "This is only an estimate: you may have to pay about £41 a week.", "Check your answers.",
		"CHANGE 2", "Which of these help us to reach you?", "large print, relay", "Is that right?",
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("the page shows (-want +got):\n%s", diff)
	}
	announced := evaluate[[]string](c, `[...document.querySelectorAll("[role=log] p")].map((p) => p.textContent)`)
	if len(announced) != 8 { // our messages after the first, which came with the page
		t.Errorf("announced %q", announced)
	}
	if focus := evaluate[string](c, `document.activeElement.id`); focus != "question" {
		t.Errorf("the focus is on %q", focus)
	}
	c.Do(chromedp.Reload())
	c.Until(`document.querySelectorAll(".log .bubble").length === 16`)
}

func TestALiveFormSaysWhatIsMissing(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	c := b.live(t)
	evaluate[bool](c, `document.querySelector("#question .govuk-button").click() || true`)
	c.Until(`document.querySelector("#answer-error") !== null`)
	c.Accessible("live-5-missing")
	c.enter(button, "And?", "#answer", "Sam")
	if got := b.texts(); len(got) != 1 || got[0] != "Sam" {
		t.Errorf("the gateway heard %q", got)
	}
}

// What the visitor is writing is not taken from under them by a new question.
func TestFocusAndWritingAreLeftAlone(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	c := b.live(t)
	evaluate[bool](c, `(() => { const field = document.querySelector("#answer"); field.focus(); field.value = "Sa"; return true; })()`)
	for id := range b.visits {
		b.ask(t.Context(), id, 1)
	}
	c.Until(`document.querySelectorAll(".log .bubble").length === 2`)
	c.Until(`document.querySelectorAll("[role=log] p").length === 1`)
	if value := evaluate[string](c, `document.activeElement.value`); value != "Sa" {
		t.Errorf("the field with the focus holds %q", value)
	}
}

func TestExitByKeyboard(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName})}, func(c *Config) { c.ExitURL = "https://weather.invalid/" })
	c := b.live(t)
	evaluate[bool](c, `(() => { sessionStorage.setItem("chat-outbox", "something"); return true; })()`)
	shift := func() {
		evaluate[bool](c, `(() => { for (const kind of ["keydown", "keyup"]) document.dispatchEvent(new KeyboardEvent(kind, { key: "Shift" })); return true; })()`)
	}
	shift()
	c.Until(`document.querySelector(".exit__presses").textContent === "Press Shift 2 more times to exit."`)
	shift()
	shift()
	c.Until(`!document.body || !document.body.innerText.includes("Who?")`)
	b.eventually(t, "the visit ends", func() bool {
		for _, v := range b.visits {
			if !v.Ended.IsZero() {
				return true
			}
		}
		return false
	})
	c.Do(chromedp.Navigate(b.url + "/chat"))
	c.Until(`document.body.innerText.includes("Before you start")`)
	if left := evaluate[int](c, `sessionStorage.length`); left != 0 {
		t.Errorf("the browser keeps %d things", left)
	}
	if cookies := evaluate[string](c, `document.cookie`); cookies != "" {
		t.Errorf("a script can read the cookies %q", cookies)
	}
}

// The chat in another site's page, by one line.
func TestEmbedded(t *testing.T) {
	b := newBench(t, []gateway.Message{{Text: "Helo.", Language: templates.Welsh}})
	p := b.browse(t).get("/chat/embed.js").mustBe(200)
	p.mustNotSay("{ADDRESS}")
	if got := p.header.Get("Cross-Origin-Resource-Policy"); got != "cross-origin" {
		t.Errorf("other sites may load it: %q", got)
	}
}

// A network that lets no WebSocket through leaves the page as it is without a
// script.
func TestWithoutAConnectionFormsGoAsTheyAre(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	c := b.chromium(t)
	c.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.WebSocket = class { close() {} }`})
		return err
	}))
	c.Do(chromedp.Navigate(b.url + "/chat"))
	c.press(".govuk-button:not(.exit__button)")
	c.press(button, "#answer", "Sam")
	c.Until(`document.querySelector("#question h1")?.innerText.trim() === "And?"`)
}
