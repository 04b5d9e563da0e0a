package webhooks_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/internal/webhooks"
)

const endpoints = `
- name: cases
  url: https://cases.example/hooks
  secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgb3Igc28=]
  events: [report.created, work_item.closed]
- {name: figures, url: "http://10.1.2.3/", secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw], events: [report.created], private: true}
`

func TestReadingEndpoints(t *testing.T) {
	var read webhooks.Settings
	if err := read.UnmarshalText([]byte(endpoints)); err != nil {
		t.Fatal(err)
	}
	want := map[gateway.EventType][]string{gateway.ReportCreated: {"cases", "figures"}, gateway.WorkItemClosed: {"cases"}}
	if diff := cmp.Diff(want, read.Wanted()); diff != "" {
		t.Errorf("wanted (-want +got):\n%s", diff)
	}
	if e := read[0]; e.Host() != "cases.example" || len(e.Secrets) != 2 || e.Private {
		t.Errorf("%+v", e)
	}
	for _, c := range []struct{ what, old, new string }{
		{"no name", "name: cases", `name: ""`}, {"a name of spaces", "name: cases", `name: "my cases"`}, {"a name twice", "name: figures", "name: cases"},
		{"no TLS", "https://cases", "http://cases"}, {"no URL", "https://cases.example/hooks", "cases.example"},
		{"a user", "https://", "https://user:word@"}, {"a fragment", "/hooks", "/hooks#part"}, {"a file", "https://", "file://"},
		{"three secrets", ", whsec_YW", ", whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, whsec_YW"}, {"a short secret", "whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgb3Igc28=", "whsec_YW5v"},
		{"no event", "[report.created, work_item.closed]", "[]"}, {"an unknown event", "work_item.closed", "work_item.lost"},
		{"an event twice", "work_item.closed", "report.created"}, {"a tag", "secrets: [", "secrets: !any ["}, {"an unknown field", "private: true", "publik: true"}, {"no list", "- name: cases", "name: cases"},
	} {
		text := strings.Replace(endpoints, c.old, c.new, 1)
		var none webhooks.Settings
		err := none.UnmarshalText([]byte(text))
		if text == endpoints || err == nil {
			t.Errorf("%s is taken", c.what)
			continue
		}
		for _, hidden := range []string{"MfKQ9r8", "YW5v", "user:word"} {
			if strings.Contains(err.Error(), hidden) {
				t.Errorf("%s: the error tells a secret: %v", c.what, err)
			}
		}
	}
}

func FuzzReadingEndpoints(f *testing.F) {
	f.Add(endpoints)
	f.Add(`[{"name":"a","url":"https://a.example","secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],"events":["message.status"]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		var read webhooks.Settings
		if read.UnmarshalText([]byte(text)) != nil {
			return
		}
		for _, e := range read {
			if e.Host() == "" || len(e.Secrets) == 0 || len(e.Events) == 0 || !e.Private && !strings.HasPrefix(strings.ToLower(e.URL), "https:") {
				t.Errorf("taken: %+v", e)
			}
		}
	})
}
