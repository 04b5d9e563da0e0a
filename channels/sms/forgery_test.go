package sms_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/internal/simulator"
)

// TestRefused lists what is not believed, or not understood, at both doors.
func TestRefused(t *testing.T) {
	changed := func(change func(*webhook)) func(webhook) webhook {
		return func(w webhook) webhook { change(&w); return w }
	}
	for _, c := range []struct {
		name   string
		change func(webhook) webhook
		want   int
	}{
		{"unsigned", changed(func(w *webhook) { w.unsigned = true }), 403},
		{"signed with another token", changed(func(w *webhook) { w.token = "22222222222222222222222222222222" }), 403},
		{"signed with no token", changed(func(w *webhook) { w.signature = simulator.Sign("", publicly+w.path, w.form) }), 403},
		{"a signature of something else", changed(func(w *webhook) { w.signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=" }), 403},
		{"a signature that is none", changed(func(w *webhook) { w.signature = "\"" }), 403},
		{"signed for another host", changed(func(w *webhook) { w.signedFor = "https://elsewhere.example" + w.path }), 403},
		{"signed for the host that it names", changed(func(w *webhook) { w.host = "evil.example"; w.signedFor = "https://evil.example" + w.path }), 403},
		{"signed for http", changed(func(w *webhook) { w.signedFor = strings.Replace(publicly, "https", "http", 1) + w.path }), 403},
		{"signed for another query", changed(func(w *webhook) { w.signedFor = publicly + w.path + "&a=b" }), 403},
		{"signed for another path", changed(func(w *webhook) { w.signedFor = publicly + "/twilio/voice" }), 403},
		{"a field changed", changed(func(w *webhook) { w.body = strings.Replace(w.form.Encode(), "900101", "900102", 1) }), 403},
		{"a field added", changed(func(w *webhook) { w.body = w.form.Encode() + "&Zebra=1" }), 403},
		{"a field put first", changed(func(w *webhook) { w.body = "MessageSid=SMother&" + w.form.Encode() }), 403},
		{"no body", changed(func(w *webhook) { w.body = "&" }), 403},
		{"an id cut short", changed(func(w *webhook) {
			signature := simulator.Sign(token, publicly+w.path, w.form)
			rest := theirSID[12:] // "abcdef…" sorts after every field, and takes the later ones in
			for _, later := range []string{"MessageStatus", "NumMedia", "NumSegments", "SmsMessageSid", "SmsSid", "SmsStatus", "To", "ToCountry"} {
				if values, ok := w.form[later]; ok {
					rest += later + values[0]
					w.form.Del(later)
				}
			}
			w.form.Set("MessageSid", theirSID[:12])
			w.form.Set(rest, "")
			if simulator.Sign(token, publicly+w.path, w.form) != signature {
				t.Error("the forger made a mistake")
			}
			w.signature = signature
		}), 403},

		{"an id made longer", changed(func(w *webhook) { w.form.Set("MessageSid", theirSID+"NumMedia0") }), 400},
		{"no MessageSid", changed(func(w *webhook) { w.form.Del("MessageSid") }), 400},
		{"an empty MessageSid", changed(func(w *webhook) { w.form.Set("MessageSid", "") }), 400},
		{"a MessageSid of other characters", changed(func(w *webhook) { w.form.Set("MessageSid", "SM\x00") }), 400},
		{"a body that is no form", changed(func(w *webhook) { w.body = "Body=%zz" }), 400},
		{"JSON", changed(func(w *webhook) { w.contentType = "application/json"; w.body = "{}" }), 415},
		{"a form of another kind", changed(func(w *webhook) { w.contentType = "multipart/form-data; boundary=x" }), 415},
		{"no kind", changed(func(w *webhook) { w.contentType = ";" }), 415},
		{"GET", changed(func(w *webhook) { w.method = "GET" }), 405},
		{"PUT", changed(func(w *webhook) { w.method = "PUT" }), 405},
		{"enormous", changed(func(w *webhook) { w.form.Set("Body", strings.Repeat("x", 64<<10)) }), 413},
	} {
		for door, genuine := range map[string]webhook{"text": text(theirSID, "Yes"), "status": status("0199-a", theirSID, "delivered", "")} {
			t.Run(door+" "+c.name, func(t *testing.T) {
				r := &channeltest.Receiver{}
				answer := post(newChannel(t), r, c.change(genuine))
				if answer.Code != c.want {
					t.Errorf("answered %d %s, want %d", answer.Code, answer.Body, c.want)
				}
				if in, updates := r.Inbound(), r.Updates(); len(in)+len(updates) > 0 {
					t.Errorf("passed on %+v %+v", in, updates)
				}
			})
		}
	}
}

func TestRefusedSenders(t *testing.T) {
	for _, from := range []string{"", strings.Repeat("4", 65), "\xff"} {
		w := text(theirSID, "Yes")
		w.form.Set("From", from)
		r := &channeltest.Receiver{}
		if answer := post(newChannel(t), r, w); answer.Code != http.StatusBadRequest || len(r.Inbound()) > 0 {
			t.Errorf("from %q: answered %d and passed on %d", from, answer.Code, len(r.Inbound()))
		}
	}
}

// TestSignedURLs are the ways that Twilio writes the URL it was given.
func TestSignedURLs(t *testing.T) {
	for _, c := range []struct{ name, public, signed string }{
		{"as given", "https://gateway.example", "https://gateway.example"},
		{"with the port that goes without saying", "https://gateway.example", "https://gateway.example:443"},
		{"without the port", "https://gateway.example:443", "https://gateway.example"},
		{"without a port that matters", "https://gateway.example:8443", "https://gateway.example"},
		{"on a port", "http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"below a path", "https://example.org/parley", "https://example.org/parley"},
	} {
		t.Run(c.name, func(t *testing.T) {
			channel := newChannel(t, func(config *sms.Config) { config.PublicURL = c.public })
			for _, w := range []webhook{text(theirSID, "Yes"), status("0199-a", theirSID, "sent", "")} {
				w.signedFor = c.signed + w.path
				if answer := post(channel, &channeltest.Receiver{}, w); answer.Code != http.StatusOK {
					t.Errorf("answered %d", answer.Code)
				}
			}
		})
	}
}
