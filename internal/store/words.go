package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	// Of a message that this store has claimed.
	wordMessage = `
	UPDATE messages SET channel = $2, address = $3, language = $4, sealed = $5
	WHERE id = $1 AND EXISTS (SELECT 1 FROM flights f WHERE f.message = messages.id AND f.holder = $6)`

	fatesQuery = `
	SELECT m.id, m.case_reference, m.conversation, m.notice, m.occasion, m.channel,
		CASE WHEN f.message IS NULL OR m.rank > 0 THEN m.status WHEN f.sending THEN 'sending' ELSE 'claimed' END,
		m.code, m.reasons, m.created, CASE WHEN m.not_before >= ` + parked + ` THEN 0 ELSE m.not_before END, m.send_by, m.settled
	FROM messages m LEFT JOIN flights f ON f.message = m.id
	WHERE m.person = $1 AND m.person <> '' AND m.outgoing
	ORDER BY m.created DESC, m.id DESC LIMIT $2`
)

// pausedReason is why a message waits that belongs to a paused campaign.
const pausedReason = "the sending that it is one of is paused"

// Word implements gateway.Outbox.
func (s *Store) Word(ctx context.Context, messages []gateway.Message) error {
	sorted := slices.SortedFunc(slices.Values(messages), func(a, b gateway.Message) int { return cmp.Compare(a.ID, b.ID) })
	j := &job{}
	for i := range sorted {
		m := &sorted[i]
		sealed, err := s.sealOutgoing(m)
		if err != nil {
			return fmt.Errorf("keep the words of message %s: %w", m.ID, err)
		}
		j.about = string(m.ID)
		j.add(wordMessage, string(m.ID), string(m.To.Channel), s.codec.hash(m.To), string(m.Language), sealed, s.holder)
	}
	if err := s.engine.share(ctx, j); err != nil {
		return fmt.Errorf("keep the words of messages: %w", err)
	}
	return nil
}

// Fates implements gateway.Outbox.
func (s *Store) Fates(ctx context.Context, person directory.PersonID, limit int) ([]gateway.Fate, error) {
	var fates []gateway.Fate
	err := s.engine.read(ctx, statement{sql: fatesQuery, args: []any{string(person), limit}, each: func(r row) error {
		var (
			f                                   gateway.Fate
			reasons                             string
			created, notBefore, sendBy, settled int64
		)
		err := r.Scan(&f.Message, &f.Case, &f.Conversation, &f.Notice, &f.Occasion, &f.Channel, &f.Status,
			&f.Code, &reasons, &created, &notBefore, &sendBy, &settled)
		if err != nil {
			return err
		}
		f.Created, f.NotBefore, f.SendBy, f.Settled = moment(created), moment(notBefore), moment(sendBy), moment(settled)
		f.Occasion, _, _ = strings.Cut(f.Occasion, endedOccasion)
		f.Reasons, err = reasonsOf(reasons)
		if notBefore == 0 {
			f.Reasons = append(f.Reasons, pausedReason)
		}
		fates = append(fates, f)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read what became of messages to %s: %w", person, err)
	}
	return fates, nil
}
