package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	releaseHold = `UPDATE holds SET released = $2, released_by = $3 WHERE id = $1 AND released = 0`

	releaseHolds = `UPDATE holds SET released = $2, released_by = $3 WHERE person = $1 AND released = 0`

	resumeAddresses = `DELETE FROM suspensions WHERE address IN (SELECT a.address FROM addresses a WHERE a.person = $1)`

	suspendAddress = `INSERT INTO suspensions (address, at) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING`
	resumeAddress  = `DELETE FROM suspensions WHERE address = $1`
)

// ReleaseHold lifts a danger hold, on the word of the specialist who is named;
// ErrNotFound when there is none of that id, or it was lifted before.
func (s *Store) ReleaseHold(ctx context.Context, id, specialist string, at time.Time) error {
	j := &job{}
	released := false
	j.add(releaseHold, id, micros(at), specialist).changed = func(rows int64) { released = rows > 0 }
	err := s.engine.write(ctx, j)
	if err == nil && !released {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("release hold %s: %w", id, err)
	}
	return nil
}

// Release lifts every danger hold that lies on a person and opens their
// addresses that were suspended, on the word of the specialist who is named.
// ErrNotFound when there was nothing to release.
func (s *Store) Release(ctx context.Context, person directory.PersonID, specialist string, at time.Time) error {
	j := &job{}
	var released int64
	count := func(rows int64) { released += rows }
	j.add(releaseHolds, string(person), micros(at), specialist).changed = count
	j.add(resumeAddresses, string(person)).changed = count
	err := s.engine.write(ctx, j)
	if err == nil && released == 0 {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("release person %s: %w", person, err)
	}
	return nil
}

// Suspend closes an address: it identifies nobody and nothing is sent to it,
// until Resume.
func (s *Store) Suspend(ctx context.Context, a gateway.Address, at time.Time) error {
	j := &job{}
	j.add(suspendAddress, s.codec.hash(a), micros(at))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("suspend an address: %w", err)
	}
	return nil
}

// Resume opens an address that was suspended.
func (s *Store) Resume(ctx context.Context, a gateway.Address) error {
	j := &job{}
	j.add(resumeAddress, s.codec.hash(a))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("resume an address: %w", err)
	}
	return nil
}
