package gateway_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/gateway"
	"parley/internal/pay"
	simulator "parley/internal/simulator/pay"
)

// TestPayingThroughGOVUKPay has a payment go all the way: a page to pay on, the
// signed call, and the record.
func TestPayingThroughGOVUKPay(t *testing.T) {
	h, cashier, _ := newCashier(t, collecting())
	var mux http.ServeMux
	server := httptest.NewServer(&mux)
	t.Cleanup(server.Close)
	emulator := simulator.New(simulator.Config{
		URL: server.URL, Key: "api_test", Secret: "signing", WebhookURL: server.URL + "/pay/webhook",
		NewID: func() string { return "hu20sqlact5260q2nanm0q8u93" },
	})
	mux.Handle("/", emulator)
	var err error
	if cashier.Payer, err = pay.New(pay.Config{URL: server.URL, Key: "api_test"}); err != nil {
		t.Fatal(err)
	}
	webhook, err := pay.Webhook("signing", cashier, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/pay/webhook", webhook)

	visit := h.confirmed("P1", payingPhone).ID
	amount, err := cashier.Payable(t.Context(), visit)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cashier.StartPayment(t.Context(), visit, amount); err != nil {
		t.Fatal(err)
	}
	if _, ok := emulator.Finish("hu20sqlact5260q2nanm0q8u93", "success"); !ok {
		t.Fatal("there is no such payment")
	}
	emulator.Wait()
	if paid := h.received(); len(paid) != 1 || paid[0].Amount != amount || paid[0].ID != "card:hu20sqlact5260q2nanm0q8u93" {
		t.Errorf("on record: %+v", paid)
	}
	if state, err := cashier.Outcome(t.Context(), visit); state != gateway.Paid || err != nil {
		t.Errorf("the person is told %q, %v", state, err)
	}
}
