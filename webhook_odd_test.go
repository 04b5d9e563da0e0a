package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

// oddTexts are what a phone, or somebody at one, can send; and what is kept of
// it, when that is not the text itself.
var oddTexts = []struct{ name, text, media, kept, hears string }{
	{name: "every Welsh letter", text: "ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝàáâäèéêëìíîïòóôöùúûüýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ", hears: interview[0].hears},
	{name: "2,000 characters", text: strings.Repeat("a long ", 285) + "story", hears: interview[0].hears},
	{name: "more than is read", text: strings.Repeat("x", 20_000), kept: strings.Repeat("x", 10_000) + " […]", hears: interview[0].hears},
	{name: "emoji", text: "👍🏽👨‍👩‍👧", hears: interview[0].hears},
	{name: "nothing", text: "", hears: interview[0].hears},
	{name: "spaces", text: " \t\n ", hears: interview[0].hears},
	{name: "not UTF-8", text: "\xff\xfedown\xc3", kept: "\uFFFDdown\uFFFD", hears: interview[0].hears},
	{name: "a NUL", text: "do\x00wn", kept: "down", hears: interview[1].hears},
	{name: "right to left, and back", text: "\u202edown\u202c", hears: interview[1].hears},
	{name: "a picture", media: "1", hears: "We cannot take pictures here."},
}

// Whatever comes as a text is taken, kept and answered.
func TestOddTextsHaveADefinedOutcome(t *testing.T) {
	t.Parallel()
	for _, b := range backings {
		t.Run(b.name, func(t *testing.T) {
			w := newWorld(t, b.make(t), len(oddTexts), simulator.TwilioConfig{})
			w.begin(plan{})
			for i, c := range oddTexts {
				w.interviewed(i, 0, 1)
				form := webhook(parentPhone(i), c.text)
				if c.media != "" {
					form.Set("NumMedia", c.media)
				}
				w.deliver(form)
				w.await(c.name+" is answered", func() bool { return len(w.carrier.texts(parentPhone(i))) > 1 })
				if got := w.carrier.texts(parentPhone(i)); len(got) != 2 || !strings.Contains(got[1], c.hears) {
					t.Errorf("%s: answered %q, want %q", c.name, got[1:], c.hears)
				}
				want := c.kept
				if want == "" {
					want = c.text
				}
				if diff := cmp.Diff(want, w.lastKept(i)); diff != "" {
					t.Errorf("%s: kept (-want +got):\n%s", c.name, diff)
				}
			}
		})
	}
}

// lastKept is a parent's latest text as it is stored.
func (w *world) lastKept(i int) string {
	w.t.Helper()
	open, err := w.store.OpenConversation(w.t.Context(), gateway.Partner{Person: parent(i)})
	if err != nil {
		w.t.Fatal(err)
	}
	view, err := w.store.ConversationView(w.t.Context(), open.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	last := ""
	for _, m := range view.Messages {
		if !m.Out {
			last = m.Text
		}
	}
	return last
}

// A number that two people hold, or that was changed yesterday, is nobody's:
// nothing is taken or said, and a person sees to it.
func TestANumberThatIsNobodysIsToldNothing(t *testing.T) {
	t.Parallel()
	for _, b := range backings {
		t.Run(b.name, func(t *testing.T) {
			w := newWorld(t, b.make(t), 0, simulator.TwilioConfig{})
			one, other, changed := caseOf(0), caseOf(1), caseOf(2)
			other.PayingParent.Phone = parentPhone(0)
			yesterday := time.Now().AddDate(0, 0, -1)
			changed.PayingParent.PhoneSince = calculation.NewDate(yesterday.Year(), yesterday.Month(), yesterday.Day())
			for _, c := range []directory.Case{one, other, changed} {
				if err := w.store.PutCase(t.Context(), c, yesterday); err != nil {
					t.Fatal(err)
				}
			}
			w.begin(plan{})
			for _, phone := range []string{parentPhone(0), parentPhone(2)} {
				w.deliver(webhook(phone, "my pay has gone down to £410 a week"))
			}
			w.settled()
			for what, query := range map[string]string{
				"texts sent":             "SELECT count(*) FROM messages WHERE outgoing",
				"conversations":          "SELECT count(*) FROM conversations",
				"texts of a person":      "SELECT count(*) FROM messages WHERE person <> ''",
				"work items of a person": "SELECT count(*) FROM work_items WHERE person <> ''",
			} {
				if n := w.count(query); n > 0 {
					t.Errorf("%d %s", n, what)
				}
			}
			if n := w.count("SELECT count(*) FROM work_items WHERE kind = 'address-unsafe'"); n != 2 {
				t.Errorf("%d work items about an address, want 2", n)
			}
		})
	}
}
