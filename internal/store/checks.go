package store

import (
	"context"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	insertCheck    = `INSERT INTO checks (id, person, staff, at, sealed) VALUES ($1, $2, $3, $4, $5)`
	lastCheckQuery = `SELECT id, person, staff, at, sealed FROM checks WHERE person = $1 ORDER BY at DESC, id DESC LIMIT 1`
)

func checkPlace(id string) place { return place{"checks.sealed", id} }

// KeepCheck implements gateway.Checks.
func (s *Store) KeepCheck(ctx context.Context, c gateway.Check) error {
	j := &job{}
	j.add(insertCheck, c.ID, string(c.Person), string(c.By), micros(c.At), s.codec.sealTexts(checkPlace(c.ID), c.Number))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep check %s: %w", c.ID, err)
	}
	return nil
}

// LastCheck implements gateway.Checks.
func (s *Store) LastCheck(ctx context.Context, person directory.PersonID) (gateway.Check, error) {
	var c gateway.Check
	err := s.engine.read(ctx, statement{sql: lastCheckQuery, args: []any{string(person)}, each: func(r row) error {
		var at int64
		var sealed []byte
		if err := r.Scan(&c.ID, &c.Person, &c.By, &at, &sealed); err != nil {
			return err
		}
		c.At = moment(at)
		return s.codec.openTexts(checkPlace(c.ID), sealed, &c.Number)
	}})
	if err == nil && c.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Check{}, fmt.Errorf("read the last check of person %s: %w", person, err)
	}
	return c, nil
}
