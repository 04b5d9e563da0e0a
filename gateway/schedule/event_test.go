package schedule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

func TestTold(t *testing.T) {
	requested := schedule.Event{On: schedule.InformationRequested, ID: "2026-11-20", Day: day(2026, 11, 20), Group: "information P1"}
	for _, test := range []struct {
		name   string
		event  schedule.Event
		person directory.PersonID
		now    time.Time
		want   []string
	}{
		{"what is asked, and its reminders", requested, "P1", time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC), []string{
			"2026-11-20 08:00 information-requested P1 (information 2026-11-20)",
			"2026-11-27 10:00 information-reminder P1 (information 2026-11-20)",
			"2026-12-02 10:00 information-reminder P1 (information 2026-11-20 (2))",
		}},
		{"the other parent may be asked too", requested, "R1", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), []string{
			"2026-12-02 10:00 information-reminder R1 (information 2026-11-20 (2))",
		}},
		{"somebody else may not", requested, "R9", time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC), nil},
		{"too late", requested, "P1", time.Date(2026, 12, 25, 9, 0, 0, 0, time.UTC), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := collected()
			test.event.Person = test.person
			got := says(t, shipped(t, settings).Told(&c, test.event, test.now))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// All that is said of one request names the same day, and what is known of the
// event stands before what is worked out.
func TestADateCountsFromWhatSomebodyDid(t *testing.T) {
	c := collected()
	e := schedule.Event{On: schedule.InformationRequested, ID: "1", Person: "P1", Day: day(2026, 12, 11)} // 14 days later is Christmas Day
	now := time.Date(2026, 12, 11, 7, 0, 0, 0, time.UTC)
	for _, o := range shipped(t, settings).Told(&c, e, now) {
		if got := o.Data["by"].In("en"); got != "28 December 2026" && got != "29 December 2026" {
			t.Errorf("%s by %s", o.Notice, got)
		}
	}
	e.Data = notices.Data{"by": notices.Day(2026, 12, 18)}
	for _, o := range shipped(t, settings).Told(&c, e, now) {
		if got := o.Data["by"].In("en"); got != "18 December 2026" {
			t.Errorf("%s by %s, and it was said to be the 18th", o.Notice, got)
		}
	}
}
