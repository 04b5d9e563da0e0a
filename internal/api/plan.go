package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// planPut is the answer to PUT /api/v1/cases/{reference}/plan.
type planPut struct {
	Case directory.CaseReference `json:"case"`
	Plan directory.Plan          `json:"plan"`
}

// putPlan gives a case a payment plan, of which its parents are told.
func (a *API) putPlan(c *call) ([]byte, error) {
	var plan directory.Plan
	if err := decode(c.body, &plan); err != nil {
		return nil, err
	}
	of := directory.CaseReference(c.PathValue("reference"))
	answer, err := json.Marshal(planPut{of, plan})
	if err != nil {
		return nil, fmt.Errorf("writing the answer: %w", err)
	}
	if c.row != nil {
		c.row.Answer = answer
	}
	_, err = a.Gateway.PutPlan(c.Context(), of, plan, c.row)
	wrong, isWrong := errors.AsType[*calculation.InputError](err)
	switch {
	case errors.Is(err, gateway.ErrNotFound):
		return nil, notFound("case")
	case isWrong:
		return nil, invalid(wrong.Field, wrong.Problem)
	case errors.Is(err, gateway.ErrBadPlan):
		return nil, invalid("frequency", "must be weekly, fortnightly, four_weekly or monthly, on a case with an effective date")
	case err != nil:
		return nil, fmt.Errorf("storing a plan: %w", err)
	}
	return answer, nil
}

func planStored(answer []byte) (reply, error) {
	return reply{status: http.StatusOK, body: answer}, nil
}
