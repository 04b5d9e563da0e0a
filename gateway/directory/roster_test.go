package directory_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/gateway/directory"
)

// office is two teams that work by day, specialists and a team of all hours.
const office = `
front: leeds-2
teams:
- {id: leeds-2, name: Leeds 2, nation: england, hours: "09:00-17:00", overflow: [{team: glasgow-1, after: 4h}]}
- {id: glasgow-1, name: Glasgow 1, nation: scotland, hours: "09:00-17:00"}
- {id: hull-1, name: Hull 1, nation: england, hours: "08:00-20:00", specialist: true}
- {id: night-1, name: Night 1, nation: england}
staff:
- {id: amara, name: Amara, email: Amara@example.com, role: caseworker, teams: [leeds-2], capacity: 5}
- {id: isla, name: Isla, email: isla@example.com, role: team leader, teams: [glasgow-1, night-1], skills: [welsh], capacity: 5}
- {id: noor, name: Noor, email: noor@example.com, role: specialist, teams: [hull-1], skills: [domestic abuse], capacity: 5}
- {id: ola, name: Ola, email: ola@example.com, role: auditor}
`

func readOffice(t *testing.T) *directory.Roster {
	t.Helper()
	r, err := directory.ReadRoster([]byte(office))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhoIsWho(t *testing.T) {
	r := readOffice(t)
	if s := r.ByEmail("amara@EXAMPLE.com"); s == nil || s.ID != "amara" {
		t.Errorf("amara@EXAMPLE.com signs in %v", s)
	}
	if s := r.ByEmail(""); s != nil {
		t.Errorf("nobody's address is of %v", s)
	}
	for team, want := range map[directory.TeamID]directory.TeamID{"hull-1": "hull-1", "leeds-2": "hull-1", "glasgow-1": "hull-1", "gone-1": "hull-1"} {
		if got := r.Specialists(team); got.ID != want {
			t.Errorf("the specialists of %s are %s, want %s", team, got.ID, want)
		}
	}
	if got := r.Answerable("gone-1"); got.ID != "leeds-2" {
		t.Errorf("a case of a team that is not there is answered for by %s", got.ID)
	}
	if got := r.Members("glasgow-1"); len(got) != 1 || !got[0].Leads("glasgow-1") || got[0].Leads("leeds-2") {
		t.Errorf("the members of glasgow-1 are %v", got)
	}
	var nobody *directory.Roster
	if nobody.Staff("amara") != nil || nobody.Team("leeds-2") != nil || nobody.Everybody() != nil {
		t.Error("somebody works in no roster")
	}
}

func TestRostersThatAreRefused(t *testing.T) {
	for _, c := range []struct{ change, to, says string }{
		{"front: leeds-2", "front: hull-1", `front "hull-1" is a team of specialists`},
		{"front: leeds-2", "front: york-1", `front "york-1" is no team`},
		{"team: glasgow-1, after: 4h", "team: glasgow-1, after: 0s", `gives no time before "glasgow-1"`},
		{"team: glasgow-1, after: 4h", "team: york-1, after: 4h", `overflows into "york-1", which is no team`},
		{"team: glasgow-1, after: 4h", "team: leeds-2, after: 4h", `has "leeds-2" twice on its ladder`},
		{"specialist: true", "specialist: true, overflow: [{team: leeds-2, after: 1h}]", `is of specialists, and "leeds-2" is not`},
		{", specialist: true", "", "has no team of specialists behind it"},
		{"nation: scotland", "nation: scotia", "is in no nation that we know"},
		{`"08:00-20:00"`, `"20:00-08:00"`, "has hours over midnight"},
		{"skills: [domestic abuse]", "skills: []", `is in "hull-1" without the skill "domestic abuse"`},
		{"skills: [welsh]", "skills: [juggling]", `has the skill "juggling", which is none`},
		{"email: isla@example.com", "email: AMARA@example.com", "signs in as somebody else"},
		{"role: auditor", "role: king", `has the role "king", which is none`},
		{"teams: [leeds-2], capacity: 5", "teams: [leeds-2]", "has no capacity"},
		{"{id: ola", "{id: noor", `staff "noor" is there twice`},
		{"teams: [glasgow-1, night-1]", "teams: [glasgow-1]", `team "night-1" has nobody who takes work`},
		{"role: auditor", "rolle: auditor", "unknown field"},
		{"skills: [welsh]", "skills: !any [welsh]", "a value has no tag"},
	} {
		changed := strings.Replace(office, c.change, c.to, 1)
		if changed == office {
			t.Fatalf("there is no %q to change", c.change)
		}
		if _, err := directory.ReadRoster([]byte(changed)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q as %q: got %v, want %q", c.change, c.to, err, c.says)
		}
	}
}

func TestWorkingTime(t *testing.T) {
	r := readOffice(t)
	at := func(text string) time.Time {
		london, err := time.LoadLocation("Europe/London")
		if err != nil {
			t.Fatal(err)
		}
		moment, err := time.ParseInLocation("Mon 2006-01-02 15:04", text, london)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		team       directory.TeamID
		from       string
		work, want string
	}{
		{"leeds-2", "Mon 2026-11-23 10:00", "4h", "Mon 2026-11-23 14:00"},
		{"leeds-2", "Mon 2026-11-23 10:00", "7h", "Mon 2026-11-23 17:00"},
		{"leeds-2", "Mon 2026-11-23 16:00", "4h", "Tue 2026-11-24 12:00"},
		{"leeds-2", "Fri 2026-11-27 16:59", "2m", "Mon 2026-11-30 09:01"},
		{"glasgow-1", "Fri 2026-11-27 16:59", "2m", "Tue 2026-12-01 09:01"}, // St Andrew's Day
		{"leeds-2", "Sat 2026-11-28 12:00", "1h", "Mon 2026-11-30 10:00"},
		{"leeds-2", "Thu 2026-12-24 16:30", "1h", "Tue 2026-12-29 09:30"}, // Boxing Day's substitute
		{"leeds-2", "Fri 2026-10-23 16:00", "2h", "Mon 2026-10-26 10:00"}, // the clocks go back between
		{"night-1", "Sat 2026-11-28 23:30", "1h", "Sun 2026-11-29 00:30"},
		{"night-1", "Sun 2026-03-29 00:30", "2h", "Sun 2026-03-29 03:30"}, // the clocks go forward
		{"leeds-2", "Mon 2026-11-23 10:00", "0s", "Mon 2026-11-23 10:00"},
		{"leeds-2", "Mon 2026-11-23 17:00", "0s", "Tue 2026-11-24 09:00"},
	} {
		work, err := time.ParseDuration(c.work)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.After(r.Team(c.team), at(c.from), work); !got.Equal(at(c.want)) {
			t.Errorf("%s of %s from %s: %s, want %s", c.work, c.team, c.from, got, c.want)
		}
	}
	for _, c := range []struct {
		team directory.TeamID
		from string
		days int
		want string
	}{
		{"leeds-2", "Mon 2026-11-23 10:00", 15, "Mon 2026-12-14 17:00"},
		{"leeds-2", "Fri 2026-11-27 18:00", 1, "Mon 2026-11-30 17:00"},
		{"glasgow-1", "Fri 2026-11-27 18:00", 1, "Tue 2026-12-01 17:00"},
		{"leeds-2", "Sat 2026-11-28 10:00", 0, "Mon 2026-11-30 17:00"},
		{"leeds-2", "Sat 2026-11-28 10:00", 1, "Mon 2026-11-30 17:00"},
	} {
		if got := r.Days(r.Team(c.team), at(c.from), c.days); !got.Equal(at(c.want)) {
			t.Errorf("%d working days of %s from %s: %s, want %s", c.days, c.team, c.from, got, c.want)
		}
	}
	for _, c := range []struct {
		team  directory.TeamID
		at    string
		works bool
	}{
		{"leeds-2", "Mon 2026-11-23 09:00", true}, {"leeds-2", "Mon 2026-11-23 17:00", false}, {"leeds-2", "Sun 2026-11-22 12:00", false},
		{"leeds-2", "Mon 2026-11-30 12:00", true}, {"glasgow-1", "Mon 2026-11-30 12:00", false}, {"night-1", "Fri 2026-12-25 12:00", true},
	} {
		if got := r.Works(r.Team(c.team), at(c.at)); got != c.works {
			t.Errorf("%s works at %s: %v", c.team, c.at, got)
		}
	}
}

func ExampleRoster() {
	roster, err := directory.ReadRoster([]byte(office))
	if err != nil {
		fmt.Println(err)
		return
	}
	leeds := roster.Team("leeds-2")
	friday := time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)
	fmt.Println("Two hours on:", roster.After(leeds, friday, 2*time.Hour).Format("Monday 15:04"))
	fmt.Println("Specialists:", roster.Specialists(leeds.ID).Name)
	// Output:
	// Two hours on: Monday 10:00
	// Specialists: Hull 1
}
