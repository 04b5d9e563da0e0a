package gateway_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

func TestTransfers(t *testing.T) {
	h := newDesk(t, family(), atRisk())
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.ReportWork, Case: atRisk().Reference, Person: "P2"})
	move := func(by directory.StaffID, id string, to gateway.Destination, note string) error {
		return h.Transfer(t.Context(), by, id, 0, to, note)
	}
	h.wantError("what amara does not hold", move("amara", "W1", gateway.Destination{Team: "cardiff-1"}, "for you"), gateway.ErrNotYours)
	h.wantError("amara takes it", h.Accept(t.Context(), "amara", "W1", 0), nil)
	h.wantError("without a note", move("amara", "W1", gateway.Destination{Team: "cardiff-1"}, ""), gateway.ErrNoReason)
	h.wantError("to a team that is not there", move("amara", "W1", gateway.Destination{Team: "york-1"}, "for you"), gateway.ErrNotFound)
	h.wantError("to an auditor", move("amara", "W1", gateway.Destination{Staff: "ola"}, "for you"), gateway.ErrNotFound)
	h.wantError("to another team", move("amara", "W1", gateway.Destination{Team: "cardiff-1"}, "for you"), nil)
	h.wantWhere("with them", "W1", "waiting in cardiff-1")
	if err := h.store.PutCase(t.Context(), family(), h.clock()); err != nil { // the nightly import
		t.Fatal(err)
	}
	h.sweep()
	h.wantWhere("and stays there", "W1", "waiting in cardiff-1")
	h.wantError("bethan leads there", move("bethan", "W1", gateway.Destination{Staff: "tomasz"}, "yours, I think"), nil)
	h.present("tomasz")
	h.wantWhere("to one", "W1", "offered tomasz")

	h.wantError("what is protected is taken", h.Accept(t.Context(), "efa", "W2", 0), nil)
	h.wantError("to a general team", move("efa", "W2", gateway.Destination{Team: "leeds-2"}, "for you"), gateway.ErrForbidden)
	h.wantError("to one of it", move("efa", "W2", gateway.Destination{Staff: "amara"}, "for you"), gateway.ErrForbidden)
	h.wantError("to another specialist", move("efa", "W2", gateway.Destination{Staff: "noor"}, "for you"), nil)
	h.wantWhere("with them", "W2", "waiting for noor")
}

func TestWhatIsLateSaysWhy(t *testing.T) {
	h := newDesk(t, family())
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.CalculationWork})
	h.wantError("amara takes it", h.Accept(t.Context(), "amara", "W1", 0), nil)
	h.pass(6*7*24*time.Hour + 8*time.Hour)
	h.sweep()
	if got := h.events("W1"); !slices.Contains(got, gateway.TaskMissed) {
		t.Errorf("six weeks on, its history is %v", got)
	}
	h.wantError("closed late", h.Close(t.Context(), "amara", "W1", 0, "calculated", ""), gateway.ErrCause)
	h.wantError("no cause", h.Delay(t.Context(), "amara", "W1", 0, " "), gateway.ErrNoReason)
	h.wantError("the cause", h.Delay(t.Context(), "amara", "W1", 0, "The income came late."), nil)
	h.wantError("closed then", h.Close(t.Context(), "amara", "W1", 0, "calculated", ""), nil)
}

func TestATargetWarnsBeforeItIsMissed(t *testing.T) {
	h := newDesk(t, family())
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.ComplaintWork})
	h.pass(17*24*time.Hour + 8*time.Hour) // of 21, over three week-ends
	h.sweep()
	if got := h.events("W1"); !slices.Contains(got, gateway.TaskWarned) || slices.Contains(got, gateway.TaskMissed) {
		t.Errorf("four days before its end, its history is %v", got)
	}
	counts, err := h.QueueCounts(t.Context(), "tomasz")
	if err != nil || counts.Teams[0].Waiting != 1 || counts.Teams[0].Late != 0 {
		t.Errorf("counted are %+v, %v", counts, err)
	}
}

func TestDangerThatNobodyReleasesEscalates(t *testing.T) {
	h := newDesk(t, family())
	h.text(payingPhone, "he hits me and I am scared to go home")
	h.sweep()
	h.pass(59 * time.Minute)
	h.sweep()
	if items := h.work(gateway.HoldWork); len(items) > 0 {
		t.Errorf("within the hour there is %v", items)
	}
	h.pass(2 * time.Minute)
	for range 2 {
		h.sweep()
	}
	items := h.work(gateway.HoldWork)
	if len(items) != 1 {
		t.Fatalf("after an hour there is %v", items)
	}
	h.wantWhere("on the next rung of the specialists", items[0].ID, "waiting in swansea-3")
	specialist := directory.Staff{ID: "noor", Role: directory.Specialist}
	h.do(h.ReleaseDanger(t.Context(), "P1", specialist))
	h.wantWhere("once it is released", items[0].ID, "done ")
	if err := h.ReleaseDanger(t.Context(), "P1", specialist); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("released twice: %v", err)
	}
}

func TestWatchersHearOfChanges(t *testing.T) {
	h := newDesk(t, family())
	ctx, stop := context.WithCancel(t.Context())
	changes := h.Watch(ctx)
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	if c := <-changes; c.Task != "W1" || c.Team != "leeds-2" {
		t.Errorf("heard %+v", c)
	}
	for range 100 { // it does not keep up
		h.Tell(t.Context(), gateway.Change{Team: "leeds-2"})
	}
	for range 64 {
		<-changes
	}
	h.Tell(t.Context(), gateway.Change{Team: "leeds-2"})
	if c := <-changes; !c.Lost {
		t.Errorf("heard %+v after some were missed", c)
	}
	stop()
	for range changes { // until it is closed
	}
}

// TestTwoNodesOneTaker has two caseworkers press accept at the same moment on
// two nodes of one PostgreSQL.
func TestTwoNodesOneTaker(t *testing.T) {
	h := newDesk(t)
	database := servertest.Postgres(t)
	var nodes []*gateway.Gateway
	var first *store.Store
	for range 2 {
		s, err := store.Open(t.Context(), database, store.Config{Secret: secret, Timers: h.setTimers})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		config := h.config
		config.Store, config.Log = s, slog.New(slog.DiscardHandler)
		node, err := gateway.New(config)
		if err != nil {
			t.Fatal(err)
		}
		nodes, first = append(nodes, node), s
	}
	if err := first.PutCase(t.Context(), family(), h.clock()); err != nil {
		t.Fatal(err)
	}
	for round := range 20 {
		item := gateway.WorkItem{ID: string(rune('A' + round)), Kind: gateway.HandoffWork, Case: reference, Person: "P1"}
		if err := nodes[0].TakeWork(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, by := range []directory.StaffID{"amara", "tomasz"} {
			all.Go(func() { _ = nodes[i].Sweep(t.Context()) }) // both nodes route it, too
			all.Go(func() { errs[i] = nodes[i].Accept(t.Context(), by, item.ID, 0) })
		}
		all.Wait()
		task, notes, err := first.Task(t.Context(), item.ID)
		if err != nil {
			t.Fatal(err)
		}
		lost := errs[1]
		if task.Holder == "tomasz" {
			lost = errs[0]
		}
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(lost, gateway.ErrTaken) {
			t.Errorf("round %d: held by %s; amara got %v, tomasz %v; %v", round, task.Holder, errs[0], errs[1], notes)
		}
	}
}
