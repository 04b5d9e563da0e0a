package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
)

// settings are two days of grace, and a pound that nobody is asked for.
var settings = schedule.Settings{Grace: 2, Least: 1_00}

func shipped(t testing.TB, s schedule.Settings) *schedule.Schedule {
	t.Helper()
	rules, err := schedule.Shipped(s)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// collected is a case of £374.40 a month from 15 April 2026, of which £299.52
// arrives.
func collected() directory.Case {
	historic := calculation.Money(36_500_00)
	return directory.Case{
		Reference: "300012345678", Service: directory.CollectAndPay, Nation: directory.England, EffectiveDate: day(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example"},
		ReceivingParents: []directory.ReceivingParent{{
			Person: directory.Person{ID: "R1", Name: "Ali Example"}, Children: []directory.Child{{ID: "C1", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic},
		Plan:   directory.Plan{Frequency: "monthly", FirstDue: day(2026, 4, 15)},
	}
}

func day(year, month, day int) calculation.Date {
	return calculation.NewDate(year, time.Month(month), day)
}

// paid are payments of the whole amount on days of 2026, month and day in turn.
func paid(days ...int) (payments []directory.Payment) {
	for i := 0; i < len(days); i += 2 {
		payments = append(payments, payment(374_40, days[i], days[i+1]))
	}
	return payments
}

func payment(amount calculation.Money, month, on int) directory.Payment {
	return directory.Payment{ID: fmt.Sprintf("%d-%d", month, on), Case: "300012345678", Amount: amount, Received: day(2026, month, on), Method: directory.Collected}
}

// says lists occasions as "2026-06-12 10:00 payment-due P1 (due 2026-06-15)",
// with the amount where there is one, in the order of their times.
func says(t testing.TB, list []schedule.Occasion) []string {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(list, func(a, b schedule.Occasion) int { return a.At.Compare(b.At) })
	var said []string
	for _, o := range list {
		line := fmt.Sprintf("%s %s%s %s (%s)", o.At.In(london).Format("2006-01-02 15:04"), o.Notice, o.Work, o.Person, o.ID)
		if amount, ok := o.Data["amount"]; ok {
			wire, err := amount.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			line += " " + strings.TrimSuffix(strings.TrimPrefix(string(wire), `{"kind":"money","number":`), "}")
		}
		said = append(said, line)
	}
	return said
}

// inDays are the occasions of days of 2026, as they are found when each day
// begins, each once.
func inDays(t testing.TB, s *schedule.Schedule, f schedule.File, from, to calculation.Date) []string {
	t.Helper()
	seen := map[string]bool{}
	var all []schedule.Occasion
	for d := from; d <= to; d++ {
		now := d.Time()
		known := f
		known.Payments = slices.DeleteFunc(slices.Clone(f.Payments), func(p directory.Payment) bool { return p.Received > d })
		known.Reports = slices.DeleteFunc(slices.Clone(f.Reports), func(r accounts.Report) bool { return r.On > d })
		list, err := s.Due(known, now, now.AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range list {
			if key := fmt.Sprint(o.Notice, o.Work, o.Person, o.ID); !seen[key] && !o.At.Before(now) {
				seen[key] = true
				all = append(all, o)
			}
		}
	}
	return says(t, all)
}

func TestDue(t *testing.T) {
	direct := collected()
	direct.Service = directory.DirectPay
	nothing := collected()
	nothing.Income.HistoricAnnual = new(calculation.Money)
	nothing.Plan = directory.Plan{}
	agreed := collected()
	agreed.Plan.Arrears, agreed.Plan.ArrearsFrom = 100_00, day(2026, 6, 1)
	report := accounts.Report{By: "R1", Due: day(2026, 6, 15), On: day(2026, 6, 20)}
	early := report
	early.On = day(2026, 6, 16)
	ladder := func(amount string) []string {
		return []string{
			"2026-06-12 10:00 payment-due P1 (due 2026-06-15) " + amount,
			"2026-06-18 10:00 payment-missed-paying P1 (missed 2026-06-15) " + amount,
			"2026-06-18 10:00 payment-missed-receiving R1 (unpaid 2026-06-15) 29952",
			"2026-06-25 10:00 payment-still-missed P1 (unpaid 2026-06-15) " + amount,
			"2026-07-02 09:00 payment-missed P1 (unpaid 2026-06-15) " + amount,
		}
	}
	for _, test := range []struct {
		name     string
		file     schedule.File
		from, to calculation.Date
		want     []string
	}{
		{"paid on time", schedule.File{Case: collected(), Payments: paid(4, 15, 5, 15, 6, 15)}, day(2026, 6, 1), day(2026, 6, 30), []string{
			"2026-06-12 10:00 payment-due P1 (due 2026-06-15) 37440",
			"2026-06-15 15:00 payment-received P1 (received 2026-06-15 6-15) 37440",
		}},
		{"paid ahead: nothing is asked for", schedule.File{Case: collected(), Payments: append(paid(4, 15, 5, 15), payment(374_40, 5, 20))}, day(2026, 6, 1), day(2026, 6, 30), nil},
		{"not paid", schedule.File{Case: collected(), Payments: paid(4, 15, 5, 15)}, day(2026, 6, 1), day(2026, 7, 10),
			slices.Insert(ladder("37440"), 4, "2026-07-01 11:00 arrears-statement P1 (arrears 2026-07-01) 37440")},
		{"paid within the days of grace", schedule.File{Case: collected(), Payments: paid(4, 15, 5, 15, 6, 17)}, day(2026, 6, 13), day(2026, 6, 30), []string{
			"2026-06-17 15:00 payment-received P1 (received 2026-06-17 6-17) 37440",
		}},
		{"all but less than anybody is asked for", schedule.File{Case: collected(), Payments: append(paid(4, 15, 5, 15), payment(373_50, 6, 15))}, day(2026, 6, 16), day(2026, 7, 10), nil},
		{"part is paid after the alert", schedule.File{Case: collected(), Payments: append(paid(4, 15, 5, 15), payment(100_00, 6, 22))}, day(2026, 6, 13), day(2026, 6, 28), []string{
			"2026-06-18 10:00 payment-missed-paying P1 (missed 2026-06-15) 37440",
			"2026-06-18 10:00 payment-missed-receiving R1 (unpaid 2026-06-15) 29952",
			"2026-06-22 15:00 payment-received P1 (received 2026-06-22 6-22) 10000",
			"2026-06-23 10:00 part-payment P1 (short 2026-06-15) 37440",
			"2026-06-25 10:00 payment-still-missed P1 (unpaid 2026-06-15) 27440",
		}},
		{"paid directly: nothing is known to be missing", schedule.File{Case: direct}, day(2026, 6, 1), day(2026, 7, 10), []string{
			"2026-06-12 10:00 payment-due P1 (due 2026-06-15) 31200",
		}},
		{"a report of a direct payment, after the days of grace", schedule.File{Case: direct, Reports: []accounts.Report{report}}, day(2026, 6, 13), day(2026, 7, 10), []string{
			"2026-06-21 10:00 payment-missed-paying P1 (missed 2026-06-15 R1) 31200",
			"2026-06-28 10:00 payment-still-missed P1 (unpaid 2026-06-15 R1) 31200",
			"2026-07-05 09:00 payment-missed P1 (unpaid 2026-06-15 R1) 31200",
		}},
		{"a report within them", schedule.File{Case: direct, Reports: []accounts.Report{early}}, day(2026, 6, 13), day(2026, 6, 20), []string{
			"2026-06-18 10:00 payment-missed-paying P1 (missed 2026-06-15 R1) 31200",
		}},
		{"a report of a day on which nothing was due", schedule.File{Case: direct, Reports: []accounts.Report{{By: "R1", Due: day(2026, 6, 14), On: day(2026, 6, 20)}}}, day(2026, 6, 13), day(2026, 7, 10), nil},
		{"a review is told of twice, to both", schedule.File{Case: direct}, day(2027, 2, 1), day(2027, 3, 11), []string{
			"2027-02-05 10:00 annual-review P1 (review 2027-04-06)",
			"2027-02-05 10:00 annual-review R1 (review 2027-04-06)",
			"2027-02-12 10:00 payment-due P1 (due 2027-02-15) 31200",
			"2027-03-07 10:00 annual-review P1 (review 2027-04-06 (2))",
			"2027-03-07 10:00 annual-review R1 (review 2027-04-06 (2))",
		}},
		{"arrears are paid as agreed", schedule.File{Case: agreed, Payments: append(paid(4, 15), payment(474_40, 6, 15))}, day(2026, 6, 1), day(2026, 7, 1), []string{
			"2026-06-12 10:00 payment-due P1 (due 2026-06-15) 47440",
			"2026-06-15 15:00 payment-received P1 (received 2026-06-15 6-15) 47440",
		}},
		{"what was agreed does not come, and the rest does", schedule.File{Case: agreed, Payments: paid(4, 15, 6, 15)}, day(2026, 6, 13), day(2026, 6, 24), []string{
			"2026-06-15 15:00 payment-received P1 (received 2026-06-15 6-15) 37440",
			"2026-06-18 10:00 arrears-plan-broken P1 (broken 2026-06-15) 10000",
			"2026-06-18 10:00 payment-missed-receiving R1 (unpaid 2026-06-15) 8001",
		}},
		{"no plan", schedule.File{Case: nothing}, day(2026, 6, 1), day(2026, 6, 30), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, inDays(t, shipped(t, settings), test.file, test.from, test.to)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A payment pays the oldest debt first: what is said of it says so, when a later
// one is asked for all the same.
func TestAPaymentThatWasReceivedContradictsNoAlert(t *testing.T) {
	for _, test := range []struct {
		name     string
		payments []directory.Payment
		behind   bool
	}{
		{"for what is due", paid(4, 15, 5, 15, 6, 15), false},
		{"for what was due before", paid(4, 15, 6, 15), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			now := day(2026, 6, 15).Time()
			list, err := shipped(t, settings).Due(schedule.File{Case: collected(), Payments: test.payments}, now, now.AddDate(0, 0, 1))
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range list {
				if o.Notice != "payment-received" {
					continue
				}
				if got := o.Data["left"].In("en"); (got == "£374.40") != test.behind {
					t.Errorf("%s is said to be left", got)
				}
				return
			}
			t.Error("nothing is said of it")
		})
	}
}
