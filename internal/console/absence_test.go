package console

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestAbsence(t *testing.T) {
	for _, c := range []struct {
		name, fields string
		status       int
		want         string // what the gateway is told, or the page says
	}{
		{"until the end of a day in summer", "of=amara&until-day=27&until-month=7&until-year=2027&cover=bethan", 303, "amara amara 2027-07-27T23:00:00Z bethan"},
		{"covered by the team", "of=amara&until-day=1&until-month=12&until-year=2026", 303, "amara amara 2026-12-02T00:00:00Z "},
		{"back", "of=amara", 303, "amara amara 2026-11-23T10:00:00Z "},
		{"no such day", "of=amara&until-day=31&until-month=2&until-year=2027", 422, "Enter a real date"},
		{"covered by nobody who could", "of=amara&cover=ola", 422, "Choose somebody else"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			amara := h.signIn(t, "amara")
			var fields []string
			for _, field := range strings.Split(c.fields, "&") {
				name, value, _ := strings.Cut(field, "=")
				fields = append(fields, name, value)
			}
			got := amara.post("/console/absence", fields...)
			if got.status != c.status || !slices.Contains(h.work.absences, c.want) && !strings.Contains(got.body, c.want) {
				t.Errorf("%d, absences %q, %s", got.status, h.work.absences, got.body)
			}
		})
	}
	// A leader sets it for members of their teams, others for themselves alone.
	h := newHouse(t)
	if got := h.signIn(t, "bethan").get("/console/absence"); got.status != http.StatusOK || !strings.Contains(got.body, `<option value="amara">Amara`) {
		t.Errorf("a leader sees %s", got.body)
	}
	if got := h.signIn(t, "amara").get("/console/absence"); strings.Contains(got.body, `id="of"`) {
		t.Error("a caseworker is asked who is away")
	}
}
