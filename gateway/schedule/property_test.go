package schedule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/gateway/calculation"
	"parley/gateway/schedule"
)

// However often and at whatever moments a case is looked at, the same occasions
// are found, each with one time, if no look comes later than one can be sent.
func TestTheSameOccasionsAreFoundHoweverOftenOneLooks(t *testing.T) {
	s := shipped(t, settings)
	rapid.Check(t, func(t *rapid.T) {
		f := schedule.File{Case: collected()}
		f.Case.Plan.Frequency = rapid.SampledFrom([]string{"weekly", "fortnightly", "four_weekly", "monthly"}).Draw(t, "frequency")
		begins := day(2026, 10, 20).AddDays(rapid.IntRange(0, 200).Draw(t, "begins")).Time() // over both changes of the clock
		ends := begins.AddDate(0, 0, 9)
		paying(t, &f)
		steady := looks(t, s, f, begins, ends, func() time.Duration { return 6 * time.Hour })
		random := looks(t, s, f, begins, ends, func() time.Duration {
			return time.Duration(rapid.IntRange(1, 20*60).Draw(t, "minutes")) * time.Minute
		})
		if diff := cmp.Diff(steady, random); diff != "" {
			t.Fatalf("(-steadily +at random):\n%s", diff)
		}
	})
}

// paying adds payments that are all on record before anybody looks.
func paying(t *rapid.T, f *schedule.File) {
	for range rapid.IntRange(0, 6).Draw(t, "payments") {
		p := payment(calculation.Money(rapid.IntRange(1, 400_00).Draw(t, "amount")), rapid.IntRange(4, 9).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
		p.ID = fmt.Sprint(len(f.Payments))
		f.Payments = append(f.Payments, p)
	}
}

// looks lists what is found between two moments, with the times.
func looks(t *rapid.T, s *schedule.Schedule, f schedule.File, from, to time.Time, every func() time.Duration) []string {
	found := map[string]string{}
	for now := from; now.Before(to); now = now.Add(every()) {
		list, err := s.Due(f, now, now.AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range list {
			if o.At.Before(from.AddDate(0, 0, 1)) || !o.At.Before(to) {
				continue
			}
			key := fmt.Sprint(o.Notice, o.Work, " ", o.Person, " ", o.ID)
			if before, seen := found[key]; seen && before != fmt.Sprint(o.At, o.SendBy) {
				t.Fatalf("%s is at %v, and was at %s", key, o.At, before)
			}
			found[key] = fmt.Sprint(o.At, o.SendBy)
		}
	}
	var list []string
	for key, at := range found {
		list = append(list, key+" at "+at)
	}
	slices.Sort(list)
	return list
}
