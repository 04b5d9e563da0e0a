package gateway

import (
	"testing"

	"parley/dialogs"
	"parley/dialogs/answers"
)

func TestByWhenADecisionIsChallenged(t *testing.T) {
	today := answers.Date{Year: 2026, Month: 11, Day: 22}
	for _, test := range []struct {
		decided, want string // as a report carries it; "": the call fails
	}{
		{"2026-11-22", `{"by": "2026-12-22", "late": false}`},
		{"2026-10-23", `{"by": "2026-11-22", "late": false}`}, // the last day is in time
		{"2026-10-22", `{"by": "2026-11-21", "late": true}`},
		{"2025-03-01", `{"by": "2025-03-31", "late": true}`},
		{"2026-11-23", ""}, // nothing has been decided
	} {
		decided, err := answers.ParseDate(test.decided)
		if err != nil {
			t.Fatal(err)
		}
		v, err := reconsideration(dialogs.Call{With: []dialogs.Field{{Name: "decided", Value: dialogs.Day(decided)}}}, today)
		if (err != nil) != (test.want == "") {
			t.Fatalf("%s: %v", test.decided, err)
		}
		if got, _ := v.MarshalJSON(); err == nil && string(got) != test.want {
			t.Errorf("%s: %s, want %s", test.decided, got, test.want)
		}
	}
}
