package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	putAcquaintance  = `INSERT INTO acquaintances (staff, person, at) VALUES ($1, $2, $3) ON CONFLICT (staff, person) DO NOTHING`
	dropAcquaintance = `DELETE FROM acquaintances WHERE staff = $1 AND person = $2`

	knownBy = `SELECT person FROM acquaintances WHERE staff = $1 ORDER BY person`

	lookAtPerson = `
	UPDATE work_items SET act_at = $2 WHERE state <> 'done' AND
		(person = $1 OR case_reference IN (SELECT q.case_reference FROM parties q WHERE q.person = $1))`

	insertOpening = `INSERT INTO openings (staff, case_reference, at, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (staff, case_reference, at) DO NOTHING`
	lastOpening   = `SELECT COALESCE(MAX(at), 0) FROM openings WHERE staff = $1 AND case_reference = $2`

	insertAuthority  = `INSERT INTO authorities (id, person, at, sealed) VALUES ($1, $2, $3, $4)`
	authoritiesQuery = `SELECT id, sealed FROM authorities WHERE person = $1 ORDER BY at DESC, id DESC`

	unreleasedHolds = `
	SELECT id, person, case_reference, kind, at FROM holds WHERE released = 0 AND escalated = 0 AND at <= $1 ORDER BY at LIMIT 50`
	escalateHold = `UPDATE holds SET escalated = $2 WHERE id = $1`
)

// Acquaint implements gateway.Work.
func (s *Store) Acquaint(ctx context.Context, staff directory.StaffID, person directory.PersonID, knows bool, at time.Time) error {
	j := &job{}
	if knows {
		j.add(putAcquaintance, string(staff), string(person), micros(at))
	} else {
		j.add(dropAcquaintance, string(staff), string(person))
	}
	j.add(lookAtPerson, string(person), -micros(at))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record whom %s knows: %w", staff, err)
	}
	return nil
}

// Acquaintances implements gateway.Work.
func (s *Store) Acquaintances(ctx context.Context, of directory.StaffID) ([]directory.PersonID, error) {
	var people []directory.PersonID
	err := s.engine.read(ctx, statement{sql: knownBy, args: []any{string(of)}, each: func(r row) error {
		people = append(people, "")
		return r.Scan(&people[len(people)-1])
	}})
	if err != nil {
		return nil, fmt.Errorf("read whom %s knows: %w", of, err)
	}
	return people, nil
}

func openingPlace(staff directory.StaffID, reference directory.CaseReference, at time.Time) place {
	return place{"openings.sealed", fmt.Sprintf("%s %s %d", staff, reference, micros(at))}
}

// OpenCase implements gateway.Work.
func (s *Store) OpenCase(ctx context.Context, by directory.StaffID, reference directory.CaseReference, reason string, at time.Time) error {
	j := &job{}
	j.add(insertOpening, string(by), string(reference), micros(at), s.codec.sealTexts(openingPlace(by, reference, at), reason))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record that %s opened case %s: %w", by, reference, err)
	}
	return nil
}

// Ties implements gateway.Work.
func (s *Store) Ties(ctx context.Context, by directory.StaffID, references []directory.CaseReference) ([]gateway.Tie, error) {
	if len(references) == 0 {
		return nil, nil
	}
	ties := make([]gateway.Tie, len(references))
	var reads []statement
	for i, reference := range references {
		work, args := tasksQuery(&gateway.TaskSearch{Case: reference}, "")
		reads = append(reads, statement{sql: work, args: args, each: readTask(&ties[i].Work)},
			statement{sql: lastOpening, args: []any{string(by), string(reference)}, each: func(r row) error {
				var at int64
				err := r.Scan(&at)
				ties[i].Opened = moment(at)
				return err
			}})
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read what ties %s to cases: %w", by, err)
	}
	return ties, nil
}

func authorityPlace(id string) place { return place{"authorities.sealed", id} }

// AddAuthority implements gateway.Work.
func (s *Store) AddAuthority(ctx context.Context, id string, a gateway.Authority) error {
	document, err := json.Marshal(a)
	if err == nil {
		j := &job{}
		j.add(insertAuthority, id, string(a.For), micros(a.At), s.codec.seal(authorityPlace(id), document))
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("record an authority to act: %w", err)
	}
	return nil
}

// Authorities implements gateway.Work.
func (s *Store) Authorities(ctx context.Context, person directory.PersonID) ([]gateway.Authority, error) {
	var found []gateway.Authority
	err := s.engine.read(ctx, statement{sql: authoritiesQuery, args: []any{string(person)}, each: func(r row) error {
		var id string
		var sealed []byte
		if err := r.Scan(&id, &sealed); err != nil {
			return err
		}
		document, err := s.codec.open(authorityPlace(id), sealed)
		if err != nil {
			return err
		}
		found = append(found, gateway.Authority{})
		return json.Unmarshal(document, &found[len(found)-1])
	}})
	if err != nil {
		return nil, fmt.Errorf("read who may act for %s: %w", person, err)
	}
	return found, nil
}

// UnreleasedHolds implements gateway.Work.
func (s *Store) UnreleasedHolds(ctx context.Context, by time.Time) ([]gateway.Hold, error) {
	var holds []gateway.Hold
	err := s.engine.read(ctx, statement{sql: unreleasedHolds, args: []any{micros(by)}, each: func(r row) error {
		var h gateway.Hold
		var at int64
		err := r.Scan(&h.ID, &h.Person, &h.Case, &h.Kind, &at)
		h.At = moment(at)
		holds = append(holds, h)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the holds that nobody released: %w", err)
	}
	return holds, nil
}

// EscalateHold implements gateway.Work.
func (s *Store) EscalateHold(ctx context.Context, id string, w gateway.WorkItem) error {
	j := &job{}
	j.add(escalateHold, id, micros(w.Created))
	s.addWorkItem(j, &w)
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("escalate hold %s: %w", id, err)
	}
	return nil
}
