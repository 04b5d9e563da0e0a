package api_test

import (
	"context"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

func (h *house) ReachStage(_ context.Context, of directory.CaseReference, s gateway.Stage, row *gateway.IdempotentRow) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.cases[of]; !known {
		return 0, gateway.ErrNotFound
	}
	if s.Name == "married" {
		return 0, &gateway.BadStage{Field: "stage", Problem: "is not known"}
	}
	return 1, h.keep(row)
}

func TestAStageIsTaken(t *testing.T) {
	h := newHouse(t)
	h.cases["300012345678"] = directory.Case{Reference: "300012345678"}
	const path, body = "/api/v1/cases/300012345678/stages", `{"stage": "decided", "date": "2026-11-22", "data": {"amount": "80.00"}}`
	const want = `{"case":"300012345678","stage":"decided","date":"2026-11-22"}`
	for range 2 {
		for _, headers := range [][]string{nil, {"Idempotency-Key", "k"}} {
			if got := h.call(t, "POST", path, body, headers...); got.status != 200 || got.body != want {
				t.Errorf("%q: %d %s, want %s", headers, got.status, got.body, want)
			}
		}
	}
	for _, refused := range []struct {
		path, body string
		status     int
		field      string
	}{
		{"/api/v1/cases/300099999999/stages", body, 404, ""},
		{path, `{"stage": "married", "date": "2026-11-22"}`, 422, "stage"},
		{path, `{"stage": "decided", "date": "soon"}`, 422, "date"},
		{path, `{"stage": "decided", "day": "2026-11-22"}`, 422, "day"},
	} {
		got := h.call(t, "POST", refused.path, refused.body)
		if _, field := got.problem(t); got.status != refused.status || field != refused.field {
			t.Errorf("%s: %d %s", refused.body, got.status, got.body)
		}
	}
}
