package channeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
)

// soon is how long Send may take to return after its context ended.
const soon = 3 * time.Second

// secret is a word that would show in an error if a text did.
const secret = "xylophone"

func message(h Harness, id, text string) gateway.Message {
	return gateway.Message{ID: gateway.MessageID(id), Person: "P1", To: h.Person, Text: h.Channel.Prepare(text).Text}
}

func sends(t *testing.T, h Harness, _ *Receiver) {
	h.Behave(Accepts)
	receipt, err := h.Channel.Send(t.Context(), message(h, "m-1", "Keep your payslip."))
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	if receipt.ProviderID == "" {
		t.Error("the receipt has no provider's id")
	}
	if receipt.Status.Rank() < gateway.Accepted.Rank() {
		t.Errorf("the receipt says %q, which is less than accepted", receipt.Status)
	}
	if taken := h.Taken(); len(taken) != 1 || !strings.Contains(taken[0], "Keep your payslip.") {
		t.Errorf("the provider has %q", taken)
	}
}

func sendsForMany(t *testing.T, h Harness, _ *Receiver) {
	const many = 50
	h.Behave(Accepts)
	receipts := make([]gateway.Receipt, many)
	errs := make([]error, many)
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			receipts[i], errs[i] = h.Channel.Send(t.Context(), message(h, fmt.Sprintf("m-%d", i), fmt.Sprintf("Message %d.", i)))
		})
	}
	all.Wait()
	taken := h.Taken()
	seen := map[string]bool{}
	for i := range many {
		if errs[i] != nil {
			t.Errorf("Send %d: %v", i, errs[i])
		}
		if id := receipts[i].ProviderID; seen[id] {
			t.Errorf("the provider's id %q came twice", id)
		} else {
			seen[id] = true
		}
		if !slices.ContainsFunc(taken, func(text string) bool { return strings.Contains(text, fmt.Sprintf("Message %d.", i)) }) {
			t.Errorf("message %d is not there", i)
		}
	}
	if len(taken) != many {
		t.Errorf("the provider has %d messages of %d", len(taken), many)
	}
}

func tellsOutcome(t *testing.T, h Harness, want gateway.Outcome) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	failure := sendError(t, ctx, h)
	if failure.Outcome != want {
		t.Errorf("outcome %d (%v), want %d", failure.Outcome, failure, want)
	}
	if failure.Code == "" || failure.Reason == "" {
		t.Errorf("no code or no reason: %+v", failure)
	}
	if taken := h.Taken(); len(taken) > 1 {
		t.Errorf("the provider has the message %d times", len(taken))
	}
}

// givesUp has a provider that never answers: only the context ends the wait.
func givesUp(t *testing.T, h Harness, _ *Receiver) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	returned := make(chan error, 1)
	go func() {
		_, err := h.Channel.Send(ctx, message(h, "m-1", "Your payslip is late."))
		returned <- err
	}()
	select {
	case err := <-returned:
		if failure := new(gateway.SendError); !errors.As(err, &failure) || failure.Outcome != gateway.Lost {
			t.Errorf("Send = %v, want lost: the provider has the message", err)
		}
	case <-time.After(soon):
		t.Errorf("Send goes on %v after its context ended", soon)
	}
}

func sendsNothingLate(t *testing.T, h Harness, _ *Receiver) {
	h.Behave(Accepts)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	failure := sendError(t, ctx, h)
	if failure.Outcome == gateway.Refused {
		t.Error("refused for good, because we had no time")
	}
	if taken := h.Taken(); len(taken) > 0 {
		t.Errorf("the provider has %d messages", len(taken))
	}
}

// sendError sends a message that cannot be sent and returns the error, which
// must not show whom it was for or what it said.
func sendError(t *testing.T, ctx context.Context, h Harness) *gateway.SendError {
	t.Helper()
	_, err := h.Channel.Send(ctx, message(h, "m-1", "Your "+secret+" is late."))
	var failure *gateway.SendError
	if !errors.As(err, &failure) {
		t.Fatalf("Send = %v, want a *gateway.SendError", err)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if words := fmt.Sprintf("%v %+v", e, e); strings.Contains(words, secret) || strings.Contains(words, h.Person.Value) {
			t.Errorf("the error is personal: %s", words)
		}
	}
	if words := failure.Code + failure.Reason; strings.Contains(words, secret) || strings.Contains(words, h.Person.Value) {
		t.Errorf("the reason is personal: %s", words)
	}
	return failure
}
