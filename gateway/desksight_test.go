package gateway_test

import (
	"slices"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// atRisk is a case of another team of whose receiving parent the record has a
// risk marker.
func atRisk() directory.Case {
	c := family()
	c.Reference, c.Team = "300022345678", "cardiff-1"
	c.PayingParent.ID, c.PayingParent.Phone = "P2", "+447700900201"
	r := &c.ReceivingParents[0]
	r.Reference, r.ID, r.Phone = "300022345679", "R2", "+447700900202"
	r.Risk = &directory.Risk{Kind: "domestic_abuse"}
	return c
}

// elsewhere is a case of another team, with nothing to it.
func elsewhere() directory.Case {
	c := atRisk()
	c.Reference, c.PayingParent.ID, c.PayingParent.Phone = "300032345678", "P3", "+447700900301"
	r := &c.ReceivingParents[0]
	r.Reference, r.ID, r.Phone, r.Risk = "300032345679", "R3", "+447700900302", nil
	return c
}

func TestWhoMaySeeACase(t *testing.T) {
	h := newDesk(t, family(), atRisk(), elsewhere())
	named := family()
	named.Reference, named.Team = "300042345678", "gone-7"
	who := "efa"
	named.NamedCaseworker = &who
	if err := h.store.PutCase(t.Context(), named, h.clock()); err != nil {
		t.Fatal(err)
	}
	const never, freely, withReason = "never", "freely", "with a reason"
	for _, c := range []struct {
		who       directory.StaffID
		reference directory.CaseReference
		want      string
	}{
		{"amara", reference, freely}, {"tomasz", reference, freely}, {"bethan", reference, withReason}, {"noor", reference, withReason},
		{"amara", atRisk().Reference, never}, {"bethan", atRisk().Reference, never}, {"tomasz", atRisk().Reference, never},
		{"efa", atRisk().Reference, freely}, {"noor", atRisk().Reference, withReason},
		{"amara", elsewhere().Reference, withReason}, {"bethan", elsewhere().Reference, freely},
		{"efa", named.Reference, freely}, {"amara", named.Reference, freely}, // the front team has what is of no team
		{"ola", reference, never}, {"nobody", reference, never}, {"amara", "300099999999", never},
	} {
		may, reason, err := h.MaySee(t.Context(), c.who, c.reference)
		if err != nil {
			t.Fatal(err)
		}
		got := never
		if may && reason {
			got = withReason
		} else if may {
			got = freely
		}
		if got != c.want {
			t.Errorf("%s sees case %s %s, want %s", c.who, c.reference, got, c.want)
		}
	}
}

func TestACaseOpensWithAReasonForTheDay(t *testing.T) {
	h := newDesk(t, family(), atRisk())
	h.wantError("without one", h.OpenCase(t.Context(), "bethan", reference, " "), gateway.ErrNoReason)
	h.wantError("one that is protected", h.OpenCase(t.Context(), "amara", atRisk().Reference, "curious"), gateway.ErrForbidden)
	h.wantError("with one", h.OpenCase(t.Context(), "bethan", reference, "covers the telephone"), nil)
	if may, reason, err := h.MaySee(t.Context(), "bethan", reference); !may || reason || err != nil {
		t.Errorf("today she sees it %v, with a reason more %v, %v", may, reason, err)
	}
	h.pass(24 * time.Hour)
	if _, reason, err := h.MaySee(t.Context(), "bethan", reference); !reason || err != nil {
		t.Errorf("tomorrow she needs a reason: %v, %v", reason, err)
	}
}

func TestAcquaintancesVanish(t *testing.T) {
	h := newDesk(t, family())
	h.present("amara")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.HandoffWork})
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.HandoffWork})
	h.wantError("amara takes one", h.Accept(t.Context(), "amara", "W1", 0), nil)
	h.wantError("a person whom nobody holds", h.Acquainted(t.Context(), "amara", "P9"), gateway.ErrNotFound)
	h.wantError("amara knows the other parent", h.Acquainted(t.Context(), "amara", "R1"), nil)
	h.sweep()
	if may, _, err := h.MaySee(t.Context(), "amara", reference); may || err != nil {
		t.Errorf("she may see the case: %v, %v", may, err)
	}
	for _, q := range []gateway.QueueQuery{{}, {Holder: "amara"}, {Case: reference}, {Person: "P1"}} {
		if tasks, err := h.Queue(t.Context(), "amara", q); len(tasks) > 0 || err != nil {
			t.Errorf("she is listed %v, %v", tasks, err)
		}
	}
	_, _, err := h.Task(t.Context(), "amara", "W2")
	h.wantError("she looks at it all the same", err, gateway.ErrNotFound)
	h.wantError("and takes it", h.Accept(t.Context(), "amara", "W2", 0), gateway.ErrNotFound)
	h.wantWhere("what she held", "W1", "waiting in leeds-2")
	h.present("amara", "tomasz")
	h.wantWhere("one who knows nobody", "W1", "offered tomasz")
	h.wantError("she takes it back herself", h.NotAcquainted(t.Context(), "amara", "amara", "R1"), gateway.ErrForbidden)
	h.wantError("her leader does", h.NotAcquainted(t.Context(), "tomasz", "amara", "R1"), nil)
	h.sweep()
	if tasks, err := h.Queue(t.Context(), "amara", gateway.QueueQuery{}); len(tasks) != 2 || err != nil {
		t.Errorf("she is listed %v again, %v", tasks, err)
	}
}

func TestProtectedWorkIsListedToNoOtherTeam(t *testing.T) {
	h := newDesk(t, atRisk())
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.ReportWork, Case: atRisk().Reference, Person: "P2"})
	h.wantWhere("of a protected case", "W1", "waiting in swansea-3")
	for _, id := range []directory.StaffID{"amara", "bethan", "tomasz"} {
		for _, q := range []gateway.QueueQuery{{}, {Teams: []directory.TeamID{"swansea-3"}}, {Case: atRisk().Reference}, {Person: "P2"}} {
			if tasks, err := h.Queue(t.Context(), id, q); len(tasks) > 0 || err != nil {
				t.Errorf("%s is listed %v, %v", id, tasks, err)
			}
		}
		h.wantError("taken by "+string(id), h.Accept(t.Context(), id, "W1", 0), gateway.ErrNotFound)
	}
	if tasks, err := h.Queue(t.Context(), "efa", gateway.QueueQuery{}); len(tasks) != 1 || err != nil {
		t.Errorf("efa is listed %v, %v", tasks, err)
	}
	h.wantError("noor has not said why", h.Accept(t.Context(), "noor", "W1", 0), gateway.ErrNoReason)
	_, err := h.Queue(t.Context(), "ola", gateway.QueueQuery{})
	h.wantError("an auditor's queue", err, gateway.ErrForbidden)
}

func TestARiskMarkerTakesTheCaseAway(t *testing.T) {
	h := newDesk(t, elsewhere())
	h.present("bethan")
	h.take(gateway.WorkItem{ID: "W1", Kind: gateway.ReportWork, Case: elsewhere().Reference, Person: "P3"})
	h.take(gateway.WorkItem{ID: "W2", Kind: gateway.ReportWork, Case: elsewhere().Reference, Person: "P3"})
	h.wantError("bethan takes one", h.Accept(t.Context(), "bethan", "W1", 0), nil)
	marked := elsewhere()
	marked.PayingParent.Risk = &directory.Risk{Kind: "domestic_abuse"}
	if err := h.store.PutCase(t.Context(), marked, h.clock()); err != nil {
		t.Fatal(err)
	}
	if tasks, err := h.Queue(t.Context(), "bethan", gateway.QueueQuery{}); slices.ContainsFunc(tasks, func(t gateway.Task) bool { return t.ID == "W2" }) || err != nil {
		t.Errorf("bethan is listed what nobody has looked at since: %v, %v", tasks, err)
	}
	h.sweep()
	h.wantWhere("what waited", "W2", "waiting in swansea-3")
	h.wantWhere("what she held", "W1", "waiting in swansea-3")

	moved := elsewhere()
	moved.Team = "leeds-2"
	if err := h.store.PutCase(t.Context(), moved, h.clock().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	h.sweep()
	h.wantWhere("without the marker, in another team", "W1", "waiting in leeds-2")
}

func TestLettersOfThirdPartiesAreWorkWithAnAuthority(t *testing.T) {
	h := newDesk(t, family())
	letter := gateway.NewTask{Kind: gateway.MPWork, Person: "P1", Note: "Asks why it is late."}
	_, err := h.AddTask(t.Context(), "amara", letter)
	h.wantError("from nobody", err, gateway.ErrNoReason)
	letter.Authority = &gateway.Authority{Who: "Rowan Member", Organisation: "House of Commons", ShownBy: "the constituent's request",
		Until: calculation.NewDate(2027, 1, 1)}
	id, err := h.AddTask(t.Context(), "amara", letter)
	h.wantError("with an authority", err, nil)
	h.sweep()
	task, notes, err := h.Task(t.Context(), "amara", id)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 12, 7, 18, 0, 0, 0, time.UTC); task.Kind != gateway.MPWork || task.Case != reference || !task.Due.Equal(want) {
		t.Errorf("it is %s of case %s due %v, want due %v", task.Kind, task.Case, task.Due, want)
	}
	if notes[0].By != "amara" || notes[0].Note != letter.Note {
		t.Errorf("its first note is %+v", notes[0])
	}
	authorities, err := h.Authorities(t.Context(), "tomasz", "P1")
	if err != nil || len(authorities) != 1 || authorities[0].Who != "Rowan Member" || authorities[0].By != "amara" || authorities[0].For != "P1" {
		t.Fatalf("on record are %+v, %v", authorities, err)
	}
	a := authorities[0]
	if !a.Stands(calculation.NewDate(2027, 1, 1)) || a.Stands(calculation.NewDate(2027, 1, 2)) {
		t.Error("it stands until its last day, and no longer")
	}
	_, err = h.Authorities(t.Context(), "noor", "P1")
	h.wantError("asked for by another team", err, gateway.ErrForbidden)
	_, err = h.AddTask(t.Context(), "amara", gateway.NewTask{Kind: gateway.ComplaintWork, Case: reference, Person: "P9"})
	h.wantError("about somebody else", err, gateway.ErrNotFound)
	_, err = h.AddTask(t.Context(), "amara", gateway.NewTask{Kind: "holiday"})
	h.wantError("of no kind", err, gateway.ErrNotFound)
}
