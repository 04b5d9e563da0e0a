package main

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/internal/simulator"
)

// doorsOf are what the outside may call at the gateway, as the source of main
// has them, with who answers for who may.
var doorsOf = map[string]string{
	"/twilio/": "signed", "/twilio/voice": "signed", "/twilio/voice/": "signed", "/notify/": "signed", "/pay/webhook": "signed",
	"/email/": "a link that we sealed: TestForgedLinks", "/chat": "TestWhoMayConnect, TestFormsOfOtherSitesAreRefused", "/chat/": "the same",
	"/console": "TestRolesAndRoutes", "/console/": "the same", "/api/v1/": "TestWithoutTokensNobodyMayCall",
	"GET /healthz": "everybody", "GET /readyz": "everybody", "GET /metrics": "the proxy in front, which keeps it from the outside",
}

// webhooksOf are the paths of all webhooks that are signed, as they stand in the
// source: one that is new is among them.
func webhooksOf(t *testing.T) (paths []string) {
	t.Helper()
	door, whole, step := regexp.MustCompile(`routes\.Handle(?:Func)?\("([^"]+)"`), regexp.MustCompile(`"(/(?:twilio|notify|pay)/[a-z/]+)"`), regexp.MustCompile(`"(/?[a-z/]*)":\s*\(\*webhook\)`)
	eachSource(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/simulator/") {
			return
		}
		for _, found := range door.FindAllStringSubmatch(string(source), -1) {
			if isDemo := path == "imagined.go" || strings.HasPrefix(found[1], "/2010-04-01/") || strings.HasPrefix(found[1], "/simulator/"); !strings.Contains(path, "/") && !isDemo && doorsOf[found[1]] == "" {
				t.Errorf("%s: nobody says who may call %s", path, found[1])
			}
		}
		for _, found := range whole.FindAllStringSubmatch(string(source), -1) {
			paths = append(paths, found[1])
		}
		if strings.HasPrefix(path, "channels/voice/") {
			for _, found := range step.FindAllStringSubmatch(string(source), -1) {
				paths = append(paths, "/twilio/voice"+found[1])
			}
		}
	})
	slices.Sort(paths)
	paths = slices.DeleteFunc(slices.Compact(paths), func(path string) bool { return strings.HasSuffix(path, "/") })
	if len(paths) < 20 {
		t.Errorf("%q: this test looks in the wrong place", paths)
	}
	return paths
}

// Whoever does not know the secret of a webhook is refused at every one of them,
// by the gateway as it is wired, and leaves nothing behind.
func TestEveryWebhookBelievesNobodyElse(t *testing.T) {
	t.Setenv("PARLEY_NOTIFY_API_KEY", "demo-00000000-0000-4000-8000-000000000000-00000000-0000-4000-8000-000000000001")
	t.Setenv("PARLEY_NOTIFY_TEMPLATE", "00000000-0000-4000-8000-000000000002")
	t.Setenv("PARLEY_NOTIFY_CALLBACK_TOKEN", "planted-token-of-receipts")
	t.Setenv("PARLEY_NOTIFY_API_URL", "http://127.0.0.1:1")
	d := demonstrate(t)
	held := func() string {
		return d.one(`SELECT (SELECT count(*) FROM messages) || ' ' || (SELECT count(*) FROM taken) || ' ' || (SELECT count(*) FROM visits) || ' ' || (SELECT count(*) FROM work_items)`)
	}
	before := held()
	form := webhook(parentPhone(100), "STOP")
	form.Set("CallSid", "CA"+newSID())
	for _, path := range webhooksOf(t) {
		for name, headers := range map[string][]string{
			"nothing":             nil,
			"another's signature": {"X-Twilio-Signature", simulator.Sign("another"+demoToken, d.url+path, form), "Pay-Signature", strings.Repeat("0", 64), "Authorization", "Bearer " + demoAPI},
			"empty ones":          {"X-Twilio-Signature", "", "Pay-Signature", "", "Authorization", "Bearer "},
			"what cannot be read": {"X-Twilio-Signature", "\xff%", "Pay-Signature", "zz", "Authorization", "Basic eDp5"},
		} {
			for kind, body := range map[string]string{"application/x-www-form-urlencoded": form.Encode(), "application/json": `{"id": "1", "status": "delivered", "resource_type": "payment", "resource_id": "1"}`} {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+path, strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Content-Type", kind)
				for i := 0; i < len(headers); i += 2 {
					r.Header.Set(headers[i], headers[i+1])
				}
				response, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				response.Body.Close()
				if s := response.StatusCode; s != http.StatusForbidden && s != http.StatusUnsupportedMediaType {
					t.Errorf("%s with %s, as %s: answered %d", path, name, kind, s)
				}
			}
		}
	}
	if after := held(); after != before {
		t.Errorf("messages, taken, visits and work were %s, and are %s", before, after)
	}
}
