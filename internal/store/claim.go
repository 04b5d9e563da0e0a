package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// The outbox is searched for each channel and priority, in this order: each by
// its own walk along the index, which ends where messages are not due.
var priorities = [...]gateway.Priority{gateway.Urgent, gateway.Alert, gateway.Normal, gateway.Bulk}

func known(p gateway.Priority) bool { return slices.Contains(priorities[:], p) }

// A lane is whom messages are in order with: a person, or an address that
// identifies nobody, on one channel. These are the lanes of the messages m and
// b; the index messages_lane has the same words.
const (
	laneM = `(COALESCE(NULLIF(m.person, ''), m.address) || '/' || m.channel)`
	laneB = `(COALESCE(NULLIF(b.person, ''), b.address) || '/' || b.channel)`
)

// Whether b comes before m in their lane, whether in one conversation, and
// whether anything of m's lane is in flight.
const (
	before            = `b.waiting AND ` + laneB + ` = ` + laneM + ` AND (b.priority < m.priority OR (b.priority = m.priority AND b.id < m.id))`
	ofItsConversation = `b.conversation = m.conversation AND b.conversation <> '' AND b.id < m.id`
	inFlight          = `EXISTS (SELECT 1 FROM flights f WHERE f.lane = ` + laneM + `)`
)

// claimStatements are the texts of a claim. They differ by how an engine locks.
type claimStatements struct {
	lose, loseSending, endFlights, claim, losses string
}

func newClaimStatements(locking string) claimStatements {
	return claimStatements{
		losses: newClaimLosses(locking),

		// A message whose outcome nobody recorded before its lease ended.
		lose: `
	INSERT INTO losses (message, at, looks, look_at, resent)
	SELECT late.message, late.lease_until, 0, $2, FALSE
	FROM (SELECT message, lease_until FROM flights WHERE lease_until <= $1 AND sending` + locking + `) AS late
	WHERE EXISTS (SELECT 1 FROM messages m WHERE m.id = late.message AND m.rank < 30)` + lostAgain,
		// One that was marked as sending since the statement above, or was locked
		// then, is left for the next claim: nobody would look for it.
		loseSending: `
	UPDATE messages SET status = 'unknown', rank = 30, waiting = FALSE
	WHERE rank < 30 AND EXISTS (SELECT 1 FROM losses l WHERE l.message = messages.id AND l.look_at > 0)
		AND id IN (SELECT message FROM flights WHERE lease_until <= $1 AND sending` + locking + `)`,

		endFlights: `
	DELETE FROM flights WHERE message IN (SELECT f.message FROM flights f
		WHERE f.lease_until <= $1 AND (NOT f.sending OR EXISTS (SELECT 1 FROM messages m WHERE m.id = f.message AND m.rank >= 30))` + locking + `)`,

		// What is claimed is the first of its lane: nothing that is due comes
		// before it, and nothing of its own conversation, even if that is to be
		// tried again later. Two nodes may see the same first: the lane's key in
		// flights lets one of them through.
		claim: `
	INSERT INTO flights (lane, message, holder, batch, lease_until, sending)
	SELECT due.lane, due.id, $1, $2, $3, FALSE FROM (
		SELECT m.id, m.not_before, ` + laneM + ` AS lane FROM messages m
		WHERE m.waiting AND m.channel = $7 AND m.priority = $4 AND m.not_before <= $5 AND NOT ` + inFlight + `
			AND NOT EXISTS (SELECT 1 FROM messages b WHERE ` + before + ` AND (b.not_before <= $5 OR ` + ofItsConversation + `))
		ORDER BY m.not_before, m.id
		LIMIT $6 - (SELECT COUNT(*) FROM flights WHERE holder = $1 AND batch = $2)` + locking + `) AS due
	WHERE TRUE
	ORDER BY due.not_before, due.id
	ON CONFLICT DO NOTHING`,
	}
}

const (
	claimedQuery = `SELECT ` + outgoingColumns + ` FROM flights f JOIN messages m ON m.id = f.message
	WHERE f.holder = $1 AND f.batch BETWEEN $2 AND $3 ORDER BY m.priority, m.not_before, m.id`

	nextDueQuery = `SELECT m.not_before FROM messages m
	WHERE m.waiting AND m.channel = $2 AND m.priority = $1 AND NOT ` + inFlight + `
		AND NOT EXISTS (SELECT 1 FROM messages b WHERE ` + before + ` AND ` + ofItsConversation + `)
	ORDER BY m.not_before LIMIT 1`

	nextLeaseQuery = `SELECT lease_until FROM flights ORDER BY lease_until LIMIT 1`
)

// Claim implements gateway.Outbox. A claim is a row of flights; the message
// itself is not touched until something becomes of it.
func (s *Store) Claim(ctx context.Context, now time.Time, limit int, lease time.Duration, parts ...gateway.Part) ([]gateway.Message, error) {
	j := &job{}
	if s.sweeps(now) {
		j.add(s.claims.lose, micros(now), micros(now.Add(gateway.FirstLook)))
		j.add(s.claims.loseSending, micros(now))
		j.add(s.claims.endFlights, micros(now))
	}
	until := micros(now.Add(lease))
	last := s.batch.Add(int64(len(parts)) + 1)
	first := last - int64(len(parts))
	batch := first
	if len(parts) == 0 {
		for _, priority := range priorities {
			for _, channel := range directory.Channels() {
				j.add(s.claims.claim, s.holder, batch, until, int(priority), micros(now), limit, string(channel))
			}
		}
	}
	for _, part := range parts {
		batch++
		for _, priority := range priorities {
			if priority <= part.Lowest {
				j.add(s.claims.claim, s.holder, batch, until, int(priority), micros(now), part.Limit, string(part.Channel))
			}
		}
	}
	var claimed []gateway.Message
	j.add(claimedQuery, s.holder, first, last).each = func(r row) error {
		m, err := s.scanOutgoing(r)
		claimed = append(claimed, m)
		return err
	}
	if err := s.engine.write(ctx, j); err != nil {
		return nil, fmt.Errorf("claim messages: %w", err)
	}
	return claimed, nil
}

// sweepEvery is how often a store looks for leases that have run out: what it
// reads for that grows with what was in flight lately.
const sweepEvery = time.Second

// sweeps reports whether it is time to look for them. A clock that was put back
// is believed.
func (s *Store) sweeps(now time.Time) bool {
	last := s.swept.Load()
	return (now.UnixMicro()-last >= sweepEvery.Microseconds() || now.UnixMicro() < last) && s.swept.CompareAndSwap(last, now.UnixMicro())
}

// NextDue implements gateway.Outbox. A message in flight is due again when its
// lease ends: it is then claimed again or given up for lost.
func (s *Store) NextDue(ctx context.Context) (time.Time, error) {
	var earliest int64
	consider := func(r row) error {
		var due int64
		if err := r.Scan(&due); err != nil {
			return err
		}
		if earliest == 0 || due < earliest {
			earliest = due
		}
		return nil
	}
	var reads []statement
	for _, priority := range priorities {
		for _, channel := range directory.Channels() {
			reads = append(reads, statement{sql: nextDueQuery, args: []any{int(priority), string(channel)}, each: consider})
		}
	}
	reads = append(reads, statement{sql: nextLeaseQuery, each: consider})
	err := s.engine.read(ctx, reads...)
	if err == nil && earliest == 0 {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read when a message is due: %w", err)
	}
	return moment(earliest), nil
}
