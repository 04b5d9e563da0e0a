package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
)

// STOP stops a dialog whoever answers it, Twilio or Parley, and nothing is sent
// to that number afterwards.
func TestStopInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, words string
		byTwilio    bool     // who answers keywords
		hears       []string // from Parley, after STOP
	}{
		{"Twilio answers STOP", "STOP", true, nil},
		{"Parley answers STOP", "STOP", false, []string{"You will get no more texts from us."}},
		{"Parley answers what Twilio does not know", "please stop texting me", true, []string{"You will get no more texts from us."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			keywords := "PARLEY_TWILIO_KEYWORDS=parley"
			if c.byTwilio {
				keywords = "PARLEY_TWILIO_KEYWORDS=twilio"
			}
			w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{Keywords: c.byTwilio}, keywords, "PARLEY_API_TOKENS=test:"+demoAPI)
			n := w.begin(plan{})
			w.interviewed(0, 0, 2)
			for _, words := range []string{c.words, c.words, "£410 a week", "hello", "1", "PERSON", "START", "down"} {
				if _, err := w.carrier.Text(t.Context(), parentPhone(0), demoNumber, words); err != nil {
					t.Fatal(err)
				}
			}
			w.startByAPI(n)
			w.await("the start is withheld", func() bool { return w.count("SELECT count(*) FROM messages WHERE status = 'withheld'") == 1 })
			w.settled()
			after := w.carrier.texts(parentPhone(0))[2:]
			if len(after) != len(c.hears) {
				t.Fatalf("after STOP: %q, want %q", after, c.hears)
			}
			for i, begins := range c.hears {
				if !strings.HasPrefix(after[i], begins) {
					t.Errorf("after STOP: %q, want %q", after[i], begins)
				}
			}
			if n := w.count("SELECT count(*) FROM conversations WHERE outcome = 'stopped'"); n != 1 {
				t.Errorf("%d conversations were stopped", n)
			}
			if n := w.count("SELECT count(*) FROM work_items WHERE kind = 'handoff'"); n != 1 {
				t.Errorf("what was answered before STOP is %d work items", n)
			}
		})
	}
}

// startByAPI starts a conversation with the first parent, as a caseworker's
// client does.
func (w *world) startByAPI(n *node) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, n.url+"/api/v1/conversations",
		strings.NewReader(`{"person": "P0", "dialog": "income-change", "channel": "sms"}`))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+demoAPI)
	request.Header.Set("Content-Type", "application/json")
	client := &http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		w.t.Fatalf("starting a conversation: %s", response.Status)
	}
}
