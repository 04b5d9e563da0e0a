package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// Present is a sign that somebody is there: to be given every 20 seconds or so,
// and whenever it changes. Only who is Available is offered work. An empty
// presence is a sign that changes nothing, but that who was away is available.
// With Away they have gone: what was offered to them, and what is urgent and
// theirs, is offered to others. The rest stays theirs until Absent.
func (g *Gateway) Present(ctx context.Context, by directory.StaffID, p Presence) error {
	if s := g.Staff.Staff(by); s == nil || !s.TakesWork() {
		return ErrForbidden
	}
	if err := g.Store.SetPresence(ctx, by, p, g.Clock(), p == Away); err != nil {
		return fmt.Errorf("recording a presence: %w", err)
	}
	if p != "" {
		g.desk.stir()
		g.Tell(ctx, Change{Staff: by})
	}
	return nil
}

// PresenceOf is whether somebody is there.
func (g *Gateway) PresenceOf(ctx context.Context, of directory.StaffID) (Presence, error) {
	a, err := g.Store.Attendance(ctx, g.Clock())
	if err != nil {
		return Away, fmt.Errorf("reading presences: %w", err)
	}
	for _, at := range a.There {
		if at.Staff == of && g.Clock().Before(at.Heard.Add(PresenceLife)) {
			return at.State, nil
		}
	}
	return Away, nil
}

// Absent says until when somebody does not work, and who covers for them, if
// anybody does: their work goes there, or to their team. A moment that has
// passed ends the absence. They may say so themselves, and who leads a team of
// theirs. A cover that there is not is ErrNotFound.
func (g *Gateway) Absent(ctx context.Context, by, of directory.StaffID, until time.Time, cover directory.StaffID) error {
	if s := g.Staff.Staff(of); s == nil || by != of && !g.leads(by, of) {
		return ErrForbidden
	}
	if c := g.Staff.Staff(cover); cover != "" && (c == nil || !c.TakesWork() || cover == of) {
		return fmt.Errorf("covering by %s: %w", cover, ErrNotFound)
	}
	if err := g.Store.SetAbsence(ctx, of, Absence{Until: until, Cover: cover}, g.Clock()); err != nil {
		return fmt.Errorf("recording an absence: %w", err)
	}
	g.desk.stir()
	g.Tell(ctx, Change{Staff: of})
	return nil
}
