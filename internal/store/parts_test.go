package store

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/directory"
)

// InParts does what docs/partitions.sql tells operators to do.
func (s *Store) InParts(t testing.TB) {
	t.Helper()
	recipe, err := os.ReadFile("../../docs/partitions.sql")
	if err == nil {
		_, err = s.Writer().Exec(string(recipe))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Turns and words of messages go into the part of their year, are found there
// and nowhere else is looked, and are pruned.
func TestGrowingTablesInPartsByYear(t *testing.T) {
	s := onPostgres(t)
	year := time.Now().UTC().Year()
	say := func(year int) { sayIn(t, s, year) }
	say(year)
	s.InParts(t)
	say(year - 1)
	say(year + 1)
	s.InParts(t)
	say(year + 2)

	next, after := fmt.Sprint("_", year+1), fmt.Sprint("_", year+2)
	for table, rows := range map[string]int{"turns": 1, "message_words": 3} {
		want := map[string]int{table + "_before": 2 * rows, table + next: rows, table + after: rows}
		if diff := cmp.Diff(want, s.partsOf(t, table)); diff != "" {
			t.Errorf("rows in parts of %s (-want +got):\n%s", table, diff)
		}
	}
	if found, err := s.FindMessages(t.Context(), []string{"payslip"}, 9); err != nil || len(found) != 4 {
		t.Errorf("found %d messages, %v", len(found), err)
	}

	pruned, err := s.Prune(t.Context(), time.Date(year+7, 12, 1, 0, 0, 0, 0, time.UTC), nil)
	counts := map[string]int{}
	for _, p := range pruned {
		counts[p.Kind] = p.Count
	}
	if err != nil || !maps.Equal(counts, map[string]int{"messages": 3, "conversations": 3, "marks of what came in": 3}) {
		t.Errorf("%v went, %v", counts, err)
	}
	if diff := cmp.Diff(map[string]int{"turns" + after: 1}, s.partsOf(t, "turns")); diff != "" {
		t.Errorf("turns that are left (-want +got):\n%s", diff)
	}
	if _, err := s.Writer().Exec("DROP TABLE turns_before, message_words_before"); err != nil {
		t.Error(err)
	}
	plan := planOf(t, s, turnRecordQuery, fmt.Sprintf("'%s', 1", madeIn(year+1, 1)))
	if !strings.Contains(plan, "turns"+next+"_pkey") || strings.Contains(plan, "turns_before") || strings.Contains(plan, "turns"+after) {
		t.Errorf("a turn is looked for elsewhere too:\n%s", plan)
	}
}

// madeIn is the n-th id of the first of July of a year.
func madeIn(year, n int) string {
	at := time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	return fmt.Sprintf("%08x-%04x-7000-8000-%012d", at>>16, at&0xffff, n)
}

// sayIn stores a conversation of one turn.
func sayIn(t *testing.T, s *Store, year int) {
	t.Helper()
	at := time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC)
	phone := gateway.Address{Channel: directory.SMS, Value: "+447700900101"}
	err := s.Commit(t.Context(), gateway.Turn{
		ID: madeIn(year, 0), At: at, Begins: true, Record: []byte("{}"),
		Conversation: &gateway.Conversation{
			ID: gateway.ConversationID(madeIn(year, 1)), Person: "P1", Address: phone, Phase: gateway.Ended, Turn: 1, Created: at, LastSaid: at,
		},
		Inbound: &gateway.InboundRecord{
			ID: gateway.MessageID(madeIn(year, 2)), Person: "P1", Kind: "turn", At: at,
			Inbound: gateway.Inbound{ProviderID: fmt.Sprint("SM", year), From: phone, Text: "About my payslip"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// partsOf counts the rows of each part that has any.
func (s *Store) partsOf(t *testing.T, table string) map[string]int {
	t.Helper()
	rows, err := s.Writer().Query("SELECT tableoid::regclass::text, COUNT(*) FROM " + table + " GROUP BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var part string
		var n int
		if err := rows.Scan(&part, &n); err != nil {
			t.Fatal(err)
		}
		counts[part] = n
	}
	return counts
}
