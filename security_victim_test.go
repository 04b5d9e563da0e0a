package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A victim is a case that somebody has no business with. Its people have told us
// things, and every id of theirs is known to whoever asks for them.
type victim struct {
	why    string
	of     directory.CaseReference
	person directory.PersonID
	phone  string
	risk   string            // a marker's kind; empty: none
	team   directory.TeamID  // that works on the case
	ids    map[string]string // by the last two parts of a route: "cases/{case}"
}

// word is what only this victim says and is called.
func (v *victim) word() string { return "Canary" + string(v.person) }

// settle puts a victim's case in and has its paying parent leave something of
// every kind: a conversation with messages, a work item, a file.
func (d *demonstration) settle(v *victim, number int) {
	d.t.Helper()
	phone := func(n int) string { return fmt.Sprintf("+447700900%03d", number+n) }
	risk := "null"
	if v.risk != "" {
		risk = fmt.Sprintf(`{"kind": %q}`, v.risk)
	}
	d.api("PUT", "/api/v1/cases/"+string(v.of), fmt.Sprintf(`{"reference": %[1]q, "team": %[2]q, "service": "direct_pay", "nation": "wales", "effective_date": "2026-04-06",
		"paying_parent": {"id": %[3]q, "name": "%[4]s Payer", "phone": %[5]q, "phone_since": "2025-01-10", "pin": "9876543", "postcode": "LS1 1AA",
			"safe_contact": {"channels": ["sms"], "hours": "00:00-24:00", "post": true, "discreet": false, "review": "2027-01-01"}},
		"receiving_parents": [{"id": "%[3]sR", "name": "%[4]s Payee", "risk": %[6]s, "phone": %[7]q, "phone_since": "2025-01-10", "pin": "8765432",
			"safe_contact": {"channels": ["sms"], "hours": "00:00-24:00", "post": true, "discreet": false, "review": "2027-01-01"}, "children": [{"id": "%[3]sC", "name": "%[4]s Child"}]}]}`,
		v.of, v.team, v.person, v.word(), phone(0), risk, phone(1)))
	v.phone = phone(0)
	d.leave(v)
}

// other is the other parent of a victim's case, a victim too: they have what is
// theirs alone.
func (d *demonstration) other(v *victim, number int) *victim {
	d.t.Helper()
	other := &victim{why: "the other parent of " + v.why, of: v.of, person: v.person + "R", phone: fmt.Sprintf("+447700900%03d", number+1)}
	d.leave(other)
	return other
}

// leave has a parent leave something of every kind.
func (d *demonstration) leave(v *victim) {
	d.t.Helper()
	from := gateway.Address{Channel: directory.SMS, Value: v.phone}
	for i, words := range []string{"PAY", v.word() + " said so", "PERSON"} {
		in := gateway.Inbound{ProviderID: fmt.Sprint("SM-", v.person, "-", i), From: from, To: demoNumber, Text: words}
		if err := d.made.gateway.Receive(d.t.Context(), in); err != nil {
			d.t.Fatal(err)
		}
	}
	file, err := d.made.channels.evidence.Take(d.t.Context(), from, v.person, v.word()+".pdf", strings.NewReader("%PDF-1.7\n"+v.word()+"\n%%EOF\n"))
	if err != nil {
		d.t.Fatal(err)
	}
	one := func(query string) string { return d.one(query, string(v.person)) }
	task, talk := one(`SELECT id FROM work_items WHERE person = $1 ORDER BY id LIMIT 1`), one(`SELECT id FROM conversations WHERE person = $1`)
	v.ids = map[string]string{
		"cases/{case}": string(v.of), "new-task/{case}": string(v.of), "cases/{reference}": string(v.of), "people/{person}": string(v.person),
		"connect/{person}": string(v.person), "people/{id}": string(v.person), "evidence/{file}": string(file.ID), "tasks/{id}": task,
		"conversations/{id}": talk, "turns/{turn}": "1", "messages/{message}": one(`SELECT id FROM messages WHERE person = $1 AND NOT outgoing ORDER BY id LIMIT 1`),
		"l/{link}": "no-link-of-anybody", "campaigns/{id}": "no-campaign",
	}
}

// ofNobody are names in routes that are nothing of a person's.
var ofNobody = []string{"dialogs/{dialog}", "notices/{notice}", "instructions/{kind}", "reports/{report}"}

// one is the single value that a query finds.
func (d *demonstration) one(query string, args ...any) (value string) {
	d.t.Helper()
	if err := d.made.store.Writer().QueryRowContext(d.t.Context(), query, args...).Scan(&value); err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
	return value
}

// held counts what every table has of a victim, but for the audit, and what staff
// did with their work. It waits until nothing is on its way to them.
func (d *demonstration) held(v *victim) string {
	d.t.Helper()
	for end := time.Now().Add(patience); d.one(`SELECT count(*) FROM messages WHERE person = $1 AND outgoing AND waiting`, string(v.person)) != "0"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatal("messages are still waiting")
		}
	}
	rows, err := d.made.store.Writer().QueryContext(d.t.Context(), `SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name <> 'audit' AND p.name IN ('person', 'case_reference')`)
	if err != nil {
		d.t.Fatal(err)
	}
	defer rows.Close()
	var columns [][2]string
	for rows.Next() {
		var c [2]string
		if err := rows.Scan(&c[0], &c[1]); err != nil {
			d.t.Fatal(err)
		}
		columns = append(columns, c)
	}
	deeds := `SELECT count(*) FROM work_notes WHERE staff <> '' AND task IN (SELECT id FROM work_items WHERE person = $1)`
	counts := map[string]string{"work_notes": d.one(deeds, string(v.person))}
	for _, c := range columns {
		counts[c[0]+"."+c[1]] = d.one(fmt.Sprintf(`SELECT count(*) FROM %s WHERE %s IN ($1, $2, $3)`, c[0], c[1]), string(v.person), string(v.person)+"R", string(v.of))
	}
	text, err := json.Marshal(counts)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// An idRoute is a route whose path has a name in braces.
type idRoute struct{ method, path string }

var (
	namedPath = regexp.MustCompile(`"([^" ]* )?([^" ]*/\{[a-z]+\}[^" ]*)"`)
	namedPart = regexp.MustCompile(`[\w-]+/\{[a-z]+\}`)
)

// idRoutes are all routes with names in them, as they stand in the source: one
// that is new is among them.
func idRoutes(t *testing.T) (routes []idRoute) {
	t.Helper()
	eachSource(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/simulator/") || path == "calls.go" {
			return
		}
		for _, found := range namedPath.FindAllStringSubmatch(string(source), -1) {
			if !regexp.MustCompile(`^/(console|api|chat)/`).MatchString(found[2]) {
				t.Errorf("%s: nobody knows whether a stranger is refused %q", path, found[0])
			}
			methods := []string{strings.TrimSpace(found[1])}
			if found[1] == "" {
				methods = []string{"GET", "PUT", "POST", "PATCH", "DELETE"}
			}
			for _, method := range methods {
				if one := (idRoute{method, found[2]}); !slices.Contains(routes, one) {
					routes = append(routes, one)
				}
			}
		}
	})
	slices.SortStableFunc(routes, func(a, b idRoute) int { // whom somebody knows they see no more
		return strings.Count(a.path, "/acquainted") - strings.Count(b.path, "/acquainted")
	})
	if len(routes) < 40 {
		t.Errorf("%d routes: this test looks in the wrong place", len(routes))
	}
	return routes
}

// with is a route's path with a victim's ids, and whether they are in it.
func (one idRoute) with(t *testing.T, v *victim) (path string, theirs bool) {
	t.Helper()
	path = namedPart.ReplaceAllStringFunc(one.path, func(part string) string {
		before, _, _ := strings.Cut(part, "{")
		id, known := v.ids[part]
		switch {
		case known:
			theirs = true
		case !slices.Contains(ofNobody, part):
			t.Errorf("%s: nobody says whose id stands at %q", one.path, part)
		}
		return before + id
	})
	return path, theirs
}
