package gatewaytest

import (
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// search returns the ids that a search finds.
func (p *storeProof) search(s gateway.TaskSearch) []string {
	p.Helper()
	tasks, err := p.Tasks(p.Context(), s)
	p.must(err)
	return taskIDs(tasks)
}

func taskPages(p *storeProof) {
	for i, priority := range []int{2, 0, 1, 1} {
		p.route(fmt.Sprintf("A%d", i), "leeds-2", priority)
		p.route(fmt.Sprintf("B%d", i), "cardiff-1", priority)
	}
	p.route("C1", "hull-1", 0)
	p.addWork("D1") // nobody has looked at it yet
	both := gateway.TaskSearch{Teams: []directory.TeamID{"leeds-2", "cardiff-1"}, Routed: true, Limit: 3}
	want(p, "the first page", p.search(both), []string{"A1", "B1", "A2"})
	both.After = "A2"
	want(p, "the second", p.search(both), []string{"A3", "B2", "B3"})
	both.After = "B3"
	want(p, "the last", p.search(both), []string{"A0", "B0"})
	want(p, "of a case, looked at or not", len(p.search(gateway.TaskSearch{Case: "300012345678"})), 10)
	want(p, "of a person and a kind", len(p.search(gateway.TaskSearch{Person: "P1", Kind: gateway.DangerWork})), 0)
	p.held(p.task("A2"), "amara")
	want(p, "of a holder", p.search(gateway.TaskSearch{Holder: "amara"}), []string{"A2"})
	want(p, "held in a team", p.search(gateway.TaskSearch{Teams: []directory.TeamID{"leeds-2"}, States: []gateway.WorkState{gateway.WorkHeld}}), []string{"A2"})
}

func taskLines(p *storeProof) {
	first := p.route("W1", "leeds-2", 2)
	second := p.route("W2", "leeds-2", 1)
	welsh := p.route("W3", "leeds-2", 0)
	now := welsh
	now.Needs = []directory.Skill{directory.SpeaksWelsh}
	p.changed(welsh, now, gateway.TaskNoted)
	kept := p.route("W4", "leeds-2", 0)
	now = kept
	now.For = "amara"
	p.changed(kept, now, gateway.TaskNoted)
	p.held(p.route("W5", "leeds-2", 0), "amara")
	waiting := func(limit int, lines ...string) []string {
		tasks, err := p.WaitingTasks(p.Context(), lines, limit)
		p.must(err)
		return taskIDs(tasks)
	}
	want(p, "of the team", waiting(9, first.Line()), []string{"W2", "W1"})
	want(p, "the first of it", waiting(1, second.Line()), []string{"W2"})
	welsh = p.task("W3")
	want(p, "of all of its lines", waiting(9, first.Line(), now.Line(), welsh.Line()), []string{"W3", "W4", "W2", "W1"})
	ahead, err := p.Ahead(p.Context(), &first)
	p.must(err)
	want(p, "before the last, of its team and kind", ahead, 3)
}

func tasksDone(p *storeProof) {
	for i, id := range []string{"W1", "W2", "W3"} {
		t := p.held(p.route(id, "leeds-2", 1), "amara")
		now := t
		now.State, now.Closed, now.Outcome = gateway.WorkDone, storeTime.Add(time.Duration(i)*time.Minute), "answered"
		p.changed(t, now, gateway.TaskClosed)
	}
	p.route("W4", "leeds-2", 1)
	done := []gateway.WorkState{gateway.WorkDone}
	want(p, "of the case", p.search(gateway.TaskSearch{Case: "300012345678", States: done, Limit: 2}), []string{"W3", "W2"})
	want(p, "of who closed it", p.search(gateway.TaskSearch{Holder: "amara", States: done, After: "W2"}), []string{"W1"})
	want(p, "what is not done", p.search(gateway.TaskSearch{Case: "300012345678"}), []string{"W4"})
}

func tasksHidden(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.route("W1", "leeds-2", 1)
	p.must(p.Acquaint(p.Context(), "amara", "R1", true, storeTime))
	mine := gateway.TaskSearch{Teams: []directory.TeamID{"leeds-2"}, Hidden: "amara"}
	want(p, "listed to who knows the other parent", p.search(mine), nil)
	mine.Hidden = "tomasz"
	want(p, "listed to another", p.search(mine), []string{"W1"})
	a, err := p.Attendance(p.Context(), storeTime)
	p.must(err)
	want(p, "who knows whom", a.Knows, []gateway.Knows{{Staff: "amara", Person: "R1", Case: "300012345678"}})
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at", taskIDs(due), []string{"W1"})
	p.must(p.Acquaint(p.Context(), "amara", "R1", false, storeTime))
	mine.Hidden = "amara"
	want(p, "listed, once that is taken back", p.search(mine), []string{"W1"})
}

func taskCounts(p *storeProof) {
	p.held(p.route("W1", "leeds-2", 1), "amara")
	p.route("W2", "leeds-2", 1)
	offered := p.route("W3", "leeds-2", 1)
	now := offered
	now.State, now.Holder = gateway.WorkOffered, "amara"
	p.changed(offered, now, gateway.TaskOffered)
	p.addWork("W4")
	got, err := p.CountTasks(p.Context(), "amara", []directory.TeamID{"leeds-2", "hull-1"}, storeTime.Add(2*time.Hour))
	p.must(err)
	want(p, "the counts", got, gateway.QueueCounts{Held: 1, Offered: 1, Teams: []gateway.TeamCount{
		{Team: "leeds-2", Waiting: 2, Held: 1, Late: 3}, {Team: "hull-1"},
	}})
}

func attendance(p *storeProof) {
	at := storeTime.Add(time.Minute)
	p.must(p.SetPresence(p.Context(), "amara", gateway.Available, at, false))
	p.must(p.SetPresence(p.Context(), "noor", gateway.Away, at, true))
	p.held(p.route("W1", "leeds-2", 1), "amara")
	a, err := p.Attendance(p.Context(), at)
	p.must(err)
	want(p, "who is there", a.There, []gateway.Attendant{{Staff: "amara", State: gateway.Available, Heard: at, Held: 1}})

	urgent := p.held(p.route("W2", "leeds-2", 0), "amara")
	p.must(p.SetPresence(p.Context(), "amara", gateway.Away, at, true))
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at when she goes", taskIDs(due), []string{urgent.ID})
}

func presenceSigns(p *storeProof) {
	state := func() gateway.Presence {
		a, err := p.Attendance(p.Context(), storeTime)
		p.must(err)
		if len(a.There) == 0 {
			return gateway.Away
		}
		return a.There[0].State
	}
	sign := func(s gateway.Presence) { p.must(p.SetPresence(p.Context(), "amara", s, storeTime, false)) }
	sign("")
	want(p, "after a first sign", state(), gateway.Available)
	sign(gateway.Busy)
	sign("")
	want(p, "busy, after a sign", state(), gateway.Busy)
	sign(gateway.Away)
	want(p, "gone", state(), gateway.Away)
	sign("")
	want(p, "gone, after a sign", state(), gateway.Available)
}

func absence(p *storeProof) {
	until := storeTime.Add(time.Hour)
	p.held(p.route("W1", "leeds-2", 3), "amara")
	p.must(p.SetAbsence(p.Context(), "amara", gateway.Absence{Until: until, Cover: "tomasz"}, storeTime))
	a, err := p.Attendance(p.Context(), storeTime)
	p.must(err)
	want(p, "who is absent", a.Absent, map[directory.StaffID]gateway.Absence{"amara": {Until: until, Cover: "tomasz"}})
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at", taskIDs(due), []string{"W1"})
	a, err = p.Attendance(p.Context(), until)
	p.must(err)
	want(p, "who is absent afterwards", len(a.Absent), 0)
}

func caseOpened(p *storeProof) {
	both := []directory.CaseReference{"300012345678", "300022345678"}
	ties, err := p.Ties(p.Context(), "amara", both)
	p.must(err)
	want(p, "none", ties, []gateway.Tie{{}, {}})
	for _, at := range []time.Time{storeTime.Add(time.Hour), storeTime} {
		p.must(p.OpenCase(p.Context(), "amara", "300022345678", "covers the telephone", at))
	}
	p.must(p.AddWork(p.Context(), gateway.WorkItem{ID: "W1", Key: "K1", Kind: gateway.ReportWork, Case: "300012345678", Created: storeTime}))
	ties, err = p.Ties(p.Context(), "amara", both)
	p.must(err)
	want(p, "work on the one", taskIDs(ties[0].Work), []string{"W1"})
	want(p, "last opened, the other", ties[1], gateway.Tie{Opened: storeTime.Add(time.Hour)})
}

func authorities(p *storeProof) {
	first := gateway.Authority{Who: "Rowan Member", Organisation: "House of Commons", For: "P1", ShownBy: "the constituent's request",
		Until: calculation.NewDate(2027, 1, 1), By: "amara", At: storeTime}
	second := gateway.Authority{Who: "Lee Adviser", For: "P1", By: "amara", At: storeTime.Add(time.Minute)}
	p.must(p.AddAuthority(p.Context(), "A1", first))
	p.must(p.AddAuthority(p.Context(), "A2", second))
	got, err := p.Authorities(p.Context(), "P1")
	p.must(err)
	want(p, "on record", got, []gateway.Authority{second, first})
}

func holdEscalates(p *storeProof) {
	for i, at := range []time.Duration{0, time.Minute, 2 * time.Minute} {
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Hold: &gateway.Hold{
			ID: fmt.Sprintf("H%d", i), Person: "P1", Case: "300012345678", Kind: "abuse", At: storeTime.Add(at)}}))
	}
	p.must(p.ReleaseHold(p.Context(), "H0", "noor", storeTime))
	unreleased := func() []gateway.Hold {
		holds, err := p.UnreleasedHolds(p.Context(), storeTime.Add(time.Minute))
		p.must(err)
		return holds
	}
	want(p, "unreleased", unreleased(), []gateway.Hold{{ID: "H1", Person: "P1", Case: "300012345678", Kind: "abuse", At: storeTime.Add(time.Minute)}})
	item := gateway.WorkItem{ID: "W1", Key: "hold/H1", Kind: gateway.HoldWork, Person: "P1", Created: storeTime}
	for range 2 { // two nodes
		p.must(p.EscalateHold(p.Context(), "H1", item))
		item.ID = "W2"
	}
	want(p, "unreleased, once it has escalated", len(unreleased()), 0)
	p.wantWorkItems(gateway.WorkItem{ID: "W1", Key: "hold/H1", Kind: gateway.HoldWork, Person: "P1", Created: storeTime})
}
