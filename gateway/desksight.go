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
	seen, err := g.maySeeEach(ctx, by, []directory.CaseReference{reference})
	s, may := seen[reference]
	return may, s.reasonNeeded, err
}

// sight is how a case may be seen.
type sight struct{ reasonNeeded bool }

// maySeeEach is MaySee of several cases: those that may be seen.
func (g *Gateway) maySeeEach(ctx context.Context, by directory.StaffID, references []directory.CaseReference) (map[directory.CaseReference]sight, error) {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() || len(references) == 0 {
		return nil, nil
	}
	cases, err := g.Store.Cases(ctx, references...)
	if err != nil {
		return nil, fmt.Errorf("reading cases: %w", err)
	}
	known, err := g.Acquaintances(ctx, by)
	if err != nil {
		return nil, err
	}
	seen := make(map[directory.CaseReference]sight, len(cases))
	var others []directory.CaseReference
	for i := range cases {
		c, m := &cases[i], matterOf(&cases[i], "")
		if slices.ContainsFunc(c.People(), func(p *directory.Person) bool { return slices.Contains(known, p.ID) }) ||
			m.Protected && !handlesRisk(g.Staff, s) {
			continue
		}
		seen[c.Reference] = sight{}
		if !g.theirs(s, c, m) {
			others = append(others, c.Reference)
		}
	}
	return seen, g.askReasons(ctx, s, seen, others)
}

// theirs reports whether a case is somebody's to see without a reason.
func (g *Gateway) theirs(s *directory.Staff, c *directory.Case, m Matter) bool {
	r := g.router(Attendance{}, g.Clock())
	owner := r.owner(Target{}, m, "")
	return owner != nil && s.In(owner.ID) || s.In(c.Team) || m.Named == s.ID
}

// askReasons marks those of the cases of others that somebody neither has to do
// with nor has opened today.
func (g *Gateway) askReasons(ctx context.Context, s *directory.Staff, seen map[directory.CaseReference]sight, others []directory.CaseReference) error {
	ties, err := g.Store.Ties(ctx, s.ID, others)
	if err != nil {
		return fmt.Errorf("looking for work on cases of others: %w", err)
	}
	for i, t := range ties {
		works := slices.ContainsFunc(t.Work, func(t Task) bool { return t.Holder == s.ID || t.For == s.ID || s.In(t.Team) })
		opened := !t.Opened.IsZero() && g.calendar.day(t.Opened) == g.calendar.day(g.Clock())
		seen[others[i]] = sight{reasonNeeded: !works && !opened}
	}
	return nil
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
