package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

const collectedPayment = `{"id": "A", "case": "300012345678", "amount": "120.50", "received": "2026-11-02", "method": "collected"}`

func TestGoodPaymentsAreTakenAndBadOnesNamed(t *testing.T) {
	h := newHouse(t)
	body := `{"payments": [` + collectedPayment + `, {"id": "B"}, 7, ` + strings.Replace(collectedPayment, "120.50", "0", 1) + `]}`
	got := h.call(t, "POST", "/api/v1/payments", body)
	want := `{"stored":1,"refused":[` +
		`{"index":1,"field":"case","problem":"must be 12 digits"},` +
		`{"index":2,"problem":"must be an object"},` +
		`{"index":3,"field":"amount","problem":"must be more than nothing"}]}`
	if got.status != 200 || got.body != want {
		t.Errorf("%d %s, want %s", got.status, got.body, want)
	}
	stored := []directory.Payment{{
		ID: "A", Case: "300012345678", Amount: 120_50, Received: calculation.NewDate(2026, 11, 2), Method: directory.Collected,
	}}
	if diff := cmp.Diff(stored, h.payments); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}

func TestPaymentsThatCannotBeTaken(t *testing.T) {
	many := `{"payments": [` + strings.Repeat("1,", 10_000) + `1]}`
	for _, c := range []struct{ name, body, field string }{
		{"no list", `{}`, "payments"},
		{"an empty list", `{"payments": []}`, "payments"},
		{"more than ten thousand", many, "payments"},
		{"a field that is not known", `{"payments": [1], "from": "bank"}`, "from"},
		{"a field of a payment twice", `{"payments": [{"id": "A", "id": "B"}]}`, "payments.0.id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			got := h.call(t, "POST", "/api/v1/payments", c.body)
			if kind, field := got.problem(t); got.status != 422 || kind != "invalid" || field != c.field {
				t.Errorf("%d %s, want the field %s", got.status, got.body, c.field)
			}
			if len(h.payments) > 0 {
				t.Errorf("stored: %v", h.payments)
			}
		})
	}
}

func TestTenThousandPaymentsArriveAtOnce(t *testing.T) {
	var list []directory.Payment
	for i := range 10_000 {
		list = append(list, directory.Payment{
			ID: fmt.Sprintf("PROVIDER-REFERENCE-%032d", i), Case: "300012345678", To: "a-person-with-an-id-of-some-length",
			Amount: 999_999_99, Received: calculation.NewDate(2026, 11, 2), Method: directory.Direct,
		})
	}
	body, err := json.Marshal(map[string]any{"payments": list})
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	if got := h.call(t, "POST", "/api/v1/payments", string(body)); got.body != `{"stored":10000,"refused":[]}` || len(h.payments) != 10_000 {
		t.Errorf("%d %.200s", got.status, got.body)
	}
}

func TestPaymentsAreStoredOnceForEachKey(t *testing.T) {
	h := newHouse(t)
	body := `{"payments": [` + collectedPayment + `]}`
	for range 2 {
		if got := h.call(t, "POST", "/api/v1/payments", body, "Idempotency-Key", "monday"); got.status != 200 {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if len(h.payments) != 1 {
		t.Errorf("stored: %v", h.payments)
	}
	got := h.call(t, "POST", "/api/v1/payments", strings.Replace(body, "120", "121", 1), "Idempotency-Key", "monday")
	if kind, _ := got.problem(t); kind != "idempotency-key-reused" {
		t.Errorf("another body: %d %s", got.status, got.body)
	}
}
