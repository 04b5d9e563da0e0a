package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// One that is lost for the second time is still marked as sent again.
const lostAgain = `
	ON CONFLICT (message) DO UPDATE SET at = excluded.at, looks = 0, look_at = excluded.look_at`

const (
	loseMessage = `
	INSERT INTO losses (message, at, looks, look_at, resent) SELECT m.id, $2, 0, $3, FALSE FROM messages m WHERE m.id = $1 AND m.rank < 30` + lostAgain

	heardOf = `look_at > 0 AND look_at <= $1 AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = losses.message AND m.status = 'unknown')`

	dropHeard = `DELETE FROM losses WHERE NOT resent AND ` + heardOf
	restHeard = `UPDATE losses SET look_at = 0 WHERE resent AND ` + heardOf

	lossQuery = `
	SELECT l.at, l.looks, l.resent, ` + outgoingColumns + ` FROM losses l JOIN messages m ON m.id = l.message
	WHERE l.message = $1 AND m.status = 'unknown'`

	stillUnknown = ` AND EXISTS (SELECT 1 FROM messages m WHERE m.id = $1 AND m.status = 'unknown')`

	lookAgain = `UPDATE losses SET looks = $2, look_at = $3 WHERE message = $1` + stillUnknown

	// The mark and the message change together or not at all. What nobody needs
	// any more stays unknown; what belongs to a paused campaign waits with it.
	markResent = `UPDATE losses SET resent = TRUE, look_at = 0 WHERE message = $1 AND NOT resent` + stillUnknown
	resend     = `
	UPDATE messages SET waiting = TRUE, rank = 0, status = 'queued', code = '', reasons = '', settled = $2,
		not_before = $2 + CASE WHEN EXISTS (SELECT 1 FROM campaigns c WHERE c.id = messages.campaign AND c.state = 'paused') THEN ` + parked + ` ELSE 0 END
	WHERE id = $1 AND status = 'unknown' AND EXISTS (SELECT 1 FROM losses l WHERE l.message = $1 AND l.resent AND l.look_at = 0)
		AND (statutory OR NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = messages.campaign AND c.state = 'cancelled')
			AND NOT EXISTS (SELECT 1 FROM notice_groups g WHERE g.case_reference = messages.case_reference AND g.name = messages.notice_group
				AND g.name <> '' AND g.ended >= messages.created))`
)

// newClaimLosses leases lost messages to whoever looks for them.
func newClaimLosses(locking string) string {
	return `
	UPDATE losses SET look_at = $2 WHERE message IN (
		SELECT message FROM losses WHERE look_at > 0 AND look_at <= $1 ORDER BY look_at, message LIMIT $3` + locking + `)
	RETURNING message`
}

// Lost implements gateway.Losses.
func (s *Store) Lost(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]gateway.Loss, error) {
	var ids []string
	j := &job{}
	j.add(dropHeard, micros(now))
	j.add(restHeard, micros(now))
	j.add(s.claims.losses, micros(now), micros(now.Add(lease)), limit).each = func(r row) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}
	if err := s.engine.write(ctx, j); err != nil {
		return nil, fmt.Errorf("claim lost messages: %w", err)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	var lost []gateway.Loss
	var reads []statement
	for _, id := range ids {
		reads = append(reads, statement{sql: lossQuery, args: []any{id}, each: func(r row) error {
			var l gateway.Loss
			var at int64
			var err error
			l.Message, err = s.scanOutgoing(after{r, []any{&at, &l.Looks, &l.Resent}})
			l.At = moment(at)
			lost = append(lost, l)
			return err
		}})
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("read lost messages: %w", err)
	}
	return lost, nil
}

// after is a row that has some columns of its own before those of another kind.
type after struct {
	row
	first []any
}

func (a after) Scan(into ...any) error { return a.row.Scan(append(slices.Clone(a.first), into...)...) }

// Looked implements gateway.Losses.
func (s *Store) Looked(ctx context.Context, l gateway.Look) error {
	id := string(l.Message)
	j := &job{}
	if l.WorkItem != nil {
		s.addWorkItemUnless(j, l.WorkItem, id, gateway.OutcomeLost.Rank()+1)
	}
	if l.SendAgain {
		j.add(markResent, id)
		j.add(resend, id, micros(l.At))
	} else {
		j.add(lookAgain, id, l.Looks, micros(l.Next))
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record a look for message %s: %w", id, err)
	}
	return nil
}

// Attributed implements gateway.Losses.
func (s *Store) Attributed(ctx context.Context, channel directory.Channel, providerIDs []string) ([]string, error) {
	var taken []string
	var reads []statement
	for _, id := range providerIDs {
		reads = append(reads, statement{sql: messageOfProvider, args: []any{id, string(channel)}, each: func(r row) error {
			var message string
			err := r.Scan(&message)
			taken = append(taken, id)
			return err
		}})
	}
	if len(reads) == 0 {
		return nil, nil
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("look up a provider's ids: %w", err)
	}
	return taken, nil
}
