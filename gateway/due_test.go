package gateway

import (
	"testing"
	"time"
)

// A complaint is answered, or word is sent by then, within 15 working days; who
// applies is called within 5; what has no target of its own is within 28 days.
func TestWhenWeWriteAboutAReport(t *testing.T) {
	calendar, err := newCalendar()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ now, kind, want string }{
		{"2026-11-22T10:00:00Z", "income-change", "2026-12-21"}, // 20 December is a Sunday
		{"2026-11-22T10:00:00Z", "complaint", "2026-12-14"},     // 30 November is a holiday in Scotland
		{"2026-11-22T10:00:00Z", "apply", "2026-11-27"},
		{"2026-11-27T10:00:00Z", "apply", "2026-12-07"}, // over the weekend and the holiday
		{"2026-11-22T10:00:00Z", "reconsideration", "2026-12-21"},
		{"2026-11-22T10:00:00Z", "first-calculation", "2027-01-05"}, // 3 January is a Sunday, and Scotland rests on the Monday
		{"2026-11-22T10:00:00Z", "danger", "2026-11-23"},
		{"2026-12-18T10:00:00Z", "complaint", "2027-01-14"}, // Christmas, the New Year and 2 January
	} {
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.day(calendar.promised(now).about(test.kind)).String(); got != test.want {
			t.Errorf("%s, %s: %s, want %s", test.now, test.kind, got, test.want)
		}
	}
}
