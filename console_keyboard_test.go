package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"parley/internal/servertest"
)

// enter goes to what a selector finds with the Tab key and presses Enter there,
// which leads to another page.
func (c *caseworker) enter(selector string) {
	servertest.Evaluate[bool](c.Browser, `window.here = true`)
	c.TabTo(selector)
	c.Type("\r")
	c.Until(`!window.here && document.readyState === "complete"`)
}

// choose goes to a group of radio buttons with the Tab key, to one of them with
// the arrow keys, and chooses it with the space bar.
func (c *caseworker) choose(group, id string) {
	c.t.Helper()
	c.TabTo(fmt.Sprintf(`input[name=%q]`, group))
	for range 60 {
		if servertest.Evaluate[string](c.Browser, `document.activeElement.id`) == id {
			c.Type(" ")
			if !servertest.Evaluate[bool](c.Browser, `document.activeElement.checked`) {
				c.t.Fatalf("the space bar does not choose %s", id)
			}
			return
		}
		c.Type(kb.ArrowDown)
	}
	c.t.Fatalf("the arrow keys lead to no %s", id)
}

// The whole path of a caseworker by keyboard alone: signing in, a case, starting
// a conversation, taking it over, a reply that is suggested, one of one's own,
// the end (WCAG 2.2 success criterion 2.1.1).
func TestAConversationByKeyboard(t *testing.T) {
	d := demonstrate(t)
	c := &caseworker{servertest.OpenBrowser(t, 1280), d.url, t}
	c.Open(d.url + "/console/")
	c.enter(`button[value="amara"]`)
	c.TabTo("#q")
	servertest.Evaluate[bool](c.Browser, `window.here = true`)
	c.Type("300012345678\r")
	c.Until(`location.pathname === "/console/cases/300012345678" && document.readyState === "complete"`)
	c.Picture("keyboard-case")
	c.enter(`a[href="/console/cases/300012345678/connect/P1"]`)
	c.choose("dialog", "dialog-income-change")
	c.enter(".connect > .govuk-button")
	c.enter(`button[name="send"]`)
	d.hears("P1", "Has your pay before tax gone up or down")
	d.text("P1", "down")
	d.hears("P1", "How much are you paid now")
	c.shows("How much are you paid now")
	c.enter(`form[action$="/take-over"] button`)
	c.enter(`button[name="suggested"]`)
	c.shows("This will be sent")
	c.TabTo("#text")
	c.Type(" The last four weeks together.")
	c.enter(`#writing > .govuk-button-group button`)
	c.Picture("keyboard-conversation")
	c.enter(`button[name="send"]`)
	d.hears("P1", "The last four weeks together")
	c.choose("outcome", "ending-resolved")
	c.enter(`form[action$="/close"] button`)
	c.shows("Ended: resolved")
	c.enter(`a[href="/console/work"]`)
	c.Picture("keyboard-work")
}
