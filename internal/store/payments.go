package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

const (
	paymentColumnCount = 4

	// paymentsAtOnce is how many payments one INSERT carries.
	paymentsAtOnce = 250

	paymentsBetweenQuery = `SELECT id, sealed FROM payments WHERE case_reference >= $1 AND case_reference <= $2 ORDER BY case_reference, received, id`

	paymentsQuery = `SELECT id, sealed FROM payments WHERE case_reference = $1 AND received >= $2 ORDER BY received, id`
)

func paymentPlace(id string) place { return place{"payments.sealed", id} }

// putPayments is the INSERT of n payments. What is known by its id is replaced.
func putPayments(n int) string {
	var text strings.Builder
	text.WriteString("INSERT INTO payments (id, case_reference, received, sealed) VALUES ")
	for i := range n * paymentColumnCount {
		switch {
		case i == 0:
			text.WriteString("(")
		case i%paymentColumnCount == 0:
			text.WriteString("), (")
		default:
			text.WriteString(", ")
		}
		text.WriteString("$" + strconv.Itoa(i+1))
	}
	text.WriteString(`) ON CONFLICT (id) DO UPDATE SET case_reference = excluded.case_reference, received = excluded.received, sealed = excluded.sealed`)
	return text.String()
}

// PutPayments stores payments, all or none, and in the same transaction the row
// of the API call that brought them, unless that is nil. Of payments with one
// id the latest stands. When the row's key is taken it returns
// gateway.ErrDuplicate and changes nothing.
func (s *Store) PutPayments(ctx context.Context, payments []directory.Payment, at time.Time, row *gateway.IdempotentRow) error {
	j, err := s.paymentsJob(payments, at, row)
	if err == nil {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("store %d payments: %w", len(payments), err)
	}
	return nil
}

// paymentsJob goes by the ids in order, so that no two nodes wait for each
// other, and names none twice, which PostgreSQL refuses.
func (s *Store) paymentsJob(payments []directory.Payment, at time.Time, row *gateway.IdempotentRow) (*job, error) {
	latest := make(map[string]directory.Payment, len(payments))
	for _, p := range payments {
		latest[p.ID] = p
	}
	sorted := make([]directory.Payment, 0, len(latest))
	for _, p := range latest {
		sorted = append(sorted, p)
	}
	slices.SortFunc(sorted, func(a, b directory.Payment) int { return cmp.Compare(a.ID, b.ID) })
	j := &job{}
	s.addAnswer(j, row, at)
	for i := range sorted {
		s.addEvent(j, ofPayment, gateway.PaymentReceived, sorted[i].ID, "", at, string(sorted[i].Case))
	}
	for batch := range slices.Chunk(sorted, paymentsAtOnce) {
		args := make([]any, 0, len(batch)*paymentColumnCount)
		for _, p := range batch {
			document, err := json.Marshal(p)
			if err != nil {
				return nil, err
			}
			args = append(args, p.ID, string(p.Case), midnight(p.Received), s.codec.seal(paymentPlace(p.ID), document))
		}
		j.add(putPayments(len(batch)), args...)
	}
	return j, nil
}

// Payments implements gateway.Payments.
func (s *Store) Payments(ctx context.Context, reference directory.CaseReference, since calculation.Date) ([]directory.Payment, error) {
	payments, err := s.payments(ctx, paymentsQuery, string(reference), midnight(since))
	if err != nil {
		return nil, fmt.Errorf("read the payments on case %s: %w", reference, err)
	}
	return payments, nil
}

// PaymentsBetween implements gateway.Payments.
func (s *Store) PaymentsBetween(ctx context.Context, first, last directory.CaseReference) ([]directory.Payment, error) {
	payments, err := s.payments(ctx, paymentsBetweenQuery, string(first), string(last))
	if err != nil {
		return nil, fmt.Errorf("read the payments on cases %s to %s: %w", first, last, err)
	}
	return payments, nil
}

func (s *Store) payments(ctx context.Context, query string, args ...any) (payments []directory.Payment, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		var (
			id     string
			sealed []byte
			p      directory.Payment
		)
		if err := r.Scan(&id, &sealed); err != nil {
			return err
		}
		document, err := s.codec.open(paymentPlace(id), sealed)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(document, &p); err != nil {
			return err
		}
		payments = append(payments, p)
		return nil
	}})
	return payments, err
}
