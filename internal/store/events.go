package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"parley/gateway"
)

// insertDelivery begins the INSERT of an event for one endpoint, unless that
// wants no more. Where the event's case, person and conversation come from, and
// on what condition, follows: a cause that is put aside is no event.
const insertDelivery = `
	INSERT INTO webhook_deliveries (id, endpoint, type, at, subject, state, tries, next, tried, status, failure, case_reference, person, conversation)
	SELECT $1, $2, $3, $4, $5, 'waiting', 0, $4, 0, 0, '', `

const (
	ofReport       = insertDelivery + `s.case_reference, s.person, s.conversation FROM reports s WHERE s.id = $5` + unlessDisabled
	ofWorkItem     = insertDelivery + `s.case_reference, s.person, s.conversation FROM work_items s WHERE s.id = $5` + unlessDisabled
	ofConversation = insertDelivery + `s.case_reference, s.person, s.id FROM conversations s WHERE s.id = $5` + unlessDisabled

	// Before the message is settled, when that will change what became of it.
	ofMessage = insertDelivery + `s.case_reference, s.person, s.conversation FROM messages s WHERE s.id = $5 AND s.rank < $6` + unlessDisabled

	// Before the payment is stored: one that is sent again is not received again.
	ofPayment = insertDelivery + `$6, '', '' WHERE NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = $5)` + unlessDisabled

	unlessDisabled = ` AND NOT EXISTS (SELECT 1 FROM webhook_disabled d WHERE d.endpoint = $2) ON CONFLICT (id, endpoint) DO NOTHING`
)

// addEvent adds an event to the job that causes it, for every endpoint that
// wants its type. step tells events of one type and subject apart; more are the
// arguments of sql after the fifth.
func (s *Store) addEvent(j *job, sql string, kind gateway.EventType, subject, step string, at time.Time, more ...any) {
	for _, endpoint := range s.wanted[kind] {
		args := []any{eventID(kind, subject, step, at), endpoint, string(kind), micros(at), subject}
		j.add(sql, append(args, more...)...)
	}
}

// eventID is made of what happened, and sorts by time. It has no full stop,
// which parts what is signed (Standard Webhooks 1.0).
func eventID(kind gateway.EventType, subject, step string, at time.Time) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", kind, subject, step))
	return eventsFrom(at) + hex.EncodeToString(sum[:10])
}

// eventsFrom comes before the ids of events at a time and later, in order.
func eventsFrom(at time.Time) string { return fmt.Sprintf("evt_%012x", max(at.UnixMilli(), 0)) }

// addTurnEvents tells how a conversation went on.
func (s *Store) addTurnEvents(j *job, t *gateway.Turn) {
	c := t.Conversation
	if c == nil {
		return
	}
	if c.Turn == 1 {
		s.addEvent(j, ofConversation, gateway.ConversationStarted, string(c.ID), "", t.At)
	}
	if c.Phase == gateway.Ended {
		s.addEvent(j, ofConversation, gateway.ConversationEnded, string(c.ID), "", t.At)
	}
}

// addTaskEvent tells that something was done with a work item. To whom it is
// offered is nobody else's business: an offer lasts for seconds.
func (s *Store) addTaskEvent(j *job, c *gateway.TaskChange) {
	kind := gateway.WorkItemChanged
	switch c.Note.What {
	case "", gateway.TaskOffered, gateway.TaskPassed:
		return
	case gateway.TaskClosed:
		kind = gateway.WorkItemClosed
	}
	s.addEvent(j, ofWorkItem, kind, c.Task.ID, fmt.Sprint(c.Note.Number), c.Note.At)
}

// addStatusEvent tells what became of a message, where that is known.
func (s *Store) addStatusEvent(j *job, t *gateway.Settlement) {
	if t.Status.Rank() >= gateway.Accepted.Rank() {
		s.addEvent(j, ofMessage, gateway.MessageStatus, string(t.Message), string(t.Status), t.At, t.Status.Rank())
	}
}
