package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/store"
)

// knownColumns are all columns, of which * are sealed and # are keyed hashes.
// The others hold ids, times, counts and words of the program's own, by which
// rows are found. A new column belongs here once it is clear that it holds
// nothing else of a person; with its table it is then exported, erased and
// pruned (UK GDPR articles 5, 15 and 17).
const knownColumns = `
	acquaintances: staff person at
	addresses: person channel address# since confirmed signalled
	audit: id at staff action case_reference person conversation object sealed*
	audit_seals: number from_at to_at entries hash#
	authorities: id person at sealed*
	calls: id version state team queued answered seen recording sealed*
	campaigns: id name started_by state created
	case_notes: id case_reference person staff at sealed*
	cases: reference team nation updated sealed*
	charges: id visit state started sealed*
	checks: id person staff at sealed*
	contact_changes: person channel at lost was*
	conversations: id person case_reference dialog version channel address_sealed* phase turn by_us nudges outcome created last_said state_sealed* visit
	  started_by keeper
	dialog_versions: version dialog at source
	entries: visit sequence message by_us private language at sealed*
	figure_days: day at
	figures: day measure of_what how counted
	files: id person conversation channel address# type size scanned at sealed*
	flights: lane message holder batch lease_until sending
	holds: id person case_reference kind at released released_by escalated
	idempotency: key# body_hash# at sealed*
	labels: id message staff at sealed*
	links: link# address# person conversation until
	losses: message at looks look_at resent
	message_words: token# message
	messages: id outgoing waiting rank priority turn segments media private answered not_before send_by created settled conversation person case_reference
	  channel address# language subject kind keyword status provider_id code reasons sealed* notice occasion notice_group campaign statutory staff trace
	notice_groups: case_reference name ended
	openings: staff case_reference at sealed*
	opt_outs: address# at opted_out source
	parties: case_reference person reference role children_sealed*
	payments: id case_reference received sealed*
	people: id pin_hash# sealed* language post#
	person_words: token# person
	planning: id planned_to
	plans: case_reference number made sealed*
	presence: staff state heard absent_until cover
	reports: id key case_reference person conversation dialog kind reference due created sealed*
	seals: id sealed*
	suspensions: address# at
	taken: scope name at
	turns: conversation number at sealed*
	visits: id secret# link# person conversation level language began seen ended channel
	webhook_deliveries: id endpoint type at subject case_reference person conversation state tries next tried status failure
	webhook_disabled: endpoint at
	work_items: id key kind case_reference person conversation message team urgent due detail created state owner home line holder reserved needs passed
	  rung priority answer since goes_on warned missed explained closed outcome version act_at
	work_notes: task version at staff what target sealed*
`

func TestEveryColumnIsKnown(t *testing.T) {
	s := emptyStore(t)
	known := map[string]bool{}
	table := ""
	for _, word := range strings.Fields(knownColumns) {
		if name, begins := strings.CutSuffix(word, ":"); begins {
			table = name
			continue
		}
		known[table+"."+word] = true
	}
	for _, c := range columnsOf(t, s) {
		name := c.table + "." + c.name
		if sealed := c.kind == "BYTEA" && name != "dialog_versions.source"; sealed {
			name += "*"
		}
		if !known[name] && !known[name+"#"] {
			t.Errorf("%s is new: does it hold anything of a person? See knownColumns", name)
		}
		delete(known, name)
		delete(known, name+"#")
	}
	for name := range known {
		t.Errorf("there is no column %s", name)
	}
}

// column is one of the database.
type column struct{ table, name, kind string }

// columnsOf are all columns, but for those of the tools that keep the schema.
func columnsOf(t *testing.T, s *store.Store) (all []column) {
	t.Helper()
	rows, err := s.Writer().QueryContext(t.Context(), `SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'goose%' ORDER BY m.name, p.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.table, &c.name, &c.kind); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{Secret: []byte(strings.Repeat("k", 32))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// What belongs to a person does so by one of these columns, and is erased with
// them.
var links = map[string]string{
	"person": "P-gone", "conversation": "talk-gone", "message": "message-gone", "visit": "visit-gone", "task": "task-gone",
}

// ownIDs are the ids of what others belong to.
var ownIDs = map[string]string{
	"conversations": links["conversation"], "messages": links["message"], "visits": links["visit"], "calls": links["visit"], "work_items": links["task"],
}

// Whatever table has a row that belongs to somebody, by themselves or by what
// they said, has none of it when they have been erased.
func TestErasureGoesThroughEveryTable(t *testing.T) {
	s := emptyStore(t)
	gone := directory.Case{Reference: "300012345678", PayingParent: directory.Person{ID: directory.PersonID(links["person"]), Name: "Sam Example", Phone: "+447700900101"},
		ReceivingParents: []directory.ReceivingParent{{Person: directory.Person{ID: "P-stays", Name: "Ali Example"}}}, EffectiveDate: calculation.NewDate(2026, 4, 6)}
	if err := s.PutCase(t.Context(), gone, time.Unix(1_800_000_000, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Writer().ExecContext(t.Context(), `CREATE TABLE timers (kind TEXT, conversation TEXT, message TEXT, at BIGINT)`); err != nil {
		t.Fatal(err)
	}
	planted := plantRows(t, s)
	if len(planted) < 20 {
		t.Fatalf("only %q belong to somebody: this test looks in the wrong place", planted)
	}
	if _, _, err := s.Erase(t.Context(), directory.PersonID(links["person"]), func([]gateway.FileID) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if left := rowsLeft(t, s); len(left) > 0 {
		t.Errorf("after erasure there is something left in %q", left)
	}
	if _, err := s.Writer().ExecContext(t.Context(), `CREATE TABLE diaries (person TEXT)`); err != nil {
		t.Fatal(err)
	}
	plantRows(t, s)
	if left := rowsLeft(t, s); !slices.Contains(left, "diaries.person") {
		t.Error("a table that nobody thought of is not found")
	}
}

// outlast are tables whose rows name a person after they are erased: see
// docs/security.md.
var outlast = []string{"audit", "timers"}

// plantRows puts a row of the person's into every table that can have one, and
// returns those tables.
func plantRows(t *testing.T, s *store.Store) (planted []string) {
	t.Helper()
	values := map[string]map[string]string{}
	for _, c := range columnsOf(t, s) {
		if values[c.table] == nil {
			values[c.table] = map[string]string{}
		}
		values[c.table][c.name] = valueOf(c)
	}
	for table, row := range values {
		belongs := ownIDs[table] != ""
		var names, texts []string
		for name, text := range row {
			belongs = belongs || links[name] != ""
			names, texts = append(names, name), append(texts, text)
		}
		if !belongs || slices.Contains(outlast, table) || slices.Contains([]string{"parties", "addresses", "person_words"}, table) { // those have rows already
			continue
		}
		insert := fmt.Sprintf("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(texts, ", "))
		if _, err := s.Writer().ExecContext(t.Context(), insert); err != nil {
			t.Fatalf("%s: %v", insert, err)
		}
		planted = append(planted, table)
	}
	return planted
}

// valueOf is what a planted row has in a column, as SQL.
func valueOf(c column) string {
	switch id := links[c.name]; {
	case id != "":
		return "'" + id + "'"
	case c.name == "id" && ownIDs[c.table] != "":
		return "'" + ownIDs[c.table] + "'"
	case c.kind == "TEXT":
		return "'z'"
	case c.kind == "BYTEA":
		return "x'00'"
	}
	return "0"
}

// rowsLeft are the columns in which an id of the person's still is.
func rowsLeft(t *testing.T, s *store.Store) (left []string) {
	t.Helper()
	for _, c := range columnsOf(t, s) {
		if c.kind != "TEXT" || slices.Contains(outlast, c.table) {
			continue
		}
		var n int
		query := fmt.Sprintf("SELECT count(*) FROM %s WHERE %s LIKE '%%-gone'", c.table, c.name)
		if err := s.Writer().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			left = append(left, c.table+"."+c.name)
		}
	}
	return left
}
