package simulator_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
)

// What the gateway hears of a message to each number that has a fault, and of
// one that has none.
func TestDramaNumbers(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, transport := f.api(token, 0)
	for _, c := range []struct {
		number   string
		code     int    // of the refusal, 0 when the message is taken
		statuses string // called back
	}{
		{"+447700900101", 0, "sent, delivered"},
		{"+447700900901", 20429, ""},
		{"+447700900911", 21211, ""},
		{"+447700900912", 21610, ""},
		{"+447700900913", 21614, ""},
		{"+447700900921", 0, "failed 30001"},
		{"+447700900922", 0, "failed 30002"},
		{"+447700900923", 0, "sent, undelivered 30003"},
		{"+447700900924", 0, "sent, undelivered 30004"},
		{"+447700900925", 0, "sent, undelivered 30005"},
		{"+447700900926", 0, "sent, undelivered 30006"},
		{"+447700900927", 0, "sent, undelivered 30007"},
		{"+447700900928", 0, "sent, undelivered 30008"},
		{"+447700900931", 0, "delivered, sent"},
		{"+447700900932", 0, "sent, delivered, sent, delivered"},
		{"+447700900933", 0, "delivered, sent, delivered, sent"},
		{"+447700900934", 0, ""},
	} {
		t.Run(c.number, func(t *testing.T) {
			sent, err := api.CreateMessage(g.message(c.number, "hello"))
			if c.code != 0 {
				if !isTwilioError(err, c.code) {
					t.Errorf("error is %v, want %d", err, c.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			count := 0
			if c.statuses != "" {
				count = 1 + strings.Count(c.statuses, ",")
			}
			if got := g.statuses(t, count); got != c.statuses {
				t.Errorf("called back %q, want %q", got, c.statuses)
			}
			fetched, err := api.FetchMessage(*sent.Sid, nil)
			if err != nil || c.statuses != "" && !strings.Contains(c.statuses, *fetched.Status) {
				t.Errorf("it is %v now (%v)", fetched, err)
			}
		})
	}
	if _, err := api.CreateMessage(g.message("+447700900901", "hello")); !isTwilioError(err, 20429) ||
		transport.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q, want 1", transport.header.Get("Retry-After"))
	}
	if len(g.webhooks) != 0 {
		t.Errorf("%d callbacks too many", len(g.webhooks))
	}
}

func TestErrorPageIsNotJSON(t *testing.T) {
	g := newGateway(t)
	api, transport := newFar(t, g).api(token, 0)
	_, err := api.CreateMessage(g.message("+447700900902", "hello"))
	if err == nil || transport.header.Get("Content-Type") != "text/html" {
		t.Errorf("got %v and %s, want an error and a page", err, transport.header.Get("Content-Type"))
	}
}

// The worst of all: the message goes out, and who sent it cannot know.
func TestHangTakesTheMessage(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, _ := f.api(token, 100*time.Millisecond)
	if _, err := api.CreateMessage(g.message("+447700900903", "hello")); err == nil {
		t.Error("an answer came")
	}
	if got := g.statuses(t, 2); got != "sent, delivered" {
		t.Errorf("called back %q", got)
	}
}

func TestCloseEndsWhatHangs(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, _ := f.api(token, time.Minute)
	answered := make(chan error, 1)
	go func() {
		_, err := api.CreateMessage(g.message("+447700900903", "hello"))
		answered <- err
	}()
	g.statuses(t, 2)
	if err := f.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-answered:
		if err == nil {
			t.Error("an answer came, and there must be none")
		}
	case <-time.After(5 * time.Second):
		t.Error("still hanging")
	}
}

func TestSetFault(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g, func(c *simulator.TwilioConfig) {
		c.Faults = func(to string) simulator.Fault {
			if to == "+447700900102" {
				return simulator.Fault{Reject: 21614}
			}
			return simulator.Fault{}
		}
	})
	api, _ := f.api(token, 0)
	send := func(to string) error {
		_, err := api.CreateMessage(g.message(to, "hello"))
		return err
	}
	if err := send("+447700900102"); !isTwilioError(err, 21614) {
		t.Errorf("the function's fault: %v", err)
	}
	f.SetFault("+447700900102", simulator.Fault{})
	if err := send("+447700900102"); err != nil {
		t.Errorf("healed: %v", err)
	}
	f.SetFault(sam, simulator.Fault{Reject: 20429, Times: 2})
	for i := range 2 {
		if err := send(sam); !isTwilioError(err, 20429) {
			t.Errorf("time %d: %v, want 20429", i+1, err)
		}
	}
	if err := send(sam); err != nil {
		t.Errorf("the third time: %v", err)
	}
}

func TestDelayComesFirst(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	f.SetFault(sam, simulator.Fault{Delay: time.Hour})
	api, _ := f.api(token, 50*time.Millisecond)
	if _, err := api.CreateMessage(g.message(sam, "hello")); !isTimeout(err) {
		t.Errorf("error is %v, want a time-out", err)
	}
	if taken := f.thread(sam); len(taken) != 0 {
		t.Errorf("%q is taken, want nothing before the delay is over", taken)
	}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
