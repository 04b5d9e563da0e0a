package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	const stores = "settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     ok, embedded in the gateway\nclocks    ok, embedded in the gateway\n"
	const embeddedStores = stores + "disk      ok\n"
	tests := []struct {
		name, setting, value string
		ready                int
		args                 []string
		status               int
		out                  string // its beginning
		mend                 string // somewhere in it
	}{
		{"all is well", "PARLEY_LOG_LEVEL", "info", 200, nil, 0, embeddedStores + "gateway   ok\npublic    ok\n", ""},
		{"the gateway is not ready", "PARLEY_LOG_LEVEL", "info", 503, nil, 1, embeddedStores + "gateway   not well: it answers 503", "mend: Mend the database"},
		{"no gateway", "PARLEY_ADDRESS", "127.0.0.1:1", 200, nil, 1, embeddedStores + "gateway   not well: ", "mend: Start it: parley serve"},
		{"before it is started", "PARLEY_LOG_LEVEL", "info", 503, []string{"--before"}, 0, embeddedStores, ""},
		{"in a container", "PARLEY_LOG_LEVEL", "info", 200, []string{"--quick"}, 0, "settings  ok\ngateway   ok\n", ""},
		{"in a container, not ready", "PARLEY_LOG_LEVEL", "info", 503, []string{"--quick"}, 1, "settings  ok\ngateway   not well: ", ""},
		{"no secret", "PARLEY_SECRET_KEY", "", 200, nil, 1, "settings  not well: PARLEY_SECRET_KEY", "mend: Correct it where the gateway gets its environment"},
		{"a slip", "PARLEY_SECRET", "x", 200, nil, 1, "settings  not well: there is no setting PARLEY_SECRET:", "parley serve --help"},
		{"no Redis there", "PARLEY_REDIS_URL", "redis://127.0.0.1:1", 200, nil, 1,
			"settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     not well: ", "mend: Start Redis"},
		{"no mail relay there", "PARLEY_SMTP_RELAY", "127.0.0.1:1", 200, nil, 1, embeddedStores + "relay     not well: ", "mend: Start the relay"},
		{"no scanner there", "PARLEY_CLAMD", "127.0.0.1:1", 200, nil, 1, embeddedStores + "scanner   not well: ", "mend: Start clamd"},
		{"a folder that is a file", "PARLEY_EVIDENCE_DIR", "doctor_test.go", 200, nil, 1, stores + "disk      not well: ", "write to the folder of PARLEY_EVIDENCE_DIR"},
		{"people are led elsewhere", "PARLEY_PUBLIC_URL", elsewhere.URL, 200, nil, 1,
			embeddedStores + "gateway   ok\npublic    not well: it answers 404 Not Found\n", "mend: Have the proxy pass every path on"},
		{"people are led nowhere", "PARLEY_PUBLIC_URL", "http://127.0.0.1:1", 200, nil, 1,
			embeddedStores + "gateway   ok\npublic    not well: ", "mend: Look at the name's DNS record"},
		{"people are led there in the clear", "PARLEY_PUBLIC_URL", "http://parley.example", 200, nil, 1,
			embeddedStores + "gateway   ok\npublic    not well: PARLEY_PUBLIC_URL does not begin with https\n", "mend: Put a proxy with a certificate in front"},
		{"the public address ends in a slash", "PARLEY_PUBLIC_URL", "https://parley.example/", 200, nil, 1,
			embeddedStores + "gateway   ok\npublic    not well: PARLEY_PUBLIC_URL", "no slash at its end"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ownEnvironment(t)
			t.Setenv("PARLEY_ADDRESS", strings.TrimPrefix(gatewayAt.URL, "http://"))
			t.Setenv(test.setting, test.value)
			ready = test.ready
			status, out, _ := parley("", append([]string{"doctor", "--patience=1m"}, test.args...)...)
			if status != test.status || !strings.HasPrefix(out, test.out) || !strings.Contains(out, test.mend) {
				t.Errorf("status %d, out\n%s", status, out)
			}
		})
	}
}

func TestDoctorSeesWhatAilsPostgreSQL(t *testing.T) {
	ownEnvironment(t)
	database := servertest.Postgres(t)
	t.Setenv("PARLEY_DATABASE_URL", database)
	t.Setenv("PARLEY_REDIS_URL", servertest.Redis(t))
	ails := func(when, want string) {
		t.Helper()
		if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 1 || !strings.Contains(out, "database  not well: ") || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, out\n%s", when, status, out)
		}
	}
	ails("before it is migrated", "mend: Run parley migrate")
	if status, _, problems := parley("", "migrate"); status != 0 {
		t.Fatalf("migrate: status %d, problems %q", status, problems)
	}
	const well = "settings  ok\ndialogs   ok\ndatabase  ok\nredis     ok\nclocks    ok\ndisk      ok\n"
	if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 0 || out != well {
		t.Errorf("after: status %d, out\n%s", status, out)
	}
	t.Setenv("PARLEY_SECRET_KEY", strings.Repeat("o", 32))
	ails("another secret key", "mend: Give every node the PARLEY_SECRET_KEY")
	t.Setenv("PARLEY_SECRET_KEY", strings.Repeat("s", 32))
	t.Setenv("PARLEY_LOOKUP_KEY", strings.Repeat("o", 32))
	ails("another lookup key", "mend: Set PARLEY_LOOKUP_KEY")
	t.Setenv("PARLEY_LOOKUP_KEY", "")
	t.Setenv("PARLEY_DATABASE_URL", strings.Replace(database, "?", "_no?", 1))
	ails("a database that is not there", "mend: Create the database")
	t.Setenv("PARLEY_DATABASE_URL", "postgres://parley@127.0.0.1:1/parley")
	ails("no server there", "mend: Start PostgreSQL")
	t.Setenv("PARLEY_DATABASE_URL", "mysql://parley")
	ails("no address of PostgreSQL's", "mend: Correct PARLEY_DATABASE_URL")
	t.Setenv("PARLEY_DATABASE_URL", database)
	t.Setenv("PARLEY_REDIS_URL", "")
	if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 1 || !strings.Contains(out, "needs PARLEY_REDIS_URL") {
		t.Errorf("without Redis: status %d, out\n%s", status, out)
	}
}

func TestDoctorComparesClocks(t *testing.T) {
	set := ownEnvironment(t)
	set.DatabaseURL, set.RedisURL = servertest.Postgres(t), servertest.Redis(t)
	wrong := func() time.Time { return time.Now().Add(time.Hour) }
	for _, of := range []string{"PostgreSQL", "Redis"} {
		if err := set.checkClocks(t.Context(), wrong); err == nil || !strings.Contains(err.Error(), "from that of "+of) {
			t.Errorf("an hour ahead of %s: %v", of, err)
		}
	}
	set.DatabaseURL = "" // then there is nobody to compare with
	if err := set.checkClocks(t.Context(), wrong); err != errEmbedded {
		t.Errorf("alone: %v", err)
	}
}

func TestDoctorLooksForRoom(t *testing.T) {
	set := ownEnvironment(t)
	set.EvidenceDir = filepath.Join(t.TempDir(), "not", "there", "yet")
	if err := set.checkDisk(1); err != nil {
		t.Errorf("with room: %v", err)
	}
	if _, err := os.Stat(set.EvidenceDir); err == nil {
		t.Error("the doctor made a folder")
	}
	const more = 1 << 62
	err := set.checkDisk(more)
	if err == nil || len(faultsIn(err)) != 2 || !strings.Contains(err.Error(), "MB left") {
		t.Errorf("without room: %v", err)
	}
}
