package gateway_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestAParentReportsAChangeOfIncomeByText(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	if got := h.deliver(); len(got) != 1 || !strings.HasPrefix(got[0], "Child Maintenance Service. To check this is us, call the number on our letters. Has your pay") {
		t.Fatalf("first text %q", got)
	}
	for _, words := range []string{"down", "£410 a week", "1 November 2026", "later"} {
		if got := h.text(payingPhone, words); len(got) != 1 {
			t.Fatalf("after %q: %q", words, got)
		}
	}
	got := h.text(payingPhone, "OK")
	if len(got) != 1 || !strings.Contains(got[0], "We will write to you by 21 December 2026") {
		t.Fatalf("last text %q", got)
	}
	reports := h.reports(reference)
	if len(reports) != 1 {
		t.Fatalf("%d reports", len(reports))
	}
	r := reports[0]
	want := `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}, "since": "2026-11-01", "payslip": "later"}`
	if string(r.Answers) != want {
		t.Errorf("answers %s, want %s", r.Answers, want)
	}
	if !strings.Contains(string(r.Results), `"weekly_amount": "42.17"`) {
		t.Errorf("results %s: the estimate is missing", r.Results)
	}
	if !strings.Contains(got[0], r.Reference) {
		t.Errorf("the text does not tell the reference %s", r.Reference)
	}
	if items := h.work(gateway.ReportWork); len(items) != 1 || items[0].Team != "leeds-2" || items[0].Case != reference {
		t.Errorf("work items %+v", items)
	}
	if strings.Contains(strings.Join(h.sms.to(payingPhone), " "), "42.17") {
		t.Error("the estimate was told to somebody who is only known")
	}
}

func TestTheEstimateIsToldToSomebodyConfirmed(t *testing.T) {
	h := newHouse(t, family())
	page := h.confirmed("P1", payingPhone)
	page.says("PAY")
	for _, words := range []string{"down", "410 a week", "1 Nov"} {
		page.says(words)
	}
	got := page.says("later")
	if len(got) != 2 || !strings.Contains(got[0], "about £42.17 a week") || !strings.HasPrefix(got[1], "Check your answers.") {
		t.Errorf("texts %q", got)
	}
}

func TestWhoCannotBeIdentifiedIsToldNothing(t *testing.T) {
	shared := family()
	shared.ReceivingParents[0].Phone = payingPhone
	yesterday := family()
	yesterday.PayingParent.PhoneSince = shared.EffectiveDate.AddDays(230) // 22 November 2026
	for _, c := range []struct {
		name string
		of   directory.Case
		from string
		says int
		work gateway.WorkItemKind
	}{
		{"a number that nobody holds", family(), "+447700900999", 1, gateway.UnknownSenderWork},
		{"a number that two people hold", shared, payingPhone, 0, gateway.AddressWork},
		{"a number that changed yesterday", yesterday, payingPhone, 0, gateway.AddressWork},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, c.of)
			if got := h.text(c.from, "my pay has gone down to 410 a week"); len(got) != c.says {
				t.Errorf("answered %q", got)
			}
			items := h.work(c.work)
			if len(items) != 1 || items[0].Person != "" {
				t.Errorf("work items %+v", items)
			}
			if n := len(h.reports(reference)); n != 0 {
				t.Errorf("%d reports", n)
			}
		})
	}
}

func TestNothingGoesOutAfterStop(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.text(payingPhone, "down")
	stop := gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "STOP", Keyword: gateway.Stop, Answered: true}
	if got := h.receive(stop); len(got) != 0 {
		t.Errorf("STOP, which the carrier answers, was answered %q", got)
	}
	if got := h.text(payingPhone, "410 a week"); len(got) != 0 {
		t.Errorf("after STOP: %q", got)
	}
	h.start("P1", "income-change")
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("a conversation that we began after STOP says %q", got)
	}
	if items := h.work(gateway.DeliveryWork); len(items) != 1 {
		t.Errorf("nobody is asked to reach them: %+v", items)
	}
	if items := h.work(gateway.HandoffWork); len(items) != 1 {
		t.Errorf("what was answered before STOP goes to nobody: %+v", items)
	}
}

func TestParleyConfirmsStopWhenTheCarrierDoesNot(t *testing.T) {
	h := newHouse(t, family())
	stop := gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "stop texting me", Keyword: gateway.Stop}
	if got := h.receive(stop); len(got) != 1 || !strings.Contains(got[0], "no more texts") {
		t.Errorf("answered %q", got)
	}
}

func TestDangerInterruptsAndHolds(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	got := h.text(payingPhone, "it went down, and my ex threatened me")
	if len(got) != 1 || !strings.Contains(got[0], "call 999") {
		t.Fatalf("answered %q", got)
	}
	if items := h.work(gateway.DangerWork); len(items) != 1 || !items[0].Urgent {
		t.Errorf("work items %+v", items)
	}
	if got := h.text(payingPhone, "1"); len(got) != 1 || !strings.Contains(got[0], "0808 2000 247") {
		t.Errorf("support numbers: %q", got)
	}
	if got := h.text(payingPhone, "down"); len(got) != 0 {
		t.Errorf("the dialog went on: %q", got)
	}
	h.pass(3 * 24 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("a reminder went to somebody who is held: %q", got)
	}
}

func TestADangerHoldStopsDialogsWithTheOtherParent(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.text(receivingPhone, "mae trais yma, dwi'n ofni")
	if got := h.text(payingPhone, "down"); len(got) != 0 {
		t.Errorf("the other parent hears %q", got)
	}
}

func TestASilentConversationIsNudgedAndThenEnds(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.text(payingPhone, "down")
	h.pass(47 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 0 {
		t.Fatalf("nudged after 47 hours: %q", got)
	}
	h.pass(2 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 1 || !strings.HasPrefix(got[0], "We are still waiting") {
		t.Fatalf("after two days: %q", got)
	}
	h.pass(13 * 24 * time.Hour)
	h.ring()
	got := h.deliver()
	if len(got) != 1 || !strings.Contains(got[0], "a person will take it from here") {
		t.Errorf("after 15 days: %q", got)
	}
	if items := h.work(gateway.ConversationEnding); len(items) != 1 {
		t.Errorf("work items %+v", items)
	}
}

func TestAStartWaitsForTheConversationThatIsOpen(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	second := h.start("P1", "income-change")
	if second.Phase != gateway.Waiting {
		t.Fatalf("the second is %s", second.Phase)
	}
	if got := h.deliver(); len(got) != 0 {
		t.Fatalf("the second says %q", got)
	}
	h.text(payingPhone, "same")
	h.text(payingPhone, "ok")
	h.ring()
	if got := h.deliver(); len(got) != 1 || !strings.Contains(got[0], "Has your pay before tax") {
		t.Errorf("when the first has ended: %q", got)
	}
	if c, err := h.store.Conversation(t.Context(), second.Conversation); err != nil || c.Phase != gateway.Open {
		t.Errorf("the second is %s, %v", c.Phase, err)
	}
}

func TestWhatNoDialogTakesGoesToAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.without("welcome")
	if got := h.text(payingPhone, "Do you sell garden chairs?"); len(got) != 1 || !strings.Contains(got[0], "contact you by 1 December 2026") {
		t.Errorf("answered %q", got)
	}
	if items := h.work(gateway.UnansweredWork); len(items) != 1 || items[0].Case != reference {
		t.Errorf("work items %+v", items)
	}
}

func TestTheReceivingParentIsAnsweredInTheirLanguage(t *testing.T) {
	h := newHouse(t, family())
	h.without("welcome")
	got := h.text(receivingPhone, "pwy enillodd y gêm?")
	if len(got) != 1 || !strings.HasPrefix(got[0], "Diolch. Mae eich neges gennym") {
		t.Errorf("answered %q", got)
	}
}

func TestOddTextsHaveADefinedOutcome(t *testing.T) {
	for _, words := range []string{"", "😀", strings.Repeat("a long story ", 200), "\xff\xfe\x00", "ŵŷâêîôûÿ ẀẂẄỲ", "   "} {
		h := newHouse(t, family())
		h.start("P1", "income-change")
		h.deliver()
		if got := h.text(payingPhone, words); len(got) != 1 || !strings.Contains(got[0], "Has your pay before tax gone up or down?") {
			t.Errorf("%.20q is answered %q", words, got)
		}
	}
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	got := h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Media: 1})
	if len(got) != 1 || !strings.HasPrefix(got[0], "We cannot take pictures here.") {
		t.Errorf("a picture is answered %q", got)
	}
}

func TestTheStateServesFromItsRowWhenTheLiveCopyIsGone(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	for _, words := range []string{"down", "410 a week", "1 Nov", "later", "ok"} {
		flush(t, h.redis)
		if got := h.text(payingPhone, words); len(got) != 1 {
			t.Fatalf("after %q: %q", words, got)
		}
	}
	if n := len(h.reports(reference)); n != 1 {
		t.Errorf("%d reports", n)
	}
}

func TestManySendersAreHeldToALimit(t *testing.T) {
	h := newHouse(t, family())
	var answered []string
	for range 40 {
		answered = append(answered, h.text(payingPhone, "hello")...)
	}
	if len(answered) != 31 || !strings.Contains(answered[30], "wait a while") {
		t.Errorf("%d answers, the last %q", len(answered), slices.MaxFunc(answered, strings.Compare))
	}
}

func TestATextThatIsNotDeliveredGoesToAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	id := h.sms.sent[0].ID
	if err := h.Settle(t.Context(), gateway.StatusUpdate{Message: id, Channel: directory.SMS, Status: gateway.Undelivered, Code: "30003", Reason: "The phone cannot be reached"}); err != nil {
		t.Fatal(err)
	}
	items := h.work(gateway.DeliveryWork)
	if len(items) != 1 || items[0].Case != reference || items[0].Person != "P1" || items[0].Message != id {
		t.Errorf("work items %+v", items)
	}
}

func TestSendingPausesWhenOurAccountIsSuspended(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	if err := h.Settle(t.Context(), gateway.StatusUpdate{Message: h.sms.sent[0].ID, Channel: directory.SMS, Status: gateway.Failed, Code: "30002", Suspended: true}); err != nil {
		t.Fatal(err)
	}
	if got := h.text(payingPhone, "down"); len(got) != 0 {
		t.Errorf("sent all the same: %q", got)
	}
	h.PausePump(false)
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("after the pause: %q", got)
	}
}

func TestAWrongNumberIsHeardAndNotWrittenToAgain(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	if got := h.text(payingPhone, "wrong number mate"); len(got) != 0 {
		t.Errorf("answered %q", got)
	}
	h.start("P1", "income-change")
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("written to again: %q", got)
	}
	if items := h.work(gateway.AddressWork); len(items) != 1 {
		t.Errorf("work items %+v", items)
	}
	if err := h.store.Release(t.Context(), "P1", "specialist-7", h.clock()); err != nil {
		t.Fatal(err)
	}
	if got := h.text(payingPhone, "hello"); len(got) != 1 {
		t.Errorf("once released, hello is answered %q", got)
	}
}

func TestASpecialistReleasesAHold(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.text(payingPhone, "he threatened me")
	if got := h.text(payingPhone, "down"); len(got) != 0 {
		t.Fatalf("the dialog went on while held: %q", got)
	}
	if err := h.store.Release(t.Context(), "P1", "specialist-7", h.clock()); err != nil {
		t.Fatal(err)
	}
	if got := h.text(payingPhone, "down"); len(got) != 1 || !strings.HasPrefix(got[0], "How much are you paid now") {
		t.Errorf("once released: %q", got)
	}
	if err := h.store.Release(t.Context(), "P1", "specialist-7", h.clock()); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("released twice: %v", err)
	}
}
