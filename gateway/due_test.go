package gateway

import (
	"testing"
	"time"
)

// A complaint is answered, or word is sent by then, within 15 working days;
// everything else within 28 days.
func TestWhenWeWriteAboutAReport(t *testing.T) {
	calendar, err := newCalendar()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ now, kind, want string }{
		{"2026-11-22T10:00:00Z", "income-change", "2026-12-21"}, // 20 December is a Sunday
		{"2026-11-22T10:00:00Z", "complaint", "2026-12-14"},     // 30 November is a holiday in Scotland
		{"2026-12-18T10:00:00Z", "complaint", "2027-01-14"},     // Christmas, the New Year and 2 January
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
