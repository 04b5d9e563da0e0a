package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/gateway/directory"
)

// MaySee reports whether somebody may see a case, and whether they have to say
// why first (OpenCase). Never: a case of an acquaintance, and one with a risk
// marker to who is neither a specialist nor in a team of them. Without a reason:
// a case of their teams, their own, and one that they have work on. A case that
// is not there may not be seen.
func (g *Gateway) MaySee(ctx context.Context, by directory.StaffID, reference directory.CaseReference) (may, reasonNeeded bool, err error) {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() {
		return false, false, nil
	}
	c, err := g.Store.Case(ctx, reference)
	if err != nil {
		return false, false, ignoreNotFound(err)
	}
	m := matterOf(&c, "")
	known, err := g.Acquaintances(ctx, by)
	if err != nil {
		return false, false, err
	}
	if slices.ContainsFunc(c.People(), func(p *directory.Person) bool { return slices.Contains(known, p.ID) }) ||
		m.Protected && !handlesRisk(g.Staff, s) {
		return false, false, nil
	}
	theirs, err := g.theirs(ctx, s, &c, m)
	return err == nil, !theirs, err
}

// theirs reports whether a case is somebody's to see without a reason.
func (g *Gateway) theirs(ctx context.Context, s *directory.Staff, c *directory.Case, m Matter) (bool, error) {
	r := g.router(Attendance{}, g.Clock())
	owner := r.owner(Target{}, m, "")
	if owner != nil && s.In(owner.ID) || s.In(c.Team) || m.Named == s.ID {
		return true, nil
	}
	tasks, err := g.Store.Tasks(ctx, TaskSearch{Case: c.Reference})
	if err != nil {
		return false, fmt.Errorf("looking for work on case %s: %w", c.Reference, err)
	}
	for _, t := range tasks {
		if t.Holder == s.ID || t.For == s.ID || s.In(t.Team) {
			return true, nil
		}
	}
	at, err := g.Store.Opened(ctx, s.ID, c.Reference)
	if err != nil {
		return false, fmt.Errorf("looking whether case %s was opened: %w", c.Reference, err)
	}
	return !at.IsZero() && g.calendar.day(at) == g.calendar.day(g.Clock()), nil
}

// OpenCase declares why somebody opens a case that is not theirs. It opens it
// for the rest of the day. ErrForbidden when they may not; ErrNoReason.
func (g *Gateway) OpenCase(ctx context.Context, by directory.StaffID, reference directory.CaseReference, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return ErrNoReason
	}
	may, _, err := g.MaySee(ctx, by, reference)
	if err != nil {
		return err
	}
	if !may {
		return ErrForbidden
	}
	if err := g.Store.OpenCase(ctx, by, reference, reason, g.Clock()); err != nil {
		return fmt.Errorf("opening case %s: %w", reference, err)
	}
	return nil
}

// Acquainted declares that somebody knows a person: that person's cases, lists
// and search included, are not shown to them any more, and work on them goes to
// others. Only a team leader takes it back, see NotAcquainted. ErrNotFound when
// there is no such person.
func (g *Gateway) Acquainted(ctx context.Context, by directory.StaffID, person directory.PersonID) error {
	if g.Staff.Staff(by) == nil {
		return ErrForbidden
	}
	if _, _, err := g.Store.Person(ctx, person); err != nil {
		return fmt.Errorf("declaring an acquaintance: %w", err)
	}
	return g.acquaint(ctx, by, person, true)
}

// NotAcquainted takes back what was declared in error, on the word of a leader
// of one of their teams.
func (g *Gateway) NotAcquainted(ctx context.Context, leader, of directory.StaffID, person directory.PersonID) error {
	if leader == of || !g.leads(leader, of) {
		return ErrForbidden
	}
	return g.acquaint(ctx, of, person, false)
}

func (g *Gateway) acquaint(ctx context.Context, staff directory.StaffID, person directory.PersonID, knows bool) error {
	if err := g.Store.Acquaint(ctx, staff, person, knows, g.Clock()); err != nil {
		return fmt.Errorf("declaring an acquaintance: %w", err)
	}
	g.desk.stir()
	g.Tell(ctx, Change{Staff: staff})
	return nil
}

// Acquaintances are the people whom somebody has declared that they know.
func (g *Gateway) Acquaintances(ctx context.Context, of directory.StaffID) ([]directory.PersonID, error) {
	people, err := g.Store.Acquaintances(ctx, of)
	if err != nil {
		return nil, fmt.Errorf("reading acquaintances: %w", err)
	}
	return people, nil
}

// leads reports whether somebody leads a team that another is in.
func (g *Gateway) leads(leader, of directory.StaffID) bool {
	l, s := g.Staff.Staff(leader), g.Staff.Staff(of)
	return l != nil && s != nil && slices.ContainsFunc(s.Teams, l.Leads)
}

// seesTask is nil when somebody may see a work item. ErrNotFound when they may
// not know of it; ErrNoReason when they must open its case first.
func (g *Gateway) seesTask(ctx context.Context, s *directory.Staff, t *Task) error {
	target := g.targets.of(&t.WorkItem)
	theirs := t.Holder == s.ID || t.For == s.ID || s.In(t.Team)
	if target.Specialist && !handlesRisk(g.Staff, s) {
		return ErrNotFound
	}
	if t.Case == "" {
		if theirs || handlesRisk(g.Staff, s) && target.Specialist {
			return nil
		}
		return ErrNotFound
	}
	may, reasonNeeded, err := g.MaySee(ctx, s.ID, t.Case)
	switch {
	case errors.Is(err, ErrNotFound) || err == nil && !may:
		return ErrNotFound
	case err != nil:
		return err
	case reasonNeeded && !theirs:
		return ErrNoReason
	}
	return nil
}
