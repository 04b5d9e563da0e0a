package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/gateway"
)

const (
	insertCharge = `INSERT INTO charges (id, visit, state, started, sealed) VALUES ($1, $2, $3, $4, $5)`

	chargeColumns     = `id, state, sealed`
	chargeQuery       = `SELECT ` + chargeColumns + ` FROM charges WHERE id = $1`
	lastChargeQuery   = `SELECT ` + chargeColumns + ` FROM charges WHERE visit = $1 ORDER BY started DESC, id DESC LIMIT 1`
	goingChargesQuery = `SELECT ` + chargeColumns + ` FROM charges WHERE state = 'going' AND started < $1 ORDER BY started, id LIMIT $2`

	endCharge = `UPDATE charges SET state = $2 WHERE id = $1 AND state = 'going'`
)

func chargePlace(id string) place { return place{"charges.sealed", id} }

// KeepCharge implements gateway.Charges.
func (s *Store) KeepCharge(ctx context.Context, c gateway.Charge) error {
	document, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keep charge %s: %w", c.ID, err)
	}
	j := &job{}
	j.add(insertCharge, c.ID, string(c.Visit), string(c.State), micros(c.Started), s.codec.seal(chargePlace(c.ID), document))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep charge %s: %w", c.ID, err)
	}
	return nil
}

// Charge implements gateway.Charges.
func (s *Store) Charge(ctx context.Context, id string) (gateway.Charge, error) {
	return s.oneCharge(ctx, chargeQuery, id)
}

// LastCharge implements gateway.Charges.
func (s *Store) LastCharge(ctx context.Context, visit gateway.VisitID) (gateway.Charge, error) {
	return s.oneCharge(ctx, lastChargeQuery, string(visit))
}

func (s *Store) oneCharge(ctx context.Context, query, key string) (gateway.Charge, error) {
	found, err := s.charges(ctx, query, key)
	if err == nil && len(found) == 0 {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Charge{}, fmt.Errorf("read a charge: %w", err)
	}
	return found[0], nil
}

// GoingCharges implements gateway.Charges.
func (s *Store) GoingCharges(ctx context.Context, before time.Time, limit int) ([]gateway.Charge, error) {
	going, err := s.charges(ctx, goingChargesQuery, micros(before), limit)
	if err != nil {
		return nil, fmt.Errorf("read the charges that go on: %w", err)
	}
	return going, nil
}

// EndCharge implements gateway.Charges.
func (s *Store) EndCharge(ctx context.Context, id string, state gateway.ChargeState) error {
	j := &job{}
	j.add(endCharge, id, string(state))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("end charge %s: %w", id, err)
	}
	return nil
}

func (s *Store) charges(ctx context.Context, query string, args ...any) (charges []gateway.Charge, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		var (
			id, state string
			sealed    []byte
			c         gateway.Charge
		)
		if err := r.Scan(&id, &state, &sealed); err != nil {
			return err
		}
		document, err := s.codec.open(chargePlace(id), sealed)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(document, &c); err != nil {
			return err
		}
		c.State = gateway.ChargeState(state)
		charges = append(charges, c)
		return nil
	}})
	return charges, err
}
