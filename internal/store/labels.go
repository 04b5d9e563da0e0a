package store

import (
	"context"
	"fmt"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

const (
	insertLabel = `INSERT INTO labels (id, message, staff, at, sealed) VALUES ($1, $2, $3, $4, $5)`

	labelColumns              = `SELECT l.id, l.message, l.staff, l.at, l.sealed FROM labels l `
	labelsOfMessageQuery      = labelColumns + `WHERE l.message = $1 ORDER BY l.id`
	labelsOfPersonQuery       = labelColumns + `JOIN messages m ON m.id = l.message WHERE m.person = $1 AND m.person <> '' ORDER BY l.id`
	labelsOfConversationQuery = labelColumns + `JOIN messages m ON m.id = l.message
		WHERE m.conversation = $1 AND m.conversation <> '' ORDER BY l.id`

	labelledQuery    = personMessageColumns + `m.id = $1 AND NOT m.outgoing`
	allLabelledQuery = personMessageColumns + `m.id IN (SELECT l.message FROM labels l WHERE l.message > $1) ORDER BY m.id LIMIT $2`
)

func labelPlace(id string) place { return place{"labels.sealed", id} }

// AddLabel implements gateway.Labels.
func (s *Store) AddLabel(ctx context.Context, l gateway.Label) error {
	sealed := s.codec.sealTexts(labelPlace(l.ID), strings.Join(l.Intents, " "), string(l.Danger), string(l.Language))
	j := &job{}
	j.add(insertLabel, l.ID, string(l.Message), string(l.By), micros(l.At), sealed)
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep label %s: %w", l.ID, err)
	}
	return nil
}

// labels reads some into a list.
func (s *Store) labels(query, of string, into *[]gateway.Label) statement {
	return statement{sql: query, args: []any{of}, each: func(r row) error {
		var l gateway.Label
		var at int64
		var sealed []byte
		var intents, danger, language string
		if err := r.Scan(&l.ID, &l.Message, &l.By, &at, &sealed); err != nil {
			return err
		}
		err := s.codec.openTexts(labelPlace(l.ID), sealed, &intents, &danger, &language)
		l.At, l.Intents, l.Danger, l.Language = moment(at), strings.Fields(intents), gateway.Danger(danger), templates.Language(language)
		*into = append(*into, l)
		return err
	}}
}

// Labelled implements gateway.Labels.
func (s *Store) Labelled(ctx context.Context, id gateway.MessageID) (m gateway.Labelled, err error) {
	message := statement{sql: labelledQuery, args: []any{string(id)}, each: func(r row) (err error) {
		m.PersonMessage, err = s.scanPersonMessage(r)
		return err
	}}
	if err = s.engine.read(ctx, message, s.labels(labelsOfMessageQuery, string(id), &m.Labels)); err == nil && m.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Labelled{}, fmt.Errorf("read message %s: %w", id, err)
	}
	return m, nil
}

// LabelsOf implements gateway.Labels.
func (s *Store) LabelsOf(ctx context.Context, person directory.PersonID, id gateway.ConversationID) (labels []gateway.Label, err error) {
	query, of := labelsOfPersonQuery, string(person)
	if of == "" {
		query, of = labelsOfConversationQuery, string(id)
	}
	if err := s.engine.read(ctx, s.labels(query, of, &labels)); err != nil {
		return nil, fmt.Errorf("read the labels of %s: %w", of, err)
	}
	return labels, nil
}

// AllLabelled implements gateway.Labels.
func (s *Store) AllLabelled(ctx context.Context, after gateway.MessageID, limit int) ([]gateway.Labelled, error) {
	var list []gateway.Labelled
	err := s.engine.read(ctx, statement{sql: allLabelledQuery, args: []any{string(after), limit}, each: func(r row) error {
		m, err := s.scanPersonMessage(r)
		list = append(list, gateway.Labelled{PersonMessage: m})
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the labelled messages: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	reads := make([]statement, len(list))
	for i := range list {
		reads[i] = s.labels(labelsOfMessageQuery, string(list[i].ID), &list[i].Labels)
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read the labels of messages: %w", err)
	}
	return list, nil
}
