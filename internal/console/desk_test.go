package console

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A desk is a queue of work in memory, as little of the gateway's as the pages
// can tell.
type desk struct {
	mu       sync.Mutex
	tasks    []gateway.Task
	notes    map[string][]gateway.TaskNote
	present  map[directory.StaffID]gateway.Presence
	added    []gateway.NewTask
	absences []string
	watchers map[chan gateway.Change]bool
	failing  error // of what is read
	closing  error // of Close alone
	asked    error // of Task alone
}

func newDesk() *desk {
	return &desk{notes: map[string][]gateway.TaskNote{}, present: map[directory.StaffID]gateway.Presence{}, watchers: map[chan gateway.Change]bool{}}
}

// holds puts tasks on the desk.
func (d *desk) holds(tasks ...gateway.Task) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tasks = append(d.tasks, tasks...)
}

func (d *desk) Queue(_ context.Context, _ directory.StaffID, q gateway.QueueQuery) ([]gateway.Task, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []gateway.Task
	after := q.After == ""
	for _, t := range d.tasks {
		states := q.States
		if len(states) == 0 {
			states = []gateway.WorkState{gateway.WorkWaiting, gateway.WorkOffered, gateway.WorkHeld}
		}
		fits := (q.Holder == "" || t.Holder == q.Holder) && (len(q.Teams) == 0 || slices.Contains(q.Teams, t.Team)) &&
			(q.Kind == "" || t.Kind == q.Kind) && slices.Contains(states, t.State)
		if fits && after && len(found) < q.Limit {
			found = append(found, t)
		}
		after = after || t.ID == q.After
	}
	return found, d.failing
}

func (d *desk) QueueCounts(_ context.Context, by directory.StaffID) (gateway.QueueCounts, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	counts := gateway.QueueCounts{}
	team := gateway.TeamCount{Team: "leeds-2"}
	for _, t := range d.tasks {
		switch {
		case t.State == gateway.WorkHeld && t.Holder == by:
			counts.Held++
		case t.State == gateway.WorkOffered && t.Holder == by:
			counts.Offered++
		case t.State == gateway.WorkWaiting:
			team.Waiting++
			if t.Urgent {
				team.Urgent++
			}
		}
	}
	counts.Teams = []gateway.TeamCount{team}
	return counts, d.failing
}

func (d *desk) Task(_ context.Context, _ directory.StaffID, id string) (gateway.Task, []gateway.TaskNote, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.at(id)
	if at < 0 {
		return gateway.Task{}, nil, gateway.ErrNotFound
	}
	return d.tasks[at], d.notes[id], d.asked
}

// askedFor has Task answer with an error.
func (d *desk) askedFor(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = err
}

func (d *desk) at(id string) int {
	return slices.IndexFunc(d.tasks, func(t gateway.Task) bool { return t.ID == id })
}

// change does something to a task of a version, and tells of it.
func (d *desk) change(by directory.StaffID, id string, version int, what gateway.TaskEvent, to, note string, do func(*gateway.Task)) error {
	d.mu.Lock()
	at := d.at(id)
	if at < 0 || d.tasks[at].Version != version {
		d.mu.Unlock()
		return gateway.ErrTaken
	}
	do(&d.tasks[at])
	d.tasks[at].Version++
	d.notes[id] = append(d.notes[id], gateway.TaskNote{At: time.Date(2026, 11, 23, 9, 58, 0, 0, time.UTC), By: by, What: what, To: to, Note: note})
	changed := d.tasks[at]
	d.mu.Unlock()
	d.tell(gateway.Change{Task: id, Team: changed.Team, Staff: changed.Holder, Case: changed.Case})
	return nil
}

func (d *desk) Accept(_ context.Context, by directory.StaffID, id string, version int) error {
	return d.change(by, id, version, "accepted", "", "", func(t *gateway.Task) { t.State, t.Holder = gateway.WorkHeld, by })
}

func (d *desk) Return(_ context.Context, by directory.StaffID, id string, version int, note string) error {
	return d.change(by, id, version, "returned", "", note, func(t *gateway.Task) { t.State, t.Holder = gateway.WorkWaiting, "" })
}

func (d *desk) Transfer(_ context.Context, by directory.StaffID, id string, version int, to gateway.Destination, note string) error {
	return d.change(by, id, version, "transferred", string(to.Team)+string(to.Staff), note, func(t *gateway.Task) {
		t.State, t.Holder = gateway.WorkWaiting, to.Staff
	})
}

func (d *desk) Close(_ context.Context, by directory.StaffID, id string, version int, outcome, note string) error {
	if d.closing != nil {
		return d.closing
	}
	return d.change(by, id, version, "closed", "", note, func(t *gateway.Task) { t.State, t.Outcome = gateway.WorkDone, outcome })
}

func (d *desk) Delay(_ context.Context, by directory.StaffID, id string, version int, cause string) error {
	return d.change(by, id, version, "noted", "", cause, func(*gateway.Task) {})
}

func (d *desk) NoteTask(_ context.Context, by directory.StaffID, id string, version int, note string) error {
	return d.change(by, id, version, "noted", "", note, func(*gateway.Task) {})
}

func (d *desk) AddTask(_ context.Context, _ directory.StaffID, n gateway.NewTask) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.added = append(d.added, n)
	return "N1", nil
}

func (d *desk) Absent(_ context.Context, by, of directory.StaffID, until time.Time, cover directory.StaffID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if cover == "ola" {
		return gateway.ErrNotFound
	}
	d.absences = append(d.absences, fmt.Sprint(by, " ", of, " ", until.UTC().Format(time.RFC3339), " ", cover))
	return nil
}

func (d *desk) Present(_ context.Context, by directory.StaffID, p gateway.Presence) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p == "" && d.present[by] != gateway.Busy { // only a sign
		p = gateway.Available
	}
	if p != "" {
		d.present[by] = p
	}
	return d.failing
}

func (d *desk) presence(of directory.StaffID) gateway.Presence {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.present[of]
}

func (d *desk) Watch(ctx context.Context) <-chan gateway.Change {
	changes := make(chan gateway.Change, 16)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watchers[changes] = true
	context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.watchers, changes)
		close(changes)
	})
	return changes
}

func (d *desk) tell(c gateway.Change) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for w := range d.watchers {
		w <- c
	}
}
