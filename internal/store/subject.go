package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/gateway/directory"
)

// Subject is everything that is held of one person, by table: for an answer to
// a request for access (UK GDPR article 15).
type Subject struct {
	Person directory.PersonID          `json:"person"`
	Cases  []SubjectCase               `json:"cases"`
	Held   map[string][]map[string]any `json:"held"`
}

// SubjectCase is a person's part in a case: of who pays the income and the
// plan, of who is paid the children. Nothing of anybody else is in it.
type SubjectCase struct {
	Reference directory.CaseReference `json:"reference"`
	Role      directory.Role          `json:"role"`
	Service   directory.Service       `json:"service"`
	Income    *directory.Income       `json:"income,omitempty"`
	Plan      *directory.Plan         `json:"plan,omitempty"`
	Children  []directory.Child       `json:"children,omitempty"`
}

// notOfTheSubject are columns that say something of others, or nothing to
// people: names of who else is on a case, a conversation's state for the
// machine (its answers are in its turns and reports), keyed hashes.
var notOfTheSubject = []string{"children_sealed", "state_sealed", "pin_hash", "secret", "link", "address", "post", "token"}

// Subject reads everything that is held of a person, but for what is kept only
// to find them. ErrNotFound when nobody is known by that id.
func (s *Store) Subject(ctx context.Context, person directory.PersonID) (Subject, error) {
	of := Subject{Person: person, Held: map[string][]map[string]any{}}
	_, parts, err := s.Person(ctx, person)
	for _, part := range parts {
		if err == nil {
			err = s.addSubjectCase(ctx, &of, part)
		}
	}
	for i := range keptRecords {
		if err == nil && keptRecords[i].of != "" {
			err = s.addSubjectRecords(ctx, &of, &keptRecords[i])
		}
	}
	if err != nil {
		return Subject{}, fmt.Errorf("read what is held of person %s: %w", person, err)
	}
	return of, nil
}

func (s *Store) addSubjectCase(ctx context.Context, of *Subject, part directory.Party) error {
	c, err := s.Case(ctx, part.Case)
	if err != nil {
		return err
	}
	mine := SubjectCase{Reference: part.Reference, Role: part.Role, Service: c.Service}
	if part.Role == directory.Paying {
		mine.Income, mine.Plan = &c.Income, &c.Plan
	}
	for _, r := range c.ReceivingParents {
		if r.ID == part.Person {
			mine.Children = r.Children
		}
	}
	of.Cases = append(of.Cases, mine)
	return nil
}

// addSubjectRecords adds a person's rows of a table, and what belongs to them.
func (s *Store) addSubjectRecords(ctx context.Context, of *Subject, k *keptRecord) error {
	if k.table == "person_words" {
		return nil
	}
	if err := s.addSubjectRows(ctx, of, k.table, k.of); err != nil {
		return err
	}
	for _, d := range k.with {
		if d.table == "message_words" || d.table == "flights" {
			continue
		}
		condition := fmt.Sprintf("%s IN (SELECT %s FROM %s WHERE %s)", d.column, k.key, k.table, k.of)
		if err := s.addSubjectRows(ctx, of, d.table, condition); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) addSubjectRows(ctx context.Context, of *Subject, table, condition string) error {
	rows, err := s.engine.database().QueryContext(ctx, "SELECT * FROM "+table+" WHERE "+condition, string(of.Person))
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		record, err := s.openRow(table, columns, values)
		if err != nil {
			return err
		}
		for _, column := range notOfTheSubject {
			delete(record, column)
		}
		of.Held[table] = append(of.Held[table], record)
	}
	return rows.Err()
}

// openRow makes a record of a row, with what is sealed in it opened.
func (s *Store) openRow(table string, columns []string, values []any) (map[string]any, error) {
	record := make(map[string]any, len(columns))
	for i, column := range columns {
		record[column] = values[i]
	}
	for i := range sealedColumns {
		c := &sealedColumns[i]
		sealed, ok := record[c.column].([]byte)
		if c.table != table || !ok || len(sealed) == 0 {
			continue
		}
		key := make([]any, len(c.key))
		for i, column := range c.key {
			key[i] = record[column]
		}
		value, err := s.codec.open(c.at(key), sealed)
		if err != nil {
			return nil, err
		}
		record[c.column] = readable(value)
	}
	return record, nil
}

// readable is an opened value as JSON, as texts, or as the text that it is. Of
// a turn's record the facts and results are left out: they are what the case's
// record held then, of both parents.
func readable(value []byte) any {
	var document map[string]any
	if json.Unmarshal(value, &document) == nil {
		delete(document, "facts")
		delete(document, "results")
		return document
	}
	var texts []string
	for rest := value; len(rest) > 0; {
		length, n := binary.Uvarint(rest)
		if n <= 0 || length > uint64(len(rest)-n) {
			return string(value)
		}
		texts = append(texts, string(rest[n:n+int(length)]))
		rest = rest[n+int(length):]
	}
	return slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" })
}
