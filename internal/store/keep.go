package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
)

const (
	keptQuery = `
	SELECT m.channel, m.provider_id, m.media, m.keyword, m.answered, m.created, m.sealed FROM messages m
	WHERE m.id = $1 AND m.kind = $2 AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.scope = $3 AND t.name = $1)`

	dialogSourceQuery = `SELECT source FROM dialog_versions WHERE version = $1`

	insertDialogSource = `
	INSERT INTO dialog_versions (version, dialog, at, source) VALUES ($1, $2, $3, $4)
	ON CONFLICT (version) DO NOTHING`
)

// Keep implements gateway.Conversations. Most of what comes while turns cannot
// be made are copies of what came: a transaction for each, with a job of
// River's, would be in the way of what is new.
func (s *Store) Keep(ctx context.Context, m gateway.Kept, finish gateway.Timer) error {
	taken := false
	if err := s.engine.read(ctx, readTaken(m.Inbound, &taken)); err != nil {
		return fmt.Errorf("keep message %s: %w", m.ID, err)
	}
	if taken {
		return fmt.Errorf("keep message %s: %w", m.ID, gateway.ErrDuplicate)
	}
	record := gateway.InboundRecord{ID: m.ID, Inbound: m.Inbound, Kind: keptKind, At: m.At}
	row, err := s.inboundRow(&record, "", 0)
	if err != nil {
		return fmt.Errorf("keep message %s: %w", m.ID, err)
	}
	j := &job{timers: []gateway.Timer{finish}}
	j.add(takeName, string(m.From.Channel), m.ProviderID, micros(m.At)).taken = gateway.ErrDuplicate
	s.insertRows(j, [][]any{row})
	s.addMessageWords(j, m.ID, m.Text)
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep message %s: %w", m.ID, err)
	}
	return nil
}

// Kept implements gateway.Conversations.
func (s *Store) Kept(ctx context.Context, id gateway.MessageID) (gateway.Kept, error) {
	var kept gateway.Kept
	err := s.engine.read(ctx, statement{sql: keptQuery, args: []any{string(id), keptKind, finishScope}, each: func(r row) error {
		var at int64
		var sealed []byte
		var files string
		if err := r.Scan(&kept.From.Channel, &kept.ProviderID, &kept.Media, &kept.Keyword, &kept.Answered, &at, &sealed); err != nil {
			return err
		}
		kept.ID, kept.At = id, moment(at)
		if err := s.codec.openTexts(messagePlace(id), sealed, &kept.From.Value, &kept.To, &kept.Text, &files, &kept.Unverified); err != nil {
			return err
		}
		return unmarshal(files, &kept.Files)
	}})
	if err == nil && kept.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Kept{}, fmt.Errorf("read kept message %s: %w", id, err)
	}
	return kept, nil
}

// DialogSource implements gateway.Conversations.
func (s *Store) DialogSource(ctx context.Context, version string) ([]byte, error) {
	var source []byte
	found := false
	err := s.engine.read(ctx, statement{sql: dialogSourceQuery, args: []any{version}, each: func(r row) error {
		found = true
		return r.Scan(&source)
	}})
	if err == nil && !found {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read dialog version %s: %w", version, err)
	}
	return source, nil
}

// KeepDialogSource implements gateway.Conversations.
func (s *Store) KeepDialogSource(ctx context.Context, version, name string, source []byte, at time.Time) error {
	j := &job{}
	j.add(insertDialogSource, version, name, micros(at), source)
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep dialog version %s: %w", version, err)
	}
	return nil
}
