package gatewaytest

import (
	"fmt"
	"sync"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var workProofs = map[string]func(*storeProof){
	"a work item waits to be looked at, and comes back whole": taskComesWhole,
	"a change is made once for each version":                  taskVersions,
	"two who take it at once: one gets it":                    taskRace,
	"many changes, of which one was overtaken":                taskBatch,
	"a look that was asked for in between stays asked for":    taskLookStays,
	"a case that is stored has its work looked at":            taskOfCase,
	"queues come by urgency, a page at a time":                taskPages,
	"what waits comes by its line":                            taskLines,
	"what is done comes last closed first":                    tasksDone,
	"nothing is listed of whom somebody knows":                tasksHidden,
	"work is counted by state and team":                       taskCounts,
	"who is there, with what they hold":                       attendance,
	"a sign without a word changes nothing, but brings back":  presenceSigns,
	"absence is remembered until it is over":                  absence,
	"a case was opened when it was last":                      caseOpened,
	"authorities to act come the latest first":                authorities,
	"a hold escalates once, unless it is released":            holdEscalates,
	"the same work twice is there once":                       workTwice,
}

// addWork adds work of the suite's case and returns it as it is read.
func (p *storeProof) addWork(id string) gateway.Task {
	p.Helper()
	p.must(p.AddWork(p.Context(), gateway.WorkItem{ID: id, Key: id, Kind: gateway.HandoffWork, Case: "300012345678", Person: "P1",
		Team: "leeds-2", Due: storeTime.Add(time.Hour), Detail: "asked for a person", Created: storeTime}))
	return p.task(id)
}

func (p *storeProof) task(id string) gateway.Task {
	p.Helper()
	t, _, err := p.Task(p.Context(), id)
	p.must(err)
	return t
}

// routed is a work item that waits in a queue.
func routed(t gateway.Task, team directory.TeamID, priority int) gateway.Task {
	t.Team, t.Owner, t.Home, t.Priority, t.Acts = team, team, team, priority, storeTime.Add(time.Hour)
	return t
}

// changed writes one change with a note, and reports whether it was made.
func (p *storeProof) changed(was, now gateway.Task, what gateway.TaskEvent) bool {
	p.Helper()
	now.Version = was.Version + 1
	made, err := p.ChangeTasks(p.Context(), []gateway.TaskChange{{Task: now, Was: was.Acts,
		Note: gateway.TaskNote{Number: now.Version, At: storeTime, What: what}}})
	p.must(err)
	return made[0]
}

// route puts work that was added into a queue.
func (p *storeProof) route(id string, team directory.TeamID, priority int) gateway.Task {
	p.Helper()
	was := p.addWork(id)
	if !p.changed(was, routed(was, team, priority), gateway.TaskRouted) {
		p.Fatalf("%s is not routed", id)
	}
	return p.task(id)
}

// held has somebody hold work.
func (p *storeProof) held(t gateway.Task, by directory.StaffID) gateway.Task {
	p.Helper()
	now := t
	now.State, now.Holder = gateway.WorkHeld, by
	if !p.changed(t, now, gateway.TaskAccepted) {
		p.Fatalf("%s is not taken", t.ID)
	}
	return p.task(t.ID)
}

func taskComesWhole(p *storeProof) {
	added := p.addWork("W1")
	want(p, "as it was added", added.State, gateway.WorkWaiting)
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at", due, []gateway.Task{added})

	now := routed(added, "cardiff-1", 2)
	now.State, now.Holder, now.For = gateway.WorkOffered, "amara", "bethan"
	now.Needs, now.Passed = []directory.Skill{"complaints", "welsh"}, []directory.StaffID{"tomasz", "noor"}
	now.Rung, now.Version, now.Warned, now.Missed, now.Explained = 1, 1, true, true, true
	now.Answer, now.Since, now.Until = storeTime.Add(time.Minute), storeTime.Add(2*time.Minute), storeTime.Add(3*time.Minute)
	now.Due, now.Closed, now.Outcome = storeTime.Add(4*time.Minute), storeTime.Add(5*time.Minute), "answered"
	note := gateway.TaskNote{Number: 1, At: storeTime, By: "amara", What: gateway.TaskNoted, To: "cardiff-1", Note: "Rang Sam."}
	made, err := p.ChangeTasks(p.Context(), []gateway.TaskChange{{Task: now, Was: added.Acts, Note: note}})
	p.must(err)
	want(p, "made", made, []bool{true})
	got, notes, err := p.Task(p.Context(), "W1")
	p.must(err)
	want(p, "as it was changed", got, now)
	want(p, "its history", notes, []gateway.TaskNote{note})
	due, err = p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at, once that is settled", due, nil)
	_, _, err = p.Task(p.Context(), "W9")
	p.wantError("one that is not there", err, gateway.ErrNotFound)
}

func taskVersions(p *storeProof) {
	was := p.addWork("W1")
	now := routed(was, "leeds-2", 1)
	want(p, "the first change", p.changed(was, now, gateway.TaskRouted), true)
	want(p, "another of the same version", p.changed(was, routed(was, "cardiff-1", 1), gateway.TaskRouted), false)
	want(p, "the team", p.task("W1").Team, directory.TeamID("leeds-2"))

	quiet := p.task("W1")
	quiet.Acts, quiet.Passed = storeTime.Add(2*time.Hour), []directory.StaffID{"amara"}
	made, err := p.ChangeTasks(p.Context(), []gateway.TaskChange{{Task: quiet, Was: now.Acts}})
	p.must(err)
	want(p, "one without a note", made, []bool{true})
	want(p, "as it is then", p.task("W1"), quiet)
	quiet.Version = 0
	made, err = p.ChangeTasks(p.Context(), []gateway.TaskChange{{Task: quiet, Was: quiet.Acts}})
	p.must(err)
	want(p, "one without a note of an old version", made, []bool{false})
}

func taskRace(p *storeProof) {
	nodes := []SystemOfRecord{p.SystemOfRecord, p.SystemOfRecord}
	if p.Nodes {
		nodes[1] = p.Again(p.T)
	}
	for round := range 10 {
		t := p.route(fmt.Sprintf("W%d", round), "leeds-2", 1)
		var both sync.WaitGroup
		takers := []directory.StaffID{"amara", "tomasz"}
		got := make([]bool, len(nodes))
		for i, node := range nodes {
			both.Go(func() {
				now := t
				now.State, now.Holder, now.Version = gateway.WorkHeld, takers[i], t.Version+1
				made, err := node.ChangeTasks(p.Context(), []gateway.TaskChange{{Task: now, Was: t.Acts,
					Note: gateway.TaskNote{Number: now.Version, At: storeTime, By: takers[i], What: gateway.TaskAccepted}}})
				if err != nil {
					p.Error(err)
					return
				}
				got[i] = made[0]
			})
		}
		both.Wait()
		holder := p.task(t.ID).Holder
		if got[0] == got[1] || got[0] != (holder == "amara") {
			p.Errorf("taken by amara %v and by tomasz %v, held by %s", got[0], got[1], holder)
		}
	}
}

func taskBatch(p *storeProof) {
	var changes []gateway.TaskChange
	for i := range 5 {
		was := p.route(fmt.Sprintf("W%d", i), "leeds-2", 1)
		now := was
		now.State, now.Holder, now.Version = gateway.WorkOffered, "amara", was.Version+1
		changes = append(changes, gateway.TaskChange{Task: now, Was: was.Acts,
			Note: gateway.TaskNote{Number: now.Version, At: storeTime, What: gateway.TaskOffered}})
	}
	p.held(p.task("W2"), "tomasz")
	made, err := p.ChangeTasks(p.Context(), changes)
	p.must(err)
	want(p, "made", made, []bool{true, true, false, true, true})
	want(p, "whose is what was overtaken", p.task("W2").Holder, directory.StaffID("tomasz"))
	want(p, "whose is another", p.task("W4").Holder, directory.StaffID("amara"))
}

func taskLookStays(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	was := p.route("W1", "leeds-2", 1)
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	now := was
	now.Acts = storeTime.Add(24 * time.Hour)
	want(p, "a change that did not know of it", p.changed(was, now, gateway.TaskNoted), true)
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	if len(due) != 1 {
		p.Errorf("%d are to be looked at, want 1", len(due))
	}
}

func taskOfCase(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	other := twoParents()
	other.Reference, other.ReceivingParents[0].Reference = "300022345678", "300022345679"
	other.PayingParent = directory.Person{ID: "P2", Name: "Kit Sample"}
	p.must(p.PutCase(p.Context(), other, storeTime))
	p.route("W1", "leeds-2", 1)
	done := p.route("W2", "leeds-2", 1)
	closed := done
	closed.State, closed.Closed = gateway.WorkDone, storeTime
	p.changed(done, closed, gateway.TaskClosed)

	p.must(p.PutCase(p.Context(), other, storeTime)) // shares a receiving parent with W1's
	due, err := p.DueTasks(p.Context(), storeTime, 9)
	p.must(err)
	want(p, "to be looked at", taskIDs(due), []string{"W1"})
}

func taskIDs(tasks []gateway.Task) (ids []string) {
	for _, t := range tasks {
		ids = append(ids, t.ID)
	}
	return ids
}

func workTwice(p *storeProof) {
	first := p.addWork("W1")
	again := first.WorkItem
	again.ID = "W2"
	p.must(p.AddWork(p.Context(), again))
	_, _, err := p.Task(p.Context(), "W2")
	p.wantError("the second", err, gateway.ErrNotFound)
}
