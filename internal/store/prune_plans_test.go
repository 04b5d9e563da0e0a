package store

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
)

// What has been kept for long enough is found by its time, in the index of it,
// and nothing else is read: of few old messages among many, and of the messages
// of strangers among those of everybody.
func TestWhatIsOldIsFoundByItsTime(t *testing.T) {
	s := onPostgres(t)
	indexes := map[string]string{
		"messages of people we do not know": "messages_unknown", "messages": "messages_created", "reports": "reports_created",
		"conversations": "conversations_created", "work": "work_items_closed", "sendings to many": "campaigns_created", "payments": "payments_received",
		"marks of what came in": "taken_at", "payment plans": "plans_made", "events to other systems": "webhook_deliveries_at",
		"earlier addresses": "contact_changes_at",
	}
	for _, text := range append(fillYears, "ANALYZE", "SET plan_cache_mode = force_generic_plan") {
		if _, err := s.Writer().Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	for i := range keptRecords {
		k := &keptRecords[i]
		index := indexes[k.kind]
		if index == "" {
			continue
		}
		delete(indexes, k.kind)
		text, args := k.batch(k.old(), k.by), fmt.Sprint(i, ", 0")
		if k.plain() {
			text, args = "DELETE FROM "+k.table+" WHERE "+k.old(), fmt.Sprint(i)
		}
		plan := planOf(t, s, text, args)
		bounded := strings.Contains(plan, "using "+index+" on") && strings.Contains(plan, "Index Cond: (("+cmp.Or(k.by, k.since)+" ")
		if !bounded || k.plain() && strings.Contains(plan, "Join Filter") || strings.Contains(plan, "Seq Scan") {
			t.Errorf("%s are not found by %s:\n%s", k.kind, index, plan)
		}
	}
	for kind := range indexes {
		t.Errorf("nothing tells how long %s are kept", kind)
	}
}

// fillYears are six years of messages, of which one in a hundred is of a stranger,
// and of what comes with them.
var fillYears = []string{
	`INSERT INTO messages (id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by,
		created, settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id, code, reasons, sealed)
	SELECT 'M' || n, FALSE, FALSE, 0, 0, 0, 0, 0, FALSE, FALSE, 0, 0, n, 0, '', CASE WHEN n % 100 = 0 THEN '' ELSE 'P' || n % 500 END, '', 'sms', '',
		'', '', '', '', '', '', '', '', '' FROM generate_series(1, 20000) n`,
	`INSERT INTO taken (scope, name, at) SELECT 'sms', 'SM' || n, n FROM generate_series(1, 20000) n`,
	`INSERT INTO payments (id, case_reference, received, sealed) SELECT 'P' || n, 'C' || n % 500, n, '' FROM generate_series(1, 20000) n`,
	`INSERT INTO plans (case_reference, number, made, sealed) SELECT 'C' || n % 5000, n / 5000, n, '' FROM generate_series(1, 20000) n`,
	`INSERT INTO webhook_deliveries (id, endpoint, type, at, subject, case_reference, person, conversation, state, tries, next, tried, status, failure)
	SELECT 'E' || n, 'https://example.org/' || n % 3, '', n, '', '', '', '', 'delivered', 1, 0, 0, 200, '' FROM generate_series(1, 20000) n`,
	`INSERT INTO contact_changes (person, channel, at, lost, was) SELECT 'P' || n % 500, 'sms', n, FALSE, '' FROM generate_series(1, 20000) n`,
}
