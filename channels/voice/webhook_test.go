package voice_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/gateway"
	"parley/internal/simulator"
	"parley/internal/simulator/exchange"
)

// webhooks are all that Twilio calls.
var webhooks = []string{
	"", "/language", "/reference", "/pin", "/menu", "/said", "/more", "/ways", "/next", "/person", "/wait", "/choice", "/queued",
	"/recorded", "/recording", "/status", "/desk?call=id-000001", "/desk/taken?call=id-000001", "/desk/done?call=id-000001",
}

func form(sid string, pairs ...string) url.Values {
	f := url.Values{"CallSid": {sid}, "From": {samPhone}, "To": {number}, "CallStatus": {"in-progress"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestForgedWebhooksAreRefused(t *testing.T) {
	w := newWorld(t)
	handler := w.channel.Handler(w.Switchboard)
	for _, path := range webhooks {
		for name, signature := range map[string]string{
			"none": "", "another account's": simulator.Sign("ffffffffffffffff", "https://gateway.example/twilio/voice"+path, form("CA1")),
			"garbage": "AAAA",
		} {
			r := httptest.NewRequest(http.MethodPost, "https://gateway.example/twilio/voice"+path, strings.NewReader(form("CA1").Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Twilio-Signature", signature)
			rec := httptest.NewRecorder()
			handler.ServeHTTP(rec, r)
			if rec.Code != http.StatusForbidden {
				t.Errorf("%s with the signature %s is answered %d", path, name, rec.Code)
			}
		}
	}
	if _, err := w.Find(t.Context(), "CA1"); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("a forged webhook began a call: %v", err)
	}
}

// post posts a webhook and returns the answer, which must be good.
func (w *world) post(path string, f url.Values) string {
	w.t.Helper()
	status, body, err := w.exchange.Post(w.t.Context(), "/twilio/voice"+path, f)
	if err != nil || status != http.StatusOK {
		w.t.Fatalf("%s is answered %d, %v", path, status, err)
	}
	return string(body)
}

// The same answer, five times and at once, makes one turn.
func TestRepeatedWebhooksMakeOneTurn(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, known+"> 1\n< Has your pay before tax gone up or down?…")
	call, err := w.Find(t.Context(), line.SID())
	if err != nil {
		t.Fatal(err)
	}
	open := w.open()
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if got := w.post("/said?after="+last(w, call.ID), form(line.SID(), "Digits", "2")); !strings.Contains(got, "How much are you paid now") {
				t.Errorf("answered %s", got)
			}
		})
	}
	all.Wait()
	if after := w.open(); after.ID != open.ID || after.Turn != open.Turn+1 {
		t.Errorf("turn %d became %d", open.Turn, after.Turn)
	}
	for range 3 {
		if again := w.post("", form(line.SID())); !strings.Contains(again, "For English, press 1.") {
			t.Errorf("begun again: %s", again)
		}
	}
}

// open is the conversation that is open with Sam.
func (w *world) open() gateway.Conversation {
	w.t.Helper()
	c, err := w.store.OpenConversation(w.t.Context(), gateway.Partner{Person: "P1"})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// last is the sequence of the last thing that was said in a call, when it was
// first asked for.
func last(w *world, id gateway.VisitID) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lasts == nil {
		w.lasts = map[gateway.VisitID]string{}
	}
	if w.lasts[id] == "" {
		entries, err := w.store.Shown(context.Background(), id, 0)
		if err != nil || len(entries) == 0 {
			w.t.Error("nothing was said")
			return ""
		}
		w.lasts[id] = strconv.FormatInt(entries[len(entries)-1].Sequence, 10)
	}
	return w.lasts[id]
}

// What Twilio reports comes in any order and more than once: the end before the
// voicemail, the queue's word after the end.
func TestReportsComeInAnyOrder(t *testing.T) {
	reports := []struct {
		path string
		form url.Values
	}{
		{"/recorded", form("CA1", "RecordingSid", "RE1", "CallStatus", "completed")},
		{"/recording", form("CA1", "RecordingSid", "RE1", "RecordingStatus", "completed")},
		{"/status", form("CA1", "CallStatus", "completed")},
		{"/queued", form("CA1", "QueueResult", "hangup")},
		{"/status", form("CA1", "CallStatus", "ringing")},
	}
	for first := range reports {
		w := newWorld(t)
		w.post("", form("CA1"))
		w.post("/person", form("CA1"))
		for range 2 {
			for i := range reports {
				r := reports[(first+i)%len(reports)]
				w.post(r.path, r.form)
			}
		}
		call, err := w.Find(t.Context(), "CA1")
		if err != nil || call.State != gateway.CallEnded || call.Recording != "RE1" {
			t.Errorf("from %s on: the call is %+v, %v", reports[first].path, call, err)
		}
		if voicemails := w.work(gateway.VoicemailWork); len(voicemails) != 1 {
			t.Errorf("from %s on: voicemails %+v", reports[first].path, voicemails)
		}
		for _, path := range []string{"", "/said?after=1", "/person", "/wait", "/pin", "/choice"} {
			if late := w.post(path, form("CA1", "Digits", "1")); !strings.Contains(late, "<Hangup/>") || strings.Contains(late, "<Say") {
				t.Errorf("%s after the end is answered %s", path, late)
			}
		}
	}
}

func TestMalformedWebhooks(t *testing.T) {
	w := newWorld(t)
	w.post("", form("CA1"))
	for name, c := range map[string]struct {
		path string
		form url.Values
		want int
	}{
		"no CallSid":               {"", url.Values{"From": {samPhone}}, 400},
		"a CallSid that is none":   {"", form("CA 1;--"), 400},
		"a field that is not one":  {"", form("CA1", "digits", "1"), 403},
		"no recording":             {"/recorded", form("CA1"), 400},
		"a recording's address":    {"/recorded", form("CA1", "RecordingSid", "../../Accounts"), 400},
		"too large":                {"", form("CA1", "SpeechResult", strings.Repeat("x", 70_000)), 413},
		"a call that there is not": {"/said?after=1", form("CA9", "Digits", "1"), 200},
		"nobody's desk":            {"/desk?call=none", form("CA1"), 200},
		"what was never said":      {"/said?after=-4", form("CA1", "Digits", "1"), 200},
	} {
		if status, body, err := w.exchange.Post(t.Context(), "/twilio/voice"+c.path, c.form); err != nil || status != c.want {
			t.Errorf("%s is answered %d %s, %v", name, status, body, err)
		}
	}
}

// Neither a PIN, a number, nor a word of a caller's comes into the log.
func TestNothingPersonalIsLogged(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, "> 1\n> 300012345678\n> 7777777#\n> 300012345678\n> 1234567#\n> 1\n> 2\n> £410 a week\n> person\n> 3\n> (a message)")
	w.breakStore()
	if _, err := w.exchange.Dial(t.Context(), samPhone); err != nil {
		t.Log(err)
	}
	for _, personal := range []string{"7777777", pin, samPhone, samReference, "410"} {
		if strings.Contains(w.log.String(), personal) {
			t.Errorf("the log tells %q:\n%s", personal, w.log.String())
		}
	}
}

// While the store is away a caller is asked to hold on, and after a while to
// call again: every answer is one that Twilio can read.
func TestTheStoreIsAway(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, known+"> 1\n< Has your pay before tax gone up or down?…")
	w.breakStore()
	if err := line.Press(t.Context(), "2"); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("the call's end is taken, and not kept: %v", err)
	}
	w.goesOn(line, "< Sorry, something is not working. Please hold on.\n< Sorry, this is not working now. Please call again later.\n= over")
}

func TestVoicemail(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, asks+`
		> 3
		< Leave your message after the tone, then press the hash key.
		< (tone)
		> (a message)
		< Thank you. We have your message. A person will listen to it.
		< Goodbye.
		= over
	`)
	items := w.work(gateway.VoicemailWork)
	if len(items) != 1 || items[0].Person != "P1" || items[0].Case != samReference {
		t.Fatalf("voicemails %+v", items)
	}
	id, _ := gateway.CallOf(items[0])
	if _, _, err := w.Voicemail(t.Context(), id); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("before it is fetched: %v", err)
	}
	for range 2 {
		if err := w.Fetch(t.Context(), w.channel.Recording, w.channel.Forget); err != nil {
			t.Fatal(err)
		}
	}
	_, content, err := w.Voicemail(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if heard, err := io.ReadAll(content); err != nil || string(heard) != string(message) {
		t.Errorf("heard %q, %v", heard, err)
	}
	if left := w.exchange.Recordings(); left != 0 {
		t.Errorf("Twilio still has %d recordings", left)
	}
	if missed := w.work(gateway.MissedCallWork); len(missed) != 0 || line.State() != exchange.Over {
		t.Errorf("missed: %+v", missed)
	}
}

func TestSilenceAfterTheTone(t *testing.T) {
	w := newWorld(t)
	w.calls("", "> 1\n> #\n> 1\n> 3\n< (tone)\n> (silence)\n< There was no message.\n= over")
	if items := w.work(gateway.MissedCallWork); len(items) != 1 {
		t.Errorf("missed: %+v", items)
	}
}
