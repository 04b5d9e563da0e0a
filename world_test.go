package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/jobs"
	"parley/internal/servertest"
	"parley/internal/simulator"
	"parley/internal/store"
)

// patience is how long anything here may take that does happen.
const patience = 60 * time.Second

// long reports whether there is time for the long variants of tests.
func long() bool { return os.Getenv("PARLEY_TEST_ALL") == "1" }

// backing names the stores of a world: of PostgreSQL and Redis the URLs, or
// neither for the embedded ones.
type backing struct{ database, redis string }

func onSQLite(*testing.T) backing { return backing{} }

func onServers(t *testing.T) backing {
	return backing{database: servertest.Postgres(t), redis: servertest.Redis(t)}
}

// backings are the two ways to run a gateway.
var backings = []struct {
	name string
	make func(*testing.T) backing
}{
	{"SQLite", onSQLite},
	{"PostgreSQL and Redis", onServers},
}

// world is the gateway's surroundings: its stores with some cases, the carrier,
// and the public URL, behind which a test starts nodes.
type world struct {
	t       testing.TB
	front   *front
	carrier *carrier
	store   *store.Store // the gateway's own, to look into
	setting []string     // the environment of each node
}

// newWorld makes a world with so many cases. The settings are added to those
// of each node.
func newWorld(t testing.TB, b backing, cases int, twilio simulator.TwilioConfig, settings ...string) *world {
	t.Helper()
	w := &world{t: t, front: newFront(t)}
	w.carrier = newCarrier(t, w.front.URL, twilio)
	w.setting = append([]string{
		"PARLEY_ADDRESS=127.0.0.1:0", "PARLEY_PUBLIC_URL=" + w.front.URL, "PARLEY_SECRET_KEY=" + strings.Repeat("k", 32),
		"PARLEY_TWILIO_ACCOUNT_SID=" + demoAccount, "PARLEY_TWILIO_AUTH_TOKEN=" + demoToken, "PARLEY_TWILIO_FROM=" + demoNumber,
		"PARLEY_TWILIO_API_URL=" + w.carrier.api() + "/node", "PARLEY_DATABASE_CONNECTIONS=6",
		"PARLEY_OPEN_HOURS=00:00-24:00", "PARLEY_ANY_DAY=true",
	}, settings...)
	if b.database == "" {
		w.setting = append(w.setting, "PARLEY_DATA_DIR="+t.TempDir())
	} else {
		w.setting = append(w.setting, "PARLEY_DATABASE_URL="+b.database, "PARLEY_REDIS_URL="+b.redis)
	}
	w.open(cases)
	return w
}

// open opens the store, migrates it and puts the cases in.
func (w *world) open(cases int) {
	w.t.Helper()
	ctx := w.t.Context()
	set, err := readSettings(w.setting)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.store, err = openStore(ctx, set); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = w.store.Close() })
	if err := w.store.Migrate(ctx); err != nil {
		w.t.Fatal(err)
	}
	if err := jobs.Migrate(ctx, w.store.Writer(), set.postgres()); err != nil {
		w.t.Fatal(err)
	}
	for i := range cases {
		if err := w.store.PutCase(ctx, caseOf(i), time.Now()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// begin starts a node within the tests' process, and spawn one of its own;
// settings override the world's. Cleanup stops them.
func (w *world) begin(p plan, settings ...string) *node {
	w.t.Helper()
	n := startNode(w.t, slices.Concat(w.setting, settings), p)
	w.front.add(n)
	return n
}

func (w *world) spawn(p plan, settings ...string) *node {
	w.t.Helper()
	n := spawnNode(w.t, slices.Concat(w.setting, settings), p)
	w.front.add(n)
	return n
}

// The paying parent of each case, and their numbers (Ofcom's for drama).
func parent(i int) directory.PersonID { return directory.PersonID(fmt.Sprintf("P%d", i)) }
func parentPhone(i int) string        { return fmt.Sprintf("+447700900%03d", i+1) }
func strangerPhone(i int) string      { return fmt.Sprintf("+447700901%03d", i+1) }
func referenceOf(i int) directory.CaseReference {
	return directory.CaseReference(fmt.Sprintf("30000%07d", i))
}

// caseOf is a case whose paying parent may be texted openly and at any hour.
func caseOf(i int) directory.Case {
	historic := calculation.Money(32_000_00)
	return directory.Case{
		Reference: referenceOf(i), Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: parent(i), Name: "Sam Example", Language: "en", Phone: parentPhone(i),
			PhoneSince: calculation.NewDate(2025, 1, 10), PreferredChannel: directory.SMS,
			SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}},
		ReceivingParents: []directory.ReceivingParent{{
			Person:   directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", i)), Name: "Ali Example", Language: "en"},
			Children: []directory.Child{{ID: fmt.Sprintf("C%d", i), Name: "Jo", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic},
	}
}

// interview is a whole report by text: what the parent says, and how the text
// begins that answers it.
var interview = []struct{ says, hears string }{
	{"PAY", "Has your pay before tax"},
	{"down", "How much are you paid now"},
	{"£410 a week", "When did your pay change"},
	{"1 March 2026", "Keep your latest payslip"},
	{"later", "Check your answers"},
	{"OK", "Thank you. We will write to you by"},
}

// lastTurn is the number of the turn that ends the interview.
const lastTurn = 6

// reportedAnswers is what the interview's report holds.
const reportedAnswers = `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}, "since": "2026-03-01", "payslip": "later"}`

// webhook is what the carrier posts about a new text.
func webhook(from, words string) url.Values {
	return url.Values{
		"AccountSid": {demoAccount}, "MessageSid": {"SM" + newSID()}, "From": {from}, "To": {demoNumber}, "Body": {words},
		"NumMedia": {"0"}, "NumSegments": {"1"},
	}
}

// deliver posts a webhook until the gateway takes it, as a network does that
// has had no answer.
func (w *world) deliver(form url.Values) {
	w.t.Helper()
	w.await("the gateway takes a webhook", func() bool {
		return w.front.post(w.t.Context(), w.front.URL, "/twilio/sms", form) == 200
	})
}

// interviewed has a parent say the exchanges from one to before another, each
// once the text before it has been answered.
func (w *world) interviewed(i, from, to int) {
	w.t.Helper()
	for turn := from; turn < to; turn++ {
		before := len(w.carrier.texts(parentPhone(i)))
		w.deliver(webhook(parentPhone(i), interview[turn].says))
		w.hears(i, before+1, interview[turn].hears)
	}
}

// hears waits for a parent's nth text and says how it must begin.
func (w *world) hears(i, n int, begins string) {
	w.t.Helper()
	w.await(fmt.Sprintf("text %d", n), func() bool { return len(w.carrier.texts(parentPhone(i))) >= n })
	texts := w.carrier.texts(parentPhone(i))
	if len(texts) > n || !strings.HasPrefix(texts[n-1], begins) {
		w.t.Fatalf("%s hears %q, text %d should be %q and the last", parent(i), texts, n, begins)
	}
}

// await waits until something is so.
func (w *world) await(what string, so func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("never: %s", what)
		}
	}
}

// count counts rows by a query.
func (w *world) count(query string) int {
	w.t.Helper()
	var rows int
	if err := w.store.Writer().QueryRowContext(w.t.Context(), query).Scan(&rows); err != nil {
		w.t.Fatal(err)
	}
	return rows
}

// status is how far an outgoing message has come, by its row.
func (w *world) status(message string) gateway.Status {
	w.t.Helper()
	var status string
	row := w.store.Writer().QueryRowContext(w.t.Context(), "SELECT status FROM messages WHERE id = $1", message)
	if err := row.Scan(&status); err != nil {
		w.t.Fatal(err)
	}
	return gateway.Status(status)
}

// reportedOnce says that a case has the interview's report, and no other.
func (w *world) reportedOnce(i int) {
	w.t.Helper()
	reports, err := w.store.Reports(context.WithoutCancel(w.t.Context()), referenceOf(i))
	if err != nil {
		w.t.Fatal(err)
	}
	var answers []string
	for _, r := range reports {
		answers = append(answers, string(r.Answers))
	}
	if diff := cmp.Diff([]string{reportedAnswers}, answers); diff != "" {
		w.t.Errorf("reports on %s (-want +got):\n%s", referenceOf(i), diff)
	}
}

// interviewedOnce says that a parent heard the whole interview in order, each
// text once.
func (w *world) interviewedOnce(i int) {
	w.t.Helper()
	texts := w.carrier.texts(parentPhone(i))
	if len(texts) != len(interview) {
		w.t.Fatalf("%s heard %d texts: %q", parent(i), len(texts), texts)
	}
	for turn, exchange := range interview {
		if !strings.HasPrefix(texts[turn], exchange.hears) {
			w.t.Errorf("%s heard %q as text %d, not %q", parent(i), texts[turn], turn+1, exchange.hears)
		}
	}
	w.reportedOnce(i)
}
