package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/webchat/webchattest"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator"
)

// exchange is what a parent says in web chat, and how what is shown then begins.
type exchange struct {
	says  string
	hears []string
}

// onThePage is a whole report in web chat, with the survey after it.
var onThePage = []exchange{
	{"PAY", []string{"Has your pay before tax"}},
	{"down", []string{"How much are you paid now"}},
	{"£410 a week", []string{"When did your pay change"}},
	{"1 March 2026", []string{"Add a photo of your latest payslip"}},
	{"later", []string{"Check your answers"}},
	{"OK", []string{"Thank you. We will write to you by", "How easy was this chat to use"}},
	{"very easy", []string{"What could we do better"}},
	{"skip", []string{"Thank you. This helps us"}},
}

// chatter is a parent on the page: a tab of the visit that their link began.
type chatter struct {
	*webchattest.Client
	took     []time.Duration // from each answer to the next question
	answered time.Time       // when that came last
}

// visit keeps a visit of a parent who followed their link, and returns the
// secret that opens it.
func (w *world) visit(i int) (secret string) {
	w.t.Helper()
	ctx, now, link, secret := w.t.Context(), time.Now(), newSecret(), newSecret()
	to := gateway.Address{Channel: directory.SMS, Value: parentPhone(i)}
	if err := w.store.KeepLink(ctx, link, to, parent(i), "", now.Add(gateway.LinkLife)); err != nil {
		w.t.Fatal(err)
	}
	v := gateway.Visit{ID: gateway.VisitID(newID()), Level: directory.Known, Began: now, Seen: now}
	if _, err := w.store.BeginVisit(ctx, v, secret, link); err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// socketURL is where a node takes live connections.
func (n *node) socketURL() string { return "ws" + strings.TrimPrefix(n.url, "http") + "/chat/ws" }

// dialerOf dials as a client of its own: a hundred sockets share an address.
func dialerOf(i int) websocket.Dialer {
	from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, 0, byte(1+i/100))}}
	return websocket.Dialer{NetDialContext: from.DialContext, ReadBufferSize: 512, WriteBufferSize: 512}
}

// chat opens a tab of the visit that a secret opens, on a node.
func (w *world) chat(i int, secret string, n *node) *chatter {
	return &chatter{Client: webchattest.Start(w.t.Context(), webchattest.Config{
		URL: n.socketURL(), Origin: w.front.URL, Cookie: "chat=" + secret, Name: newID(), Backoff: 50 * time.Millisecond, Dialer: dialerOf(i),
	})}
}

// has has one exchange.
func (c *chatter) has(ctx context.Context, x exchange) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	begun, taken := time.Now(), make(chan error, 1)
	go func() { taken <- c.Say(ctx, x.says) }()
	if err := c.hears(ctx, x); err != nil {
		return err
	}
	c.took = append(c.took, c.answered.Sub(begun))
	return <-taken
}

// hears waits for what an exchange shows.
func (c *chatter) hears(ctx context.Context, x exchange) error {
	for i, begins := range x.hears {
		heard, err := c.Next(ctx)
		if err != nil || !strings.HasPrefix(heard.Text, begins) {
			return fmt.Errorf("after %q: heard %q, %w", x.says, heard.Text, err)
		}
		if i == 0 {
			c.answered = time.Now()
		}
	}
	return nil
}

// report has all exchanges, with some thought before each.
func (c *chatter) report(ctx context.Context, thinks func() time.Duration) error {
	for _, x := range onThePage {
		time.Sleep(thinks())
		if err := c.has(ctx, x); err != nil {
			return err
		}
	}
	return nil
}

// sawEachOnce says that the tab was shown the whole report, each entry once and
// in order, and nothing that the protocol does not allow.
func (c *chatter) sawEachOnce(t testing.TB) {
	t.Helper()
	for _, problem := range c.Problems() {
		t.Error(problem)
	}
	var begins []string
	for _, x := range onThePage {
		begins = append(append(begins, x.says), x.hears...)
	}
	entries := c.Entries()
	if len(entries) != len(begins) {
		t.Errorf("%d entries are shown, not %d", len(entries), len(begins))
		return
	}
	for i, e := range entries {
		if e.Sequence != int64(i+1) || !strings.HasPrefix(e.Text, begins[i]) {
			t.Errorf("entry %d is %d, %q, not %q", i+1, e.Sequence, e.Text, begins[i])
		}
	}
}

// Connections are cut at any moment, the tabs come back, and nobody notices:
// nothing is lost, nothing doubled, and all is in order.
func TestConnectionsAreCutUnderLoad(t *testing.T) {
	t.Parallel()
	const short, whole = 30, 1000 // chatters, and cuts
	for _, b := range backings {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			parents, thinks := short, 400*time.Millisecond
			if long() && b.name != "SQLite" {
				parents, thinks = whole, 10*time.Second
			}
			w := newWorld(t, b.make(t), parents, simulator.TwilioConfig{})
			n := w.spawn(plan{}, "PARLEY_INBOUND_LIMIT=100000")
			chatters := make([]*chatter, parents)
			for i := range chatters {
				chatters[i] = w.chat(i, w.visit(i), n)
			}
			over := make(chan struct{})
			var cutting, talking sync.WaitGroup
			cuts := 0
			cutting.Go(func() { cuts = cutAtRandom(chatters, 2*thinks/time.Duration(parents), over) })
			for i, c := range chatters {
				talking.Go(func() {
					if err := c.report(t.Context(), func() time.Duration { return rand.N(thinks) }); err != nil {
						t.Errorf("%s: %v", parent(i), err)
					}
				})
			}
			talking.Wait()
			close(over)
			cutting.Wait()
			for i, c := range chatters {
				c.sawEachOnce(t)
				w.reportedOnce(i)
			}
			t.Logf("%d connections of %d chatters were cut", cuts, parents)
			if cuts < parents {
				t.Errorf("only %d connections were cut", cuts)
			}
		})
	}
}

// cutAtRandom cuts one connection of many every so often.
func cutAtRandom(chatters []*chatter, every time.Duration, over <-chan struct{}) (cuts int) {
	for ticks := time.NewTicker(every); ; {
		select {
		case <-over:
			ticks.Stop()
			return cuts
		case <-ticks.C:
			if chatters[rand.N(len(chatters))].Drop() {
				cuts++
			}
		}
	}
}

// BenchmarkChat measures an answer on the page to the next question there,
// while 1,000 parents chat, each with 3 to 7 seconds of thought: about 200
// turns a second. It takes some 45 seconds. The browsers and
// the stores share this machine's cores with the gateway.
//
//	go test -run xxx -bench Chat -benchtime 1x .
func BenchmarkChat(b *testing.B) {
	const parents = 1000
	w := newWorld(b, backing{database: servertest.StartPostgres(b).URL(), redis: servertest.StartRedis(b).URL()}, parents, simulator.TwilioConfig{})
	n := w.spawn(plan{}, "PARLEY_INBOUND_LIMIT=100000", "PARLEY_DATABASE_CONNECTIONS=16")
	chatters := make([]*chatter, parents)
	for i := range chatters {
		chatters[i] = w.chat(i, w.visit(i), n)
	}
	b.ResetTimer()
	begun := time.Now()
	var talking sync.WaitGroup
	for _, c := range chatters {
		talking.Go(func() {
			if err := c.report(b.Context(), func() time.Duration { return 3*time.Second + rand.N(4*time.Second) }); err != nil {
				b.Error(err)
			}
		})
	}
	talking.Wait()
	lasted := time.Since(begun)
	b.StopTimer()
	var took []time.Duration
	for _, c := range chatters {
		c.sawEachOnce(b)
		took = append(took, c.took...)
	}
	reportQuantiles(b, took)
	b.ReportMetric(float64(len(took))/lasted.Seconds(), "turns/s")
	b.ReportMetric(float64(n.resident(b)>>20), "resident-MB")
}

// resident is how much memory a spawned node has, in bytes (Linux, proc(5)).
func (n *node) resident(t testing.TB) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", n.id))
	if err != nil {
		t.Skip("this system does not say how much memory a process has")
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}
