package webchat

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"parley/internal/servertest"
)

// a chromium is a real browser, at the width of a small telephone.
type chromium struct{ *servertest.Browser }

func (b *bench) chromium(t *testing.T) *chromium {
	t.Helper()
	browser := servertest.OpenBrowser(t, servertest.NarrowPhone)
	if !b.chat.config.Assets.Built() {
		t.Fatal("the page's styles and script are not built: run make assets")
	}
	return &chromium{browser}
}

// evaluate runs a script in the page.
func evaluate[T any](c *chromium, script string) T { return servertest.Evaluate[T](c.Browser, script) }

// press fills in fields, presses what a selector finds, and waits for the page
// that this leads to.
func (c *chromium) press(selector string, fields ...string) {
	c.Fill(fields...)
	c.Leave(selector)
}

func TestEveryPageIsAccessibleWithoutJavaScript(t *testing.T) {
	b := newBench(t, everyKind())
	c := b.chromium(t)
	c.Scripts(false)
	page := 0
	look := func(name string) {
		t.Helper()
		page++
		c.Scripts(true) // for axe alone: the page's own were passed by
		defer c.Scripts(false)
		c.Accessible(fmt.Sprintf("plain-%02d-%s", page, name))
	}
	visit := func(path, name string) {
		t.Helper()
		c.Do(chromedp.Navigate(b.url + path))
		look(name)
	}
	visit("/chat/l/good", "link")
	visit("/chat/nowhere", "not-found")
	visit("/chat?language=cy", "start-welsh")
	visit("/chat", "start")
	c.press(".govuk-button:not(.exit__button)")
	look("choice")
	c.press("#question .govuk-button")
	look("choice-error")
	c.press("#question .govuk-button", "#answer", "")
	look("money-per-period")
	c.press("#question .govuk-button", "#answer", "350 or 400")
	look("money-per-period-problem")
	c.press("#question .govuk-button", "#answer", "410", "#choice-0", "")
	look("date")
	c.press("#question .govuk-button", "#answer", "1", "#month", "11", "#year", "2026")
	look("file")
	c.press(".other-ways .govuk-button")
	look("check")
	for _, kind := range []string{"many", "yes-no", "period"} {
		c.press("#question .govuk-button")
		look(kind)
		if kind != "period" {
			evaluate[bool](c, `document.querySelector("#answer").checked = true`)
		}
	}
	for _, kind := range []string{"money", "nights", "number", "name", "address", "postcode", "telephone", "email", "insurance", "case", "text", "end"} {
		c.press("#question .govuk-button", "#answer", "1")
		look(kind)
	}
	visit("/chat/copy", "copy")
}
