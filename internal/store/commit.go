package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"parley/gateway"
)

const (
	takeName     = `INSERT INTO taken (scope, name, at) VALUES ($1, $2, $3)`
	insertAnswer = `INSERT INTO idempotency (key, body_hash, at, sealed) VALUES ($1, $2, $3, $4)`
	insertTurn   = `INSERT INTO turns (conversation, number, at, sealed) VALUES ($1, $2, $3, $4)`

	insertConversation = `
	INSERT INTO conversations (id, person, case_reference, dialog, version, channel, address_sealed, phase, turn,
		by_us, nudges, outcome, created, last_said, state_sealed, visit, started_by)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

	updateConversation = `
	UPDATE conversations SET person = $2, case_reference = $3, dialog = $4, version = $5, channel = $6,
		address_sealed = $7, phase = $8, turn = $9, by_us = $10, nudges = $11, outcome = $12, last_said = $13,
		state_sealed = $14, keeper = $15
	WHERE id = $1`

	// Twice at one moment is once, and the later word stands.
	insertOptOut = `
	INSERT INTO opt_outs (address, at, opted_out, source) VALUES ($1, $2, $3, $4)
	ON CONFLICT (address, at) DO UPDATE SET opted_out = excluded.opted_out, source = excluded.source`

	insertHold = `INSERT INTO holds (id, person, case_reference, kind, at) VALUES ($1, $2, $3, $4, $5)`

	// What we have not begun yet begins where it was meant to.
	hearWaiting = `
	UPDATE conversations SET last_said = $2, channel = CASE WHEN by_us AND turn = 0 THEN channel ELSE $3 END,
		address_sealed = CASE WHEN by_us AND turn = 0 THEN address_sealed ELSE $4 END
	WHERE id = $1 AND phase = 'queued' AND last_said < $2`

	speakLanguage = `UPDATE people SET language = $2 WHERE id = $1`

	confirmAddress = `UPDATE addresses SET confirmed = $3 WHERE person = $1 AND address = $2 AND confirmed < $3`
)

// unnamedHold is the kind of a hold that came without one: no kind would read
// as no hold.
const unnamedHold = "danger"

// finishScope is where kept messages are taken, beside the channels' names.
const finishScope = "finish"

// Commit implements gateway.Conversations. On PostgreSQL a turn without timers
// is one round trip, so what must not happen twice is a plain INSERT, whose
// failure undoes the rest.
func (s *Store) Commit(ctx context.Context, t gateway.Turn) error {
	j, err := s.turnJob(&t)
	if err == nil {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("commit turn %s: %w", t.ID, err)
	}
	return nil
}

// turnJob puts first what can refuse the turn.
func (s *Store) turnJob(t *gateway.Turn) (*job, error) {
	j := &job{timers: t.Timers}
	s.addTaken(j, t)
	s.addConversation(j, t)
	if err := s.addMessages(j, t); err != nil {
		return nil, err
	}
	s.addFiles(j, t)
	for i := range t.Queues {
		s.addNew(j, &t.Queues[i])
	}
	if t.Next != "" {
		to := t.Conversation.Address
		j.add(hearWaiting, string(t.Next), micros(t.At), string(to.Channel), s.codec.sealTexts(conversationAddressPlace(t.Next), to.Value))
	}
	s.addTurnEvents(j, t)
	for i := range t.Reports {
		s.addReport(j, &t.Reports[i])
	}
	for i := range t.WorkItems {
		s.addWorkItem(j, &t.WorkItems[i])
	}
	if o := t.OptOut; o != nil {
		j.add(insertOptOut, s.codec.hash(o.Address), micros(o.At), o.Out, o.Source)
	}
	if h := t.Hold; h != nil {
		j.add(insertHold, h.ID, string(h.Person), string(h.Case), cmp.Or(h.Kind, unnamedHold), micros(h.At))
	}
	if a := t.Suspend; a != nil {
		j.add(suspendAddress, s.codec.hash(*a), micros(t.At))
	}
	if in := t.Inbound; in != nil && t.Language != "" {
		j.add(speakLanguage, string(in.Person), string(t.Language))
		j.add(speakInVisit, in.From.Value, string(t.Language))
	}
	if t.Ends != "" {
		addEnd(j, t.Ends, t.At)
	}
	if in := t.Inbound; in != nil && t.Heard {
		j.add(confirmAddress, string(in.Person), s.codec.hash(in.From), micros(in.At))
	}
	return j, nil
}

// addTaken takes the inbound message, or the kept one that the turn finishes,
// and the idempotency key.
func (s *Store) addTaken(j *job, t *gateway.Turn) {
	switch in := t.Inbound; {
	case t.Finishes != "":
		j.add(takeName, finishScope, string(t.Finishes), micros(t.At)).taken = gateway.ErrDuplicate
	case in != nil:
		j.add(takeName, string(in.From.Channel), in.ProviderID, micros(in.At)).taken = gateway.ErrDuplicate
	}
	s.addAnswer(j, t.Idempotency, t.At)
}

// addAnswer takes the idempotency key of an API call, if it came with one.
func (s *Store) addAnswer(j *job, row *gateway.IdempotentRow, at time.Time) {
	if row != nil {
		j.add(insertAnswer, row.Key, row.BodyHash, micros(at), s.codec.seal(answerPlace(row.Key), row.Answer)).taken = gateway.ErrDuplicate
	}
}

// addConversation writes the turn, whose number is the compare-and-set, and
// the conversation as it is after it.
func (s *Store) addConversation(j *job, t *gateway.Turn) {
	c := t.Conversation
	if c == nil {
		return
	}
	j.add(insertTurn, string(c.ID), c.Turn, micros(t.At), s.codec.seal(turnPlace(c.ID, c.Turn), t.Record)).taken = gateway.ErrConflict
	if t.Begins {
		s.addNew(j, c)
		return
	}
	address := s.codec.sealTexts(conversationAddressPlace(c.ID), c.Address.Value)
	state := s.codec.seal(statePlace(c.ID), c.State)
	j.add(updateConversation, string(c.ID), string(c.Person), string(c.Case), c.Dialog, c.Version,
		string(c.Address.Channel), address, string(c.Phase), c.Turn, c.ByUs, c.Nudges, c.Outcome,
		micros(c.LastSaid), state, string(c.Keeper)).taken = gateway.ErrConflict
}

// addNew writes the row of a conversation that is new.
func (s *Store) addNew(j *job, c *gateway.Conversation) {
	address := s.codec.sealTexts(conversationAddressPlace(c.ID), c.Address.Value)
	state := s.codec.seal(statePlace(c.ID), c.State)
	j.add(insertConversation, string(c.ID), string(c.Person), string(c.Case), c.Dialog, c.Version,
		string(c.Address.Channel), address, string(c.Phase), c.Turn, c.ByUs, c.Nudges, c.Outcome,
		micros(c.Created), micros(c.LastSaid), state, string(c.Partner().Visit), c.By).taken = gateway.ErrConflict
}
