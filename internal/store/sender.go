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

	// What a row tells beside of whoever a.person is. Their first case is looked
	// for among their own: in plain order PostgreSQL, before it has counted a table
	// that was just filled, walks through all cases to the first that is theirs.
	senderColumns = personColumns + `,
	COALESCE((SELECT h.kind FROM holds h WHERE h.person = a.person AND h.released = 0 ORDER BY h.at LIMIT 1), ''),
	COALESCE((SELECT k.nation FROM parties q JOIN cases k ON k.reference = q.case_reference
		WHERE q.person = a.person ORDER BY q.case_reference || '' LIMIT 1), ''),
	c.id, ` + conversationColumns

	senderQuery = `SELECT` + standingColumns + `, ` + senderColumns + ` ` + standingSource + `
	LEFT JOIN people p ON p.id = a.person
	LEFT JOIN conversations c ON c.person = a.person AND c.phase = 'open' AND c.person <> ''
	ORDER BY a.person`

	takenQuery = `SELECT 1 FROM taken WHERE scope = $1 AND name = $2`

	// A visit, whose person holds its address, with the same.
	visitSenderQuery = `SELECT ` + visitColumns + `,
	EXISTS (SELECT 1 FROM suspensions x WHERE x.address = $2),
	COALESCE((SELECT o.opted_out FROM opt_outs o WHERE o.address = $2 ORDER BY o.at DESC LIMIT 1), FALSE),
	` + senderColumns + `
	FROM visits a
	LEFT JOIN people p ON p.id = a.person
	LEFT JOIN conversations c ON c.id = COALESCE(
		(SELECT o.id FROM conversations o WHERE o.person = a.person AND o.phase = 'open' AND o.person <> ''),
		(SELECT o.id FROM conversations o WHERE o.visit = a.id AND o.phase = 'open' AND o.visit <> ''))
	WHERE a.id = $1`
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
	return s.readSender(ctx, from)
}

// Arrival implements gateway.Conversations.
func (s *Store) Arrival(ctx context.Context, in gateway.Inbound) (gateway.Sender, error) {
	taken := false
	sender, err := s.readSender(ctx, in.From, readTaken(in, &taken))
	if err == nil && taken {
		return gateway.Sender{}, gateway.ErrDuplicate
	}
	return sender, err
}

// readTaken says whether a message was taken, by a turn or to be finished.
func readTaken(in gateway.Inbound, taken *bool) statement {
	return statement{sql: takenQuery, args: []any{string(in.From.Channel), in.ProviderID}, each: func(r row) error {
		*taken = true
		return r.Scan(new(int))
	}}
}

// readSender reads who holds an address, together with what else is asked.
func (s *Store) readSender(ctx context.Context, from gateway.Address, beside ...statement) (gateway.Sender, error) {
	var sender gateway.Sender
	read := statement{sql: senderQuery, args: []any{s.codec.hash(from)}, each: func(r row) error {
		return s.addSender(&sender, r)
	}}
	if from.Channel.Visited() {
		read = statement{sql: visitSenderQuery, args: []any{from.Value, s.codec.hash(from)}, each: func(r row) error {
			return s.addVisitor(&sender, r)
		}}
	}
	if err := s.engine.read(ctx, append(beside, read)...); err != nil {
		return gateway.Sender{}, fmt.Errorf("read the sender: %w", err)
	}
	if n := len(sender.Standing.Holders); n > 1 || n == 0 && sender.Visit == nil {
		sender = gateway.Sender{Standing: sender.Standing, OptedOut: sender.OptedOut}
	}
	return sender, nil
}

// senderRow is what senderColumns are read into.
type senderRow struct {
	person personRow
	held   string
	nation directory.Nation
	open   *string
	c      conversationRow
}

func (w *senderRow) columns() []any {
	columns := append(w.person.columns(), &w.held, &w.nation, &w.open)
	return append(columns, w.c.columns()...)
}

// addSender reads one row of senderQuery: a holder, with their hold and their
// open conversation, or nobody.
func (s *Store) addSender(sender *gateway.Sender, r row) error {
	var h holding
	var w senderRow
	if err := r.Scan(append(h.columns(), w.columns()...)...); err != nil {
		return err
	}
	sender.OptedOut = h.addTo(&sender.Standing)
	if w.person.sealed == nil || len(sender.Standing.Holders) > 1 {
		return nil // nobody, or not the only holder
	}
	if err := s.openPerson(h.holder.Person, &w.person, &sender.Person); err != nil {
		return err
	}
	return s.addOpen(sender, &w)
}

// addVisitor reads the row of visitSenderQuery.
func (s *Store) addVisitor(sender *gateway.Sender, r row) error {
	var v visitRow
	var w senderRow
	columns := append(v.columns(), &sender.Standing.Suspended, &sender.OptedOut)
	if err := r.Scan(append(columns, w.columns()...)...); err != nil {
		return err
	}
	v.person = w.person
	visit, err := v.open(s, &sender.Person)
	if err != nil {
		return err
	}
	sender.Visit = &visit
	sender.Standing.Holders = visit.Holders()
	return s.addOpen(sender, &w)
}

// addOpen adds the hold and the open conversation of the only one there is.
func (s *Store) addOpen(sender *gateway.Sender, w *senderRow) error {
	sender.Held, sender.Nation = w.held, w.nation
	if w.open == nil {
		return nil
	}
	var err error
	sender.Open, err = s.conversation(gateway.ConversationID(*w.open), &w.c)
	return err
}
