package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"slices"
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

// onThePage is the interview as web chat asks it.
var onThePage = slices.Replace(slices.Clone(interview), 3, 4, struct{ says, hears string }{"1 March 2026", "Add a photo of your latest payslip"})

// chatter is a parent on the page: a tab of the visit that their link began.
type chatter struct {
	*webchattest.Client
	took []time.Duration // from each answer to the next question
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

// says says something and waits for the answer.
func (c *chatter) says(ctx context.Context, words string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	begun, taken := time.Now(), make(chan error, 1)
	go func() { taken <- c.Say(ctx, words) }()
	answer, err := c.Next(ctx)
	c.took = append(c.took, time.Since(begun))
	if err == nil {
		err = <-taken
	}
	return answer.Text, err
}

// report has the whole interview, with some thought before each answer.
func (c *chatter) report(ctx context.Context, thinks func() time.Duration) error {
	for _, exchange := range onThePage {
		time.Sleep(thinks())
		if heard, err := c.says(ctx, exchange.says); err != nil || !strings.HasPrefix(heard, exchange.hears) {
			return fmt.Errorf("said %q, heard %q: %w", exchange.says, heard, err)
		}
	}
	return nil
}

// sawEachOnce says that the tab was shown whole interviews, each entry once and
// in order, and nothing that the protocol does not allow.
func (c *chatter) sawEachOnce(t testing.TB) {
	t.Helper()
	for _, problem := range c.Problems() {
		t.Error(problem)
	}
	entries := c.Entries()
	for i, e := range entries {
		exchange := onThePage[i/2%len(onThePage)]
		begins := exchange.says
		if e.ByUs {
			begins = exchange.hears
		}
		if e.Sequence != int64(i+1) || e.ByUs != (i%2 == 1) || !strings.HasPrefix(e.Text, begins) {
			t.Errorf("entry %d of %d is %+v, want %q", i+1, len(entries), e, begins)
			return
		}
	}
	if len(entries) == 0 || len(entries)%(2*len(onThePage)) != 0 {
		t.Errorf("%d entries are no whole interviews", len(entries))
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
// turns a second. It takes a minute, whatever -benchtime says. The browsers and
// the stores share this machine's cores with the gateway.
//
//	go test -run xxx -bench Chat -benchtime 1x .
func BenchmarkChat(b *testing.B) {
	const parents, reports = 1000, 2
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
			for range reports {
				if err := c.report(b.Context(), func() time.Duration { return 3*time.Second + rand.N(4*time.Second) }); err != nil {
					b.Error(err)
					return
				}
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
