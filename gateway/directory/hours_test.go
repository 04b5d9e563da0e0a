package directory_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway/directory"
)

func TestHoursText(t *testing.T) {
	tests := []struct {
		text string
		want directory.Hours
		ok   bool
	}{
		{"", directory.Hours{}, true},
		{"09:00-17:30", directory.Hours{From: 9 * 60, To: 17*60 + 30}, true},
		{"22:00-06:00", directory.Hours{From: 22 * 60, To: 6 * 60}, true},
		{"18:00-24:00", directory.Hours{From: 18 * 60}, true},
		{"00:00-24:00", directory.Hours{}, true},
		{"00:00-00:01", directory.Hours{To: 1}, true},
		{"09:00-09:00", directory.Hours{}, false}, // never or always: nobody can tell
		{"00:00-00:00", directory.Hours{}, false},
		{"24:00-06:00", directory.Hours{}, false},
		{"9:00-17:00", directory.Hours{}, false},
		{"09:00-17:60", directory.Hours{}, false},
		{"09:00-25:00", directory.Hours{}, false},
		{"09:00-17:30 and later", directory.Hours{}, false},
		{"-09:00-17:30", directory.Hours{}, false},
		{"09:00", directory.Hours{}, false},
		{"mornings", directory.Hours{}, false},
	}
	for _, test := range tests {
		got := directory.Hours{From: 1, To: 2}
		if err := got.UnmarshalText([]byte(test.text)); (err == nil) != test.ok {
			t.Errorf("%q: error %v, want ok %v", test.text, err, test.ok)
		}
		if got != test.want {
			t.Errorf("%q is %v, want %v", test.text, got, test.want)
		}
	}
}

func TestHoursReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours().Draw(t, "hours")
		text, err := h.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got directory.Hours
		if err := got.UnmarshalText(text); err != nil || got != h {
			t.Errorf("%v is written %q and read %v, %v", h, text, got, err)
		}
	})
}

func TestHoursContain(t *testing.T) {
	office := directory.Hours{From: 9 * 60, To: 17*60 + 30}
	night := directory.Hours{From: 22 * 60, To: 6 * 60}
	tests := []struct {
		hours  directory.Hours
		minute int
		want   bool
	}{
		{office, 9*60 - 1, false}, {office, 9 * 60, true}, {office, 17*60 + 29, true}, {office, 17*60 + 30, false},
		{night, 22*60 - 1, false}, {night, 22 * 60, true}, {night, 0, true}, {night, 6*60 - 1, true}, {night, 6 * 60, false},
		{directory.Hours{}, 0, true}, {directory.Hours{}, 23*60 + 59, true},
	}
	for _, test := range tests {
		if got := test.hours.Contains(test.minute); got != test.want {
			t.Errorf("%v contains minute %d: %v, want %v", test.hours, test.minute, got, test.want)
		}
	}
}

func TestHoursNextFollowsTheClockOnTheWall(t *testing.T) {
	tests := []struct{ name, hours, at, want string }{
		{"inside: at once", "09:00-17:30", "2026-11-02T12:00:30Z", "2026-11-02T12:00:30Z"},
		{"before: this morning", "09:00-17:30", "2026-11-02T08:59:59Z", "2026-11-02T09:00:00Z"},
		{"at the end: tomorrow", "09:00-17:30", "2026-11-02T17:30:00Z", "2026-11-03T09:00:00Z"},
		{"in summer the wall is an hour ahead", "09:00-17:30", "2026-07-01T07:00:00Z", "2026-07-01T08:00:00Z"},
		{"over midnight", "22:00-06:00", "2026-11-02T06:00:00Z", "2026-11-02T22:00:00Z"},
		// 29 March 2026: 01:00 GMT becomes 02:00 BST.
		{"the night the clocks go forward", "09:00-17:30", "2026-03-28T18:00:00Z", "2026-03-29T08:00:00Z"},
		{"hours that begin in the missing hour", "01:30-03:00", "2026-03-29T00:10:00Z", "2026-03-29T01:00:00Z"},
		{"hours inside the missing hour wait a day", "01:15-01:45", "2026-03-29T00:10:00Z", "2026-03-30T00:15:00Z"},
		// 25 October 2026: 02:00 BST becomes 01:00 GMT.
		{"the night the clocks go back", "09:00-17:30", "2026-10-24T18:00:00Z", "2026-10-25T09:00:00Z"},
		{"the first of two half past ones", "01:30-01:40", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"},
		{"then the second", "01:30-01:40", "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z"},
		{"hours that the clock goes back into", "01:00-01:30", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at, _ := time.Parse(time.RFC3339, test.at)
			var h directory.Hours
			if err := h.UnmarshalText([]byte(test.hours)); err != nil {
				t.Fatal(err)
			}
			if got := h.Next(at.In(london(t))); got.UTC().Format(time.RFC3339) != test.want {
				t.Errorf("%s after %s opens at %s, want %s", test.hours, test.at, got.UTC().Format(time.RFC3339), test.want)
			}
		})
	}
}

func TestHoursNextIsTheFirstMinuteInside(t *testing.T) {
	zone := london(t)
	changes := []time.Time{time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC)}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours().Draw(t, "hours")
		change := rapid.SampledFrom(changes).Draw(t, "change")
		at := change.Add(time.Duration(rapid.IntRange(-30*60, 30*60).Draw(t, "minutes")) * time.Minute).In(zone)
		want := at
		for !h.Contains(want.Hour()*60 + want.Minute()) {
			want = want.Add(time.Minute)
		}
		if got := h.Next(at); !got.Equal(want) {
			t.Errorf("%v after %v: got %v, want %v", h, at, got, want)
		}
	})
}

func anyHours() *rapid.Generator[directory.Hours] {
	return rapid.Custom(func(t *rapid.T) directory.Hours {
		from := rapid.IntRange(0, 24*60-1).Draw(t, "from")
		to := rapid.IntRange(0, 24*60-1).Filter(func(to int) bool { return to != from }).Draw(t, "to")
		return directory.Hours{From: from, To: to}
	})
}
