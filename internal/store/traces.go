package store

import (
	"context"
	"fmt"

	"parley/gateway"
)

const traceQuery = `SELECT trace FROM messages WHERE id = $1 AND outgoing`

// TraceOf implements gateway.Outbox.
func (s *Store) TraceOf(ctx context.Context, id gateway.MessageID) (string, error) {
	var trace string
	err := s.engine.read(ctx, statement{sql: traceQuery, args: []any{string(id)}, each: func(r row) error { return r.Scan(&trace) }})
	if err != nil {
		return "", fmt.Errorf("read where message %s came from: %w", id, err)
	}
	return trace, nil
}
