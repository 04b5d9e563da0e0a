package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/gateway/directory"
)

// How often a node's desk looks for work when nothing stirs it; how much it
// looks at in one go, and how often in a sweep; and how many of a line it reads
// beyond those who are free, since some of it may suit nobody.
const (
	deskTick     = time.Second
	deskBatch    = 200
	deskRounds   = 100
	deskMargin   = 16
	deskPatience = 10 * time.Second
)

// Desk routes work and offers it until ctx ends. Every node may run it: changes
// are made by compare-and-set, and a quiet second costs two reads.
func (g *Gateway) Desk(ctx context.Context) {
	if g.Staff == nil {
		return
	}
	var telling sync.WaitGroup
	defer telling.Wait()
	telling.Go(func() { g.tellOfTurns(ctx) })
	tick := time.NewTicker(deskTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-g.desk.stirred:
		}
		sweep, cancel := context.WithTimeout(ctx, deskPatience)
		if err := g.Sweep(sweep); err != nil && ctx.Err() == nil {
			g.Log.WarnContext(ctx, "work is not routed or offered for now", "error", err)
		}
		cancel()
	}
}

// Sweep does once what Desk does every second: whoever has gone is away; what is
// to be looked at is looked at; danger that nobody has released escalates; and
// who is free is offered what is most urgent.
func (g *Gateway) Sweep(ctx context.Context) error {
	s, err := g.newSweep(ctx)
	if err != nil {
		return fmt.Errorf("sweeping the desk: %w", err)
	}
	for _, step := range []func(context.Context) error{s.missing, s.escalate, s.look, s.offer} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("sweeping the desk: %w", err)
		}
	}
	return nil
}

// sweep is one look over the desk.
type sweep struct {
	g *Gateway
	router
	there map[directory.StaffID]Attendant
	knows []Knows
}

func (g *Gateway) newSweep(ctx context.Context) (*sweep, error) {
	now := g.Clock()
	a, err := g.Store.Attendance(ctx, now)
	if err != nil {
		return nil, err
	}
	s := &sweep{g: g, router: g.router(a, now), there: map[directory.StaffID]Attendant{}, knows: a.Knows}
	for _, at := range a.There {
		s.there[at.Staff] = at
	}
	return s, nil
}

func (g *Gateway) router(a Attendance, now time.Time) router {
	return router{roster: g.Staff, targets: g.targets, absent: a.Absent, now: now}
}

// gone reports whether somebody is not there.
func (s *sweep) gone(id directory.StaffID) bool {
	at, there := s.there[id]
	return !there || !s.now.Before(at.Heard.Add(PresenceLife))
}

// missing marks as away whoever has not been heard of.
func (s *sweep) missing(ctx context.Context) error {
	for id := range s.there {
		if !s.gone(id) {
			continue
		}
		if err := s.g.Store.SetPresence(ctx, id, Away, s.now, true); err != nil {
			return err
		}
		delete(s.there, id)
		s.g.Tell(ctx, Change{Staff: id})
	}
	return nil
}

// look looks at whatever is to be looked at, until there is no more.
func (s *sweep) look(ctx context.Context) error {
	for range deskRounds {
		due, err := s.g.Store.DueTasks(ctx, s.now, deskBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		matters, err := s.matters(ctx, due)
		if err != nil {
			return err
		}
		changes := make([]TaskChange, len(due))
		for i, t := range due {
			changes[i] = s.lookAt(t, matters[i])
		}
		if err := s.change(ctx, changes); err != nil {
			return err
		}
	}
	return nil
}

// lookAt is what becomes of one. Who lets an offer run out is not at their desk.
func (s *sweep) lookAt(t Task, m Matter) TaskChange {
	changed, note := s.router.look(t, m, s.gone)
	c := TaskChange{Task: changed, Was: t.Acts, Note: note}
	if note.What != "" {
		c.Task.Version++
		c.Note.Number = c.Task.Version
	}
	return c
}

// change writes changes and tells of those that were made.
func (s *sweep) change(ctx context.Context, changes []TaskChange) error {
	made, err := s.g.Store.ChangeTasks(ctx, changes)
	if err != nil {
		return err
	}
	for i, c := range changes {
		if !made[i] || c.Note.What == "" {
			continue
		}
		if id := directory.StaffID(c.Note.To); c.Note.What == TaskPassed && !s.gone(id) {
			if err := s.g.Store.SetPresence(ctx, id, Busy, s.now, false); err != nil {
				return err
			}
		}
		s.g.tellOf(ctx, &c)
	}
	return nil
}

// offer offers waiting work to who is free.
func (s *sweep) offer(ctx context.Context) error {
	people, lines := s.free()
	if len(people) == 0 {
		return nil
	}
	waiting, err := s.g.Store.WaitingTasks(ctx, lines, len(people)+deskMargin)
	if err != nil {
		return err
	}
	var changes []TaskChange
	for _, o := range match(people, waiting, s.barred) {
		t := o.task
		t.State, t.Holder, t.Since = WorkOffered, o.staff, s.now
		t.Version++
		t.Acts = t.next(s.targets.of(&t.WorkItem).Warn)
		changes = append(changes, TaskChange{Task: t, Was: o.task.Acts,
			Note: TaskNote{Number: t.Version, At: s.now, What: TaskOffered, To: string(o.staff)}})
	}
	if len(changes) == 0 {
		return nil
	}
	return s.change(ctx, changes)
}

// free are those who can be offered something, with the lines that they serve.
func (s *sweep) free() (people []free, lines []string) {
	for id, at := range s.there {
		member := s.roster.Staff(id)
		if member == nil || !member.TakesWork() || s.away(id) || at.State != Available || at.Offered > 0 || at.Held >= member.Capacity {
			continue
		}
		people = append(people, free{member, at.Held})
		lines = append(lines, linesOf(member)...)
	}
	slices.Sort(lines)
	return people, slices.Compact(lines)
}

// barred reports whether somebody knows somebody whom a work item is about.
func (s *sweep) barred(id directory.StaffID, t *Task) bool {
	return slices.ContainsFunc(s.knows, func(k Knows) bool { return k.Staff == id && k.of(t.Case, t.Person) })
}

func (k *Knows) of(reference directory.CaseReference, person directory.PersonID) bool {
	return k.Person == person || k.Case != "" && k.Case == reference
}

// escalate makes work of danger that no specialist has released within one hour
// of their team's work.
func (s *sweep) escalate(ctx context.Context) error {
	holds, err := s.g.Store.UnreleasedHolds(ctx, s.now.Add(-escalation))
	if err != nil {
		return err
	}
	for _, h := range holds {
		w := WorkItem{ID: s.g.NewID(), Key: string(HoldWork) + "/" + h.ID, Kind: HoldWork, Case: h.Case, Person: h.Person, Urgent: true,
			Detail: "not looked at in time: " + h.Kind, Created: s.now}
		if w.Case, err = s.caseOf(ctx, &w); err != nil {
			return err
		}
		m, err := s.matters(ctx, []Task{{WorkItem: w}})
		if err != nil {
			return err
		}
		team := s.owner(s.targets.of(&w), m[0], "")
		if s.now.Before(s.roster.After(team, h.At, escalation)) {
			continue
		}
		if err := s.g.Store.EscalateHold(ctx, h.ID, w); err != nil {
			return err
		}
	}
	return nil
}

// caseOf is the case of a work item, or the first of its person's.
func (s *sweep) caseOf(ctx context.Context, w *WorkItem) (directory.CaseReference, error) {
	if w.Case != "" || w.Person == "" {
		return w.Case, nil
	}
	_, parties, err := s.g.Store.Person(ctx, w.Person)
	if err != nil && !errors.Is(err, ErrNotFound) || len(parties) == 0 {
		return "", ignoreNotFound(err)
	}
	return parties[0].Case, nil
}

func ignoreNotFound(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// matters are what routing knows of work items.
func (s *sweep) matters(ctx context.Context, tasks []Task) ([]Matter, error) {
	var references []directory.CaseReference
	for i := range tasks {
		if r := tasks[i].Case; r != "" && !slices.Contains(references, r) {
			references = append(references, r)
		}
	}
	cases, err := s.g.Store.Cases(ctx, references...)
	if err != nil {
		return nil, err
	}
	matters := make([]Matter, len(tasks))
	for i := range tasks {
		if at := slices.IndexFunc(cases, func(c directory.Case) bool { return c.Reference == tasks[i].Case }); at >= 0 {
			matters[i] = matterOf(&cases[at], tasks[i].Person)
		}
		for _, k := range s.knows {
			if k.of(tasks[i].Case, tasks[i].Person) {
				matters[i].Barred = append(matters[i].Barred, k.Staff)
			}
		}
	}
	return matters, nil
}

// matterOf is what routing knows of a case and one person on it.
func matterOf(c *directory.Case, person directory.PersonID) Matter {
	m := Matter{Team: c.Team}
	if c.NamedCaseworker != nil {
		m.Named = directory.StaffID(*c.NamedCaseworker)
	}
	for _, p := range c.People() {
		m.Protected = m.Protected || p.Risk != nil
		if p.ID == person {
			m.Language = p.Language
		}
	}
	return m
}
