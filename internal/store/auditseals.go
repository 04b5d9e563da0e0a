package store

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"time"

	"parley/gateway"
)

const (
	insertAuditSeal = `INSERT INTO audit_seals (number, from_at, to_at, entries, hash) VALUES ($1, $2, $3, $4, $5)`

	auditSealsQuery = `SELECT number, from_at, to_at, entries, hash FROM audit_seals WHERE number > $1 ORDER BY number LIMIT $2`
	lastSealQuery   = `SELECT number, from_at, to_at, entries, hash FROM audit_seals ORDER BY number DESC LIMIT 1`

	auditSpanQuery  = `SELECT ` + auditColumns + ` FROM audit WHERE at >= $1 AND at < $2 ORDER BY at, id`
	auditSinceQuery = `SELECT COUNT(*) FROM audit WHERE at >= $1`

	sealsAtOnce = 500
)

// auditSeal is a row of audit_seals.
type auditSeal struct {
	number   int64
	from, to int64 // microseconds; to is not included
	entries  int64
	hash     string
}

func (a *auditSeal) columns() []any { return []any{&a.number, &a.from, &a.to, &a.entries, &a.hash} }

// SealAudit implements gateway.Audit. The seal's number is taken by one node.
func (s *Store) SealAudit(ctx context.Context, now time.Time) (int, error) {
	last, err := s.lastSeal(ctx)
	if err != nil {
		return 0, fmt.Errorf("seal the audit: %w", err)
	}
	next := auditSeal{number: last.number + 1, from: last.to, to: micros(sealedUpTo(now))}
	if next.to <= next.from {
		return 0, nil
	}
	if err := s.reckonSeal(ctx, &next, last.hash); err != nil || next.entries == 0 {
		return 0, err
	}
	j := &job{}
	j.add(insertAuditSeal, next.number, next.from, next.to, next.entries, next.hash).taken = gateway.ErrConflict
	err = s.engine.write(ctx, j)
	if errors.Is(err, gateway.ErrConflict) { // another node sealed it
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("seal the audit: %w", err)
	}
	return int(next.entries), nil
}

func (s *Store) lastSeal(ctx context.Context) (auditSeal, error) {
	var last auditSeal
	err := s.engine.read(ctx, statement{sql: lastSealQuery, each: func(r row) error { return r.Scan(last.columns()...) }})
	return last, err
}

// reckonSeal counts and hashes the entries of a seal's span, after the hash of
// the seal before.
func (s *Store) reckonSeal(ctx context.Context, a *auditSeal, before string) error {
	mac := s.codec.auditMAC()
	writeFields(mac, before, fmt.Sprint(a.number), fmt.Sprint(a.from), fmt.Sprint(a.to))
	a.entries = 0
	err := s.engine.read(ctx, statement{sql: auditSpanQuery, args: []any{a.from, a.to}, each: func(r row) error {
		e, reason, err := s.scanAudit(r)
		if err != nil && !errors.Is(err, errSealed) {
			return err
		}
		if err != nil { // a reason that cannot be read is one that was changed
			reason = "unreadable"
		}
		a.entries++
		writeFields(mac, e.ID, fmt.Sprint(micros(e.At)), string(e.Staff), e.Action, string(e.Case), string(e.Person),
			string(e.Conversation), e.Object, reason)
		return nil
	}})
	if err != nil {
		return fmt.Errorf("read what is to be sealed: %w", err)
	}
	a.hash = hex.EncodeToString(mac.Sum(nil))
	return nil
}

// writeFields writes texts, each with its length before it: no two lists of
// texts are written alike.
func writeFields(h hash.Hash, fields ...string) {
	var length [binary.MaxVarintLen64]byte
	for _, f := range fields {
		h.Write(length[:binary.PutUvarint(length[:], uint64(len(f)))])
		h.Write([]byte(f))
	}
}

// VerifyAudit implements gateway.Audit.
func (s *Store) VerifyAudit(ctx context.Context) (gateway.AuditProof, error) {
	var proof gateway.AuditProof
	var last auditSeal
	for {
		seals, err := s.sealsAfter(ctx, last.number)
		if err != nil {
			return proof, fmt.Errorf("verify the audit: %w", err)
		}
		for _, stored := range seals {
			if err := s.verifySeal(ctx, &proof, last, stored); err != nil {
				return proof, fmt.Errorf("verify the audit: %w", err)
			}
			last = stored
		}
		if len(seals) < sealsAtOnce {
			break
		}
	}
	proof.Last = last.hash
	err := s.engine.read(ctx, statement{sql: auditSinceQuery, args: []any{last.to}, each: func(r row) error { return r.Scan(&proof.Unsealed) }})
	if err != nil {
		return proof, fmt.Errorf("verify the audit: %w", err)
	}
	return proof, nil
}

func (s *Store) sealsAfter(ctx context.Context, number int64) ([]auditSeal, error) {
	var seals []auditSeal
	err := s.engine.read(ctx, statement{sql: auditSealsQuery, args: []any{number, sealsAtOnce}, each: func(r row) error {
		var a auditSeal
		err := r.Scan(a.columns()...)
		seals = append(seals, a)
		return err
	}})
	return seals, err
}

// verifySeal reckons a seal anew, after the one before as that is stored: each
// that does not hold is told once.
func (s *Store) verifySeal(ctx context.Context, proof *gateway.AuditProof, before, stored auditSeal) error {
	problem := func(what string, args ...any) {
		proof.Problems = append(proof.Problems, gateway.AuditProblem{
			Seal: int(stored.number), From: moment(stored.from), To: moment(stored.to), What: fmt.Sprintf(what, args...),
		})
	}
	proof.Seals++
	if stored.number != before.number+1 || stored.from != before.to {
		problem("a seal before it is missing")
	}
	again := auditSeal{number: stored.number, from: stored.from, to: stored.to}
	if err := s.reckonSeal(ctx, &again, before.hash); err != nil {
		return err
	}
	proof.Entries += int(again.entries)
	switch {
	case again.entries != stored.entries:
		problem("%d entries are there, %d were sealed", again.entries, stored.entries)
	case again.hash != stored.hash:
		problem("an entry, or the seal itself, was changed")
	}
	return nil
}
