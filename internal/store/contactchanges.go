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
	// The record as it was goes along as it is sealed; $3 is the hash of the new
	// address, empty when there is none. An address is replaced, or taken off.
	noteContactChange = `
	INSERT INTO contact_changes (person, channel, at, lost, was)
	SELECT p.id, a.channel, $4, a.signalled, p.sealed FROM people p JOIN addresses a ON a.person = p.id
	WHERE p.id = $1 AND a.channel = $2 AND a.address <> $3
	ON CONFLICT (person, channel, at) DO NOTHING`

	notePostalChange = `
	INSERT INTO contact_changes (person, channel, at, lost, was)
	SELECT id, 'letter', $3, FALSE, sealed FROM people WHERE id = $1 AND post <> '' AND post <> $2
	ON CONFLICT (person, channel, at) DO NOTHING`

	setPost = `UPDATE people SET post = $2 WHERE id = $1`

	// Old addresses are kept no longer than they are of use.
	forgetContactChanges = `DELETE FROM contact_changes WHERE person = $1 AND at < $2`

	// Of the first of a person's cases. It begins with the parties of the page of
	// cases: the first cases of all people would be looked up for every page.
	contactChangesQuery = `
	SELECT t.case_reference, c.person, c.channel, c.at, c.lost, c.was FROM parties t JOIN contact_changes c ON c.person = t.person
	WHERE c.at >= $3 AND t.case_reference >= $1 AND t.case_reference <= $2
		AND NOT EXISTS (SELECT 1 FROM parties b WHERE b.person = t.person AND b.case_reference < t.case_reference)
	ORDER BY t.case_reference, c.at, c.person, c.channel`
)

// contactKept is how long it is known what an address was.
const contactKept = 30 * 24 * time.Hour

// addContactChanges notes what is another address than it was, before it is
// stored.
func (s *Store) addContactChanges(j *job, p *directory.Person, at time.Time) {
	for _, channel := range []directory.Channel{directory.SMS, directory.Email} {
		j.add(noteContactChange, string(p.ID), string(channel), s.addressHash(p, channel), micros(at))
	}
	j.add(notePostalChange, string(p.ID), s.addressHash(p, directory.Letter), micros(at))
	j.add(forgetContactChanges, string(p.ID), micros(at.Add(-contactKept)))
}

// addressHash is the hash of somebody's address, empty when they have none.
func (s *Store) addressHash(p *directory.Person, channel directory.Channel) string {
	a, held := p.Address(channel)
	if !held {
		return ""
	}
	return s.codec.hash(gateway.Address{Channel: channel, Value: a.Value})
}

// ContactChangesBetween implements gateway.Notices.
func (s *Store) ContactChangesBetween(ctx context.Context, first, last directory.CaseReference, since time.Time) ([]gateway.ContactChange, error) {
	var list []gateway.ContactChange
	err := s.engine.read(ctx, statement{sql: contactChangesQuery, args: []any{string(first), string(last), micros(since)}, each: func(r row) error {
		var (
			c    gateway.ContactChange
			at   int64
			was  []byte
			once directory.Person
		)
		if err := r.Scan(&c.Case, &c.Person, &c.Channel, &at, &c.Lost, &was); err != nil {
			return err
		}
		document, err := s.codec.open(personPlace(c.Person), was)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(document, &once); err != nil {
			return err
		}
		old, _ := once.Address(c.Channel)
		c.Old, c.At = old.Value, moment(at)
		list = append(list, c)
		return nil
	}})
	if err != nil {
		return nil, fmt.Errorf("read the changed addresses of cases %s to %s: %w", first, last, err)
	}
	return list, nil
}
