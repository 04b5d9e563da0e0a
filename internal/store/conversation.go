package store

import (
	"context"
	"fmt"

	"parley/gateway"
)

// conversationColumns are those of a conversation but its id and its state.
// They may be of an outer join, and all be null.
const conversationColumns = `COALESCE(c.person, ''), COALESCE(c.case_reference, ''), COALESCE(c.dialog, ''),
	COALESCE(c.version, ''), COALESCE(c.channel, ''), c.address_sealed, COALESCE(c.phase, ''), COALESCE(c.turn, 0),
	COALESCE(c.by_us, FALSE), COALESCE(c.started_by, ''), COALESCE(c.keeper, ''), COALESCE(c.nudges, 0), COALESCE(c.outcome, ''), COALESCE(c.created, 0), COALESCE(c.last_said, 0)`

// conversationRow is a conversation as its row holds it.
type conversationRow struct {
	gateway.Conversation
	addressSealed     []byte
	created, lastSaid int64
}

func (c *conversationRow) columns() []any {
	return []any{&c.Person, &c.Case, &c.Dialog, &c.Version, &c.Address.Channel, &c.addressSealed, &c.Phase, &c.Turn,
		&c.ByUs, &c.By, &c.Keeper, &c.Nudges, &c.Outcome, &c.created, &c.lastSaid}
}

func conversationAddressPlace(id gateway.ConversationID) place {
	return place{"conversations.address_sealed", string(id)}
}

func statePlace(id gateway.ConversationID) place {
	return place{"conversations.state_sealed", string(id)}
}

// conversation opens what a row holds of a conversation, without its state.
func (s *Store) conversation(id gateway.ConversationID, c *conversationRow) (*gateway.Conversation, error) {
	c.ID = id
	c.Created, c.LastSaid = moment(c.created), moment(c.lastSaid)
	if err := s.codec.openTexts(conversationAddressPlace(id), c.addressSealed, &c.Address.Value); err != nil {
		return nil, err
	}
	return &c.Conversation, nil
}

const (
	conversationSelect = `SELECT c.id, ` + conversationColumns + `, c.state_sealed FROM conversations c WHERE `
	conversationQuery  = conversationSelect + `c.id = $1`
	openOfPerson       = conversationSelect + `c.person = $1 AND c.phase = 'open' AND c.person <> ''`
	openOfVisit        = conversationSelect + `c.visit = $1 AND c.phase = 'open' AND c.visit <> ''`
	queueOfPerson      = conversationSelect + `c.person = $1 AND c.phase = 'queued' AND c.person <> '' ORDER BY c.turn = 0, c.by_us, c.created, c.id`
	queueOfVisit       = conversationSelect + `c.visit = $1 AND c.phase = 'queued' AND c.visit <> '' ORDER BY c.turn = 0, c.by_us, c.created, c.id`
	turnRecordQuery    = `SELECT sealed FROM turns WHERE conversation = $1 AND number = $2`
)

// Conversation implements gateway.Conversations.
func (s *Store) Conversation(ctx context.Context, id gateway.ConversationID) (gateway.Conversation, error) {
	c, err := s.oneConversation(ctx, conversationQuery, string(id))
	if err != nil {
		return gateway.Conversation{}, fmt.Errorf("read conversation %s: %w", id, err)
	}
	return c, nil
}

// OpenConversation implements gateway.Conversations.
func (s *Store) OpenConversation(ctx context.Context, of gateway.Partner) (gateway.Conversation, error) {
	query, key := openOfPerson, string(of.Person)
	if of.Person == "" {
		query, key = openOfVisit, string(of.Visit)
	}
	c, err := s.oneConversation(ctx, query, key)
	if err != nil {
		return gateway.Conversation{}, fmt.Errorf("read the open conversation with %s: %w", key, err)
	}
	return c, nil
}

// Queue implements gateway.Conversations.
func (s *Store) Queue(ctx context.Context, of gateway.Partner) ([]gateway.Conversation, error) {
	query, key := queueOfPerson, string(of.Person)
	if of.Person == "" {
		query, key = queueOfVisit, string(of.Visit)
	}
	var waiting []gateway.Conversation
	err := s.engine.read(ctx, s.conversationRead(query, key, func(c gateway.Conversation) { waiting = append(waiting, c) }))
	if err != nil {
		return nil, fmt.Errorf("read the conversations that wait for %s: %w", key, err)
	}
	return waiting, nil
}

func (s *Store) oneConversation(ctx context.Context, query, key string) (gateway.Conversation, error) {
	found := gateway.Conversation{}
	err := s.engine.read(ctx, s.conversationRead(query, key, func(c gateway.Conversation) { found = c }))
	if err == nil && found.ID == "" {
		err = gateway.ErrNotFound
	}
	return found, err
}

// conversationRead reads conversations with their states.
func (s *Store) conversationRead(query, key string, found func(gateway.Conversation)) statement {
	return statement{sql: query, args: []any{key}, each: func(r row) error {
		var id gateway.ConversationID
		var c conversationRow
		var sealed []byte
		if err := r.Scan(append(append([]any{&id}, c.columns()...), &sealed)...); err != nil {
			return err
		}
		opened, err := s.conversation(id, &c)
		if err != nil {
			return err
		}
		if opened.State, err = s.codec.open(statePlace(id), sealed); err != nil {
			return err
		}
		found(*opened)
		return nil
	}}
}

func turnPlace(id gateway.ConversationID, number int) place {
	return place{"turns.sealed", fmt.Sprint(id, " ", number)}
}

// TurnRecord returns the record of one turn of a conversation, as Turn.Record
// gave it, or ErrNotFound.
func (s *Store) TurnRecord(ctx context.Context, id gateway.ConversationID, number int) ([]byte, error) {
	var sealed []byte
	err := s.engine.read(ctx, statement{sql: turnRecordQuery, args: []any{string(id), number}, each: func(r row) error {
		return r.Scan(&sealed)
	}})
	if err == nil && sealed == nil {
		err = gateway.ErrNotFound
	}
	var record []byte
	if err == nil {
		record, err = s.codec.open(turnPlace(id, number), sealed)
	}
	if err != nil {
		return nil, fmt.Errorf("read turn %d of conversation %s: %w", number, id, err)
	}
	return record, nil
}
