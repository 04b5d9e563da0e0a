package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"parley/gateway/directory"
)

// mostPayments is how many payments one call may bring.
const mostPayments = 10_000

// paymentsPut is the answer to POST /api/v1/payments.
type paymentsPut struct {
	Stored  int              `json:"stored"`
	Refused []refusedPayment `json:"refused"`
}

// refusedPayment says why one of the payments was not taken.
type refusedPayment struct {
	Index   int    `json:"index"` // in the list, from 0
	Field   string `json:"field,omitempty"`
	Problem string `json:"problem"` // words that follow the field's name
}

// putPayments stores what was received. A payment that cannot be right is
// named in the answer, and the others are taken.
func (a *API) putPayments(c *call) ([]byte, error) {
	var request struct {
		Payments []jsontext.Value `json:"payments"`
	}
	if err := decode(c.body, &request); err != nil {
		return nil, err
	}
	if n := len(request.Payments); n == 0 || n > mostPayments {
		return nil, invalid("payments", fmt.Sprintf("must be a list of 1 to %d", mostPayments))
	}
	answer := paymentsPut{Refused: []refusedPayment{}}
	var payments []directory.Payment
	for i, record := range request.Payments {
		p, err := directory.DecodePayment(record)
		if wrong, ok := errors.AsType[*directory.FieldError](err); ok {
			answer.Refused = append(answer.Refused, refusedPayment{i, wrong.Field, wrong.Problem})
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("decoding a payment: %w", err)
		}
		payments = append(payments, p)
	}
	answer.Stored = len(payments)
	body, err := json.Marshal(answer)
	if err != nil {
		return nil, fmt.Errorf("writing the answer: %w", err)
	}
	if c.row != nil {
		c.row.Answer = body
	}
	if err := a.Gateway.TakePayments(c.Context(), payments, c.row); err != nil {
		return nil, fmt.Errorf("taking payments: %w", err)
	}
	return body, nil
}

func paymentsStored(answer []byte) (reply, error) {
	return reply{status: http.StatusOK, body: answer}, nil
}
