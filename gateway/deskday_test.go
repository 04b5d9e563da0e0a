package gateway_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A day at the desk: eight teams of fifty people, 5,000 work items and calls,
// on a Monday that is a bank holiday in Scotland. Browsers vanish, people fall
// ill, and for a while one of the two nodes is gone.
const (
	dayItems = 5000
	dayStep  = 5 * time.Second // so that no offer waits for more than that
)

var (
	dayBegins = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	dayEnds   = dayBegins.Add(6 * time.Hour)
)

// dayTeams are the teams, the last two of specialists, and how many work there.
var dayTeams = []struct {
	id, nation, ladder string
	staff              int
}{
	{"leeds-2", "england", "leeds-3 1h, birkenhead-1 2h", 11},
	{"leeds-3", "england", "leeds-2 1h", 10},
	{"birkenhead-1", "england", "leeds-3 1h", 8},
	{"cardiff-1", "wales", "leeds-2 1h", 7},
	{"belfast-1", "northern_ireland", "leeds-3 1h", 2},
	{"glasgow-1", "scotland", "leeds-2 1h", 4},
	{"hull-1", "england", "swansea-3 1h", 4},
	{"swansea-3", "wales", "hull-1 1h", 4},
}

func dayRoster() string {
	var teams, staff strings.Builder
	for i, team := range dayTeams {
		var rungs []string
		for rung := range strings.SplitSeq(team.ladder, ", ") {
			to, after, _ := strings.Cut(rung, " ")
			rungs = append(rungs, fmt.Sprintf("{team: %s, after: %s}", to, after))
		}
		fmt.Fprintf(&teams, "- {id: %s, name: Team, nation: %s, hours: \"08:00-18:00\", specialist: %v, overflow: [%s]}\n",
			team.id, team.nation, i >= 6, strings.Join(rungs, ", "))
		for n := range team.staff {
			role, skills := "caseworker", []string{}
			if n == 0 {
				role, skills = "team leader", append(skills, "complaints")
			}
			if n%3 == 1 || team.nation == "wales" && n%2 == 0 {
				skills = append(skills, "welsh")
			}
			if i >= 6 {
				skills = append(skills, "domestic abuse")
			}
			fmt.Fprintf(&staff, "- {id: %s.%d, name: Somebody, email: %s.%d@example.com, role: %s, teams: [%s], skills: [%s], capacity: 3}\n",
				team.id, n, team.id, n, role, team.id, strings.Join(skills, ", "))
		}
	}
	return "front: leeds-2\nteams:\n" + teams.String() + "staff:\n" + staff.String()
}

// dayCase is one of the cases, spread over the teams: some have a named
// caseworker, some parents ask for Welsh, some have a risk marker.
func dayCase(i int) directory.Case {
	c := family()
	team := dayTeams[i%6]
	c.Reference, c.Team = directory.CaseReference(fmt.Sprintf("3001%08d", i)), directory.TeamID(team.id)
	c.PayingParent.ID, c.PayingParent.Phone = directory.PersonID(fmt.Sprintf("P%d", i)), fmt.Sprintf("+4477009%05d", 2*i)
	r := &c.ReceivingParents[0]
	r.Reference, r.ID, r.Phone = directory.CaseReference(fmt.Sprintf("3002%08d", i)), directory.PersonID(fmt.Sprintf("R%d", i)), fmt.Sprintf("+4477009%05d", 2*i+1)
	if i%5 == 0 {
		named := fmt.Sprintf("%s.%d", team.id, i%team.staff)
		c.NamedCaseworker = &named
	}
	if i%11 == 0 {
		c.PayingParent.Language = "cy"
	}
	if i%17 == 0 {
		r.Risk = &directory.Risk{Kind: "domestic_abuse"}
	}
	return c
}

// dayKinds are what comes in, as often as it is named.
var dayKinds = slices.Concat(
	slices.Repeat([]gateway.WorkItemKind{gateway.CallWork}, 8), slices.Repeat([]gateway.WorkItemKind{gateway.ReportWork}, 6),
	slices.Repeat([]gateway.WorkItemKind{gateway.HandoffWork}, 6),
	[]gateway.WorkItemKind{gateway.MissedCallWork, gateway.VoicemailWork, gateway.ComplaintWork, gateway.DangerWork, gateway.UnknownSenderWork,
		gateway.BounceWork, gateway.UnansweredWork, gateway.CallbackWork, gateway.DeliveryWork, gateway.MPWork})

// A day is one run of it.
type day struct {
	*house
	random *rand.Rand
	nodes  []*gateway.Gateway
	staff  map[directory.StaffID]*worker
	since  map[directory.StaffID][]time.Time // when somebody could be offered something again
	mu     sync.Mutex
}

// A worker is somebody at their browser.
type worker struct {
	crashed time.Time // until when their browser is gone
	ill     bool
	signed  time.Time // when their browser last gave a sign
	decides time.Time // when they answer the offer that they have
	offered time.Time // when they got it
	offer   string
	version int // of it, once they take it
	doing   map[string]chore
}

// A chore is what somebody holds: until when they are at it, and what they saw.
type chore struct {
	until   time.Time
	version int
}

func newDay(t *testing.T) *day {
	d := &day{house: openHouse(t, schema.Copy(t)), random: rand.New(rand.NewPCG(7, 7)), staff: map[directory.StaffID]*worker{}, since: map[directory.StaffID][]time.Time{}}
	d.now = dayBegins.Add(-time.Hour)
	d.hire(dayRoster())
	second, err := gateway.New(d.config)
	if err != nil {
		t.Fatal(err)
	}
	d.nodes = []*gateway.Gateway{d.Gateway, second}
	var put sync.WaitGroup
	for i := range 300 {
		put.Go(func() {
			if err := d.store.PutCase(t.Context(), dayCase(i), d.clock()); err != nil {
				t.Error(err)
			}
		})
	}
	put.Wait()
	for _, team := range dayTeams {
		for n := range team.staff {
			if team.nation != "scotland" { // who has the day off
				d.staff[directory.StaffID(fmt.Sprintf("%s.%d", team.id, n))] = &worker{doing: map[string]chore{}}
			}
		}
	}
	for i := range 12 { // some know somebody
		if err := d.Acquainted(t.Context(), directory.StaffID(fmt.Sprintf("leeds-3.%d", i%8)), directory.PersonID(fmt.Sprintf("P%d", i*6+1))); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// arrive brings what comes in during a step.
func (d *day) arrive(from, to int) {
	var items []gateway.WorkItem
	for i := from; i < to; i++ {
		kind := dayKinds[d.random.IntN(len(dayKinds))]
		c := dayCase(d.random.IntN(300))
		w := gateway.WorkItem{ID: fmt.Sprintf("W%05d", i), Key: fmt.Sprint(i), Kind: kind, Case: c.Reference, Person: c.PayingParent.ID,
			Urgent: kind == gateway.DangerWork, Created: d.clock()}
		if kind == gateway.UnknownSenderWork {
			w.Case, w.Person = "", ""
		}
		items = append(items, w)
	}
	if err := d.store.AddWork(d.t.Context(), items...); err != nil {
		d.t.Fatal(err)
	}
}

// together runs something of everybody who is at their browser at once.
func (d *day) together(do func(directory.StaffID, *worker)) {
	var all sync.WaitGroup
	for id, w := range d.staff {
		if !w.ill && !d.now.Before(w.crashed) {
			all.Go(func() { do(id, w) })
		}
	}
	all.Wait()
}

// sign is what every browser says of itself.
func (d *day) sign() {
	d.together(func(id directory.StaffID, w *worker) {
		if err := d.Present(d.t.Context(), id, gateway.Available); err != nil {
			d.t.Error(err)
		}
		ranOut := w.offer != "" && d.now.After(w.offered.Add(gateway.OfferLife))
		if ranOut || d.now.After(w.signed.Add(gateway.PresenceLife)) { // they come, or come back
			w.offer = ""
			d.again(id)
		}
		w.signed = d.now
	})
}

// work has everybody answer their offers and end what they are done with.
func (d *day) work() {
	tasks, err := d.store.Tasks(d.t.Context(), gateway.TaskSearch{Teams: d.teams(), States: []gateway.WorkState{gateway.WorkOffered}})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, t := range tasks {
		if w := d.staff[t.Holder]; w != nil && w.offer != t.ID {
			w.offer, w.version, w.offered, w.decides = t.ID, t.Version+1, d.now, d.now.Add(time.Duration(1+d.random.IntN(9))*time.Second)
			if d.random.IntN(100) == 0 { // who has gone to make tea
				w.decides = d.now.Add(time.Hour)
			}
		}
	}
	lasts := map[directory.StaffID]time.Duration{}
	for id := range d.staff {
		lasts[id] = time.Duration(90+d.random.IntN(180)) * time.Second
	}
	d.together(func(id directory.StaffID, w *worker) { d.act(id, w, lasts[id]) })
}

func (d *day) act(id directory.StaffID, w *worker, lasts time.Duration) {
	ctx := d.t.Context()
	if w.offer != "" && !d.now.Before(w.decides) {
		if lasts%97 == 0 {
			_ = d.Return(ctx, id, w.offer, 0, "")
		} else if err := d.Accept(ctx, id, w.offer, 0); err == nil {
			w.doing[w.offer] = chore{d.now.Add(lasts), w.version}
		}
		w.offer = ""
		d.again(id)
	}
	for task, c := range w.doing {
		if d.now.Before(c.until) {
			continue
		}
		delete(w.doing, task)
		_ = d.Close(ctx, id, task, c.version, "done", "") // it may have gone to another while they were away
		d.again(id)
	}
}

// again writes down that somebody can be offered something from now on.
func (d *day) again(id directory.StaffID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.since[id] = append(d.since[id], d.now)
}

func (d *day) teams() (ids []directory.TeamID) {
	for _, team := range dayTeams {
		ids = append(ids, directory.TeamID(team.id))
	}
	return ids
}

// trouble is what goes wrong at a step.
func (d *day) trouble(step int) {
	ids := make([]directory.StaffID, 0, len(d.staff))
	for id := range d.staff {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b directory.StaffID) int { return cmp.Compare(a, b) })
	if step%100 == 50 { // a browser goes away, for five minutes
		w := d.staff[ids[d.random.IntN(len(ids))]]
		w.crashed = d.now.Add(5 * time.Minute)
	}
	if step%1200 == 600 { // somebody falls ill, and a colleague covers
		id := ids[d.random.IntN(len(ids))]
		team, _, _ := strings.Cut(string(id), ".")
		cover := directory.StaffID(team + ".1")
		if cover == id {
			cover = directory.StaffID(team + ".0")
		}
		d.staff[id].ill = true
		if err := d.Absent(d.t.Context(), id, id, dayEnds.Add(48*time.Hour), cover); err != nil {
			d.t.Error(err)
		}
	}
}

func TestADayAtTheDesk(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	d := newDay(t)
	steps, came := int(dayEnds.Sub(dayBegins)/dayStep), 0
	for step := range steps {
		d.house.mu.Lock()
		d.now = dayBegins.Add(time.Duration(step) * dayStep)
		d.house.mu.Unlock()
		if upTo := min(dayItems, dayItems*step/(steps*9/10)); upTo > came {
			d.arrive(came, upTo)
			came = upTo
		}
		d.trouble(step)
		if step%8 == 0 {
			d.sign()
		}
		node := d.nodes[step%2]
		if d.now.After(dayBegins.Add(2*time.Hour)) && d.now.Before(dayBegins.Add(3*time.Hour)) {
			node = d.nodes[0] // the other is gone
		}
		if err := node.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.work()
	}
	f := d.account()
	if worst := slices.Max(f.waits); worst > dayStep {
		t.Errorf("an offer came only after %v", worst)
	}
	if f.items != dayItems || f.placed != dayItems || f.events[gateway.TaskClimbed] == 0 || f.events[gateway.TaskReturned] == 0 {
		t.Errorf("the day was not as it should be: %+v", f.events)
	}
	t.Logf("%d items, %d of them done, %d with whom they belong; %d offers, %d let go by, %d up the ladder, %d taken back from who had gone or fallen ill; "+
		"an offer came after %v at most, half of them within %v; took %v",
		f.items, f.done, f.placed, f.events[gateway.TaskOffered], f.events[gateway.TaskPassed], f.events[gateway.TaskClimbed], f.events[gateway.TaskReturned],
		slices.Max(f.waits), f.waits[len(f.waits)/2], time.Since(begun).Round(time.Millisecond))
}
