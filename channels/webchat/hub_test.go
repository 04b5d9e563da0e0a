package webchat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestAMessageIsAnsweredOnEveryTab(t *testing.T) {
	l := newVisitLog("V1", "V2")
	c := node(l)
	l.pump = c
	first, second, stranger := browser(t, c, l, "V1", 0), browser(t, c, l, "V1", 0), browser(t, c, l, "V2", 0)
	first.say(t, `{"type":"message","id":"m1","text":"hello"}`)
	want := []string{"hello", "answer to hello"}
	for name, w := range map[string]*wireless{"the tab that wrote": first, "another tab": second} {
		if diff := cmp.Diff(want, w.reads(t, 2)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	stranger.quiet(t)
}

func TestAMessageIsAcknowledgedOnceItIsStored(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	w := browser(t, c, l, "V1", 0)
	say := func(frame string) []any {
		w.say(t, frame)
		for {
			switch f := w.next(t); f["type"] {
			case "ack":
				w.next(t) // typing
				return []any{"ack", f["id"], f["sequence"]}
			case "nack":
				return []any{"nack", f["id"], f["reason"]}
			}
		}
	}
	long, err := json.Marshal(map[string]string{"type": "message", "id": "m3", "text": strings.Repeat("a", longest+1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name, frame string
		away        bool
		want        []any
	}{
		{"taken", `{"type":"message","id":"m1","text":"hello"}`, false, []any{"ack", "m1", 1.0}},
		{"again", `{"type":"message","id":"m1","text":"hello"}`, false, []any{"ack", "m1", 1.0}},
		{"the store is away", `{"type":"message","id":"m2","text":"£410"}`, true, []any{"nack", "m2", "failed"}},
		{"and is back", `{"type":"message","id":"m2","text":"£410"}`, false, []any{"ack", "m2", 2.0}},
		{"too long", string(long), false, []any{"nack", "m3", "long"}},
		{"empty", `{"type":"message","id":"m4","text":" \n"}`, false, []any{"nack", "m4", "bad"}},
		{"without an id", `{"type":"message","text":"hello"}`, false, []any{"nack", "", "bad"}},
		{"an id that is not one", `{"type":"message","id":"../m","text":"hello"}`, false, []any{"nack", "../m", "bad"}},
	} {
		l.change(func() {
			if l.fail = nil; step.away {
				l.fail = errors.New("away")
			}
		})
		if diff := cmp.Diff(step.want, say(step.frame)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	if diff := cmp.Diff([]string{"hello", "£410"}, l.texts("V1")); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if len(l.taken) != 2 {
		t.Errorf("%d messages were taken, want 2", len(l.taken))
	}
}

func TestABrowserResumesWhereItWas(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	for _, text := range []string{"one", "two", "three"} {
		l.say(t, c, "V1", text)
	}
	for _, resume := range []struct {
		name, hello string
		after       float64
		want        []string
	}{
		{"from the beginning", `{"type":"hello"}`, 0, []string{"one", "two", "three"}},
		{"from the second", `{"type":"hello","epoch":"V1","after":2}`, 2, []string{"three"}},
		{"from another visit", `{"type":"hello","epoch":"V0","after":2}`, 0, []string{"one", "two", "three"}},
		{"with fields of a later protocol", `{"type":"hello","epoch":"V1","after":2,"colour":"blue"}`, 2, []string{"three"}},
	} {
		w := newWireless()
		v, _ := l.VisitByID(t.Context(), "V1")
		go c.listen(&tab{to: l, visit: v, line: w, limits: c.hub.limits})
		w.say(t, resume.hello)
		if f := w.next(t); f["type"] != "welcome" || f["after"] != resume.after {
			t.Errorf("%s: welcomed with %v", resume.name, f)
		}
		f := w.next(t)
		if f["after"] != resume.after {
			t.Errorf("%s: entries after %v, want %v", resume.name, f["after"], resume.after)
		}
		w.out <- f
		if diff := cmp.Diff(resume.want, w.reads(t, len(resume.want))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", resume.name, diff)
		}
		w.drop()
	}
}

// TestOrderHoldsWhateverTheRace: entries arrive in sequence order, each once,
// however showing them and reading the log interleave.
func TestOrderHoldsWhateverTheRace(t *testing.T) {
	const entries, tabs = 200, 5
	l := newVisitLog("V1")
	c := node(l)
	var want []string
	for i := range entries {
		want = append(want, fmt.Sprint("entry ", i))
	}
	var running sync.WaitGroup
	running.Go(func() {
		for i, text := range want {
			e, err := l.Show(context.Background(), "V1", gateway.Entry{Message: gateway.MessageID(fmt.Sprint(i)), ByUs: true, Text: text})
			if err != nil {
				t.Error(err)
			}
			switch i % 3 {
			case 0:
				c.hub.shown(context.Background(), "V1", e)
			case 1: // word of it comes late, or never
				running.Go(func() { c.hub.shown(context.Background(), "V1", e) })
			}
			if i%20 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		e, _ := l.Shown(context.Background(), "V1", entries-1)
		c.hub.shown(context.Background(), "V1", e[0])
	})
	for range tabs {
		w := browser(t, c, l, "V1", 0)
		running.Go(func() {
			if diff := cmp.Diff(want, w.reads(t, entries)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	running.Wait()
}

func TestWhatIsPrivateWaitsForTheSecret(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	w := browser(t, c, l, "V1", 0)
	show := func(text string, private bool) {
		e, err := l.Show(t.Context(), "V1", gateway.Entry{Message: gateway.MessageID(text), ByUs: true, Text: text, Private: private})
		if err != nil {
			t.Fatal(err)
		}
		c.hub.shown(t.Context(), "V1", e)
	}
	show("before", false)
	show("your balance", true)
	show("after", false)
	if diff := cmp.Diff([]string{"before", "after"}, w.reads(t, 2)); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	l.change(func() { l.visits["V1"].Level = directory.Confirmed })
	c.hub.confirmed(t.Context(), "V1")
	w.closedWith(t, closeAgain)
	w = newWireless()
	v, _ := l.VisitByID(t.Context(), "V1")
	go c.listen(&tab{to: l, visit: v, line: w, limits: c.hub.limits})
	w.say(t, `{"type":"hello","epoch":"V1","after":3}`) // of before
	show("more", true)
	if diff := cmp.Diff([]string{"before", "your balance", "after", "more"}, w.reads(t, 4)); diff != "" {
		t.Errorf("confirmed (-want +got):\n%s", diff)
	}
	w.drop()
}

func TestASlowBrowserIsDisconnectedAndResumes(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	slow, quick := browser(t, c, l, "V1", 0), browser(t, c, l, "V1", 0)
	slow.mu.Lock()
	slow.stuck = make(chan struct{})
	slow.mu.Unlock()
	const entries = mostWaiting + 5
	for i := range entries {
		l.say(t, c, "V1", fmt.Sprint("entry ", i))
		quick.reads(t, 1)
	}
	slow.closedWith(t, closeSlow)
	if got := browser(t, c, l, "V1", 0).reads(t, entries); len(got) != entries {
		t.Errorf("resumed with %d entries, want %d", len(got), entries)
	}
}

func TestFloodsAreLimited(t *testing.T) {
	t.Run("messages", func(t *testing.T) {
		l := newVisitLog("V1")
		c := node(l)
		c.hub.limits.Messages = 5
		w := browser(t, c, l, "V1", 0)
		answers := map[any]int{}
		for i := range 20 {
			w.say(t, fmt.Sprintf(`{"type":"message","id":"m%d","text":"hello"}`, i))
			f := w.next(t)
			for ; f["type"] != "ack" && f["type"] != "nack"; f = w.next(t) {
			}
			answers[f["type"]]++
		}
		if answers["ack"] != 5 || answers["nack"] != 15 {
			t.Errorf("got %v", answers)
		}
	})
	t.Run("frames", func(t *testing.T) {
		l := newVisitLog("V1")
		c := node(l)
		w := browser(t, c, l, "V1", 0)
		for range mostHeard {
			select {
			case w.in <- `{"type":"typing"}`:
			case <-w.gone:
			}
		}
		w.closedWith(t, closePolicy)
	})
}

func TestAnEndedVisitClosesItsTabs(t *testing.T) {
	l := newVisitLog("V1", "V2")
	c := node(l)
	tabs := []*wireless{browser(t, c, l, "V1", 0), browser(t, c, l, "V1", 0)}
	other := browser(t, c, l, "V2", 0)
	if err := l.Leave(t.Context(), "V1"); err != nil {
		t.Fatal(err)
	}
	c.hub.ended(t.Context(), "V1")
	for _, w := range tabs {
		w.closedWith(t, closeEnded)
	}
	other.say(t, `{"type":"message","id":"m1","text":"still here"}`)
	other.reads(t, 1)
}

func TestWhatTabsTellEachOther(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	first, second := browser(t, c, l, "V1", 0), browser(t, c, l, "V1", 0)
	for _, c := range []struct {
		frame string
		want  map[string]any
	}{
		{`{"type":"typing"}`, map[string]any{"type": "typing", "by_us": false, "sequence": 0.0}},
		{`{"type":"read","sequence":7}`, map[string]any{"type": "read", "by_us": false, "sequence": 7.0}},
	} {
		first.say(t, c.frame)
		if diff := cmp.Diff(c.want, second.next(t)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	first.quiet(t)
}

func TestNonsenseClosesTheLine(t *testing.T) {
	for _, c := range []struct {
		name, frame string
		want        closeCode
	}{
		{"not JSON", "hello", closePolicy},
		{"no object", "[]", closePolicy},
		{"another type of field", `{"type":"hello","after":"one"}`, closePolicy},
		{"a sequence below nothing", `{"type":"hello","after":-1}`, closePolicy},
		{"no hello", `{"type":"message","id":"m1","text":"hello"}`, closeProtocol},
	} {
		l := newVisitLog("V1")
		chat, w := node(l), newWireless()
		go chat.listen(&tab{to: l, visit: *l.visits["V1"], line: w, limits: chat.hub.limits})
		w.say(t, c.frame)
		w.closedWith(t, c.want)
		if len(l.taken) != 0 {
			t.Errorf("%s: something was taken", c.name)
		}
	}
}

func TestHeartbeat(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	w := browser(t, c, l, "V1", 0)
	for range 2 * beatEvery {
		c.hub.second()
	}
	for range 2 {
		if f := w.next(t); f["type"] != "beat" {
			t.Errorf("got %v", f)
		}
	}
	w.quiet(t)
}

func TestWhatCouldNotBeReadIsReadLater(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	w := browser(t, c, l, "V1", 0)
	e, err := l.Show(t.Context(), "V1", gateway.Entry{Message: "1", Text: "one"})
	if err != nil {
		t.Fatal(err)
	}
	l.change(func() { l.fail = errors.New("away") })
	e.Sequence = 2 // word of the next comes first
	c.hub.shown(t.Context(), "V1", e)
	time.Sleep(10 * time.Millisecond)
	l.change(func() { l.fail = nil })
	w.quiet(t)
	for range lookEvery {
		c.hub.second()
	}
	if diff := cmp.Diff([]string{"one"}, w.reads(t, 1)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDrainSendsBrowsersElsewhere(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	var tabs []*wireless
	for range 5 {
		tabs = append(tabs, browser(t, c, l, "V1", 0))
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() { defer close(ran); c.Run(ctx, Live{}) }()
	stop()
	waits := map[string]bool{}
	for _, w := range tabs {
		w.closedWith(t, closeRestart)
		waits[w.why] = true
	}
	if len(waits) != len(tabs) {
		t.Errorf("browsers come back at the same time: %v", waits)
	}
	<-ran
	if _, done, status := c.hub.admit(t.Context(), "client"); done != nil || status != 503 {
		t.Errorf("a node that stops admits tabs, with status %d", status)
	}
}
