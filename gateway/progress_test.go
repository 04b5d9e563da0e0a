package gateway

import (
	"testing"
	"time"
)

func TestProgressTellsWhatStillWaits(t *testing.T) {
	days, err := newCalendar()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	promise := func(reference string, made, due int) Promise {
		return Promise{WorkItem: "W", Person: "P1", Reference: reference, Made: now.AddDate(0, 0, made), Due: now.AddDate(0, 0, due)}
	}
	other := promise("THEIRS", -1, 20)
	other.Person = "R1"
	stopped := promise("STOPPED", -1, 20)
	stopped.Detail = "stopped"
	for _, test := range []struct {
		name     string
		promises []Promise
		want     string
	}{
		{"nothing", nil, `{"waiting": 0, "told": "2026-11-22", "due": "2026-11-22", "late": false, "reference": ""}`},
		{"nothing of theirs", []Promise{other, stopped}, `{"waiting": 0, "told": "2026-11-22", "due": "2026-11-22", "late": false, "reference": ""}`},
		{"one", []Promise{promise("A", -6, 22), other}, `{"waiting": 1, "told": "2026-11-16", "due": "2026-12-14", "late": false, "reference": "A"}`},
		{"the latest of two, and late", []Promise{promise("A", -60, -32), promise("B", -40, -12)},
			`{"waiting": 2, "told": "2026-10-13", "due": "2026-11-10", "late": true, "reference": "B"}`},
	} {
		v := progress(test.promises, "P1", now, days)
		if got, err := v.MarshalJSON(); err != nil || string(got) != test.want {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
	}
}
