package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// listened opens a store, whose endpoint "all" wants all events and whose "some"
// wants reports alone, on each database.
func listened(t *testing.T, test func(t *testing.T, open func() *store.Store)) {
	t.Helper()
	events := map[gateway.EventType][]string{}
	for _, kind := range gateway.EventTypes() {
		events[kind] = []string{"all"}
	}
	events[gateway.ReportCreated] = []string{"all", "some"}
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "parley.db") },
		"PostgreSQL": func(t *testing.T) string { return servertest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			at := database(t)
			test(t, func() *store.Store { return openWith(t, at, events) })
		})
	}
}

func openWith(t *testing.T, database string, events map[gateway.EventType][]string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database, store.Config{Secret: secret, Timers: insertTimers, Connections: 4, Events: events})
	if err == nil {
		err = s.Migrate(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// told are the events for an endpoint, oldest first, and forgets them.
func told(t *testing.T, s *store.Store, endpoint string) []string {
	t.Helper()
	all, err := s.Deliveries(t.Context(), gateway.DeliveryQuery{Endpoint: endpoint})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, d := range slices.Backward(all) {
		texts = append(texts, fmt.Sprintf("%s %s of %s/%s/%s", d.Type, d.Subject, d.Case, d.Person, d.Conversation))
	}
	slices.Sort(texts)
	must(t, s.ForgetDeliveries(t.Context(), noon.AddDate(1, 0, 0)))
	return texts
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What happened is told once; what was put aside is not told.
func TestEvents(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		want := func(what string, events ...string) {
			t.Helper()
			if got := told(t, s, "all"); !slices.Equal(got, events) {
				t.Errorf("%s: heard of\n%q, want\n%q", what, got, events)
			}
		}
		talk := gateway.Conversation{ID: "C1", Person: "P1", Case: "300012345678", Phase: gateway.Open, Turn: 1, Created: noon,
			Address: gateway.Address{Channel: directory.SMS, Value: "+447700900101"}}
		item := gateway.WorkItem{ID: "W1", Key: "K1", Kind: gateway.ReportWork, Case: "300012345678", Person: "P1", Conversation: "C1", Created: noon}
		begun := gateway.Turn{ID: "T1", At: noon, Begins: true, Conversation: &talk,
			Reports:   []gateway.Report{{ID: "R1", Key: "C1/1", Simple: true, Case: "300012345678", Person: "P1", Conversation: "C1", Created: noon}},
			WorkItems: []gateway.WorkItem{item},
			Outgoing:  []gateway.Message{{ID: "M1", Person: "P1", Case: "300012345678", Conversation: "C1", To: talk.Address, Created: noon, NotBefore: noon}},
		}
		must(t, s.Commit(t.Context(), begun))
		of := " of 300012345678/P1/C1"
		if got := deliveriesTo(t, s, "some"); len(got) != 1 || got[0].Type != gateway.ReportCreated {
			t.Errorf("some hears of %+v", got)
		}
		want("a first turn", "change.simple R1"+of, "conversation.started C1"+of, "report.created R1"+of, "work_item.created W1"+of)

		if err := s.Commit(t.Context(), begun); err == nil {
			t.Error("a turn was taken twice")
		}
		item.ID = "W2"
		must(t, s.AddWork(t.Context(), item))
		want("a turn that came second, and work that is known")

		_, err := s.Claim(t.Context(), noon, 5, time.Minute)
		must(t, err)
		settle := func(status gateway.Status, work string) {
			t.Helper()
			must(t, s.Record(t.Context(), []gateway.Settlement{{Message: "M1", Status: status, At: noon,
				WorkItem: &gateway.WorkItem{ID: work, Key: "M1/" + string(status), Created: noon}}}))
		}
		settle(gateway.Failed, "W3")
		want("a failure", "message.status M1"+of, "work_item.created W3"+of)
		settle(gateway.Sent, "W4")
		settle(gateway.Failed, "W5")
		want("statuses that came late or twice")
	})
}

func deliveriesTo(t *testing.T, s *store.Store, endpoint string) []gateway.Delivery {
	t.Helper()
	all, err := s.Deliveries(t.Context(), gateway.DeliveryQuery{Endpoint: endpoint})
	must(t, err)
	return all
}

// Work, payments and ends are told too, and none when nobody wants them.
func TestEventsOfWorkPaymentsAndEnds(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		must(t, s.AddWork(t.Context(), gateway.WorkItem{ID: "W1", Key: "K1", Case: "300012345678", Created: noon}))
		change := func(version int, what gateway.TaskEvent) bool {
			t.Helper()
			made, err := s.ChangeTasks(t.Context(), []gateway.TaskChange{{
				Task: gateway.Task{WorkItem: gateway.WorkItem{ID: "W1"}, State: gateway.WorkHeld, Version: version},
				Note: gateway.TaskNote{Number: version, At: noon, What: what},
			}})
			must(t, err)
			return made[0]
		}
		if !change(1, gateway.TaskRouted) || !change(2, gateway.TaskOffered) || !change(3, gateway.TaskClosed) {
			t.Error("a change was not made")
		}
		if change(3, gateway.TaskAccepted) {
			t.Error("a change was made that came second")
		}
		of := " of 300012345678//"
		if got := told(t, s, "all"); !slices.Equal(got, []string{"work_item.changed W1" + of, "work_item.closed W1" + of, "work_item.created W1" + of}) {
			t.Errorf("of work: %q", got)
		}
		pay := directory.Payment{ID: "BACS.1", Case: "300012345678", Received: calculation.DateOf(noon)}
		for day := range 2 { // the same payment again is no second one
			must(t, s.PutPayments(t.Context(), []directory.Payment{pay}, noon.AddDate(0, 0, day), nil))
		}
		if got := told(t, s, "all"); !slices.Equal(got, []string{"payment.received BACS.1" + of}) {
			t.Errorf("of payments: %q", got)
		}
		talk := gateway.Conversation{ID: "C1", Person: "P1", Phase: gateway.Ended, Turn: 1, Created: noon}
		must(t, s.Commit(t.Context(), gateway.Turn{ID: "T1", At: noon, Begins: true, Conversation: &talk}))
		if got := told(t, s, "all"); !slices.Equal(got, []string{"conversation.ended C1 of /P1/C1", "conversation.started C1 of /P1/C1"}) {
			t.Errorf("of a conversation of one turn: %q", got)
		}
	})
}
