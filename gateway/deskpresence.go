package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
)

// Present is a sign that somebody is there: to be given at least every 20
// seconds, and whenever it changes. Only who is Available is offered work. With
// Away they have gone: what was offered to them, and what is urgent and theirs,
// is offered to others. The rest stays theirs until Absent.
func (g *Gateway) Present(ctx context.Context, by directory.StaffID, p Presence) error { return nil }

// PresenceOf is whether somebody is there.
func (g *Gateway) PresenceOf(ctx context.Context, of directory.StaffID) (Presence, error) {
	return Away, nil
}

// Absent says until when somebody does not work, and who covers for them, if
// anybody does: their work goes there, or to their team. A time that has passed
// ends the absence.
func (g *Gateway) Absent(ctx context.Context, of directory.StaffID, until time.Time, cover directory.StaffID) error {
	return nil
}
