package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
)

const (
	recordedQuery    = `SELECT id, version FROM conversations WHERE dialog = $1 AND created >= $2 AND turn > 0 ORDER BY id`
	turnRecordsQuery = `SELECT number, sealed FROM turns WHERE conversation = $1 ORDER BY number`
)

// Recorded implements gateway.Past.
func (s *Store) Recorded(ctx context.Context, dialog string, since time.Time) ([]gateway.Recorded, error) {
	var list []gateway.Recorded
	err := s.engine.read(ctx, statement{sql: recordedQuery, args: []any{dialog, micros(since)}, each: func(r row) error {
		var c gateway.Recorded
		err := r.Scan(&c.ID, &c.Version)
		list = append(list, c)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the conversations on %s: %w", dialog, err)
	}
	return list, nil
}

// TurnRecords implements gateway.Past.
func (s *Store) TurnRecords(ctx context.Context, id gateway.ConversationID) ([][]byte, error) {
	var records [][]byte
	err := s.engine.read(ctx, statement{sql: turnRecordsQuery, args: []any{string(id)}, each: func(r row) error {
		var number int
		var sealed []byte
		if err := r.Scan(&number, &sealed); err != nil {
			return err
		}
		record, err := s.codec.open(turnPlace(id, number), sealed)
		records = append(records, record)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the turns of conversation %s: %w", id, err)
	}
	return records, nil
}
