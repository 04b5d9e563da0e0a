package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// The house has five floors and every arrow between them runs down. These
// tables are its plan: what each room may use of the others (rooms), where each
// library does its work (libraries), what reaches for nothing outside itself
// (quietRooms), and how all of the source is written (sourceRules). The tests
// read the source that is built into the product, not its tests.

// A room is a folder with what lies under it, unless that has a row of its own.
// A * stands for any one name, and each name makes a room.
type room struct {
	path   string
	uses   []string // other rooms that it may import
	reason string
}

var rooms = []room{
	{".", []string{"*"}, "main wires everything by hand"},

	{"channels", nil, "says how to add a channel"},
	{"channels/*", []string{"gateway", "gateway/directory", "templates", "templates/notices", "internal/web"},
		"a channel knows the heart and no other channel"},
	{"channels/webchat", []string{"gateway", "gateway/directory", "gateway/calculation", "dialogs", "templates", "internal/web"},
		"draws what a message asks for, so it knows the dialogs' Ask; and takes payments of an amount"},
	{"channels/sms", []string{"channels/twilio", "gateway", "gateway/directory", "templates", "internal/web"}, "a channel knows the heart and no other channel"},
	{"channels/voice", []string{"channels/twilio", "gateway", "gateway/directory", "dialogs", "templates"},
		"reads out what a message asks for, so it knows the dialogs' Ask"},
	{"channels/twilio", nil, "no channel: whom Twilio knows us as, and what it signs"},
	{"channels/webchat/webchattest", nil, "a browser's part of the live connection, for tests and load"},
	{"channels/channeltest", []string{"gateway", "gateway/directory", "templates"},
		"the suite that every channel passes"},

	{"internal/*", []string{"gateway", "gateway/directory", "gateway/calculation", "dialogs", "dialogs/answers", "templates", "internal/web", "internal/keyring"},
		"what machinery needs of other machinery, main gives it as a value"},
	{"internal/simulator", []string{"templates", "internal/web"},
		"the far side knows the gateway only by its wire"},
	{"internal/console", []string{"gateway", "gateway/accounts", "gateway/directory", "gateway/calculation", "dialogs", "dialogs/answers", "templates", "templates/notices", "internal/web"},
		"shows staff all that the heart knows, and asks it what they may see"},
	{"internal/webhooks", []string{"gateway", "gateway/directory", "gateway/rulefile"}, "tells endpoints, which are a file like the rules, what the heart did"},
	{"internal/web", []string{"templates"}, "a leaf that every browser face shares"},
	{"internal/keyring", nil, "a leaf that all who seal share"},
	{"internal/servertest", nil, "finds servers for tests; knows nothing of what they hold"},
	{"internal/chaos", nil, "judges a gateway without a line of its code"},

	{"gateway", []string{"gateway/accounts", "gateway/routes", "gateway/schedule", "gateway/directory", "gateway/calculation", "dialogs", "dialogs/answers", "templates", "templates/notices"},
		"the heart: the outside implements what it declares"},
	{"gateway/gatewaytest", []string{"gateway", "gateway/directory", "gateway/calculation", "dialogs", "dialogs/answers", "dialogs/understanding", "templates", "templates/notices"},
		"the suites that implementations of the heart's interfaces pass, and what the product ships"},
	{"gateway/accounts", []string{"gateway/directory", "gateway/calculation"}, "what is owed and paid on a case, whoever is told of it"},
	{"gateway/rulefile", nil, "files in which rules are data, read with their lines"},
	{"gateway/routes", []string{"gateway/rulefile", "gateway/directory", "gateway/calculation", "dialogs", "templates"}, "where what people write first leads, by a table that is data"},
	{"gateway/schedule", []string{"gateway/rulefile", "gateway/accounts", "gateway/directory", "gateway/calculation", "templates", "templates/notices"},
		"when notices are due, by rules that are data"},
	{"gateway/directory", []string{"gateway/rulefile", "gateway/calculation", "dialogs/answers", "templates"},
		"types and rules, without the turn; addresses are read as answers are"},
	{"gateway/calculation", nil, "the law, without the service"},

	{"dialogs", []string{"dialogs/answers", "templates"}, "a script knows no gateway"},
	{"dialogs/understanding", []string{"dialogs", "dialogs/answers", "templates"}, "reads text for the heart, which only knows its interface"},
	{"dialogs/answers", []string{"templates"}, "reads values, needs only the languages"},
	{"templates", nil, "words, at the bottom of the house"},
	{"templates/notices", []string{"templates", "gateway/rulefile"}, "what the service says of itself, by text, email and letter"},
}

// A library is a package, with those under it, that only some rooms import. A
// path below the module is a library too.
type library struct {
	path   string
	rooms  []string
	reason string
}

var libraries = []library{
	{"github.com/nlpodyssey/spago", []string{"dialogs/understanding"}, "the model stays behind Understanding"},
	{"github.com/twilio/twilio-go", []string{"channels/sms", "channels/voice", "channels/twilio"}, "the simulator is proved against it, not made of it"},
	{"github.com/gorilla/websocket", []string{"channels/webchat", "channels/webchat/webchattest"}, "live chat is a channel"},
	{"github.com/emersion", []string{"channels/email", "internal/simulator"}, "mail is a channel"},
	{"codeberg.org/go-pdf", []string{"channels/letter"}, "a letter is a channel"},
	{"golang.org/x/image", []string{"channels/letter"}, "only letters are printed"},
	{"blitiri.com.ar/go/spf", []string{"channels/email"}, "who a mail is from is the channel's to tell"},
	{"github.com/redis/go-redis", []string{"internal/session", "internal/servertest", "."}, "Redis holds sessions; main opens it"},
	{"github.com/alicebob/miniredis", []string{"internal/session"}, "the embedded Redis is only another address"},
	{"github.com/alexedwards/scs", []string{"internal/console", "internal/session"}, "only staff sign in; Redis keeps that too"},
	{"github.com/coreos/go-oidc", []string{"internal/console"}, "only staff sign in"},
	{"github.com/go-jose", []string{"internal/simulator"}, "the demo's issuer signs; the console checks with its own library"},
	{"github.com/riverqueue/river", []string{"internal/jobs", "."}, "timers are data until they reach the queue"},
	{"github.com/jackc/pgx", []string{"internal/store", "internal/servertest"}, "SQL is the store's"},
	{"modernc.org/sqlite", []string{"internal/store"}, "SQL is the store's"},
	{"github.com/pressly/goose", []string{"internal/store"}, "SQL is the store's"},
	{"github.com/tink-crypto/tink-go", []string{"internal/keyring"}, "what is stored is sealed in one way"},
	{"database/sql", []string{"internal/store", "internal/jobs", "internal/chaos", "."}, "a job is inserted in the store's transaction, which main passes on"},
	{"github.com/prometheus/client_golang", []string{"internal/telemetry"}, "others are given meters with meaning"},
	{"go.opentelemetry.io/otel", []string{"internal/telemetry"}, "the heart declares what it tells, see gateway.Tracer"},
	{"github.com/expr-lang/expr", []string{"dialogs"}, "conditions belong to scripts"},
	{"github.com/alecthomas/kong", []string{"."}, "commands belong to main"},
	{"testing", []string{"gateway/gatewaytest", "channels/channeltest", "internal/servertest"}, "only suites are tests outside test files"},
	{"parley/internal/servertest", nil, "only test files start servers"},
	{"parley/internal/chaos", nil, "only test files hurt a gateway"},
}

// A quietRoom may not import what would let it reach outside.
type quietRoom struct {
	path   string
	unused []string // packages
	reason string
}

// What opens files and connections (net/url and net/netip only name addresses),
// and what makes two runs differ.
var (
	outside = []string{"net", "net/http", "net/mail", "net/smtp", "net/textproto", "os", "os/exec", "os/signal", "os/user",
		"syscall", "database/sql", "log"}
	chance = []string{"math/rand", "crypto/rand"}
)

var quietRooms = []quietRoom{
	{"templates", slices.Concat(outside, chance), "renders, never sends"},
	{"templates/notices", slices.Concat(outside, chance), "renders, never sends"},
	{"dialogs/answers", slices.Concat(outside, chance), "the same words always read the same"},
	{"dialogs", slices.Concat(outside, chance), "a turn can be replayed"},
	{"gateway/accounts", slices.Concat(outside, chance), "the same payments always give the same account"},
	{"gateway/routes", slices.Concat(outside, chance), "the same message of the same writer always leads to the same place"},
	{"gateway/schedule", slices.Concat(outside, chance), "a case, a clock and the rules always give the same notices"},
	{"gateway/calculation", slices.Concat(outside, chance), "the same case always gives the same amount"},
	{"gateway/directory", outside, "types and rules"},
	{"gateway", outside, "the heart reads no settings, opens no connections and knows no SQL"},
}

func TestArrowsRunDown(t *testing.T) {
	report(t, arrowFindings(readTree(t, os.DirFS("."))))
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	report(t, libraryFindings(readTree(t, os.DirFS("."))))
}

func TestQuietRoomsReachForNothing(t *testing.T) {
	report(t, quietFindings(readTree(t, os.DirFS("."))))
}

func TestSourceKeepsTheRules(t *testing.T) {
	report(t, sourceFindings(readTree(t, os.DirFS("."))))
}

// TestBadHouses reads the houses of testdata/architecture, each an archive of
// source whose comment lists everything that is wrong with it, line by line.
func TestBadHouses(t *testing.T) {
	archives, err := filepath.Glob("testdata/architecture/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no bad houses: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			house, err := txtar.FS(archive)
			if err != nil {
				t.Fatal(err)
			}
			tree := readTree(t, house)
			got := slices.Concat(arrowFindings(tree), libraryFindings(tree), quietFindings(tree), sourceFindings(tree))
			want := strings.Split(strings.TrimSpace(string(archive.Comment)), "\n")
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func report(t *testing.T, findings []string) {
	t.Helper()
	for _, finding := range findings {
		t.Error(finding)
	}
}

func readTree(t *testing.T, root fs.FS) tree {
	t.Helper()
	tree, err := parseTree(root)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
