package gateway

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway/directory"
	"parley/templates"
)

// anyRoster draws teams of all sorts, of which some are of specialists.
func anyRoster(t *rapid.T) *directory.Roster {
	var teams, staff strings.Builder
	count := rapid.IntRange(3, 8).Draw(t, "teams")
	name := func(i int) string { return fmt.Sprintf("team-%d", i) }
	specialist := func(i int) bool { return i >= count-2 } // the last two; the first is the front
	for i := range count {
		nation := rapid.SampledFrom([]string{"england", "wales", "scotland", "northern_ireland"}).Draw(t, "nation")
		hours := rapid.SampledFrom([]string{"", `, hours: "08:00-18:00"`, `, hours: "10:00-16:00"`}).Draw(t, "hours")
		var rungs []string
		for _, j := range rapid.SliceOfNDistinct(rapid.IntRange(0, count-1), 0, 3, rapid.ID).Draw(t, "ladder") {
			if j != i && (specialist(j) || !specialist(i)) {
				rungs = append(rungs, fmt.Sprintf("{team: %s, after: %dh}", name(j), rapid.IntRange(1, 9).Draw(t, "after")))
			}
		}
		fmt.Fprintf(&teams, "- {id: %s, name: T, nation: %s%s, specialist: %v, overflow: [%s]}\n", name(i), nation, hours, specialist(i), strings.Join(rungs, ", "))
		for j := range rapid.IntRange(1, 4).Draw(t, "members") {
			skills := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"welsh", "complaints"}), rapid.ID).Draw(t, "skills")
			if specialist(i) {
				skills = append(skills, "domestic abuse")
			}
			fmt.Fprintf(&staff, "- {id: s-%d-%d, name: S, email: s-%d-%d@example.com, role: caseworker, teams: [%s], skills: [%s], capacity: %d}\n",
				i, j, i, j, name(i), strings.Join(skills, ", "), rapid.IntRange(1, 5).Draw(t, "capacity"))
		}
	}
	r, err := directory.ReadRoster([]byte("front: team-0\nteams:\n" + teams.String() + "staff:\n" + staff.String()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func anyStaff(t *rapid.T, r *directory.Roster, label string) directory.StaffID {
	return rapid.SampledFrom(r.Everybody()).Draw(t, label).ID
}

func anyMatter(t *rapid.T, r *directory.Roster) Matter {
	m := Matter{
		Team:      directory.TeamID(rapid.SampledFrom([]string{"", "gone-1", "team-0", "team-1", "team-2"}).Draw(t, "team")),
		Protected: rapid.Bool().Draw(t, "protected"),
		Language:  rapid.SampledFrom([]templates.Language{"", templates.English, templates.Welsh}).Draw(t, "language"),
	}
	if rapid.Bool().Draw(t, "has a named caseworker") {
		m.Named = anyStaff(t, r, "named")
	}
	for range rapid.IntRange(0, 3).Draw(t, "how many know somebody") {
		m.Barred = append(m.Barred, anyStaff(t, r, "knows somebody"))
	}
	return m
}

// anyRouter draws who is there and who is absent.
func anyRouter(t *rapid.T) *router {
	targets, err := readTargets(shippedTargets)
	if err != nil {
		t.Fatal(err)
	}
	r := &router{roster: anyRoster(t), targets: targets, absent: map[directory.StaffID]Absence{},
		now: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 7*24*60).Draw(t, "minutes")) * time.Minute)}
	for range rapid.IntRange(0, 4).Draw(t, "absences") {
		a := Absence{Until: r.now.Add(time.Duration(rapid.IntRange(-5, 50).Draw(t, "for")) * time.Hour)}
		if rapid.Bool().Draw(t, "is covered") {
			a.Cover = anyStaff(t, r.roster, "cover")
		}
		r.absent[anyStaff(t, r.roster, "absent")] = a
	}
	return r
}

// TestAWorkItemAlwaysHasAnOwner lives the lives of random work items, in which
// people come and go, cases change and time passes, and sees that each is at
// every moment with a team that there is, and with nobody who may not have it.
func TestAWorkItemAlwaysHasAnOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRouter(t)
		m := anyMatter(t, r.roster)
		task := Task{WorkItem: WorkItem{ID: "W", Kind: rapid.SampledFrom(WorkItemKinds()).Draw(t, "kind"), Created: r.now}, State: WorkWaiting}
		there := map[directory.StaffID]bool{}
		gone := func(id directory.StaffID) bool { return !there[id] }
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			settleDown(t, r, &task, m, gone)
			checkPlace(t, r, &task, m)
			if task.State == WorkWaiting && rapid.Bool().Draw(t, "is offered or taken") {
				s := anyStaff(t, r.roster, "by")
				if r.maySee(s, m, r.targets.of(&task.WorkItem)) {
					task.State = rapid.SampledFrom([]WorkState{WorkOffered, WorkHeld}).Draw(t, "state")
					task.Holder, task.For, task.Since = s, "", r.now
				}
			}
			s := anyStaff(t, r.roster, "who comes or goes")
			there[s] = !there[s]
			if rapid.IntRange(0, 5).Draw(t, "the case changes") == 0 {
				m = anyMatter(t, r.roster)
			}
			r.now = r.now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "minutes later")) * time.Minute)
		}
	})
}

// settleDown looks at a work item until there is nothing more to do, and sees
// that this comes to an end, and that it is not looked at again too late.
func settleDown(t *rapid.T, r *router, task *Task, m Matter, gone func(directory.StaffID) bool) {
	for range 20 {
		after, note := r.look(*task, m, gone)
		if after.Acts.IsZero() {
			t.Fatalf("it is never looked at again: %+v", after)
		}
		*task = after
		if note.What == "" && after.Acts.After(r.now) {
			return
		}
	}
	t.Fatalf("it does not come to rest: %+v", *task)
}

func checkPlace(t *rapid.T, r *router, task *Task, m Matter) {
	target := r.targets.of(&task.WorkItem)
	closed := target.Specialist || m.Protected
	team := r.roster.Team(task.Team)
	switch {
	case team == nil || r.roster.Team(task.Owner) == nil:
		t.Fatalf("it is in no team: %+v", *task)
	case closed && !team.Specialist && task.State != WorkHeld:
		t.Fatalf("what is protected is in %s", task.Team)
	case task.Due.IsZero() || task.Answer.IsZero():
		t.Fatal("it has no clock")
	case task.Holder != "" && !r.maySee(task.Holder, m, target):
		t.Fatalf("%s has it and may not", task.Holder)
	case task.For != "" && !r.maySee(task.For, m, target):
		t.Fatalf("it is kept for %s, who may not have it", task.For)
	case task.For != "" && r.away(task.For):
		t.Fatalf("it is kept for %s, who is absent", task.For)
	case task.For != "" && task.Until.IsZero():
		t.Fatalf("it is kept for %s for ever", task.For)
	}
	if task.State != WorkWaiting || task.For != "" || len(task.Needs) == 0 {
		return
	}
	if !slices.ContainsFunc(r.roster.Members(task.Team), func(s *directory.Staff) bool { return r.suits(s, task.Needs, m) }) {
		t.Fatalf("nobody in %s can do what needs %v", task.Team, task.Needs)
	}
}

func TestOffersAreToWhoIsFreeAndTheMostUrgent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roster := anyRoster(t)
		var people []free
		for i := range roster.Everybody() {
			if rapid.Bool().Draw(t, "is free") {
				people = append(people, free{&roster.Everybody()[i], rapid.IntRange(0, 3).Draw(t, "held")})
			}
		}
		var waiting []Task
		for i := range rapid.IntRange(0, 20).Draw(t, "tasks") {
			task := Task{WorkItem: WorkItem{ID: fmt.Sprint(i), Team: rapid.SampledFrom(roster.Teams()).Draw(t, "team").ID},
				State: WorkWaiting, Priority: rapid.IntRange(0, 3).Draw(t, "priority")}
			if rapid.Bool().Draw(t, "needs Welsh") {
				task.Needs = []directory.Skill{directory.SpeaksWelsh}
			}
			if rapid.IntRange(0, 4).Draw(t, "is kept") == 0 {
				task.For = anyStaff(t, roster, "for")
			}
			waiting = append(waiting, task)
		}
		knows := anyStaff(t, roster, "knows everybody")
		barred := func(id directory.StaffID, _ *Task) bool { return id == knows }

		offers := match(people, slices.Clone(waiting), barred)
		given, busy := map[string]bool{}, map[directory.StaffID]bool{}
		for _, o := range offers {
			if given[o.task.ID] || busy[o.staff] || o.staff == knows || !serves(roster.Staff(o.staff), &o.task) {
				t.Fatalf("%s is offered %+v", o.staff, o.task)
			}
			given[o.task.ID], busy[o.staff] = true, true
		}
		for _, task := range waiting {
			for _, p := range people {
				if !given[task.ID] && p.ID != knows && serves(p.Staff, &task) && !busy[p.ID] {
					t.Fatalf("%s is free, and %+v waits", p.ID, task)
				}
			}
			for _, o := range offers { // nobody gets what is less urgent than what is left for them
				if !given[task.ID] && serves(roster.Staff(o.staff), &task) && task.Priority < o.task.Priority {
					t.Fatalf("%s is offered %+v, and %+v waits", o.staff, o.task, task)
				}
			}
		}
	})
}

func TestLinesAreServedByThoseWhoCan(t *testing.T) {
	s := &directory.Staff{ID: "efa", Teams: []directory.TeamID{"t-1", "t-2"}, Skills: []directory.Skill{"welsh", "complaints"}}
	want := []string{"@efa", "t-1", "t-1+complaints", "t-1+complaints+welsh", "t-1+welsh", "t-2", "t-2+complaints", "t-2+complaints+welsh", "t-2+welsh"}
	lines := linesOf(s)
	slices.Sort(lines)
	if !slices.Equal(lines, want) {
		t.Errorf("Efa serves %v, want %v", lines, want)
	}
}
