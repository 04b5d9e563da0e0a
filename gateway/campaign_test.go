package gateway_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// mailing tells people of the family of a call that is booked.
func mailing(id gateway.CampaignID, people ...directory.PersonID) gateway.Mailing {
	s := gateway.Mailing{ID: id, Notice: "callback-booked", By: "caseworkers"}
	for _, p := range people {
		s.To = append(s.To, gateway.Recipient{Person: p, Case: reference, Data: callback})
	}
	return s
}

var callback = json.RawMessage(`{"day": "2026-11-30", "between": {"en": "between 10am and midday", "cy": "rhwng 10yb a hanner dydd"}}`)

func TestAMailingGoesOutOnce(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	for _, want := range []int{2, 0} {
		if got, err := h.Send(t.Context(), mailing("callbacks-1", "P1", "R1")); err != nil || got != want {
			t.Fatalf("planned %d, %v, want %d", got, err, want)
		}
	}
	p, err := h.Progress(t.Context(), "callbacks-1")
	if err != nil || p.Planned != 2 || p.Settled != 0 || !p.Expected.IsZero() || p.By != "caseworkers" {
		t.Errorf("progress %+v, %v", p, err)
	}
}

func TestAMailingIsForPeopleOfItsCaseAlone(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	elsewhere := mailing("one", "P1")
	elsewhere.To[0].Case = "300099999999"
	wrongParent := mailing("one", "R1")
	wrongParent.Notice = "enforcement-warning"
	noData := mailing("one", "P1")
	noData.To[0].Data = nil
	noObject := mailing("one", "P1")
	noObject.To[0].Data = json.RawMessage(`[]`)
	noNotice := mailing("one", "P1")
	noNotice.Notice = "greetings"
	for name, test := range map[string]struct {
		s    gateway.Mailing
		want error
	}{
		"another case":  {elsewhere, gateway.ErrBadRecipient},
		"a stranger":    {mailing("one", "P1", "P9"), gateway.ErrBadRecipient},
		"nobody":        {mailing("one", ""), gateway.ErrBadRecipient},
		"wrong parent":  {wrongParent, gateway.ErrBadRecipient},
		"without data":  {noData, gateway.ErrBadRecipient},
		"no object":     {noObject, gateway.ErrBadRecipient},
		"no such words": {noNotice, gateway.ErrNoSuchNotice},
	} {
		if _, err := h.Send(t.Context(), test.s); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if _, err := h.Progress(t.Context(), "one"); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("something was begun: %v", err)
	}
	if _, err := h.Send(t.Context(), mailing("one", "P1")); err != nil {
		t.Fatal(err)
	}
	other := mailing("one", "P1")
	other.By = "letters"
	if _, err := h.Send(t.Context(), other); !errors.Is(err, gateway.ErrOtherCampaign) {
		t.Errorf("another client's: %v", err)
	}
}

// An enforcement warning is one that nobody but a person may send.
func TestAMailingIsSentByWhoeverAsks(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	m := mailing("warning-1", "P1")
	m.Notice, m.To[0].Data = "enforcement-warning", json.RawMessage(`{"amount": "328.20", "by": "2026-12-15"}`)
	if _, err := h.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if texts := h.deliver(); len(texts) != 1 {
		t.Errorf("sent %q", texts)
	}
}

func TestProgressTellsWhenAllWillHaveLeft(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	var batch []gateway.Message
	for i := range 10 {
		batch = append(batch, gateway.Message{ID: gateway.MessageID(fmt.Sprint("M", i)), Person: directory.PersonID(fmt.Sprint("P", i)), To: gateway.Address{Channel: directory.SMS},
			Created: h.clock(), Notice: &gateway.Notice{Name: "n", Occasion: "o", Campaign: "c"}})
	}
	if err := h.store.StartCampaign(t.Context(), gateway.Campaign{ID: "c", State: gateway.Running, Created: h.clock()}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.PlanNotices(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		s := gateway.Settlement{Message: gateway.MessageID(fmt.Sprint("M", i)), Status: gateway.Accepted, At: h.clock().Add(time.Duration(i) * time.Second)}
		if err := h.store.Record(t.Context(), []gateway.Settlement{s}); err != nil {
			t.Fatal(err)
		}
	}
	h.pass(4 * time.Second)
	p, err := h.Progress(t.Context(), "c")
	if err != nil || p.Settled != 4 || p.PerSecond != 1 || !p.Expected.Equal(h.clock().Add(6*time.Second)) {
		t.Errorf("progress %+v, %v", p, err)
	}
	if err := h.SetCampaign(t.Context(), "c", gateway.Paused); err != nil {
		t.Fatal(err)
	}
	if p, err = h.Progress(t.Context(), "c"); err != nil || !p.Expected.IsZero() || p.State != gateway.Paused {
		t.Errorf("paused: %+v, %v", p, err)
	}
}

func TestADryRunTellsWhoWouldNotGetItAndWhy(t *testing.T) {
	c, stopped := payingFamily(), payingFamily()
	stopped.Reference, stopped.PayingParent.ID, stopped.PayingParent.Phone = "300012345688", "P2", "+447700900201"
	stopped.ReceivingParents[0].ID, stopped.ReceivingParents[0].Phone = "R2", "+447700900202"
	h := scheduled(t, newHouse(t, c, stopped))
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: "+447700900201"}, Text: "STOP", Keyword: gateway.Stop})
	h.at(time.November, 12, 9)
	list, after, err := h.DryRun(t.Context(), "payment-due", 24*time.Hour, "", 10)
	if err != nil || after != "" {
		t.Fatal(after, err)
	}
	var got []string
	for _, f := range list {
		got = append(got, fmt.Sprintf("%s %s %s %s: %s %q", f.At.Format("01-02 15:04"), f.Person, f.Occasion, f.Channel, f.Action, f.Reasons))
	}
	want := []string{
		`11-12 10:00 P1 due 2026-11-15 sms: send []`,
		`11-12 10:00 P2 due 2026-11-15 sms: do not send ["sms: has said STOP on this channel"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
	wantNames(t, "nothing is planned", h.queued())
	h.do(h.store.StartCampaign(t.Context(), gateway.Campaign{ID: "payment-due-2026-11-12", Name: "payment-due", State: gateway.Running, Created: h.clock()}))
	for _, held := range []struct {
		state gateway.CampaignState
		want  string
	}{
		{gateway.Paused, `wait until ["the sending that it is one of is paused"]`},
		{gateway.Cancelled, `do not send ["the sending that it is one of is cancelled"]`},
	} {
		h.do(h.SetCampaign(t.Context(), "payment-due-2026-11-12", held.state))
		list, _, err := h.DryRun(t.Context(), "payment-due", 24*time.Hour, "", 10)
		if h.do(err); len(list) != 2 || fmt.Sprintf("%s %q", list[0].Action, list[0].Reasons) != held.want {
			t.Errorf("%s: %+v", held.state, list)
		}
	}
	if _, _, err := h.DryRun(t.Context(), "greetings", time.Hour, "", 10); !errors.Is(err, gateway.ErrNoSuchNotice) {
		t.Errorf("no such notice: %v", err)
	}
}
