package store

import (
	"context"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	insertCaseNote = `INSERT INTO case_notes (id, case_reference, person, staff, at, sealed) VALUES ($1, $2, $3, $4, $5, $6)`

	caseNotesQuery = `
	SELECT id, case_reference, person, staff, at, sealed FROM case_notes
	WHERE case_reference = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`
)

func caseNotePlace(id string) place { return place{"case_notes.sealed", id} }

// AddCaseNote implements gateway.CaseNotes.
func (s *Store) AddCaseNote(ctx context.Context, n gateway.CaseNote) error {
	j := &job{}
	j.add(insertCaseNote, n.ID, string(n.Case), string(n.Person), string(n.By), micros(n.At), s.codec.sealTexts(caseNotePlace(n.ID), n.Text))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep note %s: %w", n.ID, err)
	}
	return nil
}

// CaseNotes implements gateway.CaseNotes.
func (s *Store) CaseNotes(ctx context.Context, of directory.CaseReference, before string, limit int) ([]gateway.CaseNote, error) {
	var notes []gateway.CaseNote
	err := s.engine.read(ctx, statement{sql: caseNotesQuery, args: []any{string(of), before, limit}, each: func(r row) error {
		var n gateway.CaseNote
		var at int64
		var sealed []byte
		if err := r.Scan(&n.ID, &n.Case, &n.Person, &n.By, &at, &sealed); err != nil {
			return err
		}
		n.At = moment(at)
		err := s.codec.openTexts(caseNotePlace(n.ID), sealed, &n.Text)
		notes = append(notes, n)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the notes on case %s: %w", of, err)
	}
	return notes, nil
}
