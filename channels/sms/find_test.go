package sms_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

var _ gateway.Finder = (*sms.Channel)(nil)

func TestFindKnowsAMessageByItsNumberTextAndTime(t *testing.T) {
	clock := now
	emulator := newEmulator(t, publicly, func(c *simulator.TwilioConfig) { c.Clock = func() time.Time { return clock } })
	channel := newChannel(t, func(c *sms.Config) { c.APIURL = serve(t, emulator) })
	var ids []string
	say := func(to, text string) {
		m := outgoing(text)
		m.To.Value = to
		receipt, err := channel.Send(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, receipt.ProviderID)
	}
	say(sam, "Your payment is due.") // last month
	clock = now.AddDate(0, 1, 0)
	say(sam, "Your payment is due.")
	say(sam, "Something else.")
	say("+447700900102", "Your payment is due.")
	clock = clock.Add(time.Minute)
	say(sam, "Your payment is due.")

	found, err := channel.Find(t.Context(), outgoing("Your payment is due."), now.AddDate(0, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i].Status = "" // how far the emulator is depends on the moment
	}
	want := []gateway.StatusUpdate{{Channel: directory.SMS, ProviderID: ids[1]}, {Channel: directory.SMS, ProviderID: ids[4]}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

func TestFindTellsWhatBecameOfAMessage(t *testing.T) {
	channel := newChannel(t, func(c *sms.Config) {
		c.APIURL = answering(t, http.StatusOK, nil, `{"messages": [{"sid": "SM1", "body": "Hello", "status": "undelivered",
			"error_code": 30005, "date_created": "Sun, 22 Nov 2026 10:00:00 +0000"}]}`)
	})
	found, err := channel.Find(t.Context(), outgoing("Hello"), now)
	want := []gateway.StatusUpdate{{Channel: directory.SMS, ProviderID: "SM1", Status: gateway.Undelivered, Code: "30005",
		Reason: "The number is unknown or no longer in service", Gone: true}}
	if diff := cmp.Diff(want, found); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestFindSaysWhenTwilioCannotBeAsked(t *testing.T) {
	for name, address := range map[string]string{
		"broken":   answering(t, http.StatusInternalServerError, nil, "<html>"),
		"busy":     answering(t, http.StatusTooManyRequests, nil, `{"code": 20429, "status": 429}`),
		"no list":  answering(t, http.StatusOK, nil, `<html>`),
		"not here": "http://127.0.0.1:1",
	} {
		channel := newChannel(t, func(c *sms.Config) { c.APIURL = address })
		if found, err := channel.Find(t.Context(), outgoing("Hello"), now); err == nil {
			t.Errorf("%s: found %v", name, found)
		}
	}
}
