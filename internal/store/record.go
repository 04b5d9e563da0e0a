package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/gateway"
)

const (
	markSending = `UPDATE flights SET sending = TRUE WHERE message = $1 AND holder = $2 AND NOT sending`

	messageOfProvider = `SELECT id FROM messages WHERE outgoing AND provider_id <> '' AND provider_id = $1 AND channel = $2`

	// Only a higher rank changes what became of a message. What the provider
	// calls it and how many parts it had are news whenever they come. Why it left
	// as it did stays when all goes well after that.
	settle = `
	UPDATE messages SET waiting = FALSE,
		status = CASE WHEN rank < $2 THEN $3 ELSE status END,
		code = CASE WHEN rank < $2 THEN $4 ELSE code END,
		reasons = CASE WHEN rank < $2 AND ($5 <> '' OR rank NOT IN (40, 50)) THEN $5 ELSE reasons END,
		settled = CASE WHEN rank < $2 THEN $6 ELSE settled END,
		provider_id = CASE WHEN provider_id = '' THEN $7 ELSE provider_id END,
		segments = CASE WHEN segments = 0 THEN $8 ELSE segments END,
		rank = CASE WHEN rank < $2 THEN $2 ELSE rank END
	WHERE id = $1 AND (rank < $2 OR (provider_id = '' AND $7 <> '') OR (segments = 0 AND $8 > 0))`

	endFlight = `DELETE FROM flights WHERE message = $1`

	putBack = `
	UPDATE messages SET not_before = CASE WHEN not_before < $2 THEN $2 ELSE not_before END, code = $3, reasons = $4, settled = $5
	WHERE id = $1 AND waiting`

	// Unless another node has claimed it meanwhile, and sees to it.
	moveMessage = `
	UPDATE messages SET channel = $2, address = $3, sealed = $4
	WHERE id = $1 AND waiting AND NOT EXISTS (SELECT 1 FROM flights f WHERE f.message = $1)`

	leaveFlight = `DELETE FROM flights WHERE message = $1 AND holder = $2`

	optOutAddressee = `
	INSERT INTO opt_outs (address, at, opted_out, source)
	SELECT m.address, $2, TRUE, 'provider' FROM messages m WHERE m.id = $1
	ON CONFLICT (address, at) DO UPDATE SET opted_out = TRUE, source = excluded.source`

	signalAddressee = `UPDATE addresses SET signalled = TRUE WHERE address = (SELECT m.address FROM messages m WHERE m.id = $1)`
)

// MarkSending implements gateway.Outbox. Only the store that claimed a message
// can mark it.
func (s *Store) MarkSending(ctx context.Context, ids []gateway.MessageID) ([]gateway.MessageID, error) {
	sorted := slices.Sorted(slices.Values(ids))
	moved := make([]bool, len(sorted))
	j := &job{}
	for i, id := range sorted {
		j.about = string(id)
		j.add(markSending, string(id), s.holder).changed = func(rows int64) { moved[i] = rows > 0 }
	}
	if err := s.engine.share(ctx, j); err != nil {
		return nil, fmt.Errorf("mark messages as sending: %w", err)
	}
	var marked []gateway.MessageID
	for i, id := range sorted {
		if moved[i] {
			marked = append(marked, id)
		}
	}
	return marked, nil
}

// Record implements gateway.Outbox. A settlement of a message that is not
// known changes nothing. A work item that names no case, person, conversation,
// message or team gets those of its message.
func (s *Store) Record(ctx context.Context, settlements []gateway.Settlement) error {
	settlements = slices.Clone(settlements)
	if err := s.nameMessages(ctx, settlements); err != nil {
		return fmt.Errorf("record settlements: %w", err)
	}
	slices.SortStableFunc(settlements, func(a, b gateway.Settlement) int { return cmp.Compare(a.Message, b.Message) })
	j := &job{}
	for i := range settlements {
		if err := s.addSettlement(j, &settlements[i]); err != nil {
			return fmt.Errorf("record settlements: %w", err)
		}
	}
	if err := s.engine.share(ctx, j); err != nil {
		return fmt.Errorf("record settlements: %w", err)
	}
	return nil
}

// nameMessages finds the messages that settlements name by the provider's id.
func (s *Store) nameMessages(ctx context.Context, settlements []gateway.Settlement) error {
	var reads []statement
	for i := range settlements {
		named := &settlements[i]
		if named.Message == "" {
			reads = append(reads, statement{
				sql:  messageOfProvider,
				args: []any{named.ProviderID, string(named.Channel)},
				each: func(r row) error { return r.Scan(&named.Message) },
			})
		}
	}
	if len(reads) == 0 {
		return nil
	}
	return s.engine.read(ctx, reads...)
}

// addSettlement writes the effects first: the work item is only for a
// settlement that the message's rank does not put aside. The flight goes before
// the message, as in Claim: whoever has locked the one gets the other.
func (s *Store) addSettlement(j *job, t *gateway.Settlement) error {
	id := string(t.Message)
	j.about = id
	reasons, err := reasonsColumn(t.Reasons)
	if err != nil {
		return err
	}
	if t.WorkItem != nil {
		s.addWorkItemUnless(j, t.WorkItem, id, t.Status.Rank())
	}
	if t.Instead != nil {
		row, err := s.outgoingRow(t.Instead)
		if err != nil {
			return err
		}
		j.add(planInstead, append(row, id, t.Status.Rank())...)
	}
	if t.OptedOut {
		j.add(optOutAddressee, id, micros(t.At))
	}
	if t.Gone {
		j.add(signalAddressee, id)
	}
	if t.Status == gateway.Queued {
		j.add(leaveFlight, id, s.holder)
		if m := t.Moved; m != nil {
			sealed, err := s.sealOutgoing(m)
			if err != nil {
				return err
			}
			j.add(moveMessage, id, string(m.To.Channel), s.codec.hash(m.To), sealed)
		}
		j.add(putBack, id, micros(t.Release), t.Code, reasons, micros(t.At))
		return nil
	}
	j.add(endFlight, id)
	if t.Status == gateway.OutcomeLost {
		j.add(loseMessage, id, micros(t.At), micros(t.At.Add(gateway.FirstLook)))
	}
	s.addStatusEvent(j, t)
	j.add(settle, id, t.Status.Rank(), string(t.Status), t.Code, reasons, micros(t.At), t.ProviderID, t.Segments)
	return nil
}

// reasonsColumn is reasons as a JSON array, or nothing.
func reasonsColumn(reasons []string) (string, error) {
	if len(reasons) == 0 {
		return "", nil
	}
	text, err := json.Marshal(reasons)
	return string(text), err
}

func reasonsOf(column string) (reasons []string, err error) {
	if column == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(column), &reasons)
	return reasons, err
}
