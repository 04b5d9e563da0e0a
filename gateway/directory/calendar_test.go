package directory_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway/directory"
)

// The bank holidays that gov.uk/bank-holidays lists for England and Wales, for
// Scotland and for Northern Ireland.
var listed = map[directory.Nation]map[int]string{
	directory.England: {
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
		2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
	},
	directory.Scotland: {
		2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
		2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
		2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
		2028: "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
	},
	directory.NorthernIreland: {
		2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
		2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
		2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
		2028: "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
	},
}

func TestBankHolidaysAreThoseThatGovUKLists(t *testing.T) {
	nations := map[directory.Nation]directory.Nation{ // whose list each follows
		directory.England: directory.England, directory.Wales: directory.England,
		directory.Scotland: directory.Scotland, directory.NorthernIreland: directory.NorthernIreland,
	}
	for nation, list := range nations {
		for year, want := range listed[list] {
			if got := holidays(nation, year); !slices.Equal(got, strings.Fields(want)) {
				t.Errorf("%s %d:\n got %v\nwant %v", nation, year, got, want)
			}
		}
	}
}

// holidays asks of every day of a year, at its last moment.
func holidays(nation directory.Nation, year int) []string {
	var found []string
	for day := time.Date(year, 1, 1, 23, 59, 59, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		if directory.BankHoliday(nation, day) {
			found = append(found, day.Format("01-02"))
		}
	}
	return found
}

func TestBankHolidayIsOfTheCivilDate(t *testing.T) {
	// 00:30 on Christmas Day in Leeds is Christmas Eve in New York.
	leeds := time.Date(2026, 12, 25, 0, 30, 0, 0, london(t))
	newYork := leeds.In(time.FixedZone("EST", -5*60*60))
	if !directory.BankHoliday(directory.England, leeds) || directory.BankHoliday(directory.England, newYork) {
		t.Error("the date is to be read in the time's own location")
	}
}

func TestWhenNewYearFallsOnASundayScotlandHasTheTuesdayToo(t *testing.T) {
	if got := holidays(directory.Scotland, 2023)[:2]; !slices.Equal(got, []string{"01-02", "01-03"}) {
		t.Errorf("got %v, want 2 and 3 January", got)
	}
}

func london(t testing.TB) *time.Location {
	t.Helper()
	location, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return location
}
