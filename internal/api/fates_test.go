package api_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/gateway"
)

func TestWhyAPersonDidNotGetAMessage(t *testing.T) {
	h := newHouse(t)
	h.fates = []gateway.Fate{{
		Message: "M1", Case: "300012345678", Notice: "payment-due", Occasion: "due 2026-12-15", Channel: "sms", Status: gateway.Withheld,
		Reasons: []string{"sms: has said STOP on this channel"}, Says: "was not sent, 10:00 on 22 November 2026", Created: at, NotBefore: at, Settled: at.Add(time.Minute),
	}}
	got := h.call(t, "GET", "/api/v1/people/P1/messages", "")
	const want = `{"messages":[{"id":"M1","case":"300012345678","notice":"payment-due","occasion":"due 2026-12-15","channel":"sms","status":"withheld",` +
		`"reasons":["sms: has said STOP on this channel"],"says":"was not sent, 10:00 on 22 November 2026",` +
		`"created":"2026-11-22T10:00:00Z","not_before":"2026-11-22T10:00:00Z","settled":"2026-11-22T10:01:00Z"}]}`
	if got.status != 200 || strings.TrimSpace(got.body) != want {
		t.Errorf("%d\n%s\nwant\n%s", got.status, got.body, want)
	}
}

func TestWhyOfNobody(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/api/v1/people/P9/messages", "/api/v1/people/P9%00/messages"} {
		if got := h.call(t, "GET", path, ""); got.status != 404 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	h.viewErr = errors.New("the store is away")
	if got := h.call(t, "GET", "/api/v1/people/P1/messages", ""); got.status != 503 && got.status != 500 {
		t.Errorf("while the store is away: %d", got.status)
	}
}
