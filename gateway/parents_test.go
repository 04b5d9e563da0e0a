package gateway_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// somebody is one of two parents who pay each other, each on a case of their
// own: both have dialogs, and each is what the other's case is about.
type somebody struct {
	directory.Person
	pays     directory.CaseReference // the case on which they pay
	knownBy  directory.CaseReference // their reference on the case on which they are paid
	child    string
	historic calculation.Money // a year
	weekly   string            // what they say they are paid now
	word     string            // which nobody else writes
	says     []string
}

// Two parents talk at once, in any interleaving: neither is ever told a word,
// a name, an amount or a reference of the other.
func TestNeitherParentHearsOfTheOther(t *testing.T) {
	h := newHouse(t)
	drawn := 0
	rapid.Check(t, func(r *rapid.T) {
		drawn++
		a, b := drawSomebody(r, 2*drawn), drawSomebody(r, 2*drawn+1)
		h.know(a, b)
		h.know(b, a)
		h.talkAtOnce(r, a, b)
		h.pass(3 * 24 * time.Hour) // and both are reminded
		h.ring()
		h.deliver()
		h.hearsNothingOf(r, a, b)
		h.hearsNothingOf(r, b, a)
	})
}

// drawSomebody makes the nth parent. Names and words have no vowels, so that
// no word of ours holds one; amounts are in a range of each parent's own.
func drawSomebody(r *rapid.T, n int) somebody {
	odd := n % 2
	name := func(what string) string {
		return rapid.StringMatching("[BDFGHJKLMNPQRSTVWXZ][bdfghjklmnpqrstvwxz]{5}").Draw(r, what) + [...]string{"q", "zz"}[odd]
	}
	language := rapid.SampledFrom([]templates.Language{templates.English, templates.Welsh}).Draw(r, "language")
	s := somebody{
		Person: directory.Person{
			ID: directory.PersonID(fmt.Sprintf("N%d", n)), Name: name("name") + " " + name("surname"), Language: language,
			Phone: fmt.Sprintf("+4477%08d", n), PhoneSince: calculation.NewDate(2025, 1, 10),
		},
		pays: directory.CaseReference(fmt.Sprintf("31%010d", n)), knownBy: directory.CaseReference(fmt.Sprintf("32%010d", n)),
		child: name("child"), word: strings.ToLower(name("word")),
		historic: calculation.Money(rapid.IntRange(16_000_01, 29_999_99).Draw(r, "historic") + odd*2_000_000),
		weekly:   fmt.Sprintf("%d.%02d", 310+400*odd+rapid.IntRange(0, 180).Draw(r, "weekly"), rapid.IntRange(1, 99).Draw(r, "pence")),
	}
	if rapid.Bool().Draw(r, "may be told openly") {
		s.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}
	}
	s.says = drawSaid(r, s)
	return s
}

// drawSaid is an interview, with other texts in between.
func drawSaid(r *rapid.T, s somebody) []string {
	report := []string{"PAY", "down", "£" + s.weekly + " a week", "1 March 2026", "later", "OK"}
	if s.Language == templates.Welsh {
		report = []string{"CYFLOG", "i lawr", "£" + s.weekly + " yr wythnos", "1 Mawrth 2026", "wedyn", "iawn"}
	}
	between := rapid.SampledFrom([]string{
		"I am " + s.Name, s.word, "my child is " + s.child, "£" + s.weekly, "my number is " + s.Phone, string(s.pays),
		"STATUS", "HELP", "BACK", "CHANGE 2", "hello", "PERSON", "CYMRAEG", "ENGLISH", "", "when is my next payment?",
	})
	var said []string
	for _, text := range report {
		if rapid.IntRange(0, 3).Draw(r, "says something else") == 0 {
			said = append(said, between.Draw(r, "between"))
		}
		said = append(said, text)
	}
	return said
}

// know stores the case on which one parent pays the other.
func (h *house) know(pays, paid somebody) {
	h.t.Helper()
	c := directory.Case{
		Reference: pays.pays, Team: "leeds-2", Nation: directory.Wales, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6), PayingParent: pays.Person,
		ReceivingParents: []directory.ReceivingParent{{Reference: paid.knownBy, Person: paid.Person,
			Children: []directory.Child{{ID: string(paid.ID) + "C", Name: paid.child, SharedCareNights: 60}}}},
		Income: directory.Income{HistoricAnnual: &pays.historic},
	}
	if err := h.store.PutCase(h.t.Context(), c, h.clock().AddDate(0, -1, 0)); err != nil {
		h.t.Fatal(err)
	}
}

// talkAtOnce has both say what they say, in an order of chance, and now and
// then at the same moment; caseworkers begin with either, and the pump runs,
// at any time.
func (h *house) talkAtOnce(r *rapid.T, people ...somebody) {
	left := [][]string{people[0].says, people[1].says}
	for i := range people {
		if rapid.Bool().Draw(r, "by web chat, PIN given") {
			h.pages[people[i].ID] = h.confirmed(people[i].ID, people[i].Phone)
		}
	}
	for len(left[0])+len(left[1]) > 0 {
		switch who := rapid.IntRange(0, 4).Draw(r, "who"); who {
		case 0, 1:
			h.saysNext(people[who], &left[who])
		case 2:
			var both sync.WaitGroup
			both.Go(func() { h.saysNext(people[0], &left[0]) })
			both.Go(func() { h.saysNext(people[1], &left[1]) })
			both.Wait()
		case 3:
			h.start(string(people[rapid.IntRange(0, 1).Draw(r, "with")].ID), "income-change")
		default:
			h.deliver()
		}
	}
	h.deliver()
}

// saysNext receives the next text of a parent, if there is one left.
func (h *house) saysNext(s somebody, left *[]string) {
	if len(*left) == 0 {
		return
	}
	in := gateway.Inbound{ProviderID: h.newID(), From: gateway.Address{Channel: directory.SMS, Value: s.Phone}, Text: (*left)[0]}
	if page := h.pages[s.ID]; page != nil {
		in.From = page.Address()
	}
	*left = (*left)[1:]
	if err := h.Receive(h.t.Context(), in); err != nil {
		h.t.Errorf("receiving %q: %v", in.Text, err)
	}
}

var (
	amounts    = regexp.MustCompile(`£[0-9.,]*[0-9]`)
	references = regexp.MustCompile(`[A-Z2-9]{5}-[A-Z2-9]{5}`)
)

// hearsNothingOf looks through all that one parent was sent, and through their
// reports, for anything of the other.
func (h *house) hearsNothingOf(r *rapid.T, one, other somebody) {
	mine, theirs := h.heardBy(one), h.heardBy(other)
	secrets := append(strings.Fields(other.Name), other.child, other.word, other.Phone, string(other.pays), string(other.knownBy),
		other.weekly, fmt.Sprint(other.historic))
	for _, secret := range secrets {
		if strings.Contains(strings.ToLower(mine), strings.ToLower(secret)) {
			r.Fatalf("%s hears %q of %s: %q", one.ID, secret, other.ID, mine)
		}
	}
	for _, told := range slices.Concat(amounts.FindAllString(theirs, -1), references.FindAllString(theirs, -1)) {
		if strings.Contains(mine, told) {
			r.Fatalf("%s and %s both hear %q: %q", one.ID, other.ID, told, mine)
		}
	}
	for _, report := range h.reports(one.pays) {
		written, err := json.Marshal(report)
		if err != nil {
			r.Fatal(err)
		}
		if report.Person != one.ID || strings.Contains(string(report.Answers)+string(report.Results), other.weekly) {
			r.Fatalf("the report of %s is %s", one.ID, written)
		}
	}
}

// heardBy is all that a parent was sent or shown.
func (h *house) heardBy(s somebody) string {
	heard := h.sms.to(s.Phone)
	if page := h.pages[s.ID]; page != nil {
		heard = append(heard, page.heard()...)
	}
	return strings.Join(heard, "\n")
}
