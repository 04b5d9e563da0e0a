package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

// ErasedPerson is the action under which an erasure itself is audited.
const ErasedPerson = "erased person"

const (
	auditOfQuery = `SELECT ` + auditColumns + ` FROM audit
	WHERE (person = $1 AND person <> '' OR conversation IN ` + talksOf + `) AND action <> '` + ErasedPerson + `'`

	blankReason = `UPDATE audit SET sealed = $2 WHERE id = $1`

	talksQuery = `SELECT id FROM conversations WHERE person = $1 AND person <> ''`

	casesOfQuery = `SELECT case_reference FROM parties WHERE person = $1 ORDER BY case_reference`

	answersQuery = `SELECT key, sealed FROM idempotency`
	dropAnswer   = `DELETE FROM idempotency WHERE key = $1`

	rewriteCase = `UPDATE cases SET sealed = $2 WHERE reference = $1`
	rewritePart = `UPDATE parties SET children_sealed = $3 WHERE case_reference = $1 AND person = $2`
	// What is left of a case on which there is nobody else.
	dropAbandoned = `DELETE FROM %s WHERE %s = $1 AND NOT EXISTS (SELECT 1 FROM parties q WHERE q.case_reference = $1 AND q.person <> $2)`

	dropPlans = `DELETE FROM plans WHERE case_reference = $1 AND number > 0`
)

// Erase takes out everything that is held of a person (UK GDPR article 17), and
// returns counts and the conversations that a cache may still hold. It may be
// done again, and finishes what was begun. What stays: their id, where records
// of others name it; that entries of the audit are about it; hashes of addresses
// that must not be written to. Gone is as in Prune.
func (s *Store) Erase(ctx context.Context, person directory.PersonID, gone func([]gateway.FileID) error) ([]Pruned, []gateway.ConversationID, error) {
	if person == "" {
		return nil, nil, fmt.Errorf("erase nobody: %w", gateway.ErrNotFound)
	}
	talks, err := s.texts(ctx, talksQuery, string(person))
	if err != nil {
		return nil, nil, fmt.Errorf("erase person %s: %w", person, err)
	}
	var erased []Pruned
	for _, step := range []func() error{
		func() error { return s.blankReasons(ctx, person) },
		func() error { return s.dropAnswers(ctx, append(talks, string(person))) },
		func() error { return s.leaveCases(ctx, person) },
		func() (err error) { erased, err = s.eraseRecords(ctx, person, gone); return err },
	} {
		if err := step(); err != nil {
			return nil, nil, fmt.Errorf("erase person %s: %w", person, err)
		}
	}
	ids := make([]gateway.ConversationID, len(talks))
	for i, id := range talks {
		ids[i] = gateway.ConversationID(id)
	}
	return erased, ids, nil
}

func (s *Store) eraseRecords(ctx context.Context, person directory.PersonID, gone func([]gateway.FileID) error) (erased []Pruned, err error) {
	for i := range keptRecords {
		k := &keptRecords[i]
		if k.of == "" {
			continue
		}
		n, err := s.takeOut(ctx, k, k.of, "", string(person), gone)
		if err != nil {
			return nil, fmt.Errorf("take out %s: %w", k.kind, err)
		}
		if n > 0 {
			erased = append(erased, Pruned{k.kind, n})
		}
	}
	return erased, nil
}

// blankReasons takes out what staff wrote about a person in the audit, and
// leaves its hash, so that the seals hold.
func (s *Store) blankReasons(ctx context.Context, person directory.PersonID) error {
	j := &job{}
	err := s.engine.read(ctx, statement{sql: auditOfQuery, args: []any{string(person)}, each: func(r row) error {
		e, mark, err := s.scanAudit(r)
		if err == nil && e.Reason != "" {
			j.add(blankReason, e.ID, s.codec.sealTexts(auditPlace(e.ID), "", mark))
		}
		return err
	}})
	if err != nil || len(j.statements) == 0 {
		return err
	}
	return s.engine.write(ctx, j)
}

// dropAnswers takes out the answers to API calls that name any of some ids.
func (s *Store) dropAnswers(ctx context.Context, ids []string) error {
	j := &job{}
	err := s.engine.read(ctx, statement{sql: answersQuery, each: func(r row) error {
		var key string
		var sealed []byte
		if err := r.Scan(&key, &sealed); err != nil {
			return err
		}
		answer, err := s.codec.open(answerPlace(key), sealed)
		if err == nil && slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(string(answer), id) }) {
			j.add(dropAnswer, key)
		}
		return err
	}})
	if err != nil || len(j.statements) == 0 {
		return err
	}
	return s.engine.write(ctx, j)
}

// leaveCases takes what is a person's out of the records of their cases: of who
// pays the income and the plan, of who is paid the children. Their id stays.
func (s *Store) leaveCases(ctx context.Context, person directory.PersonID) error {
	references, err := s.texts(ctx, casesOfQuery, string(person))
	if err != nil {
		return err
	}
	for _, reference := range references {
		c, err := s.Case(ctx, directory.CaseReference(reference))
		if err != nil {
			return err
		}
		j, err := s.caseWithout(c, person)
		if err == nil {
			err = s.engine.write(ctx, j)
		}
		if err != nil {
			return fmt.Errorf("leave case %s: %w", reference, err)
		}
	}
	return nil
}

func (s *Store) caseWithout(c directory.Case, person directory.PersonID) (*job, error) {
	j := &job{}
	if c.PayingParent.ID == person {
		c.PayingParent, c.Income, c.Plan = directory.Person{ID: person}, directory.Income{}, directory.Plan{}
		j.add(dropPlans, string(c.Reference))
	}
	for i := range c.ReceivingParents {
		if r := &c.ReceivingParents[i]; r.ID == person {
			r.Person, r.Children = directory.Person{ID: person}, nil
		}
	}
	document, err := json.Marshal(peopleByID(c))
	if err != nil {
		return nil, err
	}
	j.add(rewriteCase, string(c.Reference), s.codec.seal(casePlace(c.Reference), document))
	for _, party := range c.Parties() {
		family, err := json.Marshal(familyOf(&c, party.Person))
		if err != nil {
			return nil, err
		}
		j.add(rewritePart, string(c.Reference), string(party.Person), s.codec.seal(childrenPlace(c.Reference, party.Person), family))
	}
	for _, table := range [][2]string{{"payments", "case_reference"}, {"plans", "case_reference"}, {"notice_groups", "case_reference"}, {"openings", "case_reference"}, {"cases", "reference"}} {
		j.add(fmt.Sprintf(dropAbandoned, table[0], table[1]), string(c.Reference), string(person))
	}
	return j, nil
}

// texts reads the only column of a query about one thing.
func (s *Store) texts(ctx context.Context, query, about string) (found []string, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: []any{about}, each: func(r row) error {
		var text string
		err := r.Scan(&text)
		found = append(found, text)
		return err
	}})
	return found, err
}
