package store

import (
	"context"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
)

// Every holder of an address, or one row of nobody; with each the same word on
// the address itself.
const (
	standingColumns = `
	COALESCE(a.person, ''), COALESCE(a.since, 0), COALESCE(a.confirmed, 0), COALESCE(a.signalled, FALSE),
	EXISTS (SELECT 1 FROM suspensions x WHERE x.address = $1),
	COALESCE((SELECT o.opted_out FROM opt_outs o WHERE o.address = $1 ORDER BY o.at DESC LIMIT 1), FALSE)`

	standingSource = `FROM (SELECT 1) AS always LEFT JOIN addresses a ON a.address = $1`

	standingQuery = `SELECT` + standingColumns + ` ` + standingSource + ` ORDER BY a.person`

	senderQuery = `SELECT` + standingColumns + `, p.sealed, COALESCE(p.pin_hash, ''),
	COALESCE((SELECT h.kind FROM holds h WHERE h.person = a.person AND h.released = 0 ORDER BY h.at LIMIT 1), ''),
	COALESCE((SELECT k.nation FROM parties q JOIN cases k ON k.reference = q.case_reference
		WHERE q.person = a.person ORDER BY q.case_reference LIMIT 1), ''),
	c.id, ` + conversationColumns + ` ` + standingSource + `
	LEFT JOIN people p ON p.id = a.person
	LEFT JOIN conversations c ON c.person = a.person AND c.phase = 'open' AND c.person <> ''
	ORDER BY a.person`
)

// holding is a row of an address's standing.
type holding struct {
	holder           directory.Holder
	since, confirmed int64
	suspended        bool
	optedOut         bool
}

func (h *holding) columns() []any {
	return []any{&h.holder.Person, &h.since, &h.confirmed, &h.holder.Signalled, &h.suspended, &h.optedOut}
}

// addTo puts the row into a standing, and says whether the address has opted
// out.
func (h *holding) addTo(standing *directory.Standing) (optedOut bool) {
	standing.Suspended = h.suspended
	if h.holder.Person != "" {
		h.holder.Since, h.holder.Confirmed = moment(h.since), moment(h.confirmed)
		standing.Holders = append(standing.Holders, h.holder)
	}
	return h.optedOut
}

// Sender implements gateway.Conversations.
func (s *Store) Sender(ctx context.Context, from gateway.Address) (gateway.Sender, error) {
	var sender gateway.Sender
	err := s.engine.read(ctx, statement{sql: senderQuery, args: []any{s.codec.hash(from)}, each: func(r row) error {
		return s.addSender(&sender, r)
	}})
	if err != nil {
		return gateway.Sender{}, fmt.Errorf("read the sender: %w", err)
	}
	if len(sender.Standing.Holders) != 1 {
		sender = gateway.Sender{Standing: sender.Standing, OptedOut: sender.OptedOut}
	}
	return sender, nil
}

// addSender reads one row of senderQuery: a holder, with their hold and their
// open conversation, or nobody.
func (s *Store) addSender(sender *gateway.Sender, r row) error {
	var (
		h       holding
		sealed  []byte
		pinHash string
		open    *string
		c       conversationRow
	)
	columns := append(h.columns(), &sealed, &pinHash, &sender.Held, &sender.Nation, &open)
	if err := r.Scan(append(columns, c.columns()...)...); err != nil {
		return err
	}
	sender.OptedOut = h.addTo(&sender.Standing)
	if sealed == nil || len(sender.Standing.Holders) > 1 {
		return nil // nobody, or not the only holder
	}
	if err := s.openPerson(h.holder.Person, sealed, pinHash, &sender.Person); err != nil {
		return err
	}
	if open == nil {
		return nil
	}
	var err error
	sender.Open, err = s.conversation(gateway.ConversationID(*open), &c)
	return err
}
