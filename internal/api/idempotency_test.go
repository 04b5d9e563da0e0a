package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

const startBody = `{"person": "P1", "dialog": "income-change"}`

func (h *house) start(t *testing.T, key, body string, headers ...string) answer {
	t.Helper()
	return h.call(t, "POST", "/api/v1/conversations", body, append([]string{"Idempotency-Key", key}, headers...)...)
}

func TestTheSameKeyHasOneEffectAndOneAnswer(t *testing.T) {
	h := newHouse(t)
	first, again := h.start(t, "k1", startBody), h.start(t, "k1", startBody)
	if first.status != 201 || again.status != 201 || again.body != first.body || again.header.Get("Location") != first.header.Get("Location") {
		t.Errorf("first %+v, again %+v", first, again)
	}
	if len(h.starts) != 1 {
		t.Errorf("%d conversations were started", len(h.starts))
	}
	if other := h.start(t, "k2", startBody); other.body == first.body || len(h.starts) != 2 {
		t.Errorf("another key is another call: %s", other.body)
	}
}

func TestAPutSaysAgainThatItWasNew(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		got := h.call(t, "PUT", "/api/v1/cases/300012345678", oneCase, "Idempotency-Key", "k1")
		if got.status != 201 || got.body != `{"reference":"300012345678","created":true}` {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if h.puts != 1 {
		t.Errorf("stored %d times", h.puts)
	}
}

func TestAKeyStandsForOneRequest(t *testing.T) {
	h := newHouse(t)
	h.start(t, "k1", startBody)
	for name, got := range map[string]answer{
		"another body": h.start(t, "k1", strings.Replace(startBody, "P1", "P2", 1)),
		"another path": h.call(t, "PUT", "/api/v1/cases/300012345678", oneCase, "Idempotency-Key", "k1"),
	} {
		if kind, _ := got.problem(t); got.status != 422 || kind != "idempotency-key-reused" {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := h.start(t, "k1", startBody, "Authorization", "Bearer token-2"); got.status != 201 || len(h.starts) != 2 {
		t.Errorf("another client's key is another key: %d %s", got.status, got.body)
	}
}

func TestARefusalDoesNotSpendTheKey(t *testing.T) {
	h := newHouse(t)
	if got := h.start(t, "k1", `{"person": "P1"}`); got.status != 422 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := h.start(t, "k1", startBody); got.status != 201 {
		t.Errorf("after mending: %d %s", got.status, got.body)
	}
}

func TestACallInFlightIsNotMadeTwice(t *testing.T) {
	h := newHouse(t)
	h.entered, h.proceed = make(chan struct{}), make(chan struct{})
	var first answer
	var done sync.WaitGroup
	done.Go(func() { first = h.start(t, "k1", startBody) })
	<-h.entered
	meanwhile := h.start(t, "k1", startBody)
	close(h.proceed)
	done.Wait()
	if kind, _ := meanwhile.problem(t); meanwhile.status != 409 || kind != "idempotency-key-in-flight" || meanwhile.header.Get("Retry-After") == "" {
		t.Errorf("meanwhile: %d %s", meanwhile.status, meanwhile.body)
	}
	if again := h.start(t, "k1", startBody); first.status != 201 || again.body != first.body || len(h.starts) != 1 {
		t.Errorf("first %+v, afterwards %+v", first, again)
	}
}

// Another node takes the key after this one has looked for it.
func TestTheAnswerOfAnotherNodeIsGiven(t *testing.T) {
	h := newHouse(t)
	first := h.start(t, "k1", startBody)
	h.hidden = true
	if got := h.start(t, "k1", startBody); got.status != 201 || got.body != first.body || len(h.starts) != 1 {
		t.Errorf("%d %s, want %s", got.status, got.body, first.body)
	}
	h.hidden = true
	if got := h.start(t, "k1", strings.Replace(startBody, "P1", "P2", 1)); got.status != 422 {
		t.Errorf("with another body: %d %s", got.status, got.body)
	}
}

func TestManyCopiesOfACallHaveOneEffect(t *testing.T) {
	h := newHouse(t)
	answers := make([]answer, 32)
	var done sync.WaitGroup
	for i := range answers {
		done.Go(func() { answers[i] = h.start(t, "k1", startBody) })
	}
	done.Wait()
	for _, got := range answers {
		if got.status != 409 && (got.status != 201 || got.body != `{"id":"conversation-1","state":"open"}`) {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if len(h.starts) != 1 {
		t.Errorf("%d conversations were started", len(h.starts))
	}
}

func TestWhatIsStoredOfACallTellsNothing(t *testing.T) {
	h := newHouse(t)
	h.call(t, "PUT", "/api/v1/cases/300012345678", oneCase, "Idempotency-Key", "key-of-mine")
	for key, row := range h.rows {
		if strings.Contains(key+row.BodyHash, "key-of-mine") || len(key) != 43 || len(row.BodyHash) != 43 {
			t.Errorf("%s", fmt.Sprintf("%+v", row))
		}
	}
}
