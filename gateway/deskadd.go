package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// NewTask is work that a member of staff writes down: a letter, a call, a
// complaint by telephone.
type NewTask struct {
	Kind      WorkItemKind
	Case      directory.CaseReference
	Person    directory.PersonID // whom it is about
	Urgent    bool
	Due       time.Time // zero: by the target of its kind
	Note      string    // what it is, for who takes it
	Authority *Authority
}

// Authority is somebody's authority to act for a parent: without one that
// stands, nothing of the parent's record may be told to them.
type Authority struct {
	Who          string             `json:"who"` // the Member of Parliament, adviser or relative
	Organisation string             `json:"organisation,omitempty"`
	For          directory.PersonID `json:"for"`
	// ShownBy is a signed letter, a court's order, or, of a Member of Parliament,
	// the constituent's request (Data Protection Act 2018 Schedule 1 paragraph
	// 23); empty: nothing was shown yet.
	ShownBy string            `json:"shown_by,omitempty"`
	Until   calculation.Date  `json:"until,omitzero"` // zero: without an end
	By      directory.StaffID `json:"by"`
	At      time.Time         `json:"at"`
}

// Stands reports whether an authority was shown and has not run out on a day.
func (a *Authority) Stands(on calculation.Date) bool {
	return a.ShownBy != "" && (a.Until == 0 || on <= a.Until)
}

// AddTask adds work that somebody writes down, and returns its id. Work for a
// third party (MPWork, ThirdPartyWork) names them in its Authority, else
// ErrNoReason. ErrForbidden when they may not see the case; ErrNotFound when the
// person is not on it, or there is no such kind.
func (g *Gateway) AddTask(ctx context.Context, by directory.StaffID, n NewTask) (string, error) {
	if s := g.Staff.Staff(by); s == nil || !s.TakesWork() {
		return "", ErrForbidden
	}
	if err := g.checkTask(ctx, by, &n); err != nil {
		return "", fmt.Errorf("adding work: %w", err)
	}
	w := WorkItem{ID: g.NewID(), Kind: n.Kind, Case: n.Case, Person: n.Person, Urgent: n.Urgent, Due: n.Due, Detail: "added by staff"}
	if a := n.Authority; a != nil {
		a.By, a.At, a.For = by, g.Clock(), cmp.Or(a.For, n.Person)
		if !a.Stands(calculation.DateOf(g.Clock().In(g.calendar.london))) {
			w.Detail = "no authority to act is shown: nothing of the record may be told"
		}
		if err := g.Store.AddAuthority(ctx, g.NewID(), *a); err != nil {
			return "", fmt.Errorf("adding work: %w", err)
		}
	}
	if err := g.TakeWork(ctx, w); err != nil {
		return "", err
	}
	if strings.TrimSpace(n.Note) == "" {
		return w.ID, nil
	}
	return w.ID, g.firstNote(ctx, by, w.ID, n.Note)
}

// checkTask refuses what nobody could do.
func (g *Gateway) checkTask(ctx context.Context, by directory.StaffID, n *NewTask) error {
	third := n.Kind == MPWork || n.Kind == ThirdPartyWork
	switch {
	case !slices.Contains(WorkItemKinds(), n.Kind):
		return ErrNotFound
	case third && (n.Authority == nil || strings.TrimSpace(n.Authority.Who) == ""):
		return ErrNoReason
	case n.Case == "" && n.Person == "":
		return nil
	}
	if n.Case == "" {
		_, parties, err := g.Store.Person(ctx, n.Person)
		if err != nil || len(parties) == 0 {
			return cmp.Or(err, ErrNotFound)
		}
		n.Case = parties[0].Case
	}
	may, _, err := g.MaySee(ctx, by, n.Case)
	if err == nil && !may {
		err = ErrForbidden
	}
	if err != nil || n.Person == "" {
		return err
	}
	c, err := g.Store.Case(ctx, n.Case)
	if err == nil && !slices.ContainsFunc(c.People(), func(p *directory.Person) bool { return p.ID == n.Person }) {
		err = ErrNotFound
	}
	return err
}

// firstNote writes what work is, by who has just added it, and may have no more
// to do with it.
func (g *Gateway) firstNote(ctx context.Context, by directory.StaffID, id, note string) error {
	for range triesToChange {
		t, _, err := g.Store.Task(ctx, id)
		if err != nil {
			return fmt.Errorf("adding work: %w", err)
		}
		was := t.Acts
		t.Version++
		made, err := g.Store.ChangeTasks(ctx, []TaskChange{{Task: t, Was: was,
			Note: TaskNote{Number: t.Version, At: g.Clock(), By: by, What: TaskNoted, Note: note}}})
		if err != nil || made[0] {
			return err
		}
	}
	return fmt.Errorf("adding work: %w", ErrTaken)
}

// Authorities are those on record to act for a person, the latest first.
// ErrForbidden when who asks may see none of the person's cases.
func (g *Gateway) Authorities(ctx context.Context, by directory.StaffID, person directory.PersonID) ([]Authority, error) {
	_, parties, err := g.Store.Person(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("reading authorities: %w", err)
	}
	for _, party := range parties {
		may, reasonNeeded, err := g.MaySee(ctx, by, party.Case)
		if err != nil {
			return nil, err
		}
		if may && !reasonNeeded {
			return g.Store.Authorities(ctx, person)
		}
	}
	return nil, ErrForbidden
}

// TakeWork adds a work item of another room, as a voicemail or a call. Its ID,
// Key, Created and Due are filled in where they are empty; one whose key is
// there already is no error.
func (g *Gateway) TakeWork(ctx context.Context, w WorkItem) error {
	w.ID = cmp.Or(w.ID, g.NewID())
	w.Key = cmp.Or(w.Key, string(w.Kind)+"/"+w.ID)
	if w.Created.IsZero() {
		w.Created = g.Clock()
	}
	if err := g.Store.AddWork(ctx, w); err != nil {
		return fmt.Errorf("taking work of kind %s: %w", w.Kind, err)
	}
	g.desk.stir()
	return nil
}

// EndWork closes a work item on the gateway's own account, as when a caller
// rings off. One that is done, or not there, is no error.
func (g *Gateway) EndWork(ctx context.Context, id, outcome string) error {
	for range triesToChange {
		t, _, err := g.Store.Task(ctx, id)
		if errors.Is(err, ErrNotFound) || err == nil && t.State == WorkDone {
			return nil
		}
		if err != nil {
			return fmt.Errorf("ending work item %s: %w", id, err)
		}
		c := t.Ended(outcome, g.Clock())
		made, err := g.Store.ChangeTasks(ctx, []TaskChange{c})
		if err != nil {
			return fmt.Errorf("ending work item %s: %w", id, err)
		}
		if made[0] {
			g.tellOf(ctx, &c)
			return nil
		}
	}
	return fmt.Errorf("ending work item %s: %w", id, ErrTaken)
}

// Ended is the change that closes a work item on nobody's account but the
// service's own.
func (t Task) Ended(outcome string, at time.Time) TaskChange {
	was := t.Acts
	t.close(outcome, at)
	t.Acts = time.Time{}
	t.Version++
	return TaskChange{Task: t, Was: was, Note: TaskNote{Number: t.Version, At: at, What: TaskClosed}}
}

// Ahead is how many work items of its kind come before one in its team's queue:
// its place in the line, from 0.
func (g *Gateway) Ahead(ctx context.Context, id string) (int, error) {
	t, _, err := g.Store.Task(ctx, id)
	if err == nil {
		var ahead int
		if ahead, err = g.Store.Ahead(ctx, &t); err == nil {
			return ahead, nil
		}
	}
	return 0, fmt.Errorf("counting what is before work item %s: %w", id, err)
}

// Foresee is where a work item would go now, and whether its team works now.
// ErrNotFound when nobody works here.
func (g *Gateway) Foresee(ctx context.Context, w WorkItem) (Place, error) {
	if g.Staff == nil {
		return Place{}, ErrNotFound
	}
	s, err := g.newSweep(ctx)
	if err == nil {
		w.Case, err = s.caseOf(ctx, &w)
	}
	if err != nil {
		return Place{}, fmt.Errorf("foreseeing where work goes: %w", err)
	}
	matters, err := s.matters(ctx, []Task{{WorkItem: w}})
	if err != nil {
		return Place{}, fmt.Errorf("foreseeing where work goes: %w", err)
	}
	target := s.targets.of(&w)
	return s.place(&w, matters[0], s.owner(target, matters[0], w.Team), target.Rung), nil
}

// Place is where work goes: to a team's queue, and in it first to somebody.
type Place struct {
	Team    directory.TeamID
	For     directory.StaffID
	Needs   []directory.Skill
	Rung    int
	Until   time.Time // when it goes on, to the team or up the ladder; zero: it stays
	Working bool      // the team works at this moment
	Opens   time.Time // when it next does
}
