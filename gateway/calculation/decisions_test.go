package calculation

import "testing"

func TestWhenAChangeCounts(t *testing.T) {
	dates := ChangeDates{Happened: day("2026-03-01"), Notified: day("2026-03-20"), Notice: day("2026-04-02")}
	early := ChangeDates{Happened: day("2026-05-01"), Notified: day("2026-03-20")}
	tests := []struct {
		what   Happening
		dates  ChangeDates
		source string
		want   string
	}{
		{ChildStopsQualifying, dates, "CR 18: date of change", "2026-03-01"},
		{OtherChildStops, dates, "CR 18: date of change", "2026-03-01"},
		{ArrangementChildStops, dates, "CR 18: date of change", "2026-03-01"},
		{ReceivingParentStops, dates, "CR 18: date of change", "2026-03-01"},
		{LeavesUnitedKingdom, dates, "CR 18: date of change", "2026-03-01"},
		{BenefitStarts, dates, "CR 18: date of change", "2026-03-01"},
		{BenefitStops, dates, "CR 18: date of change", "2026-03-01"},
		{ReportableIncomeRise, dates, "CR 18: date of change", "2026-03-01"},
		{NewQualifyingChild, dates, "CR 12: as a first calculation", "2026-04-02"},
		{AnyOtherChange, dates, "CR 18(6): date notified", "2026-03-20"},
		{AnyOtherChange, early, "CR 18: expected change", "2026-05-01"},
		{ChildStopsQualifying, early, "CR 18: expected change", "2026-05-01"},
	}
	for _, test := range tests {
		if got := test.what.EffectiveDate(test.dates).String(); got != test.want {
			t.Errorf("%s (%s): got %s, want %s", test.what, test.source, got, test.want)
		}
	}
}

func TestFirstEffectiveDate(t *testing.T) {
	given := day("2026-02-27")
	for by, want := range map[NoticeBy]string{ByPost: "2026-03-01", ByElectronicMeans: "2026-02-28", ByTelephone: "2026-02-27"} {
		if got := EarliestEffectiveDate(given, by).String(); got != want {
			t.Errorf("by %s: got %s, want %s", by, got, want)
		}
	}
}

func TestNextReview(t *testing.T) {
	tests := []struct{ initial, after, want string }{
		{"2025-04-06", "2025-04-06", "2026-04-06"},
		{"2025-04-06", "2026-04-05", "2026-04-06"},
		{"2025-04-06", "2026-04-06", "2027-04-06"},
		{"2019-12-30", "2026-11-22", "2026-12-30"},
		{"2024-02-29", "2024-03-01", "2025-02-28"},
		{"2024-02-29", "2027-03-01", "2028-02-29"},
		{"2026-04-06", "2025-01-01", "2027-04-06"},
	}
	for _, test := range tests {
		if got := NextReview(day(test.initial), day(test.after)).String(); got != test.want {
			t.Errorf("from %s, after %s: got %s, want %s", test.initial, test.after, got, test.want)
		}
	}
}

func TestReconsideration(t *testing.T) {
	notified := day("2026-01-15")
	tests := []struct {
		asked string
		want  Reconsideration
	}{
		{"2026-01-15", Reconsideration{By: day("2026-02-14")}},
		{"2026-02-14", Reconsideration{By: day("2026-02-14")}},
		{"2026-02-15", Reconsideration{By: day("2026-02-14"), Late: true, Days: 1}},
		{"2026-03-14", Reconsideration{By: day("2026-02-14"), Late: true, Days: 28}},
	}
	for _, test := range tests {
		if got := ReconsiderationAsked(notified, day(test.asked)); got != test.want {
			t.Errorf("asked on %s: got %+v, want %+v", test.asked, got, test.want)
		}
	}
	for reported, want := range map[string]bool{"2026-01-14": false, "2026-01-15": true, "2026-02-16": true, "2026-02-17": false} {
		if got := CountsAsReconsideration(notified, day(reported)); got != want {
			t.Errorf("a linked change reported on %s: got %t", reported, got)
		}
	}
	if got := AppealBy(day("2026-01-31")).String(); got != "2026-02-28" {
		t.Errorf("appeal by %s", got)
	}
}
