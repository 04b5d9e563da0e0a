package store

import (
	"context"
	"encoding/json"
	"fmt"

	"parley/gateway"
)

const (
	// Holds the visit's row until the transaction ends, so that entries come
	// one after another and sequences have no gaps.
	lockVisit = `UPDATE visits SET seen = seen WHERE id = $1`

	insertEntry = `
	INSERT INTO entries (visit, sequence, message, by_us, private, language, at, sealed)
	SELECT $1, (SELECT COALESCE(MAX(e.sequence), 0) + 1 FROM entries e WHERE e.visit = $1), $2, $3, $4, $5, $6, $7
	FROM visits a WHERE a.id = $1 AND a.ended = 0
		AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.visit = $1 AND e.message = $2)`

	entrySelect  = `SELECT sequence, message, by_us, private, language, at, sealed FROM entries WHERE visit = $1 AND `
	entryQuery   = entrySelect + `message = $2`
	entriesQuery = entrySelect + `sequence > $2 ORDER BY sequence`
)

func entryPlace(visit gateway.VisitID, message gateway.MessageID) place {
	return place{"entries.sealed", string(visit) + " " + string(message)}
}

// Show implements gateway.Visits.
func (s *Store) Show(ctx context.Context, id gateway.VisitID, e gateway.Entry) (gateway.Entry, error) {
	ask, err := json.Marshal(e.Ask)
	if err != nil {
		return gateway.Entry{}, fmt.Errorf("show message %s: %w", e.Message, err)
	}
	j := &job{}
	var shown gateway.Entry
	j.add(lockVisit, string(id))
	j.add(insertEntry, string(id), string(e.Message), e.ByUs, e.Private, string(e.Language), micros(e.At),
		s.codec.sealTexts(entryPlace(id, e.Message), e.Text, string(ask)))
	j.add(entryQuery, string(id), string(e.Message)).each = func(r row) error {
		shown, err = s.scanEntry(id, r)
		return err
	}
	err = s.engine.write(ctx, j)
	if err == nil && shown.Sequence == 0 {
		err = gateway.ErrNoVisit
	}
	if err != nil {
		return gateway.Entry{}, fmt.Errorf("show message %s: %w", e.Message, err)
	}
	return shown, nil
}

// Shown implements gateway.Visits.
func (s *Store) Shown(ctx context.Context, id gateway.VisitID, after int64) ([]gateway.Entry, error) {
	var shown []gateway.Entry
	err := s.engine.read(ctx, statement{sql: entriesQuery, args: []any{string(id), after}, each: func(r row) error {
		e, err := s.scanEntry(id, r)
		shown = append(shown, e)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read what visit %s shows: %w", id, err)
	}
	return shown, nil
}

func (s *Store) scanEntry(id gateway.VisitID, r row) (gateway.Entry, error) {
	var (
		e      gateway.Entry
		at     int64
		sealed []byte
		ask    string
	)
	if err := r.Scan(&e.Sequence, &e.Message, &e.ByUs, &e.Private, &e.Language, &at, &sealed); err != nil {
		return e, err
	}
	e.At = moment(at)
	if err := s.codec.openTexts(entryPlace(id, e.Message), sealed, &e.Text, &ask); err != nil {
		return e, err
	}
	return e, unmarshal(ask, &e.Ask)
}
