package gateway_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// staffed is who works in these tests: two by day in Leeds, a Welsh speaker in
// Cardiff, and two teams of specialists.
const staffed = `
front: leeds-2
teams:
- {id: leeds-2, name: Leeds 2, nation: england, hours: "08:00-18:00", overflow: [{team: cardiff-1, after: 4h}]}
- {id: cardiff-1, name: Cardiff 1, nation: wales, hours: "08:00-18:00"}
- {id: hull-1, name: Hull 1, nation: england, hours: "08:00-20:00", specialist: true, overflow: [{team: swansea-3, after: 1h}]}
- {id: swansea-3, name: Swansea 3, nation: wales, hours: "08:00-20:00", specialist: true}
staff:
- {id: amara, name: Amara, email: amara@example.com, role: caseworker, teams: [leeds-2], capacity: 2}
- {id: tomasz, name: Tomasz, email: tomasz@example.com, role: team leader, teams: [leeds-2], skills: [complaints], capacity: 2}
- {id: bethan, name: Bethan, email: bethan@example.com, role: team leader, teams: [cardiff-1], skills: [welsh], capacity: 2}
- {id: noor, name: Noor, email: noor@example.com, role: specialist, teams: [hull-1], skills: [domestic abuse], capacity: 2}
- {id: efa, name: Efa, email: efa@example.com, role: specialist, teams: [swansea-3], skills: [domestic abuse, welsh], capacity: 2}
- {id: ola, name: Ola, email: ola@example.com, role: auditor}
`

// newDesk is a house in which people work.
func newDesk(t testing.TB, cases ...directory.Case) *house {
	t.Helper()
	h := newHouse(t, cases...)
	h.hire(staffed)
	return h
}

// hire makes the gateway anew with a roster.
func (h *house) hire(roster string) {
	h.t.Helper()
	var err error
	if h.config.Staff, err = directory.ReadRoster([]byte(roster)); err != nil {
		h.t.Fatal(err)
	}
	h.useDialogs(h.config.Dialogs)
}

// take adds work about the paying parent of the family, unless it says of whom.
func (h *house) take(w gateway.WorkItem) {
	h.t.Helper()
	if w.Case == "" && w.Person == "" {
		w.Case, w.Person = reference, "P1"
	}
	if err := h.TakeWork(h.t.Context(), w); err != nil {
		h.t.Fatal(err)
	}
	h.sweep()
}

func (h *house) sweep() {
	h.t.Helper()
	if err := h.Sweep(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// present gives signs of some who are available, and sweeps.
func (h *house) present(ids ...directory.StaffID) {
	h.t.Helper()
	for _, id := range ids {
		if err := h.Present(h.t.Context(), id, gateway.Available); err != nil {
			h.t.Fatal(err)
		}
	}
	h.sweep()
}

// passing lets time go by in which some keep giving signs.
func (h *house) passing(d time.Duration, ids ...directory.StaffID) {
	h.t.Helper()
	for left := d; left > 0; left -= 20 * time.Second {
		h.pass(min(left, 20*time.Second))
		for _, id := range ids {
			if err := h.Present(h.t.Context(), id, ""); err != nil {
				h.t.Fatal(err)
			}
		}
		h.sweep()
	}
}

// where is where a work item stands, as "waiting leeds-2", "offered amara".
func (h *house) where(id string) string {
	h.t.Helper()
	task, _, err := h.store.Task(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	switch {
	case task.State == gateway.WorkWaiting && task.For != "":
		return "waiting for " + string(task.For)
	case task.State == gateway.WorkWaiting:
		return "waiting in " + string(task.Team)
	default:
		return string(task.State) + " " + string(task.Holder)
	}
}

func (h *house) wantWhere(what, id, want string) {
	h.t.Helper()
	if got := h.where(id); got != want {
		h.t.Errorf("%s: %s is %s, want %s", what, id, got, want)
	}
}

func (h *house) events(id string) (events []gateway.TaskEvent) {
	h.t.Helper()
	_, notes, err := h.store.Task(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, n := range notes {
		events = append(events, n.What)
	}
	return events
}

func (h *house) wantError(what string, got, want error) {
	h.t.Helper()
	if !errors.Is(got, want) {
		h.t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func TestWorkIsOfferedAcceptedAndClosed(t *testing.T) {
	h := newDesk(t, family())
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.wantWhere("nobody is there", "W1", "waiting in leeds-2")
	h.present("amara", "bethan")
	h.wantWhere("amara is free", "W1", "offered amara")
	h.wantError("bethan takes it", h.Accept(t.Context(), "bethan", "W1", 2), gateway.ErrNoReason)
	h.wantError("tomasz takes it", h.Accept(t.Context(), "tomasz", "W1", 2), gateway.ErrTaken)
	h.wantError("amara takes it", h.Accept(t.Context(), "amara", "W1", 2), nil)
	h.wantError("and once more", h.Accept(t.Context(), "amara", "W1", 2), nil)
	h.wantError("a note", h.NoteTask(t.Context(), "tomasz", "W1", 3, "Rang: no answer."), nil)
	h.wantError("amara closes what tomasz has written on since", h.Close(t.Context(), "amara", "W1", 3, "answered", ""), gateway.ErrChanged)
	h.wantError("she has read it", h.Close(t.Context(), "amara", "W1", 4, "answered", "All is well."), nil)
	task, notes, err := h.Task(t.Context(), "tomasz", "W1")
	if err != nil {
		t.Fatal(err)
	}
	if task.State != gateway.WorkDone || task.Outcome != "answered" || !task.Closed.Equal(h.clock()) {
		t.Errorf("closed, it is %+v", task)
	}
	want := []gateway.TaskEvent{gateway.TaskRouted, gateway.TaskOffered, gateway.TaskAccepted, gateway.TaskNoted, gateway.TaskClosed}
	if got := h.events("W1"); !slices.Equal(got, want) {
		t.Errorf("its history is %v, want %v", got, want)
	}
	if last := notes[len(notes)-1]; last.By != "amara" || last.Note != "All is well." {
		t.Errorf("the last note is %+v", last)
	}
	h.wantError("closing it again", h.Close(t.Context(), "amara", "W1", 5, "again", ""), gateway.ErrNotYours)
}

func TestAnOfferToWhoHasGoneGoesToAnother(t *testing.T) {
	h := newDesk(t, family())
	h.present("amara", "tomasz")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.wantWhere("the least skilled first", "W1", "offered amara")
	h.passing(59*time.Second, "tomasz")
	h.wantWhere("amara's browser went away", "W1", "offered tomasz")
	if p, err := h.PresenceOf(t.Context(), "amara"); err != nil || p != gateway.Away {
		t.Errorf("amara is %s, %v", p, err)
	}
}

func TestWhoLetsAnOfferRunOutIsAskedNoMoreForNow(t *testing.T) {
	h := newDesk(t, family())
	h.present("amara")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.passing(gateway.OfferLife, "amara")
	h.wantWhere("after a minute", "W1", "waiting in leeds-2")
	if p, err := h.PresenceOf(t.Context(), "amara"); err != nil || p != gateway.Busy {
		t.Errorf("amara is %s, %v", p, err)
	}
	h.present("amara")
	h.wantWhere("she is back", "W1", "waiting in leeds-2")
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.ReportWork})
	h.wantWhere("she gets what she has not let go", "W2", "offered amara")
	h.wantError("not now", h.Return(t.Context(), "amara", "W2", 0, ""), nil)
	h.passing(10*time.Minute, "amara")
	h.wantWhere("later she is asked again", "W1", "offered amara")
}

func TestUrgentWorkOfWhoIsGoneGoesToOthers(t *testing.T) {
	h := newDesk(t, family())
	h.present("noor", "amara")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.DangerWork, Urgent: true})
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.HandoffWork})
	h.wantWhere("danger", "W1", "offered noor")
	h.wantError("noor takes it", h.Accept(t.Context(), "noor", "W1", 0), nil)
	h.wantError("amara takes hers", h.Accept(t.Context(), "amara", "W2", 0), nil)
	h.passing(50 * time.Second)
	h.wantWhere("nobody is there", "W1", "waiting in hull-1")
	h.wantWhere("what can wait", "W2", "held amara")
	h.passing(time.Hour+30*time.Second, "efa")
	h.wantWhere("up the ladder", "W1", "offered efa")
}

func TestTheNamedCaseworkerIsAskedFirst(t *testing.T) {
	named := family()
	who := "tomasz"
	named.NamedCaseworker = &who
	h := newDesk(t, named)
	h.present("amara")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.wantWhere("while there is time", "W1", "waiting for tomasz")
	h.passing(2*time.Hour, "amara")
	h.wantWhere("after two hours", "W1", "offered amara")
	h.wantError("tomasz is absent", h.Absent(t.Context(), "tomasz", "tomasz", h.clock().AddDate(0, 0, 7), "bethan"), nil)
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.HandoffWork})
	h.wantWhere("who covers is asked", "W2", "waiting for bethan")
	h.take(gateway.WorkItem{ID: "W3", Kind: gateway.CallWork})
	h.present("amara")
	h.wantError("amara takes what she has", h.Accept(t.Context(), "amara", "W1", 0), nil)
	h.sweep()
	h.wantWhere("a caller is not kept waiting", "W3", "offered amara")
}

func TestAbsenceHandsOver(t *testing.T) {
	h := newDesk(t, family())
	h.present("amara")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.wantError("amara takes it", h.Accept(t.Context(), "amara", "W1", 0), nil)
	h.wantError("bethan says that amara is ill", h.Absent(t.Context(), "bethan", "amara", h.clock().AddDate(0, 0, 2), ""), gateway.ErrForbidden)
	h.wantError("her leader says so", h.Absent(t.Context(), "tomasz", "amara", h.clock().AddDate(0, 0, 2), "tomasz"), nil)
	h.sweep()
	h.wantWhere("it goes to who covers", "W1", "waiting for tomasz")
	h.present("tomasz")
	h.wantWhere("who is there", "W1", "offered tomasz")
	if events := h.events("W1"); !slices.Contains(events, gateway.TaskReturned) {
		t.Errorf("its history is %v", events)
	}
	h.wantError("she comes back", h.Absent(t.Context(), "amara", "amara", h.clock(), ""), nil)
}
