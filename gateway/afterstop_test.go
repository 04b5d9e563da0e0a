package gateway_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// After STOP nothing leaves for that number but its confirmation, and that once
// and only when the carrier has not answered: whatever was waiting, is written,
// started or due.
func TestNothingFollowsStop(t *testing.T) {
	h := newHouse(t)
	drawn := 0
	rapid.Check(t, func(r *rapid.T) {
		drawn++
		p := directory.Person{
			ID: directory.PersonID(fmt.Sprintf("S%d", drawn)), Name: "Sam Example", Language: "en", Phone: fmt.Sprintf("+4478%08d", drawn),
			PhoneSince:  calculation.NewDate(2025, 1, 10),
			SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.SMS}},
		}
		c := family()
		c.Reference, c.PayingParent = directory.CaseReference(fmt.Sprintf("33%010d", drawn)), p
		c.ReceivingParents[0].ID, c.ReceivingParents[0].Phone = "R"+p.ID, ""
		if err := h.store.PutCase(t.Context(), c, h.clock().AddDate(0, -1, 0)); err != nil {
			t.Fatal(err)
		}
		h.live(r, p, rapid.IntRange(0, 8).Draw(r, "before"))
		before := len(h.sms.to(p.Phone))
		answered := rapid.Bool().Draw(r, "answered by the carrier")
		h.says(p, "STOP", gateway.Stop, answered)
		h.live(r, p, rapid.IntRange(1, 8).Draw(r, "after"))
		h.pass(20 * 24 * time.Hour)
		h.ring()
		h.deliver()
		after := h.sms.to(p.Phone)[before:]
		confirmed := len(after) == 1 && strings.HasPrefix(after[0], "You will get no more texts")
		if !confirmed && len(after) > 0 || confirmed == answered {
			r.Fatalf("after STOP (answered by the carrier: %v): %q", answered, after)
		}
	})
}

// live has things happen with and around a person. What they are sent may be
// waiting when the next thing happens.
func (h *house) live(r *rapid.T, p directory.Person, events int) {
	texts := rapid.SampledFrom([]string{"PAY", "down", "410 a week", "hello", "I am scared of him", "1", "PERSON", "HELP", ""})
	for range events {
		switch rapid.IntRange(0, 5).Draw(r, "happens") {
		case 0:
			h.start(string(p.ID), "income-change")
		case 1:
			h.pass(time.Duration(rapid.IntRange(1, 72).Draw(r, "hours")) * time.Hour)
			h.ring()
		case 2:
			h.says(p, "START", gateway.Begin, rapid.Bool().Draw(r, "answered"))
		default:
			h.says(p, texts.Draw(r, "text"), gateway.NoKeyword, false)
		}
		if rapid.Bool().Draw(r, "the pump runs") {
			h.deliver()
		}
	}
}

func (h *house) says(p directory.Person, words string, keyword gateway.Keyword, answered bool) {
	h.t.Helper()
	in := gateway.Inbound{ProviderID: h.newID(), From: gateway.Address{Channel: directory.SMS, Value: p.Phone}, Text: words, Keyword: keyword, Answered: answered}
	if err := h.Receive(h.t.Context(), in); err != nil {
		h.t.Fatalf("receiving %q: %v", words, err)
	}
}
