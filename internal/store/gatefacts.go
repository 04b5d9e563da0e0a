package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/gateway"
	"parley/gateway/directory"
)

// A person with each of their cases: whose hold lies on whom. A hold that names
// no case lies on all the cases of its person.
const gatePersonQuery = `
	SELECT ` + personColumns + `, COALESCE(q.case_reference, ''), q.children_sealed, COALESCE(c.nation, ''),
		EXISTS (SELECT 1 FROM holds h WHERE h.released = 0 AND h.person = p.id),
		EXISTS (SELECT 1 FROM holds h WHERE h.released = 0 AND h.person <> p.id AND h.case_reference = q.case_reference)
		OR EXISTS (SELECT 1 FROM parties o JOIN holds h ON h.person = o.person
			WHERE o.case_reference = q.case_reference AND o.person <> p.id AND h.released = 0 AND h.case_reference = '')
	FROM people p
	LEFT JOIN parties q ON q.person = p.id
	LEFT JOIN cases c ON c.reference = q.case_reference
	WHERE p.id = $1
	ORDER BY q.case_reference`

// GateFacts implements gateway.Outbox, in one round trip.
func (s *Store) GateFacts(ctx context.Context, messages []gateway.Message) ([]gateway.GateFacts, error) {
	facts := make([]gateway.GateFacts, len(messages))
	var reads []statement
	for i := range messages {
		m, f := &messages[i], &facts[i]
		if m.To.Channel == directory.WebChat {
			reads = append(reads, s.visitFacts(f, m.To))
		}
		reads = append(reads, statement{sql: standingQuery, args: []any{s.codec.hash(m.To)}, each: func(r row) error {
			var h holding
			err := r.Scan(h.columns()...)
			f.OptedOut = h.addTo(&f.Standing)
			return err
		}})
		if m.Person != "" {
			reads = append(reads, statement{sql: gatePersonQuery, args: []any{string(m.Person)}, each: func(r row) error {
				return s.addGatePerson(f, m, r)
			}})
		}
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read what the gate must know: %w", err)
	}
	return facts, nil
}

// visitFacts reads the visit that a message goes to. Its address is not among
// those of records, so that its only holder is the visit's person.
func (s *Store) visitFacts(f *gateway.GateFacts, to gateway.Address) statement {
	return statement{sql: visitQuery, args: []any{to.Value}, each: func(r row) error {
		var v visitRow
		if err := r.Scan(append(v.columns(), v.person.columns()...)...); err != nil {
			return err
		}
		visit, err := v.open(s, &directory.Person{})
		f.Visit, f.Standing.Holders = &visit, visitHolders(visit)
		return err
	}}
}

// addGatePerson reads one row of gatePersonQuery: the person and one case.
func (s *Store) addGatePerson(f *gateway.GateFacts, m *gateway.Message, r row) error {
	var (
		person               personRow
		children             []byte
		reference            directory.CaseReference
		nation               directory.Nation
		personHeld, caseHeld bool
	)
	if err := r.Scan(append(person.columns(), &reference, &children, &nation, &personHeld, &caseHeld)...); err != nil {
		return err
	}
	if f.Person.ID == "" {
		if err := s.openPerson(m.Person, &person, &f.Person); err != nil {
			return err
		}
		f.CloseFamily = append(f.CloseFamily, f.Person.Name)
	}
	f.PersonHeld = f.PersonHeld || personHeld
	f.CaseHeld = f.CaseHeld || caseHeld
	if f.Nation == "" || (nation != "" && reference == m.Case) {
		f.Nation = nation
	}
	if reference == "" {
		return nil
	}
	document, err := s.codec.open(childrenPlace(reference, m.Person), children)
	if err != nil {
		return err
	}
	var names []string
	if err := json.Unmarshal(document, &names); err != nil {
		return err
	}
	for _, name := range names {
		if !slices.Contains(f.CloseFamily, name) {
			f.CloseFamily = append(f.CloseFamily, name)
		}
	}
	return nil
}
