package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	foundMessageColumns = `m.id, m.person, COALESCE(NULLIF(m.case_reference, ''), c.case_reference, ''), m.conversation, m.created, m.sealed`
	foundMessageQuery   = `SELECT ` + foundMessageColumns + ` FROM messages m LEFT JOIN conversations c ON c.id = m.conversation WHERE m.id = $1`

	holdersQuery = `SELECT person FROM addresses WHERE address = $1 ORDER BY person LIMIT $2`

	caseOfQuery = `SELECT case_reference FROM parties WHERE case_reference = $1
		UNION ALL SELECT case_reference FROM parties WHERE reference = $1 LIMIT 1`

	personMessageColumns = `
	SELECT m.id, m.outgoing, m.channel,
		CASE WHEN f.message IS NULL OR m.rank > 0 THEN m.status WHEN f.sending THEN 'sending' ELSE 'claimed' END,
		m.code, m.reasons, m.segments, m.turn, m.staff, m.language, m.created, m.sealed,
		m.person, m.conversation, COALESCE(NULLIF(m.case_reference, ''), c.case_reference, ''), COALESCE(c.dialog, ''), m.notice, m.kind, t.sealed
	FROM messages m LEFT JOIN flights f ON f.message = m.id
	LEFT JOIN conversations c ON c.id = m.conversation
	LEFT JOIN turns t ON t.conversation = m.conversation AND t.number = m.turn AND NOT m.outgoing
	WHERE `
	personMessagesQuery       = personMessageColumns + `m.person = $1 AND m.person <> '' ORDER BY m.id DESC LIMIT $2`
	personMessagesBeforeQuery = personMessageColumns + `m.person = $1 AND m.person <> '' AND m.id < $3 ORDER BY m.id DESC LIMIT $2`

	personConversationsQuery = `SELECT c.id, ` + conversationColumns + ` FROM conversations c
	WHERE c.person = $1 AND c.person <> '' ORDER BY c.id DESC LIMIT $2`
)

// FindMessages implements gateway.Searcher.
func (s *Store) FindMessages(ctx context.Context, words []string, limit int) ([]gateway.FoundMessage, error) {
	ids, err := s.sought(ctx, messageWords, words, limit)
	if err != nil {
		return nil, fmt.Errorf("find messages: %w", err)
	}
	found := make([]gateway.FoundMessage, len(ids))
	statements := make([]statement, len(ids))
	for i, id := range ids {
		statements[i] = statement{sql: foundMessageQuery, args: []any{id}, each: func(r row) error {
			return s.scanFound(r, &found[i])
		}}
	}
	if len(statements) == 0 {
		return nil, nil
	}
	if err := s.engine.read(ctx, statements...); err != nil {
		return nil, fmt.Errorf("read the messages that were found: %w", err)
	}
	return slices.DeleteFunc(found, func(m gateway.FoundMessage) bool { return m.Message == "" }), nil
}

func (s *Store) scanFound(r row, m *gateway.FoundMessage) error {
	var created int64
	var sealed []byte
	var address, own string
	if err := r.Scan(&m.Message, &m.Person, &m.Case, &m.Conversation, &created, &sealed); err != nil {
		return err
	}
	m.At = moment(created)
	return s.codec.openTexts(messagePlace(m.Message), sealed, &address, &own, &m.Text)
}

// FindPeople implements gateway.Searcher.
func (s *Store) FindPeople(ctx context.Context, words []string, limit int) ([]directory.PersonID, error) {
	ids, err := s.sought(ctx, personWords, words, limit)
	if err != nil {
		return nil, fmt.Errorf("find people: %w", err)
	}
	return personIDs(ids), nil
}

// PartsOf implements gateway.Searcher.
func (s *Store) PartsOf(ctx context.Context, people []directory.PersonID) ([]gateway.CasePart, error) {
	var parts []gateway.CasePart
	reads := make([]statement, len(people))
	for i, id := range people {
		var known directory.Person
		reads[i] = statement{sql: personQuery, args: []any{string(id)}, each: func(r row) error {
			var opened personRow
			part := gateway.CasePart{Party: directory.Party{Person: id}}
			if err := r.Scan(append(opened.columns(), &part.Case, &part.Reference, &part.Role)...); err != nil || part.Case == "" {
				return err
			}
			if known.ID == "" {
				if err := s.openPerson(id, &opened, &known); err != nil {
					return err
				}
			}
			part.Name = known.Name
			parts = append(parts, part)
			return nil
		}}
	}
	if len(reads) == 0 {
		return nil, nil
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read the parts of people in cases: %w", err)
	}
	return parts, nil
}

// HoldersOf implements gateway.Searcher.
func (s *Store) HoldersOf(ctx context.Context, a gateway.Address, limit int) ([]directory.PersonID, error) {
	var ids []string
	err := s.engine.read(ctx, statement{sql: holdersQuery, args: []any{s.codec.hash(a), limit}, each: func(r row) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("find who holds an address: %w", err)
	}
	return personIDs(ids), nil
}

func personIDs(ids []string) []directory.PersonID {
	people := make([]directory.PersonID, len(ids))
	for i, id := range ids {
		people[i] = directory.PersonID(id)
	}
	return people
}

// CaseOf implements gateway.Searcher.
func (s *Store) CaseOf(ctx context.Context, reference directory.CaseReference) (found directory.CaseReference, err error) {
	err = s.engine.read(ctx, statement{sql: caseOfQuery, args: []any{string(reference)}, each: func(r row) error { return r.Scan(&found) }})
	if err == nil && found == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("find the case of a reference: %w", err)
	}
	return found, nil
}

// PersonMessages implements gateway.Timelines.
func (s *Store) PersonMessages(ctx context.Context, person directory.PersonID, before gateway.MessageID, limit int) ([]gateway.PersonMessage, error) {
	query, args := personMessagesQuery, []any{string(person), limit}
	if before != "" {
		query, args = personMessagesBeforeQuery, append(args, string(before))
	}
	var messages []gateway.PersonMessage
	err := s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		m, err := s.scanPersonMessage(r)
		messages = append(messages, m)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the messages of person %s: %w", person, err)
	}
	return messages, nil
}

func (s *Store) scanPersonMessage(r row) (m gateway.PersonMessage, err error) {
	var sealed []byte
	m.MessageView, err = s.scanMessageView(r, &m.Person, &m.Conversation, &m.Case, &m.Dialog, &m.Notice, &m.Kind, &sealed)
	if err != nil || len(sealed) == 0 {
		return m, err
	}
	record, err := s.codec.open(turnPlace(m.Conversation, m.Turn), sealed)
	if err != nil || len(record) == 0 {
		return m, err
	}
	var read struct{ Reading gateway.Reading }
	err = json.Unmarshal(record, &read)
	m.Reading = read.Reading
	return m, err
}

// PersonConversations implements gateway.Timelines.
func (s *Store) PersonConversations(ctx context.Context, person directory.PersonID, limit int) ([]gateway.Conversation, error) {
	var list []gateway.Conversation
	err := s.engine.read(ctx, statement{sql: personConversationsQuery, args: []any{string(person), limit}, each: func(r row) error {
		var id gateway.ConversationID
		var c conversationRow
		if err := r.Scan(append([]any{&id}, c.columns()...)...); err != nil {
			return err
		}
		opened, err := s.conversation(id, &c)
		if err == nil {
			list = append(list, *opened)
		}
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the conversations of person %s: %w", person, err)
	}
	return list, nil
}
