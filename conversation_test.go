package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/api"
	"parley/internal/store"
	"parley/internal/telemetry"
)

// keptCases lets the API put cases through the keeper that hashes their PINs.
type keptCases struct {
	*store.Store
	cases *caseKeeper
}

func (k keptCases) PutCase(ctx context.Context, c directory.Case, at time.Time, _ *gateway.IdempotentRow) error {
	return k.cases.PutCase(ctx, c, at)
}

// running is a gateway with its API, on a server of its own, in which the
// first case is known. It sends nothing: its pump is not begun.
func running(t *testing.T) (url string) {
	t.Helper()
	p := &parts{settings: ownEnvironment(t), log: telemetry.NewLogger(t.Output(), nil)}
	p.settings.OpenHours, p.settings.AnyDay = directory.Hours{}, true // whenever the test is run
	t.Cleanup(func() { p.stop(context.Background()) })
	for _, make := range []func(context.Context) error{p.openStore, p.openSessions, p.makeChannels, p.makeGateway} {
		if err := make(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c, err := directory.Decode([]byte(aCase(1, "leeds-2")))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cases.PutCase(t.Context(), c, time.Now()); err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(api.Config{
		Gateway: p.gateway, Store: keptCases{p.store, p.cases}, Tokens: p.settings.APITokens,
		Secret: []byte(p.settings.SecretKey), Clock: time.Now, Log: p.log,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAConversationIsStartedAndShown(t *testing.T) {
	url := running(t)
	status, out, problems := parley("", "start", "--person", "P1", "--dialog", "income-change", "--channel", "sms", "--given", "direction=down", "--url", url)
	id := strings.TrimSpace(out)
	if status != 0 || id == "" || problems != "" {
		t.Fatalf("start: status %d, out %q, problems %q", status, out, problems)
	}
	status, out, problems = parley("", "conversation", id, "--url", url, "--token", "token-1")
	var shown struct {
		ID, Person, State string
		Answers           map[string]string
		Messages          []struct{ Direction, Text, Status string }
	}
	if err := json.Unmarshal([]byte(out), &shown); status != 0 || err != nil {
		t.Fatalf("conversation: status %d, problems %q, %v", status, problems, err)
	}
	if shown.ID != id || shown.Person != "P1" || shown.State != "open" || shown.Answers["direction"] != "down" ||
		len(shown.Messages) != 1 || shown.Messages[0].Direction != "out" || shown.Messages[0].Status != "queued" {
		t.Errorf("shown %s", out)
	}
}

func TestTheGatewaysRefusalsAreWordsForPeople(t *testing.T) {
	url := running(t)
	nobody := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(nobody.Close)
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no such person":       {[]string{"start", "--person", "P9", "--dialog", "income-change", "--url", url}, "parley: This conversation cannot be started. (person is not known)\n"},
		"no such conversation": {[]string{"conversation", "V9", "--url", url}, "parley: There is no such conversation.\n"},
		"a wrong token":        {[]string{"conversation", "V9", "--url", url, "--token", "x"}, "parley: A valid bearer token is needed.\n"},
		"no Parley there":      {[]string{"conversation", "V9", "--url", nobody.URL}, "parley: the gateway answers 404 Not Found\n"},
	} {
		if status, out, problems := parley("", test.args...); status != 1 || out != "" || problems != test.want {
			t.Errorf("%s: status %d, out %q, problems %q", name, status, out, problems)
		}
	}
	if status, _, problems := parley("", "start", "--person", "P1"); status != 2 || !strings.Contains(problems, "--dialog") {
		t.Errorf("without a dialog: status %d, problems %q", status, problems)
	}
}
