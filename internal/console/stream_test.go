package console

import (
	"bufio"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A page's stream, line by line.
type heard struct {
	t     *testing.T
	lines chan string
	close func()
}

// listens opens the stream of a page as its script does.
func (t *tab) listens(test *testing.T, page string) *heard {
	test.Helper()
	got := t.get(page)
	found := regexp.MustCompile(`data-events="([^"]*)"`).FindStringSubmatch(got.body)
	if found == nil {
		test.Fatalf("%s has no stream: %d", page, got.status)
	}
	return t.listensTo(test, strings.ReplaceAll(found[1], "&amp;", "&"))
}

func (t *tab) listensTo(test *testing.T, address string) *heard {
	test.Helper()
	response, err := t.client.Get(t.house.url + address)
	if err != nil {
		test.Fatal(err)
	}
	h := &heard{test, make(chan string, 100), func() { _ = response.Body.Close() }}
	test.Cleanup(h.close)
	if response.StatusCode != http.StatusOK {
		close(h.lines)
		return h
	}
	go func() {
		defer close(h.lines)
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if line := lines.Text(); line != "" {
				h.lines <- line
			}
		}
	}()
	return h
}

// hears waits for lines, in this order, and returns at the last.
func (h *heard) hears(want ...string) {
	h.t.Helper()
	for _, one := range want {
		select {
		case got, ok := <-h.lines:
			if !ok || got != one {
				h.t.Fatalf("heard %q (%t), want %q", got, ok, one)
			}
		case <-time.After(10 * time.Second):
			h.t.Fatalf("never heard %q", one)
		}
	}
}

// ends waits until the stream has ended.
func (h *heard) ends() {
	h.t.Helper()
	select {
	case got, ok := <-h.lines:
		if ok {
			h.t.Errorf("heard %q", got)
		}
	case <-time.After(10 * time.Second):
		h.t.Error("it did not end")
	}
}

const noCounts = `data: {"mine":0,"offered":0,"to-do":0,"waiting":1,"urgent":0,"late":0}`

func TestEvents(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	amara := h.signIn(t, "amara")
	page := amara.listens(t, "/console/tasks/T1")
	page.hears("retry: 3000", "event: counts", noCounts)
	if got := h.work.presence("amara"); got != gateway.Available {
		t.Errorf("with a page open presence is %q", got)
	}
	// What other teams do, and other tasks, it does not hear of.
	h.work.tell(gateway.Change{Task: "T9", Team: "hull-1", Case: "300099999999"})
	if err := h.work.Accept(t.Context(), "amara", "T1", 1); err != nil {
		t.Fatal(err)
	}
	page.hears("event: counts", `data: {"mine":1,"offered":0,"to-do":1,"waiting":0,"urgent":0,"late":0}`,
		"event: news", `data: ["work","task:T1"]`)
	// What was lost on the way is everything.
	h.work.tell(gateway.Change{Lost: true})
	page.hears("event: news", `data: ["work","task:T1"]`)

	h.Close()
	page.ends()
}

// A stream's address is of use to the page that was shown alone.
func TestEventsOfWhatWasNotShown(t *testing.T) {
	h := newHouse(t)
	amara, noor := h.signIn(t, "amara"), h.signIn(t, "noor")
	r := &request{token: amara.token}
	r.watch("case", "300012345678")
	mine := r.eventsAddress()
	amara.listensTo(t, mine).hears("retry: 3000")
	noor.listensTo(t, mine).ends()
	amara.listensTo(t, strings.Replace(mine, "300012345678", "300099999999", 1)).ends()
	h.newTab(t).listensTo(t, mine).ends()
}

// Whoever opens many pages has the oldest rest.
func TestEventsOfManyPages(t *testing.T) {
	h := newHouse(t)
	amara := h.signIn(t, "amara")
	var pages []*heard
	for range perStaff + 1 {
		page := amara.listens(t, "/console/instructions-of-nothing")
		page.hears("retry: 3000", "event: counts")
		pages = append(pages, page)
	}
	first := pages[0]
	<-first.lines // its counts
	first.hears("event: rest", "data: null")
	first.ends()
}

// As long as a page is open there are signs of presence, unless somebody has
// said that they are away; and once the session has ended the page is told.
func TestEventsEndWithTheSession(t *testing.T) {
	h := newHouse(t)
	h.streams.beat = 5 * time.Millisecond
	amara, ola := h.signIn(t, "amara"), h.signIn(t, "ola")
	page := amara.listens(t, "/console/work")
	page.hears("retry: 3000", "event: counts")
	<-page.lines // the counts
	ola.listens(t, "/console/instructions-of-nothing").hears("retry: 3000", ": still here")
	page.hears(": still here", ": still here")
	if got := amara.post("/console/presence", "presence", "busy"); got.status != http.StatusSeeOther {
		t.Fatalf("%d", got.status)
	}
	page.hears(": still here", ": still here", ": still here")
	if got := h.work.presence("amara"); got != gateway.Busy {
		t.Errorf("presence is %q", got)
	}
	amara.post("/console/presence", "presence", "away")
	amara.post("/console/sign-out")
	for line := range page.lines {
		if line == "event: signed-out" {
			page.hears("data: null")
			page.ends()
		}
	}
	if amara, ola := h.work.presence("amara"), h.work.presence("ola"); amara != gateway.Away || ola != "" {
		t.Errorf("presence is %q, and an auditor's %q", amara, ola)
	}
}

// The oldest of somebody's streams rests; those of others go on; all end when
// the node does, also ones that come too late.
func TestStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreams()
		others, _ := s.enter("noor")
		var mine []<-chan bool
		var left []func()
		for range perStaff + 1 {
			rest, leave := s.enter("amara")
			mine, left = append(mine, rest), append(left, leave)
		}
		if only := <-mine[0]; !only {
			t.Error("the oldest was told to end rather than to rest")
		}
		left[0]()
		left[1]()
		s.enter("amara") // there is room again
		select {
		case <-mine[2]:
			t.Error("one rests although there is room")
		case <-others:
			t.Error("another's rests")
		default:
		}
		s.close()
		for name, one := range map[directory.StaffID]<-chan bool{"amara": mine[2], "noor": others} {
			if only, ok := <-one; only || ok {
				t.Errorf("%s's goes on", name)
			}
		}
		late, _ := s.enter("noor")
		if _, ok := <-late; ok {
			t.Error("one that came late goes on")
		}
	})
}
