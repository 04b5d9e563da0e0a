package main

import (
	"fmt"
	"testing"

	"parley/gateway"
	"parley/internal/servertest"
)

// caseworker is one at the console, with a real browser.
type caseworker struct {
	*servertest.Browser
	url string
	t   *testing.T
}

// signedIn is one who has signed in.
func (d *demonstration) signedIn(id string, width int64) *caseworker {
	d.t.Helper()
	c := &caseworker{servertest.OpenBrowser(d.t, width), d.url, d.t}
	c.Open(d.url + "/console/")
	c.Leave(`button[value="` + id + `"]`)
	return c
}

// shows waits until the page shows some words, without being loaded again.
func (c *caseworker) shows(words string) {
	c.Until(fmt.Sprintf(`document.querySelector("main").innerText.includes(%q)`, words))
}

// A caseworker starts a conversation from the case in three actions; the parent
// answers by text, and what they say appears as they say it; the caseworker
// takes over, writes and hands back; and the report and the estimate appear.
func TestCustomerConnect(t *testing.T) {
	for name, width := range map[string]int64{"wide": 1280, "narrow": servertest.NarrowPhone} {
		t.Run(name, func(t *testing.T) {
			d := demonstrate(t)
			c := d.signedIn("amara", width)
			c.Open(d.url + "/console/cases/300012345678")
			c.Leave(`a[href="/console/cases/300012345678/connect/P1"]`)
			c.Accessible("connect-" + name)
			c.Fill("#dialog-income-change", "")
			c.Leave(".connect > .govuk-button")
			c.shows("Has your pay before tax gone up or down?")
			c.Accessible("connect-preview-" + name)
			c.Leave(`button[name="send"]`)
			d.hears("P1", "Has your pay before tax gone up or down")
			c.Accessible("talk-begun-" + name)

			d.text("P1", "down")
			d.hears("P1", "How much are you paid now")
			c.shows("How much are you paid now")
			c.Leave(`form[action$="/take-over"] button`)
			d.text("P1", "it is hard to say, it changes every week")
			c.shows("it changes every week")
			c.Fill("#text", "Take the last four weeks together.")
			c.Leave(`#writing > .govuk-button-group button`)
			c.Accessible("talk-preview-" + name)
			c.Leave(`button[name="send"]`)
			d.hears("P1", "Take the last four weeks together")
			c.Accessible("talk-kept-" + name)
			c.Leave(`form[action$="/hand-back"] button`)
			d.hears("P1", "How much are you paid now")
			for _, step := range [][2]string{{"1640 every four weeks", "When did your pay change"}, {"1 March 2026", "payslip"}, {"later", "Check your answers"}} {
				d.text("P1", step[0])
				d.hears("P1", step[1])
			}
			d.text("P1", "ok")
			d.hears("P1", "Thank you")
			c.Until(`document.querySelector("#known").innerText.includes("report") && document.querySelector("#known").innerText.includes("estimate")`)
			c.Until(`document.querySelector("h1").innerText.includes("Ended") || document.querySelector("#transcript").innerText.includes("Thank you")`)
			c.Accessible("talk-ended-" + name)
		})
	}
}

// Two caseworkers press at once: one has the conversation, and says that it is
// over.
func TestAConversationIsEndedByHand(t *testing.T) {
	d := demonstrate(t)
	amara, tomasz := d.signedIn("amara", 1280), d.signedIn("tomasz", 1280)
	d.text("P1", "PAY")
	d.hears("P1", "Has your pay before tax gone up or down")
	conversation, err := d.made.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"})
	if err != nil {
		t.Fatal(err)
	}
	page := d.url + "/console/conversations/" + string(conversation.ID)
	amara.Open(page)
	tomasz.Open(page)
	amara.Leave(`form[action$="/take-over"] button`)
	tomasz.Leave(`form[action$="/take-over"] button`)
	tomasz.shows("Somebody else")
	tomasz.Open(page)
	tomasz.shows("Amara Okafor is talking to them")
	servertest.Evaluate[int](amara.Browser, `setInterval(() => document.querySelector("#text").dispatchEvent(new InputEvent("input", { bubbles: true })), 200)`) // a single mark may be lost
	tomasz.Until(`document.querySelector("#typing").innerText.includes("Amara Okafor")`)
	amara.Fill("#ending-resolved", "")
	amara.Leave(`form[action$="/close"] button`)
	amara.shows("Ended: resolved")
}
