package channeltest

import (
	"errors"
	"testing"

	"parley/gateway"
)

var errAway = errors.New("the store is away")

// answers reports whether people can answer on the channel.
func answers(h Harness) bool { return h.Door != nil && h.Door.Say != nil }

// reports reports whether its provider says what became of a message.
func reports(h Harness) bool { return h.Door != nil && h.Door.Report != nil }

func passesWordsOn(t *testing.T, h Harness, r *Receiver) {
	if !h.Door.Say(Words{ProviderID: "IN1", Text: "About 400 a week"}) {
		t.Error("the words were not taken")
	}
	got := r.Inbound()
	if len(got) != 1 {
		t.Fatalf("%d messages came, want 1", len(got))
	}
	if got[0].ProviderID == "" || got[0].From != h.Person || got[0].Text != "About 400 a week" || got[0].Keyword != gateway.NoKeyword {
		t.Errorf("came as %+v", got[0])
	}
	if got[0].From.Channel != h.Channel.Name() {
		t.Errorf("the sender is on %q, not on %q", got[0].From.Channel, h.Channel.Name())
	}
}

// passesDuplicatesOn: the heart finds duplicates, by an id that stays.
func passesDuplicatesOn(t *testing.T, h Harness, r *Receiver) {
	for range 3 {
		if !h.Door.Say(Words{ProviderID: "IN1", Text: "Yes"}) {
			t.Error("the words were not taken")
		}
	}
	h.Door.Say(Words{ProviderID: "IN2", Text: "Yes"})
	got := r.Inbound()
	if len(got) != 4 {
		t.Fatalf("%d messages came, want 4", len(got))
	}
	if got[0].ProviderID != got[1].ProviderID || got[0].ProviderID != got[2].ProviderID || got[0].ProviderID == got[3].ProviderID {
		t.Errorf("ids %q, %q, %q, want three the same; then %q, another",
			got[0].ProviderID, got[1].ProviderID, got[2].ProviderID, got[3].ProviderID)
	}
}

func refusesForgedWords(t *testing.T, h Harness, r *Receiver) {
	if h.Door.ForgeWords(Words{ProviderID: "IN1", Text: "Yes"}) {
		t.Error("forged words were taken")
	}
	if got := r.Inbound(); len(got) != 0 {
		t.Errorf("%d forged messages were passed on", len(got))
	}
}

func admitsLoss(t *testing.T, h Harness, r *Receiver) {
	r.Fail(errAway)
	if h.Door.Say(Words{ProviderID: "IN1", Text: "Yes"}) {
		t.Error("the provider was told that the words were taken, and they were not")
	}
}

func passesReportsOn(t *testing.T, h Harness, r *Receiver) {
	delivery := sendOne(t, h)
	for range 2 {
		if !h.Door.Report(delivery) {
			t.Error("the report was not taken")
		}
	}
	got := r.Updates()
	if len(got) != 2 {
		t.Fatalf("%d reports came, want 2", len(got))
	}
	for _, u := range got {
		if u.Message != delivery.Message || u.ProviderID != delivery.ProviderID || u.Channel != h.Channel.Name() || u.Status != gateway.Delivered {
			t.Errorf("came as %+v, for %+v", u, delivery)
		}
	}
}

func refusesForgedReports(t *testing.T, h Harness, r *Receiver) {
	if h.Door.ForgeReport(sendOne(t, h)) {
		t.Error("a forged report was taken")
	}
	if got := r.Updates(); len(got) != 0 {
		t.Errorf("%d forged reports were passed on", len(got))
	}
}

func admitsLostReport(t *testing.T, h Harness, r *Receiver) {
	delivery := sendOne(t, h)
	r.Fail(errAway)
	if h.Door.Report(delivery) {
		t.Error("the provider was told that the report was taken, and it was not")
	}
}

// sendOne sends a message that the provider can then report on.
func sendOne(t *testing.T, h Harness) Delivery {
	t.Helper()
	h.Behave(Accepts)
	const id = "0199-ours"
	receipt, err := h.Channel.Send(t.Context(), message(h, id, "Keep your payslip."))
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return Delivery{Message: id, ProviderID: receipt.ProviderID}
}
