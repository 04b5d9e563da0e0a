package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// chatPage is somebody at web chat, with a real browser.
type chatPage struct {
	*servertest.Browser
	t    *testing.T
	url  string
	name string // of the journey, for pictures
	seen int    // pictures
}

func openChat(t *testing.T, address, name string, width int64) *chatPage {
	t.Helper()
	return &chatPage{Browser: servertest.OpenBrowser(t, width), t: t, url: address, name: name}
}

// look checks the page, and keeps a picture of it.
func (p *chatPage) look(state string) {
	p.t.Helper()
	p.seen++
	p.Accessible(fmt.Sprintf("%s-%02d-%s", p.name, p.seen, state))
}

// live waits until the page has its connection.
func (p *chatPage) live() {
	p.t.Helper()
	p.Until(`document.querySelector(".log") !== null && document.querySelector(".connection").textContent === ""`)
}

// asks waits for a question, and looks at the page.
func (p *chatPage) asks(question string) {
	p.t.Helper()
	p.Until(fmt.Sprintf(`(document.querySelector("#question h1")?.innerText ?? "").trim() === %q`, question))
	p.look(strings.ToLower(strings.Join(strings.FieldsFunc(question, func(r rune) bool { return r < 'A' || r > 'z' }), "-")))
}

// says waits until the page says something anywhere.
func (p *chatPage) says(words string) {
	p.t.Helper()
	p.Until(fmt.Sprintf(`document.querySelector("main").innerText.includes(%q)`, words))
}

// follow opens a one-time link and goes on.
func (p *chatPage) follow(link string) {
	p.t.Helper()
	p.Open(p.url + link)
	p.look("link")
	p.Leave("main .govuk-button")
}

const (
	goOn   = "#question form:first-of-type .govuk-button"
	byWord = ".other-ways .govuk-button"
)

// journey is the report of a change of income as a page asks it.
type journey struct {
	person, pin, menu, choice string
	language                  string

	more, easy, better                  string // the questions before it, of payments and of the survey
	direction, pay, since, photo, check string // its own
	start, done                         string // what begins it, and what is said last
}

var journeys = []journey{
	{
		person: "P1", pin: "1234567", menu: "5 my payments", choice: "5", language: "en",
		direction: "Has your pay before tax gone up or down?", pay: "How much are you paid now, before tax?", since: "When did your pay change?",
		photo: "Add a photo of your latest payslip.", check: "Check your answers.", more: "Is there more that we can do?",
		easy: "How easy was this chat to use?", better: "What could we do better?",
		start: "PAY", done: "We will write to you by",
	},
	{
		person: "P2", pin: "2345678", menu: "5 fy nhaliadau", choice: "5", language: "cy",
		direction: "A yw eich cyflog cyn treth wedi mynd i fyny neu i lawr?", pay: "Faint yw eich cyflog nawr, cyn treth?", since: "Pryd newidiodd eich cyflog?",
		photo: "Ychwanegwch lun o'ch slip cyflog diweddaraf.", check: "Gwiriwch eich atebion.", more: "A oes mwy y gallwn ei wneud?",
		easy: "Pa mor hawdd oedd defnyddio'r sgwrs hon?", better: "Beth allwn ni ei wneud yn well?",
		start: "CYFLOG", done: "Byddwn yn ysgrifennu atoch erbyn",
	},
}

// A parent follows the link in a text, shows who they are, sees where they
// stand and reports a change, all on one live page; in either language, on a
// telephone as narrow as there is.
func TestAChangeOfIncomeByWebChat(t *testing.T) {
	for _, j := range journeys {
		t.Run(j.language, func(t *testing.T) {
			d := demonstrate(t)
			p := openChat(t, d.url, "live-"+j.language, servertest.NarrowPhone)
			p.follow(d.invited(j.person, j.menu, j.choice))
			p.live()
			p.Until(`document.querySelector("input[name=secret]") !== null`)
			p.look("pin")
			p.Fill("#answer", "7654321")
			p.Leave(goOn)
			p.look("wrong-pin")
			p.Fill("#answer", j.pin)
			p.Leave(goOn)
			p.live()
			p.asks(j.more)
			p.Fill("#choice-2", "")
			p.Press(goOn)
			p.asks(j.easy)
			p.Fill("#choice-1", "")
			p.Press(goOn)
			p.asks(j.better)
			p.Press(byWord)
			p.Until(`document.querySelector(".exit") !== null && document.querySelector("#question .other-ways") === null`)
			p.look("payments-end")
			p.Fill("#answer", j.start)
			p.Press(goOn)
			p.asks(j.direction)
			p.Press(goOn) // with nothing selected
			p.Until(`document.querySelector("#answer-error") !== null`)
			p.look("nothing-selected")
			p.Fill("#choice-1", "")
			p.Press(goOn)
			p.asks(j.pay)
			p.Fill("#answer", "350 or 400")
			p.Press(goOn)
			p.Until(`document.querySelector("#answer-error") !== null`)
			p.look("two-amounts")
			p.Fill("#answer", "410", "#choice-0", "")
			p.Press(goOn)
			p.asks(j.since)
			p.Fill("#answer", "1", "#month", "3", "#year", "2026")
			p.Press(goOn)
			p.asks(j.photo)
			p.Press(byWord)
			p.asks(j.check)
			p.Press(`.govuk-summary-list__row:nth-child(2) button`)
			p.asks(j.pay)
			p.Fill("#answer", "420", "#choice-0", "")
			p.Press(goOn)
			p.asks(j.check)
			p.Press(goOn)
			p.says(j.done)
			p.look("done")
			d.reported(j.person, incomeAnswers)
		})
	}
}

// reported says that there is one report on a parent's case, with these answers.
func (d *demonstration) reported(person, answers string) {
	d.t.Helper()
	var reports []gateway.Report
	for _, p := range d.demo.people {
		if p.ID != person {
			continue
		}
		var err error
		if reports, err = d.made.store.Reports(d.t.Context(), directory.CaseReference(p.Case)); err != nil {
			d.t.Fatal(err)
		}
	}
	if len(reports) != 1 || string(reports[0].Answers) != answers {
		d.t.Errorf("%d reports: %+v, want one of %s", len(reports), reports, answers)
	}
}

// Whoever has no mouse makes the same report.
func TestAChangeOfIncomeByKeyboardAlone(t *testing.T) {
	d := demonstrate(t)
	p := openChat(t, d.url, "keyboard", 1024)
	p.Open(p.url + d.invited("P1", "5 my payments", "5"))
	p.TabTo("main .govuk-button")
	p.Type(kb.Enter)
	p.live()
	p.Until(`document.querySelector("input[name=secret]") !== null`)
	answer := func(selector, keys string) {
		p.TabTo(selector)
		p.Type(keys)
	}
	answer("#answer", "1234567"+kb.Enter)
	p.asks("Is there more that we can do?")
	answer("#answer", kb.ArrowDown+kb.ArrowDown+kb.Enter)
	p.asks("How easy was this chat to use?")
	answer("summary", kb.Enter)
	answer("#own", "PAY") // what one wants next comes before the survey
	answer("form[data-answer=own] button", kb.Enter)
	p.asks("Has your pay before tax gone up or down?")
	answer("#answer", kb.ArrowDown+kb.Enter)
	p.asks("How much are you paid now, before tax?")
	answer("#answer", "420")
	answer("#choice-0", " "+kb.Enter)
	p.asks("When did your pay change?")
	answer("#answer", "1")
	answer("#month", "3")
	answer("#year", "2026"+kb.Enter)
	p.asks("Add a photo of your latest payslip.")
	answer(byWord, kb.Enter)
	p.asks("Check your answers.")
	answer(`.govuk-summary-list__row:nth-child(1) button`, kb.Enter)
	p.asks("Has your pay before tax gone up or down?")
	answer("#answer", kb.ArrowDown+kb.Enter)
	p.asks("Check your answers.")
	answer(`form[data-answer=check] .govuk-button`, kb.Enter)
	p.says("We will write to you by")
	d.reported("P1", incomeAnswers)
}

// incomeAnswers is what each of these reports holds.
const incomeAnswers = `{"direction": "down", "pay": {"amount": "420.00", "period": "week"}, "since": "2026-03-01", "payslip": "later"}`

// So does whoever has no JavaScript.
func TestAChangeOfIncomeWithoutJavaScript(t *testing.T) {
	d := demonstrate(t)
	v := newVisitor(t, d.url)
	link := d.invited("P1", "5 my payments", "5")
	v.open(link)
	v.send(link, nil)
	v.see("secret")
	v.send("/chat/confirm", url.Values{"secret": {"1234567"}})
	for _, turn := range []struct{ asks, answer string }{
		{"Is there more that we can do?", "nothing more"},
		{"How easy was this chat to use?", "PAY"},
		{"Has your pay before tax gone up or down?", "down"},
		{"How much are you paid now, before tax?", "420,a week"},
		{"When did your pay change?", "1,3,2026"},
	} {
		v.asked(turn.asks)
		v.send("/chat", url.Values{"answer": strings.Split(turn.answer, ",")})
	}
	v.asked("Add a photo of your latest payslip.")
	v.send("/chat", url.Values{"say": {"later"}})
	v.asked("Check your answers.")
	v.send("/chat", url.Values{"say": {"OK"}})
	v.see("We will write to you by")
	d.reported("P1", incomeAnswers)
}
