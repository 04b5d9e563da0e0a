package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

const (
	putCase = `
	INSERT INTO cases (reference, team, nation, updated, sealed) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (reference) DO UPDATE SET team = excluded.team, nation = excluded.nation,
		updated = excluded.updated, sealed = excluded.sealed`

	// A record that comes without a PIN leaves the one that the person has.
	putPerson = `
	INSERT INTO people (id, pin_hash, sealed) VALUES ($1, $2, $3)
	ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed,
		pin_hash = CASE WHEN excluded.pin_hash <> '' THEN excluded.pin_hash ELSE people.pin_hash END`

	// $4 is the date that the record gives, 0 for none, $5 now. A person who is
	// new to us has held an address since that date or for long; one whom we
	// know, and whose address changes, since that date or since now. A date
	// that stayed when the address changed is the old address's.
	putAddress = `
	INSERT INTO addresses (person, channel, address, since, confirmed, signalled)
	SELECT $1, $2, $3, CASE WHEN CAST($4 AS BIGINT) = 0 AND EXISTS (SELECT 1 FROM people WHERE id = $1) THEN CAST($5 AS BIGINT) ELSE $4 END, $5, FALSE
	WHERE TRUE
	ON CONFLICT (person, channel) DO UPDATE SET
		since = CASE
			WHEN addresses.address = excluded.address AND $4 = 0 THEN addresses.since
			WHEN addresses.address = excluded.address THEN $4
			WHEN $4 = 0 OR $4 = addresses.since THEN $5
			ELSE $4 END,
		signalled = addresses.signalled AND addresses.address = excluded.address,
		address = excluded.address, confirmed = excluded.confirmed`

	dropAddress = `DELETE FROM addresses WHERE person = $1 AND channel = $2`

	dropParties = `DELETE FROM parties WHERE case_reference = $1`

	putParty = `
	INSERT INTO parties (case_reference, person, reference, role, children_sealed) VALUES ($1, $2, $3, $4, $5)`
)

// PutCase stores a case as its record now is, with the people on it, whose
// other cases see the change too, their addresses and their parts in it. A
// person who is no longer on the case loses their part in it and stays known.
// A PIN is not stored, only its hash; a record without one leaves it as it was.
func (s *Store) PutCase(ctx context.Context, c directory.Case, at time.Time) error {
	return s.PutCaseOnce(ctx, c, at, nil)
}

// PutCaseOnce is PutCase for an API call that must not happen twice: in the
// same transaction it stores the call's row, unless that is nil. When the
// row's key is taken it returns gateway.ErrDuplicate and changes nothing.
func (s *Store) PutCaseOnce(ctx context.Context, c directory.Case, at time.Time, row *gateway.IdempotentRow) error {
	j, err := s.caseJob(c, at, row)
	if err == nil {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("store case %s: %w", c.Reference, err)
	}
	return nil
}

func (s *Store) caseJob(c directory.Case, at time.Time, row *gateway.IdempotentRow) (*job, error) {
	j := &job{}
	s.addAnswer(j, row, at)
	people := c.People()
	slices.SortFunc(people, func(a, b *directory.Person) int { return cmp.Compare(a.ID, b.ID) })
	for _, p := range people {
		if err := s.addPerson(j, *p, at); err != nil {
			return nil, err
		}
	}
	document, err := json.Marshal(peopleByID(c))
	if err != nil {
		return nil, err
	}
	j.add(putCase, string(c.Reference), string(c.Team), string(c.Nation), micros(at), s.codec.seal(casePlace(c.Reference), document))
	j.add(dropParties, string(c.Reference))
	for _, party := range c.Parties() {
		family, err := json.Marshal(familyOf(&c, party.Person))
		if err != nil {
			return nil, err
		}
		j.add(putParty, string(c.Reference), string(party.Person), string(party.Reference), string(party.Role),
			s.codec.seal(childrenPlace(c.Reference, party.Person), family))
	}
	lookAtWork(j, c.Reference, micros(at))
	return j, nil
}

// addPerson stores a person with their addresses; the addresses first, since
// they ask whether the person is new.
func (s *Store) addPerson(j *job, p directory.Person, at time.Time) error {
	s.addContactChanges(j, &p, at)
	for _, channel := range []directory.Channel{directory.SMS, directory.Email} {
		a, held := p.Address(channel)
		if !held {
			j.add(dropAddress, string(p.ID), string(channel))
			continue
		}
		hash := s.codec.hash(gateway.Address{Channel: channel, Value: a.Value})
		j.add(putAddress, string(p.ID), string(channel), hash, midnight(a.Since), micros(at))
	}
	pinHash := p.PINHash
	p.PIN, p.PINHash = "", ""
	document, err := json.Marshal(p)
	if err != nil {
		return err
	}
	j.add(putPerson, string(p.ID), pinHash, s.codec.seal(personPlace(p.ID), document))
	s.addPersonWords(j, p.ID, p.Name)
	j.add(setPost, string(p.ID), s.addressHash(&p, directory.Letter))
	return nil
}

// midnight is the beginning of a date, 0 for none.
func midnight(d calculation.Date) int64 {
	if d == 0 {
		return 0
	}
	return micros(d.Time())
}

// peopleByID is a case whose people are only named: their own rows hold them.
func peopleByID(c directory.Case) directory.Case {
	c.PayingParent = directory.Person{ID: c.PayingParent.ID}
	c.ReceivingParents = slices.Clone(c.ReceivingParents)
	for i := range c.ReceivingParents {
		r := &c.ReceivingParents[i]
		r.Person = directory.Person{ID: r.ID}
	}
	return c
}

func childrenPlace(reference directory.CaseReference, person directory.PersonID) place {
	return place{"parties.children_sealed", string(reference) + " " + string(person)}
}

// familyOf names the children of one person on a case, and the other parent of
// each: for the paying parent everybody who is paid, for a receiving parent
// their own children and who pays.
func familyOf(c *directory.Case, person directory.PersonID) []string {
	var names []string
	for _, r := range c.ReceivingParents {
		switch person {
		case c.PayingParent.ID:
			names = append(names, r.Name)
		case r.ID:
			names = append(names, c.PayingParent.Name)
		default:
			continue
		}
		for _, child := range r.Children {
			names = append(names, child.Name)
		}
	}
	return names
}
