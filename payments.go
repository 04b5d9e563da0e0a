package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// paymentBatch is how many payments go in together.
const paymentBatch = 5000

// takePayments stores the payments of a CSV file in batches, withholds what they
// settle, and tells of bad rows, the rest going in. What is in when the store
// fails stays in, and the same file again changes nothing of it.
func takePayments(ctx context.Context, into gateway.Store, in io.Reader, problems io.Writer) (stored, refused int, err error) {
	rows := directory.NewPaymentReader(in)
	var batch []directory.Payment
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := gateway.TakePayments(ctx, into, batch, time.Now, nil); err != nil {
			return fmt.Errorf("storing payments: %w", err)
		}
		stored, batch = stored+len(batch), batch[:0]
		return nil
	}
	for {
		payment, err := rows.Read()
		bad, isBad := errors.AsType[*directory.RowError](err)
		switch {
		case isBad:
			refused++
			fmt.Fprintln(problems, bad)
		case errors.Is(err, io.EOF):
			return stored, refused, flush()
		case err != nil:
			return stored, refused, errors.Join(flush(), fmt.Errorf("reading payments: %w", err))
		default:
			if batch = append(batch, payment); len(batch) == paymentBatch {
				if err := flush(); err != nil {
					return stored, refused, err
				}
			}
		}
	}
}
