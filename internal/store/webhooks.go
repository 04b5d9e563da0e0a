package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway"
)

const (
	deliveryColumns = `id, endpoint, type, at, subject, case_reference, person, conversation, state, tries, next, tried, status, failure`

	// A claim counts the try and puts the next one where the lease ends. What is
	// due is chosen once, whichever way the rows are then gone through.
	claimDeliveries = `
	WITH due AS MATERIALIZED (
		SELECT w.id FROM webhook_deliveries w WHERE w.endpoint = $1 AND w.state = 'waiting' AND w.next <= $2
			AND NOT EXISTS (SELECT 1 FROM webhook_disabled d WHERE d.endpoint = $1)
		ORDER BY w.next LIMIT $4`
	claimedDeliveries = `)
	UPDATE webhook_deliveries SET tries = tries + 1, tried = $2, next = $3 WHERE endpoint = $1 AND id IN (SELECT due.id FROM due)
	RETURNING ` + deliveryColumns

	// Unless another node has claimed it since.
	settleDelivery = `
	UPDATE webhook_deliveries SET state = $4, next = $5, status = $6, failure = $7
	WHERE id = $1 AND endpoint = $2 AND tries = $3 AND state = 'waiting'`

	disableEndpoint = `INSERT INTO webhook_disabled (endpoint, at) VALUES ($1, $2) ON CONFLICT (endpoint) DO NOTHING`
	giveUpWaiting   = `UPDATE webhook_deliveries SET state = 'given-up', failure = $2 WHERE endpoint = $1 AND state = 'waiting'`
	enableEndpoint  = `DELETE FROM webhook_disabled WHERE endpoint = $1`
	disabledQuery   = `SELECT endpoint, at FROM webhook_disabled`

	sendAgain = `
	UPDATE webhook_deliveries SET tries = CASE WHEN state = 'waiting' THEN tries ELSE 0 END, state = 'waiting', next = $3
	WHERE id = $1 AND endpoint = $2`

	forgetDeliveries = `DELETE FROM webhook_deliveries WHERE id < $1`

	// mostDeliveries is how many a page has.
	mostDeliveries = 50
)

// ClaimDeliveries leases up to limit deliveries to an endpoint that are due at
// now, those first that were due first, and counts a try of each. What is not
// settled when its lease ends is due again. A disabled endpoint has none.
func (s *Store) ClaimDeliveries(ctx context.Context, endpoint string, now time.Time, limit int, lease time.Duration) ([]gateway.Delivery, error) {
	var claimed []gateway.Delivery
	j := &job{}
	j.add(claimDeliveries+s.engine.locking()+claimedDeliveries, endpoint, micros(now), micros(now.Add(lease)), limit).each = readDelivery(&claimed)
	if err := s.engine.write(ctx, j); err != nil {
		return nil, fmt.Errorf("claim deliveries to %s: %w", endpoint, err)
	}
	return claimed, nil
}

// SettleDelivery records what came of a try, unless the delivery was claimed
// again since. EndpointGone disables the endpoint and gives up all that waits
// for it.
func (s *Store) SettleDelivery(ctx context.Context, d gateway.Delivery) error {
	j := &job{}
	j.add(settleDelivery, d.ID, d.Endpoint, d.Tries, string(d.State), micros(d.Next), d.Status, string(d.Failure))
	if d.Failure == gateway.EndpointGone {
		j.add(disableEndpoint, d.Endpoint, micros(d.Tried))
		j.add(giveUpWaiting, d.Endpoint, string(gateway.EndpointGone))
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("settle delivery %s to %s: %w", d.ID, d.Endpoint, err)
	}
	return nil
}

// Deliveries returns deliveries, the latest events first.
func (s *Store) Deliveries(ctx context.Context, q gateway.DeliveryQuery) ([]gateway.Delivery, error) {
	var conditions []string
	var args []any
	where := func(condition string, values ...any) {
		for _, value := range values {
			args = append(args, value)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		conditions = append(conditions, condition)
	}
	if q.Endpoint != "" {
		where("endpoint = ?", q.Endpoint)
	}
	if q.State != "" {
		where("state = ?", string(q.State))
	}
	if q.Before != nil {
		where("(id, endpoint) < (?, ?)", q.Before.ID, q.Before.Endpoint)
	}
	query := `SELECT ` + deliveryColumns + ` FROM webhook_deliveries`
	if len(conditions) > 0 {
		query += ` WHERE ` + strings.Join(conditions, ` AND `)
	}
	args = append(args, cmp.Or(q.Limit, mostDeliveries))
	query += fmt.Sprintf(` ORDER BY id DESC, endpoint DESC LIMIT $%d`, len(args))
	var found []gateway.Delivery
	if err := s.engine.read(ctx, statement{sql: query, args: args, each: readDelivery(&found)}); err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return found, nil
}

// readDelivery reads rows of deliveryColumns.
func readDelivery(into *[]gateway.Delivery) func(row) error {
	return func(r row) error {
		var d gateway.Delivery
		var at, next, tried int64
		err := r.Scan(&d.ID, &d.Endpoint, &d.Type, &at, &d.Subject, &d.Case, &d.Person, &d.Conversation, &d.State, &d.Tries, &next, &tried,
			&d.Status, &d.Failure)
		d.At, d.Next, d.Tried = moment(at), moment(next), moment(tried)
		*into = append(*into, d)
		return err
	}
}

// SendAgain has a delivery tried at now: with all its tries before it again, or,
// where it still waits, sooner. ErrNotFound when there is none of that id.
func (s *Store) SendAgain(ctx context.Context, id, endpoint string, now time.Time) error {
	var rows int64
	j := &job{}
	j.add(sendAgain, id, endpoint, micros(now)).changed = func(n int64) { rows = n }
	err := s.engine.write(ctx, j)
	if err == nil && rows == 0 {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("send %s to %s again: %w", id, endpoint, err)
	}
	return nil
}

// DisabledEndpoints returns the endpoints that want no more, and since when.
func (s *Store) DisabledEndpoints(ctx context.Context) (map[string]time.Time, error) {
	disabled := map[string]time.Time{}
	err := s.engine.read(ctx, statement{sql: disabledQuery, each: func(r row) error {
		var endpoint string
		var at int64
		err := r.Scan(&endpoint, &at)
		disabled[endpoint] = moment(at)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the disabled endpoints: %w", err)
	}
	return disabled, nil
}

// EnableEndpoint lets events go to an endpoint again, from now on.
func (s *Store) EnableEndpoint(ctx context.Context, endpoint string) error {
	j := &job{}
	j.add(enableEndpoint, endpoint)
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("enable endpoint %s: %w", endpoint, err)
	}
	return nil
}

// ForgetDeliveries removes the deliveries of events before a time.
func (s *Store) ForgetDeliveries(ctx context.Context, before time.Time) error {
	j := &job{}
	j.add(forgetDeliveries, eventsFrom(before))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("forget deliveries: %w", err)
	}
	return nil
}
