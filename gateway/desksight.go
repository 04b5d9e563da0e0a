package gateway

import (
	"context"

	"parley/gateway/directory"
)

// MaySee reports whether somebody may see a case, and whether they have to say
// why first (OpenCase). Never: a case of an acquaintance, and one with a risk
// marker to who is neither a specialist nor of the team that has it. Without a
// reason: a case of their teams, their own, and one that they have work on.
func (g *Gateway) MaySee(ctx context.Context, by directory.StaffID, reference directory.CaseReference) (may, reasonNeeded bool, err error) {
	return false, false, nil
}

// OpenCase declares why somebody opens a case that is not theirs. It opens it
// for the rest of the day. ErrForbidden when they may not; ErrNoReason.
func (g *Gateway) OpenCase(ctx context.Context, by directory.StaffID, reference directory.CaseReference, reason string) error {
	return nil
}

// Acquainted declares that somebody knows a person: that person's cases, lists
// and search included, are not shown to them any more. Only their team leader
// takes it back, see NotAcquainted.
func (g *Gateway) Acquainted(ctx context.Context, by directory.StaffID, person directory.PersonID) error {
	return nil
}

// NotAcquainted takes back what was declared in error, on a team leader's word.
func (g *Gateway) NotAcquainted(ctx context.Context, leader, of directory.StaffID, person directory.PersonID) error {
	return nil
}

// Acquaintances are the people whom somebody has declared that they know.
func (g *Gateway) Acquaintances(ctx context.Context, of directory.StaffID) ([]directory.PersonID, error) {
	return nil, nil
}
