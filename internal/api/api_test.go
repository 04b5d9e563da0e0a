package api_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/api"
)

const oneCase = `{"reference": "300012345678", "team": "leeds-2", "service": "direct_pay",
 "paying_parent": {"id": "P1", "pin": "1234567", "phone": "07700 900101"},
 "receiving_parents": [{"id": "R1", "children": [{"id": "C1", "shared_care_nights": 60}]}]}`

func TestACaseIsPutAndReplaced(t *testing.T) {
	h := newHouse(t)
	first := h.call(t, "PUT", "/api/v1/cases/300012345678", oneCase)
	if first.status != 201 || first.body != `{"reference":"300012345678","created":true}` {
		t.Errorf("new: %d %s", first.status, first.body)
	}
	second := h.call(t, "PUT", "/api/v1/cases/300012345678", strings.Replace(oneCase, "leeds-2", "leeds-3", 1))
	if second.status != 200 || second.body != `{"reference":"300012345678","created":false}` {
		t.Errorf("known: %d %s", second.status, second.body)
	}
	got := h.cases["300012345678"]
	if got.Team != "leeds-3" || got.PayingParent.Phone != "+447700900101" {
		t.Errorf("stored %+v", got)
	}
}

func TestAConversationIsStarted(t *testing.T) {
	h := newHouse(t)
	got := h.call(t, "POST", "/api/v1/conversations",
		`{"person": "P1", "dialog": "income-change", "channel": "sms", "case": "300012345678", "given": {"direction": "down"}}`)
	if got.status != 201 || got.body != `{"id":"conversation-1","state":"open"}` ||
		got.header.Get("Location") != "/api/v1/conversations/conversation-1" {
		t.Errorf("%d %s at %s", got.status, got.body, got.header.Get("Location"))
	}
	want := []gateway.StartRequest{{Person: "P1", Dialog: "income-change", Channel: directory.SMS, Case: "300012345678",
		Given: map[string]string{"direction": "down"}, By: "caseworkers"}}
	if diff := cmp.Diff(want, h.starts); diff != "" {
		t.Errorf("asked of the gateway (-want +got):\n%s", diff)
	}
}

func TestWhyAConversationIsNotStarted(t *testing.T) {
	tests := []struct {
		err         error
		kind, field string
	}{
		{gateway.ErrNoSuchPerson, "no-such-person", "person"},
		{gateway.ErrNoSuchDialog, "no-such-dialog", "dialog"},
		{gateway.ErrWrongRole, "wrong-role", "dialog"},
		{gateway.ErrNoAddress, "no-address", "channel"},
		{gateway.ErrNoSuchCase, "no-such-case", "case"},
		{fmt.Errorf("%w: pay", gateway.ErrBadGiven), "bad-given", "given"},
	}
	for _, test := range tests {
		h := newHouse(t)
		h.startErr = test.err
		got := h.call(t, "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "income-change"}`)
		if kind, field := got.problem(t); got.status != 422 || kind != test.kind || field != test.field {
			t.Errorf("%v: %d %s", test.err, got.status, got.body)
		}
	}
}

func TestAConversationIsTold(t *testing.T) {
	h := newHouse(t)
	h.views["V1"] = gateway.ConversationView{
		Conversation: gateway.Conversation{ID: "V1", Person: "P1", Case: "300012345678", Dialog: "income-change", Version: "v",
			Address: gateway.Address{Channel: directory.SMS, Value: "+447700900101"}, Phase: gateway.Ended, Turn: 7, Outcome: "reported"},
		Answers: []byte(`{"direction":"down","pay":{"amount":"410.00","period":"week"}}`),
		Messages: []gateway.MessageView{
			{ID: "M1", Out: true, Channel: directory.SMS, Text: "Has your pay gone up or down?", Status: gateway.Delivered, Segments: 1, At: at},
			{ID: "M2", Channel: directory.SMS, Text: "down", At: at.Add(time.Minute)},
			{ID: "M3", Out: true, Channel: directory.SMS, Text: "Thank you.", Status: gateway.Failed, Code: "30005",
				Reasons: []string{"the number is not known"}, At: at.In(time.FixedZone("BST", 3600))},
		},
	}
	got := h.call(t, "GET", "/api/v1/conversations/V1", "")
	want := `{"id":"V1","person":"P1","case":"300012345678","dialog":"income-change","state":"ended","turn":7,"outcome":"reported",` +
		`"answers":{"direction":"down","pay":{"amount":"410.00","period":"week"}},"messages":[` +
		`{"id":"M1","direction":"out","channel":"sms","text":"Has your pay gone up or down?","status":"delivered","segments":1,"at":"2026-11-22T10:00:00Z"},` +
		`{"id":"M2","direction":"in","channel":"sms","text":"down","at":"2026-11-22T10:01:00Z"},` +
		`{"id":"M3","direction":"out","channel":"sms","text":"Thank you.","status":"failed","code":"30005","reasons":["the number is not known"],"at":"2026-11-22T10:00:00Z"}]}`
	if diff := cmp.Diff(want, got.body); got.status != 200 || diff != "" {
		t.Errorf("%d (-want +got):\n%s", got.status, diff)
	}
}

func TestAConversationThatHasNotBegunHasNothingToTell(t *testing.T) {
	h := newHouse(t)
	h.views["V1"] = gateway.ConversationView{Conversation: gateway.Conversation{ID: "V1", Phase: gateway.Waiting}}
	got := h.call(t, "GET", "/api/v1/conversations/V1", "")
	if got.status != 200 || !strings.HasSuffix(got.body, `"outcome":"","answers":{},"messages":[]}`) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestReportsOfACase(t *testing.T) {
	h := newHouse(t)
	h.reports["300012345678"] = []gateway.Report{{ID: "T1", Key: "V1/report", Case: "300012345678", Person: "P1", Conversation: "V1",
		Dialog: "income-change", Kind: "income-change", Reference: "AB12", Due: at.AddDate(0, 0, 28), Answers: []byte(`{"direction":"down"}`), Created: at}}
	got := h.call(t, "GET", "/api/v1/reports?case=300012345678", "")
	want := `{"reports":[{"id":"T1","case":"300012345678","person":"P1","dialog":"income-change","kind":"income-change","reference":"AB12",` +
		`"due":"2026-12-20T10:00:00Z","answers":{"direction":"down"},"results":{},"created":"2026-11-22T10:00:00Z"}]}`
	if got.status != 200 || got.body != want {
		t.Errorf("%d %s, want %s", got.status, got.body, want)
	}
	if none := h.call(t, "GET", "/api/v1/reports?case=300012345679", ""); none.status != 200 || none.body != `{"reports":[]}` {
		t.Errorf("of another case: %d %s", none.status, none.body)
	}
}

func TestWorkItemsThroughAFilter(t *testing.T) {
	h := newHouse(t)
	h.items = []gateway.Task{
		{WorkItem: gateway.WorkItem{ID: "W2", Kind: gateway.UnknownSenderWork, Message: "M1", Created: at}, State: gateway.WorkWaiting},
		{WorkItem: gateway.WorkItem{ID: "W1", Key: "k", Kind: gateway.DangerWork, Case: "300012345678", Person: "P1", Conversation: "V1",
			Team: "leeds-2", Urgent: true, Due: at, Detail: "abuse", Created: at}, State: gateway.WorkHeld, Holder: "noor"},
	}
	got := h.call(t, "GET", "/api/v1/work-items?case=300012345678&person=P1&team=leeds-2&kind=danger", "")
	want := `{"work_items":[{"id":"W1","kind":"danger","case":"300012345678","person":"P1","conversation":"V1","message":"","team":"leeds-2",` +
		`"state":"held","holder":"noor","urgent":true,"due":"2026-11-22T10:00:00Z","detail":"abuse","created":"2026-11-22T10:00:00Z"},` +
		`{"id":"W2","kind":"unknown-sender","case":"","person":"","conversation":"","message":"M1","team":"","state":"waiting","holder":"","urgent":false,"detail":"","created":"2026-11-22T10:00:00Z"}]}`
	if got.status != 200 || got.body != want {
		t.Errorf("%d %s, want %s", got.status, got.body, want)
	}
	all := []gateway.WorkState{gateway.WorkWaiting, gateway.WorkOffered, gateway.WorkHeld, gateway.WorkDone}
	if diff := cmp.Diff(gateway.TaskSearch{Case: "300012345678", Person: "P1", Teams: []directory.TeamID{"leeds-2"}, Kind: gateway.DangerWork, States: all}, h.search); diff != "" {
		t.Errorf("the search (-want +got):\n%s", diff)
	}
}

// Every refusal has a stable type, and names what is to be mended.
func TestRefusals(t *testing.T) {
	const start = `{"person": "P1", "dialog": "income-change"}`
	tests := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		kind, field              string
	}{
		{"no token", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", ""}, 401, "unauthorized", ""},
		{"a wrong token", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", "Bearer token-3"}, 401, "unauthorized", ""},
		{"half a token", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", "Bearer token-"}, 401, "unauthorized", ""},
		{"an empty token", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", "Bearer "}, 401, "unauthorized", ""},
		{"another scheme", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", "Basic token-1"}, 401, "unauthorized", ""},
		{"a client's name for a token", "GET", "/api/v1/reports?case=1", "", []string{"Authorization", "Bearer caseworkers"}, 401, "unauthorized", ""},
		{"who may not call learns no paths", "GET", "/api/v1/secrets", "", []string{"Authorization", ""}, 401, "unauthorized", ""},
		{"no such path", "GET", "/api/v1/secrets", "", nil, 404, "not-found", ""},
		{"no such conversation", "GET", "/api/v1/conversations/V9", "", nil, 404, "not-found", ""},
		{"no conversation can be called that", "GET", "/api/v1/conversations/V9%00", "", nil, 404, "not-found", ""},
		{"another method", "DELETE", "/api/v1/conversations/V9", "", nil, 405, "method-not-allowed", ""},
		{"no document is posted", "POST", "/api/v1/openapi.json", "{}", nil, 404, "not-found", ""},
		{"no media type", "POST", "/api/v1/conversations", start, []string{"Content-Type", ""}, 415, "unsupported-media-type", ""},
		{"a form", "POST", "/api/v1/conversations", start, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "unsupported-media-type", ""},
		{"a body too long", "PUT", "/api/v1/cases/300012345678", strings.Repeat(" ", 4<<20) + "{}", nil, 413, "too-large", ""},
		{"an empty body", "POST", "/api/v1/conversations", " ", nil, 400, "malformed", ""},
		{"a body cut short", "POST", "/api/v1/conversations", start[:20], nil, 400, "malformed", ""},
		{"something after the body", "POST", "/api/v1/conversations", start + "{}", nil, 400, "malformed", ""},
		{"a list", "POST", "/api/v1/conversations", "[" + start + "]", nil, 422, "invalid", ""},
		{"an unknown field", "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "d", "nights": 3}`, nil, 422, "invalid", "nights"},
		{"a field twice", "POST", "/api/v1/conversations", `{"person": "P1", "person": "P2", "dialog": "d"}`, nil, 422, "invalid", "person"},
		{"a field of another kind", "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "d", "given": {"pay": 410}}`, nil, 422, "invalid", "given.pay"},
		{"no person", "POST", "/api/v1/conversations", `{"dialog": "d"}`, nil, 422, "invalid", "person"},
		{"no dialog", "POST", "/api/v1/conversations", `{"person": "P1"}`, nil, 422, "invalid", "dialog"},
		{"a channel that is none", "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "d", "channel": "fax"}`, nil, 422, "invalid", "channel"},
		{"a person no store can look for", "POST", "/api/v1/conversations", `{"person": "P\u0000", "dialog": "d"}`, nil, 422, "invalid", "person"},
		{"a case no store can look for", "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "d", "case": "\u0000"}`, nil, 422, "invalid", "case"},
		{"a case that cannot be right", "PUT", "/api/v1/cases/300012345678", strings.Replace(oneCase, "07700", "0770", 1), nil, 422, "invalid", "paying_parent.phone"},
		{"an unknown field of a case", "PUT", "/api/v1/cases/300012345678", strings.Replace(oneCase, `"team"`, `"tame"`, 1), nil, 422, "invalid", "tame"},
		{"another case than the path's", "PUT", "/api/v1/cases/300012345679", oneCase, nil, 422, "invalid", "reference"},
		{"reports of no case", "GET", "/api/v1/reports", "", nil, 422, "invalid", "case"},
		{"a parameter that is none", "GET", "/api/v1/work-items?tame=leeds-2", "", nil, 422, "invalid", "tame"},
		{"a parameter twice", "GET", "/api/v1/reports?case=1&case=2", "", nil, 422, "invalid", "case"},
		{"a parameter that is not UTF-8", "GET", "/api/v1/work-items?team=%ff", "", nil, 422, "invalid", "team"},
		{"a key too long", "POST", "/api/v1/conversations", start, []string{"Idempotency-Key", strings.Repeat("k", 256)}, 400, "malformed", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHouse(t)
			got := h.call(t, test.method, test.path, test.body, test.headers...)
			if kind, field := got.problem(t); got.status != test.status || kind != test.kind || field != test.field {
				t.Errorf("%d %s, want %d %s of %q", got.status, got.body, test.status, test.kind, test.field)
			}
			if len(h.starts) > 0 || h.puts > 0 {
				t.Error("something was done all the same")
			}
		})
	}
}

func TestRefusalsTellHowToAsk(t *testing.T) {
	h := newHouse(t)
	tests := []struct {
		name, method, path, authorization, header, want string
	}{
		{"no token", "GET", "/api/v1/reports", "", "WWW-Authenticate", `Bearer realm="parley"`},
		{"a wrong token", "GET", "/api/v1/reports", "Bearer x", "WWW-Authenticate", `Bearer realm="parley", error="invalid_token"`},
		{"a write where one reads", "POST", "/api/v1/reports", "Bearer token-1", "Allow", "GET, HEAD"},
		{"a read where one writes", "GET", "/api/v1/conversations", "bearer token-1", "Allow", "POST"},
	}
	for _, test := range tests {
		got := h.call(t, test.method, test.path, "", "Authorization", test.authorization)
		if got.header.Get(test.header) != test.want {
			t.Errorf("%s: %s is %q, want %q", test.name, test.header, got.header.Get(test.header), test.want)
		}
	}
}

func TestOurOwnFailuresSayNothingOfTheirCause(t *testing.T) {
	h := newHouse(t)
	broken := errors.New("connection to 10.0.0.7 refused")
	h.startErr, h.viewErr, h.storeErr = broken, broken, broken
	calls := []struct{ method, path, body string }{
		{"PUT", "/api/v1/cases/300012345678", oneCase},
		{"POST", "/api/v1/conversations", `{"person": "P1", "dialog": "income-change"}`},
		{"GET", "/api/v1/conversations/V1", ""},
		{"GET", "/api/v1/reports?case=300012345678", ""},
		{"GET", "/api/v1/work-items", ""},
	}
	for _, call := range calls {
		h.logs.Reset()
		got := h.call(t, call.method, call.path, call.body)
		if kind, _ := got.problem(t); got.status != 503 || kind != "unavailable" || got.header.Get("Retry-After") == "" {
			t.Errorf("%s %s: %d %s", call.method, call.path, got.status, got.body)
		}
		if strings.Contains(got.body, "10.0.0.7") || !strings.Contains(h.logs.String(), "10.0.0.7") {
			t.Errorf("%s %s: the cause belongs in the log:\n%s%s", call.method, call.path, got.body, h.logs)
		}
	}
}

func TestNothingPersonalIsLoggedOrRepeated(t *testing.T) {
	h := newHouse(t)
	h.startErr = fmt.Errorf("%w: pay", gateway.ErrBadGiven)
	answers := []answer{
		h.call(t, "PUT", "/api/v1/cases/300012345678", strings.Replace(oneCase, "1234567", "12345x67", 1)),
		h.call(t, "PUT", "/api/v1/cases/300012345678", strings.Replace(oneCase, "07700 900101", "07700 9001019", 1)),
		h.call(t, "POST", "/api/v1/conversations", `{"person": "P1", "dialog": "d", "given": {"pay": "410 from Acme"}}`),
	}
	for _, secret := range []string{"12345x67", "9001019", "Acme"} {
		for _, got := range answers {
			if strings.Contains(got.body, secret) || strings.Contains(h.logs.String(), secret) {
				t.Errorf("%s is in the answer or the log:\n%s%s", secret, got.body, h.logs)
			}
		}
	}
}

func TestHeadAnswersWithoutABody(t *testing.T) {
	h := newHouse(t)
	if got := h.call(t, "HEAD", "/api/v1/reports?case=300012345678", ""); got.status != 200 || got.body != "" {
		t.Errorf("%d %q", got.status, got.body)
	}
}

func TestAnAPIThatCannotBeSafeIsNotMade(t *testing.T) {
	sound := api.Config{Tokens: map[string]string{"a": "token"}, Secret: bytes.Repeat([]byte("s"), 32), Log: slog.New(slog.DiscardHandler)}
	if _, err := api.New(sound); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*api.Config){
		"an empty token": func(c *api.Config) { c.Tokens = map[string]string{"a": ""} },
		"a nameless one": func(c *api.Config) { c.Tokens = map[string]string{"": "token"} },
		"a short secret": func(c *api.Config) { c.Secret = c.Secret[1:] },
	} {
		c := sound
		change(&c)
		if _, err := api.New(c); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestWithoutTokensNobodyMayCall(t *testing.T) {
	h := newHouse(t)
	got := h.call(t, "GET", "/api/v1/openapi.json", "", "Authorization", "")
	if got.status != 200 || got.body != string(api.Document()) {
		t.Errorf("the document is for everyone: %d", got.status)
	}
}
