package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

func personPlace(id directory.PersonID) place { return place{"people.sealed", string(id)} }

func casePlace(reference directory.CaseReference) place {
	return place{"cases.sealed", string(reference)}
}

// personColumns are those of a person but their id. They may be of an outer
// join, and all be null.
const personColumns = `p.sealed, COALESCE(p.pin_hash, ''), COALESCE(p.language, '')`

// personRow is a person as their row holds them.
type personRow struct {
	sealed   []byte // nil: there is no such person
	pinHash  string
	language templates.Language // that they have asked for
}

func (p *personRow) columns() []any { return []any{&p.sealed, &p.pinHash, &p.language} }

const personQuery = `
	SELECT ` + personColumns + `, COALESCE(q.case_reference, ''), COALESCE(q.reference, ''), COALESCE(q.role, '')
	FROM people p LEFT JOIN parties q ON q.person = p.id
	WHERE p.id = $1
	ORDER BY q.case_reference || ''`

// Person implements gateway.Directory.
func (s *Store) Person(ctx context.Context, id directory.PersonID) (directory.Person, []directory.Party, error) {
	var (
		found   bool
		person  directory.Person
		parties []directory.Party
	)
	err := s.engine.read(ctx, statement{sql: personQuery, args: []any{string(id)}, each: func(r row) error {
		var (
			opened personRow
			party  = directory.Party{Person: id}
		)
		if err := r.Scan(append(opened.columns(), &party.Case, &party.Reference, &party.Role)...); err != nil {
			return err
		}
		if party.Case != "" {
			parties = append(parties, party)
		}
		if found {
			return nil
		}
		found = true
		return s.openPerson(id, &opened, &person)
	}})
	if err == nil && !found {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return directory.Person{}, nil, fmt.Errorf("read person %s: %w", id, err)
	}
	return person, parties, nil
}

func (s *Store) openPerson(id directory.PersonID, row *personRow, into *directory.Person) error {
	document, err := s.codec.open(personPlace(id), row.sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(document, into); err != nil {
		return err
	}
	into.PINHash, into.Language = row.pinHash, cmp.Or(row.language, into.Language)
	return nil
}

// The case comes first, then the people on it.
const caseQuery = `
	SELECT 0 AS part, c.reference, c.sealed, '', '' FROM cases c WHERE c.reference = $1
	UNION ALL
	SELECT 1, p.id, ` + personColumns + ` FROM parties q JOIN people p ON p.id = q.person WHERE q.case_reference = $1
	ORDER BY part`

// Case implements gateway.Directory.
func (s *Store) Case(ctx context.Context, reference directory.CaseReference) (directory.Case, error) {
	cases, err := s.Cases(ctx, reference)
	if err != nil {
		return directory.Case{}, err
	}
	if len(cases) == 0 {
		return directory.Case{}, fmt.Errorf("read case %s: %w", reference, gateway.ErrNotFound)
	}
	return cases[0], nil
}

// Cases returns those of the cases that exist, in the order asked for.
func (s *Store) Cases(ctx context.Context, references ...directory.CaseReference) ([]directory.Case, error) {
	var found []directory.Case
	var reads []statement
	for _, reference := range references {
		reads = append(reads, statement{sql: caseQuery, args: []any{string(reference)}, each: func(r row) error {
			return s.addToCases(&found, r)
		}})
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	return found, nil
}

// addToCases reads one row of a query of cases: a case, or a person on the one
// before. Parties of a case that is not there are on none.
func (s *Store) addToCases(cases *[]directory.Case, r row) error {
	var (
		part int
		id   string
		row  personRow // of a case only what is sealed
	)
	if err := r.Scan(append([]any{&part, &id}, row.columns()...)...); err != nil {
		return err
	}
	if part == 0 {
		document, err := s.codec.open(casePlace(directory.CaseReference(id)), row.sealed)
		if err != nil {
			return err
		}
		*cases = append(*cases, directory.Case{})
		return json.Unmarshal(document, &(*cases)[len(*cases)-1])
	}
	if len(*cases) == 0 {
		return nil
	}
	for _, person := range (*cases)[len(*cases)-1].People() {
		if string(person.ID) == id {
			*person = directory.Person{}
			return s.openPerson(directory.PersonID(id), &row, person)
		}
	}
	return nil
}
