package api_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func (h *house) Campaigns(_ context.Context, limit int) ([]gateway.Campaign, error) {
	var list []gateway.Campaign
	for _, id := range slices.Sorted(maps.Keys(h.campaigns)) {
		list = append(list, h.campaigns[id].Campaign)
	}
	return list[:min(limit, len(list))], h.storeErr
}

func (h *house) Progress(_ context.Context, id gateway.CampaignID) (gateway.Progress, error) {
	p, ok := h.campaigns[id]
	if !ok {
		return p, fmt.Errorf("read: %w", gateway.ErrNotFound)
	}
	return p, h.storeErr
}

func (h *house) SetCampaign(_ context.Context, id gateway.CampaignID, state gateway.CampaignState) error {
	p, ok := h.campaigns[id]
	if !ok {
		return fmt.Errorf("set: %w", gateway.ErrNotFound)
	}
	if p.State == gateway.Cancelled && state != gateway.Cancelled {
		return fmt.Errorf("set: %w", gateway.ErrCancelled)
	}
	p.State = state
	h.campaigns[id] = p
	return h.storeErr
}

func (h *house) Send(_ context.Context, m gateway.Mailing) (int, error) {
	if h.sendErr != nil {
		return 0, h.sendErr
	}
	h.mailings = append(h.mailings, m)
	h.campaigns[m.ID] = gateway.Progress{Campaign: gateway.Campaign{ID: m.ID, Name: m.Notice, By: m.By, State: gateway.Running, Planned: len(m.To), Counts: map[gateway.Status]int{gateway.Queued: len(m.To)}, Created: at}}
	return len(m.To), nil
}

func (h *house) DryRun(_ context.Context, notice string, _ time.Duration, after directory.CaseReference, _ int) ([]gateway.Foreseen, directory.CaseReference, error) {
	if notice == "greetings" {
		return nil, "", gateway.ErrNoSuchNotice
	}
	return h.foreseen, after, h.storeErr
}

func TestACampaignIsToldPausedAndCancelled(t *testing.T) {
	h := newHouse(t)
	h.campaigns["payment-due-2026-12-12"] = gateway.Progress{
		Campaign: gateway.Campaign{ID: "payment-due-2026-12-12", Name: "payment-due", By: "schedule", State: gateway.Running, Planned: 10,
			Counts: map[gateway.Status]int{gateway.Queued: 6, gateway.Delivered: 4}, Created: at},
		Settled: 4, PerSecond: 1.5, Expected: at.Add(4 * time.Second),
	}
	const path = "/api/v1/campaigns/payment-due-2026-12-12"
	const one = `"id":"payment-due-2026-12-12","notice":"payment-due","by":"schedule","state":"%s","created":"2026-11-22T10:00:00Z"`
	const far = `,"planned":10,"counts":{"delivered":4,"queued":6},"settled":4,"per_second":1.5,"expected":"2026-11-22T10:00:04Z"`
	for _, call := range []struct{ method, path, body, want string }{
		{"GET", "/api/v1/campaigns", "", `{"campaigns":[{` + fmt.Sprintf(one, "running") + `}]}`},
		{"GET", path, "", `{` + fmt.Sprintf(one, "running") + far + `}`},
		{"PATCH", path, `{"state": "paused"}`, `{` + fmt.Sprintf(one, "paused") + far + `}`},
		{"PATCH", path, `{"state": "cancelled"}`, `{` + fmt.Sprintf(one, "cancelled") + far + `}`},
	} {
		if got := h.call(t, call.method, call.path, call.body); got.status != 200 || got.body != call.want {
			t.Errorf("%s %s: %d %s, want %s", call.method, call.path, got.status, got.body, call.want)
		}
	}
	for _, call := range []struct {
		method, path, body string
		status             int
		field              string
	}{
		{"GET", "/api/v1/campaigns/none", "", 404, ""},
		{"PATCH", "/api/v1/campaigns/none", `{"state": "paused"}`, 404, ""},
		{"PATCH", path, `{"state": "stopped"}`, 422, "state"},
		{"PATCH", path, `{}`, 422, "state"},
		{"PATCH", path, `{"state": "running"}`, 409, ""}, // it was cancelled above
		{"PATCH", path, `{"state": "paused"}`, 409, ""},
		{"GET", "/api/v1/campaigns?state=paused", "", 422, "state"},
	} {
		got := h.call(t, call.method, call.path, call.body)
		if _, field := got.problem(t); got.status != call.status || field != call.field {
			t.Errorf("%s %s %s: %d %s", call.method, call.path, call.body, got.status, got.body)
		}
	}
}

func TestANoticeIsSentToPeopleWhoAreNamed(t *testing.T) {
	h := newHouse(t)
	body := `{"notice": "callback-booked", "to": [{"person": "P1", "case": "300012345678", "data": {"day": "2026-11-30"}}], "not_before": "2026-11-23T09:00:00Z"}`
	if got := h.call(t, "PUT", "/api/v1/campaigns/calls", body); got.status != 200 || len(h.mailings) != 1 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	m := h.mailings[0]
	if m.By != "caseworkers" || m.ID != "calls" || m.To[0].Person != "P1" || string(m.To[0].Data) != `{"day": "2026-11-30"}` || m.NotBefore.Hour() != 9 {
		t.Errorf("sent %+v", m)
	}
	many := `{"notice": "n", "to": [` + strings.TrimSuffix(strings.Repeat(`{"person": "P", "case": "300012345678"},`, 1001), ",") + `]}`
	for _, refused := range []struct {
		path, body string
		err        error
		field      string
	}{
		{"calls", `{"notice": "n", "to": []}`, nil, "to"},
		{"calls", many, nil, "to"},
		{"calls", `{"notice": "n", "people": []}`, nil, "people"},
		{"calls%20more", body, nil, "id"},
		{"calls", `{"notice": "n", "to": [{"person": "P1", "case": "300012345678"}], "not_before": "2026-11-23T09:00:00Z", "send_by": "2026-11-22T09:00:00Z"}`, nil, "send_by"},
		{"calls", body, gateway.ErrNoSuchNotice, "notice"},
		{"calls", body, gateway.ErrOtherCampaign, "id"},
		{"calls", body, &gateway.BadRecipient{Index: 0, Words: "is not a parent on the case"}, "to.0"},
	} {
		h.sendErr = refused.err
		got := h.call(t, "PUT", "/api/v1/campaigns/"+refused.path, refused.body)
		if _, field := got.problem(t); got.status != 422 || field != refused.field {
			t.Errorf("%.60s: %d %s, want %s", refused.body, got.status, got.body, refused.field)
		}
	}
}

func TestADryRunIsTold(t *testing.T) {
	h := newHouse(t)
	h.foreseen = []gateway.Foreseen{{Case: "300012345678", Person: "P1", Notice: "payment-due", Occasion: "due 2026-12-15", At: at, Channel: "sms", Action: gateway.Send}}
	got := h.call(t, "GET", "/api/v1/campaigns/dry-run?notice=payment-due&hours=48&after=300012345677", "")
	want := `{"notices":[{"case":"300012345678","person":"P1","notice":"payment-due","occasion":"due 2026-12-15","at":"2026-11-22T10:00:00Z","channel":"sms","action":"send","reasons":[]}],"after":"300012345677"}`
	if got.status != 200 || got.body != want {
		t.Errorf("%d %s, want %s", got.status, got.body, want)
	}
	for query, field := range map[string]string{"notice=greetings": "notice", "hours=0": "hours", "hours=many": "hours", "hours=745": "hours", "days=1": "days"} {
		got := h.call(t, "GET", "/api/v1/campaigns/dry-run?"+query, "")
		if _, named := got.problem(t); got.status != 422 || named != field {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}
