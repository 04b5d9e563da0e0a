package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/servertest"
	"parley/internal/session"
)

// Each thing is broken, named with how to mend it, mended so, and well again.
func TestDoctorNamesWhatIsNotWell(t *testing.T) {
	ready := http.StatusOK
	answers := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			w.WriteHeader(ready)
		}
	})
	gatewayAt, proxy, elsewhere := httptest.NewServer(answers), httptest.NewTLSServer(answers), httptest.NewServer(http.NotFoundHandler())
	before := http.DefaultClient
	http.DefaultClient = proxy.Client() // which believes the proxy's certificate
	t.Cleanup(func() { http.DefaultClient = before; gatewayAt.Close(); proxy.Close(); elsewhere.Close() })
	address := strings.TrimPrefix(gatewayAt.URL, "http://")
	const stores = "settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     ok, embedded in the gateway\nclocks    ok, embedded in the gateway\n"
	const embeddedStores = stores + "disk      ok\n"
	tests := []struct {
		name, setting, value string
		ready                int
		args                 []string
		out                  string // its beginning
		mend                 string // somewhere in it
		mended               string // what the setting is then
	}{
		{"the gateway is not ready", "PARLEY_LOG_LEVEL", "info", 503, nil, embeddedStores + "gateway   not well: it answers 503", "mend: Mend the database", "info"},
		{"no gateway", "PARLEY_ADDRESS", "127.0.0.1:1", 200, nil, embeddedStores + "gateway   not well: ", "mend: Start it: parley serve", address},
		{"no address", "PARLEY_ADDRESS", "8080", 200, nil, embeddedStores + "gateway   not well: ", "mend: Correct PARLEY_ADDRESS", address},
		{"in a container, not ready", "PARLEY_LOG_LEVEL", "info", 503, []string{"--quick"}, "settings  ok\ngateway   not well: ", "", "info"},
		{"no secret", "PARLEY_SECRET_KEY", "", 200, nil, "settings  not well: PARLEY_SECRET_KEY", "mend: Correct it where the gateway gets its environment", strings.Repeat("s", 32)},
		{"a slip", "PARLEY_SECRET", "x", 200, nil, "settings  not well: there is no setting PARLEY_SECRET:", "parley serve --help", ""},
		{"no Redis there", "PARLEY_REDIS_URL", "redis://127.0.0.1:1", 200, nil,
			"settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     not well: ", "mend: Start Redis", embeddedRedis(t)},
		{"no address of Redis'", "PARLEY_REDIS_URL", "127.0.0.1:1", 200, nil,
			"settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     not well: ", "mend: Correct PARLEY_REDIS_URL", embeddedRedis(t)},
		{"no mail relay there", "PARLEY_SMTP_RELAY", "127.0.0.1:1", 200, nil, embeddedStores + "relay     not well: ", "mend: Start the relay", address},
		{"no scanner there", "PARLEY_CLAMD", "127.0.0.1:1", 200, nil, embeddedStores + "scanner   not well: ", "mend: Start clamd", findsNothing(t)},
		{"a folder that is a file", "PARLEY_EVIDENCE_DIR", "doctor_test.go", 200, nil, stores + "disk      not well: ", "write to the folder of PARLEY_EVIDENCE_DIR", t.TempDir()},
		{"people are led elsewhere", "PARLEY_PUBLIC_URL", elsewhere.URL, 200, nil,
			embeddedStores + "gateway   ok\npublic    not well: it answers 404 Not Found\n", "mend: Have the proxy pass every path on", proxy.URL},
		{"people are led nowhere", "PARLEY_PUBLIC_URL", "http://127.0.0.1:1", 200, nil,
			embeddedStores + "gateway   ok\npublic    not well: ", "mend: Look at the name's DNS record", proxy.URL},
		{"people are led there in the clear", "PARLEY_PUBLIC_URL", "http://parley.example", 200, nil,
			embeddedStores + "gateway   ok\npublic    not well: PARLEY_PUBLIC_URL does not begin with https\n", "mend: Put a proxy with a certificate in front", proxy.URL},
		{"the public address ends in a slash", "PARLEY_PUBLIC_URL", proxy.URL + "/", 200, nil,
			embeddedStores + "gateway   ok\npublic    not well: PARLEY_PUBLIC_URL", "no slash at its end", proxy.URL},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ownEnvironment(t)
			t.Setenv("PARLEY_ADDRESS", address)
			t.Setenv(test.setting, test.value)
			ready = test.ready
			status, out, _ := parley("", append([]string{"doctor", "--patience=1m"}, test.args...)...)
			if status != 1 || !strings.HasPrefix(out, test.out) || !strings.Contains(out, test.mend) {
				t.Errorf("status %d, out\n%s", status, out)
			}
			ready = http.StatusOK
			t.Setenv(test.setting, test.mended)
			if test.mended == "" {
				_ = os.Unsetenv(test.setting)
			}
			lines := strings.Split(test.out, "\n")
			thing, _, _ := strings.Cut(lines[strings.Count(test.out[:strings.Index(test.out, "not well")], "\n")], " ")
			if _, out, _ := parley("", append([]string{"doctor", "--patience=1m"}, test.args...)...); !strings.Contains(out, fmt.Sprintf("%-9s ok\n", thing)) {
				t.Errorf("mended:\n%s", out)
			}
		})
	}
}

func TestDoctorFindsAllWell(t *testing.T) {
	status := http.StatusOK
	gatewayAt := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(gatewayAt.Close)
	ownEnvironment(t)
	t.Setenv("PARLEY_ADDRESS", strings.TrimPrefix(gatewayAt.URL, "http://"))
	const stores = "settings  ok\ndialogs   ok\ndatabase  ok, embedded in the gateway\nredis     ok, embedded in the gateway\nclocks    ok, embedded in the gateway\ndisk      ok\n"
	for _, test := range []struct {
		status int
		args   []string
		out    string
	}{
		{200, nil, stores + "gateway   ok\npublic    ok\n"},
		{200, []string{"--quick"}, "settings  ok\ngateway   ok\n"},
		{503, []string{"--before"}, stores},
	} {
		status = test.status
		if exit, out, _ := parley("", append([]string{"doctor", "--patience=1m"}, test.args...)...); exit != 0 || out != test.out {
			t.Errorf("%v: status %d, out\n%s", test.args, exit, out)
		}
	}
}

// embeddedRedis is the address of a Redis of the test's own.
func embeddedRedis(t *testing.T) string {
	t.Helper()
	address, closed, err := session.Embed()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closed)
	return address
}

// findsNothing is the address of a scanner that finds no virus in anything
// (clamd(8), INSTREAM).
func findsNothing(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			var sent []byte
			for part := make([]byte, 100); err == nil && !bytes.HasSuffix(sent, make([]byte, 4)); {
				var n int
				n, err = connection.Read(part)
				sent = append(sent, part[:n]...)
			}
			_, _ = io.WriteString(connection, "stream: OK\x00")
			_ = connection.Close()
		}
	}()
	return listener.Addr().String()
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
	const allWell = "settings  ok\ndialogs   ok\ndatabase  ok\nredis     ok\nclocks    ok\ndisk      ok\n"
	if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 0 || out != allWell {
		t.Errorf("after: status %d, out\n%s", status, out)
	}
	for _, test := range []struct{ when, setting, wrong, mend, mended string }{
		{"another secret key", "PARLEY_SECRET_KEY", strings.Repeat("o", 32), "mend: Give every node the PARLEY_SECRET_KEY", strings.Repeat("s", 32)},
		{"another lookup key", "PARLEY_LOOKUP_KEY", strings.Repeat("o", 32), "mend: Set PARLEY_LOOKUP_KEY", ""},
		{"a database that is not there", "PARLEY_DATABASE_URL", strings.Replace(database, "?", "_no?", 1), "mend: Create the database", database},
		{"a user that is not there", "PARLEY_DATABASE_URL", asUser(t, database, "nobody_at_all"), "mend: Correct the user or the password", database},
		{"no server there", "PARLEY_DATABASE_URL", "postgres://parley@127.0.0.1:1/parley", "mend: Start PostgreSQL", database},
		{"no address of PostgreSQL's", "PARLEY_DATABASE_URL", "mysql://parley", "mend: Correct PARLEY_DATABASE_URL", database},
	} {
		t.Setenv(test.setting, test.wrong)
		ails(test.when, test.mend)
		t.Setenv(test.setting, test.mended)
		if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 0 || out != allWell {
			t.Errorf("%s, mended: status %d, out\n%s", test.when, status, out)
		}
	}
	t.Setenv("PARLEY_REDIS_URL", "")
	if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 1 || !strings.Contains(out, "needs PARLEY_REDIS_URL") {
		t.Errorf("without Redis: status %d, out\n%s", status, out)
	}
}

// asUser is a database's address for another user.
func asUser(t *testing.T, database, user string) string {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.User(user)
	return address.String()
}

// What PostgreSQL refuses a user of too few rights, and what mends that.
func TestDoctorSeesWhatPostgreSQLRefuses(t *testing.T) {
	ownEnvironment(t)
	database := servertest.Postgres(t)
	t.Setenv("PARLEY_DATABASE_URL", database)
	t.Setenv("PARLEY_REDIS_URL", embeddedRedis(t))
	if status, _, problems := parley("", "migrate"); status != 0 {
		t.Fatalf("migrate: status %d, problems %q", status, problems)
	}
	owner, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close() })
	user := "u" + strings.ToLower(rand.Text())
	does := func(statement string) {
		t.Helper()
		if _, err := owner.ExecContext(context.WithoutCancel(t.Context()), strings.ReplaceAll(statement, "USER", user)); err != nil {
			t.Fatal(err)
		}
	}
	does("CREATE ROLE USER LOGIN")
	t.Cleanup(func() { does("DROP OWNED BY USER"); does("DROP ROLE USER") })
	t.Setenv("PARLEY_DATABASE_URL", asUser(t, database, user))
	for _, test := range []struct{ broken, mend, mended string }{
		{"SELECT 1", "mend: Grant the user", "GRANT ALL ON ALL TABLES IN SCHEMA public TO USER"},
		{"ALTER ROLE USER CONNECTION LIMIT 0", "mend: Raise PostgreSQL's max_connections", "ALTER ROLE USER CONNECTION LIMIT -1"},
	} {
		does(test.broken)
		if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 1 || !strings.Contains(out, "database  not well: ") || !strings.Contains(out, test.mend) {
			t.Errorf("%s: status %d, out\n%s", test.broken, status, out)
		}
		does(test.mended)
		if status, out, _ := parley("", "doctor", "--before", "--patience=1m"); status != 0 || !strings.Contains(out, "database  ok\n") {
			t.Errorf("%s: status %d, out\n%s", test.mended, status, out)
		}
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
	if err := set.checkClocks(t.Context(), time.Now); err != nil {
		t.Errorf("put right: %v", err)
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
