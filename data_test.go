package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway/directory"
	"parley/internal/api"
)

// aCase is a case record with a reference that ends in a number, and people
// whose ids do.
func aCase(n int, team string) string {
	return fmt.Sprintf(`{"reference": "%012d", "team": %q, "service": "direct_pay", "paying_parent": {"id": "P%d", "pin": "1234567", `+
		`"phone": "07700 900%03d", "preferred_channel": "sms"}, "receiving_parents": [{"id": "R%d", "children": [{"id": "C%d"}]}]}`, n, team, n, n, n, n)
}

// ownEnvironment sets the environment of a gateway with a store of its own, and
// returns the settings.
func ownEnvironment(t *testing.T) settings {
	t.Helper()
	for name, value := range map[string]string{
		"PARLEY_DATA_DIR": t.TempDir(), "PARLEY_SECRET_KEY": strings.Repeat("s", 32),
		"PARLEY_API_TOKENS": "console:token-2,caseworkers:token-1", "PARLEY_TWILIO_ACCOUNT_SID": demoAccount,
		"PARLEY_TWILIO_AUTH_TOKEN": demoToken, "PARLEY_TWILIO_FROM": demoNumber,
	} {
		t.Setenv(name, value)
	}
	set, err := readSettings(os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// parley runs one command line.
func parley(in string, args ...string) (status int, out, problems string) {
	var stdout, stderr bytes.Buffer
	status = run(args, &streams{In: strings.NewReader(in), Out: &stdout, Err: &stderr})
	return status, stdout.String(), stderr.String()
}

func TestImportPutsInWhatIsGood(t *testing.T) {
	set := ownEnvironment(t)
	file := filepath.Join(t.TempDir(), "cases.json")
	rows := strings.Join([]string{aCase(1, "leeds-2"), `{"team": 7}`, aCase(2, "leeds-2"), aCase(1, "york")}, ",\n")
	if err := os.WriteFile(file, []byte("["+rows+"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, problems := parley("", "import", file)
	if status != 1 || out != `{"stored": 3, "refused": 1}`+"\n" || problems != "row 2 (line 2): team must be text\n" {
		t.Errorf("status %d, out %q, problems %q", status, out, problems)
	}
	s, err := openStore(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Case(t.Context(), "000000000001")
	if err != nil || c.Team != "york" {
		t.Fatalf("of two rows about one case the later one stands: %+v, %v", c, err)
	}
	lookup, err := set.lookup()
	if err != nil {
		t.Fatal(err)
	}
	key, err := directory.PINKey(lookup)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := directory.VerifyPIN("1234567", c.PayingParent.PINHash, key); !ok || err != nil || c.PayingParent.PIN != "" {
		t.Errorf("the PIN is to be kept as its hash: %v, %v", ok, err)
	}
}

func TestImportReadsStandardInput(t *testing.T) {
	ownEnvironment(t)
	status, out, problems := parley(aCase(1, "leeds-2")+"\n"+aCase(2, "leeds-2")+"\n", "import", "-")
	if status != 0 || out != `{"stored": 2, "refused": 0}`+"\n" || problems != "" {
		t.Errorf("status %d, out %q, problems %q", status, out, problems)
	}
}

func TestImportTellsWhyItCannot(t *testing.T) {
	ownEnvironment(t)
	names := filepath.Join(t.TempDir(), "payments.csv")
	if err := os.WriteFile(names, []byte("id,case,to,amount,received,method\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const none = `{"stored": 0, "refused": 0}` + "\n"
	for name, test := range map[string]struct{ in, file, out, problem string }{
		"no cases":         {"[]", "-", none, "The file has no rows."},
		"no payments":      {"", names, none, "The file has no rows."},
		"a list cut short": {"[" + aCase(1, "leeds-2"), "-", `{"stored": 1, "refused": 0}` + "\n", "the list does not end"},
		"no such file":     {"", filepath.Join(t.TempDir(), "none.json"), "", "no such file"},
	} {
		status, out, problems := parley(test.in, "import", test.file)
		if status != 1 || out != test.out || !strings.Contains(problems, test.problem) {
			t.Errorf("%s: status %d, out %q, problems %q", name, status, out, problems)
		}
	}
	t.Setenv("PARLEY_SECRET_KEY", "")
	if status, _, problems := parley(aCase(1, "leeds-2"), "import", "-"); status != 1 || !strings.Contains(problems, "PARLEY_SECRET_KEY") {
		t.Errorf("without a secret: status %d, problems %q", status, problems)
	}
}

// Rows that name the same case or person go in one after the other.
func TestImportKeepsTheOrderOfRowsAboutOnePerson(t *testing.T) {
	var rows []string
	for n := range 300 {
		rows = append(rows, aCase(n%7+1, fmt.Sprintf("team-%03d", n)))
	}
	var mu sync.Mutex
	last := map[directory.CaseReference]directory.TeamID{}
	i := &caseImport{rows: directory.NewReader(strings.NewReader(strings.Join(rows, "\n"))), problems: &bytes.Buffer{}}
	i.put = func(_ context.Context, c directory.Case, _ time.Time) error {
		mu.Lock()
		defer mu.Unlock()
		if c.Team <= last[c.Reference] {
			t.Errorf("%s came after %s", c.Team, last[c.Reference])
		}
		last[c.Reference] = c.Team
		return nil
	}
	if err := i.run(t.Context()); err != nil || i.stored != 300 {
		t.Errorf("%d stored, %v", i.stored, err)
	}
}

func TestImportEndsWhenTheStoreFails(t *testing.T) {
	broken := errors.New("the disk is full")
	var rows []string
	for n := range 3 * importBatch {
		rows = append(rows, aCase(n+1, "leeds-2"))
	}
	i := &caseImport{rows: directory.NewReader(strings.NewReader(strings.Join(rows, "\n"))), problems: &bytes.Buffer{}}
	i.put = func(_ context.Context, c directory.Case, _ time.Time) error {
		if c.Reference == "000000000070" {
			return broken
		}
		return nil
	}
	if err := i.run(t.Context()); !errors.Is(err, broken) || i.stored != 2*importBatch-1 {
		t.Errorf("%d stored, %v", i.stored, err)
	}
}

func TestImportShowsProgressOnATerminal(t *testing.T) {
	var terminal bytes.Buffer
	i := &caseImport{rows: directory.NewReader(strings.NewReader("{}\n" + aCase(1, "leeds-2"))), problems: &terminal, onTerminal: true}
	i.put = func(context.Context, directory.Case, time.Time) error { return nil }
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := "\rrow 1 (line 1): reference must be 12 digits\n\r1 stored, 1 refused "; terminal.String() != want {
		t.Errorf("%q, want %q", terminal.String(), want)
	}
}

func TestMigrateMakesTheDatabase(t *testing.T) {
	set := ownEnvironment(t)
	for range 2 {
		if status, out, problems := parley("", "migrate"); status != 0 || out != "" || problems != "The database is up to date.\n" {
			t.Errorf("status %d, out %q, problems %q", status, out, problems)
		}
	}
	if _, err := os.Stat(filepath.Join(set.DataDir, "parley.db")); err != nil {
		t.Error(err)
	}
}

func TestOpenAPIPrintsTheDocument(t *testing.T) {
	if status, out, problems := parley("", "openapi"); status != 0 || out != string(api.Document()) || problems != "" {
		t.Errorf("status %d, %d bytes, problems %q", status, len(out), problems)
	}
}
