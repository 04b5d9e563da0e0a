package api_test

import (
	"context"
	"errors"
	"testing"

	"parley/gateway"
	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func (h *house) PutPlan(_ context.Context, of directory.CaseReference, plan directory.Plan, row *gateway.IdempotentRow) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, known := h.cases[of]
	switch {
	case !known:
		return 0, gateway.ErrNotFound
	case plan.Frequency == "":
		return 0, errors.Join(gateway.ErrBadPlan, accounts.ErrNoPlan)
	case plan.Frequency == "daily":
		return 0, errors.Join(gateway.ErrBadPlan, &calculation.InputError{Field: "frequency", Problem: "must be weekly"})
	}
	if err := h.keep(row); err != nil {
		return 0, err
	}
	if c.Plan != plan {
		c.Plan = plan
		h.cases[of], h.plans = c, h.plans+1
	}
	return h.plans, nil
}

func TestAPlanIsPutOnceAndAgain(t *testing.T) {
	h := newHouse(t)
	h.cases["300012345678"] = directory.Case{Reference: "300012345678"}
	const path, body = "/api/v1/cases/300012345678/plan", `{"frequency": "monthly", "first_due": "2026-12-15"}`
	const want = `{"case":"300012345678","plan":{"frequency":"monthly","first_due":"2026-12-15"}}`
	for range 2 {
		for _, headers := range [][]string{nil, {"Idempotency-Key", "k"}} {
			if got := h.call(t, "PUT", path, body, headers...); got.status != 200 || got.body != want {
				t.Errorf("%q: %d %s, want %s", headers, got.status, got.body, want)
			}
		}
	}
	if h.plans != 1 {
		t.Errorf("%d plans were made", h.plans)
	}
	for _, refused := range []struct {
		path, body string
		status     int
		field      string
	}{
		{"/api/v1/cases/300099999999/plan", body, 404, ""},
		{path, `{"frequency": "daily"}`, 422, "frequency"},
		{path, `{}`, 422, "frequency"},
		{path, `{"frequency": "weekly", "first_due": "soon"}`, 422, "first_due"},
		{path, `{"frequency": "weekly", "amount": "12"}`, 422, "amount"},
	} {
		got := h.call(t, "PUT", refused.path, refused.body)
		if _, field := got.problem(t); got.status != refused.status || field != refused.field {
			t.Errorf("%s: %d %s", refused.body, got.status, got.body)
		}
	}
}
