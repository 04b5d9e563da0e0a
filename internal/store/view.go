package store

import (
	"context"
	"fmt"

	"parley/gateway"
)

// A claimed message is as far as its flight says.
const messageViewsQuery = `
	SELECT m.id, m.outgoing, m.channel,
		CASE WHEN f.message IS NULL OR m.rank > 0 THEN m.status WHEN f.sending THEN 'sending' ELSE 'claimed' END,
		m.code, m.reasons, m.segments, m.turn, m.staff, m.language, m.created, m.sealed
	FROM messages m LEFT JOIN flights f ON f.message = m.id
	WHERE m.conversation = $1 AND m.conversation <> ''
	ORDER BY m.id`

// ConversationView returns a conversation with its state and messages, or
// ErrNotFound. Its Answers are left to be read out of the state.
func (s *Store) ConversationView(ctx context.Context, id gateway.ConversationID) (gateway.ConversationView, error) {
	var view gateway.ConversationView
	err := s.engine.read(ctx,
		s.conversationRead(conversationQuery, string(id), func(c gateway.Conversation) { view.Conversation = c }),
		statement{sql: messageViewsQuery, args: []any{string(id)}, each: func(r row) error {
			m, err := s.scanMessageView(r)
			view.Messages = append(view.Messages, m)
			return err
		}})
	if err == nil && view.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.ConversationView{}, fmt.Errorf("read conversation %s: %w", id, err)
	}
	return view, nil
}

// scanMessageView reads the columns of a message, and what its query has beside.
func (s *Store) scanMessageView(r row, beside ...any) (gateway.MessageView, error) {
	var (
		m            gateway.MessageView
		reasons      string
		created      int64
		sealed       []byte
		address, own string
	)
	err := r.Scan(append([]any{&m.ID, &m.Out, &m.Channel, &m.Status, &m.Code, &reasons, &m.Segments, &m.Turn, &m.Staff, &m.Language, &created, &sealed}, beside...)...)
	if err != nil {
		return m, err
	}
	m.At = moment(created)
	if m.Reasons, err = reasonsOf(reasons); err != nil {
		return m, err
	}
	err = s.codec.openTexts(messagePlace(m.ID), sealed, &address, &own, &m.Text)
	return m, err
}
