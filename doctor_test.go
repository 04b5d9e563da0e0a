package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/internal/servertest"
)

func TestDoctorNamesWhatIsNotWell(t *testing.T) {
	ready := http.StatusOK
	gatewayAt := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			w.WriteHeader(ready)
		}
	}))
	t.Cleanup(gatewayAt.Close)
	const embeddedStores = "settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     ok, embedded in the gateway\n"
	tests := []struct {
		name, setting, value string
		ready                int
		args                 []string
		status               int
		out                  string // its beginning
	}{
		{"all is well", "PARLEY_LOG_LEVEL", "info", 200, nil, 0, embeddedStores + "gateway   ok\n"},
		{"the gateway is not ready", "PARLEY_LOG_LEVEL", "info", 503, nil, 1, embeddedStores + "gateway   not well: it answers 503"},
		{"before it is started", "PARLEY_LOG_LEVEL", "info", 503, []string{"--before"}, 0, embeddedStores},
		{"no secret", "PARLEY_SECRET_KEY", "", 200, nil, 1, "settings  not well: PARLEY_SECRET_KEY"},
		{"a slip", "PARLEY_SECRET", "x", 200, nil, 1, "settings  not well: there is no setting PARLEY_SECRET:"},
		{"no Redis there", "PARLEY_REDIS_URL", "redis://127.0.0.1:1", 200, nil, 1,
			"settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     not well: "},
		{"no mail relay there", "PARLEY_SMTP_RELAY", "127.0.0.1:1", 200, nil, 1, embeddedStores + "relay     not well: "},
		{"no scanner there", "PARLEY_CLAMD", "127.0.0.1:1", 200, nil, 1, embeddedStores + "scanner   not well: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ownEnvironment(t)
			t.Setenv("PARLEY_ADDRESS", strings.TrimPrefix(gatewayAt.URL, "http://"))
			t.Setenv(test.setting, test.value)
			ready = test.ready
			if status, out, _ := parley("", append([]string{"doctor"}, test.args...)...); status != test.status || !strings.HasPrefix(out, test.out) {
				t.Errorf("status %d, out\n%s", status, out)
			}
		})
	}
}

func TestDoctorSeesWhetherPostgreSQLIsMigrated(t *testing.T) {
	ownEnvironment(t)
	t.Setenv("PARLEY_DATABASE_URL", servertest.Postgres(t))
	t.Setenv("PARLEY_REDIS_URL", servertest.Redis(t))
	if status, out, _ := parley("", "doctor", "--before"); status != 1 || !strings.Contains(out, "database  not well: ") {
		t.Errorf("before: status %d, out\n%s", status, out)
	}
	if status, _, problems := parley("", "migrate"); status != 0 {
		t.Fatalf("migrate: status %d, problems %q", status, problems)
	}
	const well = "settings  ok\ndialogs   ok\ndatabase  ok\nredis     ok\n"
	if status, out, _ := parley("", "doctor", "--before"); status != 0 || out != well {
		t.Errorf("after: status %d, out\n%s", status, out)
	}
	t.Setenv("PARLEY_REDIS_URL", "")
	if status, out, _ := parley("", "doctor", "--before"); status != 1 || !strings.Contains(out, "needs PARLEY_REDIS_URL") {
		t.Errorf("without Redis: status %d, out\n%s", status, out)
	}
}
