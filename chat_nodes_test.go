package main

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/gateway"
	"parley/internal/servertest"
	"parley/internal/simulator"
)

// idle opens a connection that says hello and then nothing.
func (w *world) idle(i int, secret string, n *node) (*websocket.Conn, error) {
	dialer := dialerOf(i)
	socket, _, err := dialer.DialContext(w.t.Context(), n.socketURL(), http.Header{"Origin": {w.front.URL}, "Cookie": {"chat=" + secret}})
	if err != nil {
		return nil, err
	}
	if err := socket.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`)); err != nil {
		return socket, err
	}
	_, _, err = socket.ReadMessage() // welcome
	return socket, err
}

// idlers opens so many, each in a visit of its own, all of nobody known.
func (w *world) idlers(count int, n *node) []*websocket.Conn {
	w.t.Helper()
	sockets := make([]*websocket.Conn, count)
	w.t.Cleanup(func() {
		for _, socket := range sockets {
			if socket != nil {
				socket.Close()
			}
		}
	})
	const dialers = 32
	var opening sync.WaitGroup
	for d := range dialers {
		opening.Go(func() {
			for i := d; i < count; i += dialers {
				now, secret := time.Now(), newSecret()
				v := gateway.Visit{ID: gateway.VisitID(newID()), Language: "en", Began: now, Seen: now}
				_, err := w.store.BeginVisit(w.t.Context(), v, secret, "")
				if err == nil {
					sockets[i], err = w.idle(i, secret, n)
				}
				if err != nil {
					w.t.Errorf("socket %d: %v", i, err)
					return
				}
			}
		})
	}
	opening.Wait()
	return sockets
}

var errPong = errors.New("alive")

// alive reports whether the other end answers a ping.
func alive(socket *websocket.Conn) bool {
	deadline := time.Now().Add(patience)
	socket.SetPongHandler(func(string) error { return errPong })
	if socket.WriteControl(websocket.PingMessage, nil, deadline) != nil || socket.SetReadDeadline(deadline) != nil {
		return false
	}
	for {
		if _, _, err := socket.ReadMessage(); err != nil {
			return errors.Is(err, errPong)
		}
	}
}

// filesFor skips a test that needs more open files than it may have, here and
// in a node.
func filesFor(t *testing.T, sockets int) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if need := uint64(sockets + 500); limit.Max < need { // Go raises what is in force to Max by itself
		t.Skipf("%d open files are needed, %d allowed: ulimit -Hn", need, limit.Max)
	}
}

// A whole gateway with ten thousand connections that idle is resident in 350 MB
// at most, and answers as ever.
func TestAGatewayHoldsTenThousandSockets(t *testing.T) {
	t.Parallel()
	const most = 350 << 20
	count := 300
	if long() {
		count = 10_000
	}
	filesFor(t, count)
	w := newWorld(t, onServers(t), 1, simulator.TwilioConfig{})
	n := w.spawn(plan{})
	before := n.resident(t)
	began := time.Now()
	sockets := w.idlers(count, n)
	took := time.Since(began)
	if long() {
		time.Sleep(30 * time.Second) // a heartbeat of each
	}
	resident := n.resident(t)
	t.Logf("%d sockets, opened in %v: resident %d MB before, %d MB with them", count, took.Round(time.Millisecond), before>>20, resident>>20)
	if resident > most {
		t.Errorf("resident in %d MB, more than %d MB", resident>>20, most>>20)
	}
	c := w.chat(count, w.visit(0), n)
	if err := c.report(t.Context(), func() time.Duration { return 0 }); err != nil {
		t.Error(err)
	}
	for i, socket := range sockets {
		if !alive(socket) {
			t.Errorf("socket %d is dead", i)
		}
	}
}

// Whichever node a message comes to, and whichever sends the answer, every tab
// of the visit shows both, at once and in the same order.
func TestATabOnAnotherNodeShowsTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onServers(t), 1, simulator.TwilioConfig{})
	nodes := []*node{w.spawn(plan{}), w.spawn(plan{})}
	secret := w.visit(0)
	here, there := w.chat(0, secret, nodes[0]), w.chat(0, secret, nodes[1])
	for _, x := range onThePage {
		if err := errors.Join(here.has(t.Context(), x), there.hears(t.Context(), x)); err != nil {
			t.Fatal(err)
		}
	}
	here.sawEachOnce(t)
	there.sawEachOnce(t)
}

// BenchmarkFanout measures what is said on one node until it is shown on
// another: stored, told by Redis, written to the socket there.
//
//	go test -run xxx -bench Fanout -benchtime 300x .
func BenchmarkFanout(b *testing.B) {
	parents := 1 + b.N/len(onThePage)
	w := newWorld(b, backing{database: servertest.Postgres(b), redis: servertest.Redis(b)}, parents, simulator.TwilioConfig{})
	one, other := w.spawn(plan{}), w.spawn(plan{})
	var took []time.Duration
	for i := range parents {
		secret := w.visit(i)
		here, there := w.chat(i, secret, one), w.chat(i, secret, other)
		for _, x := range onThePage {
			before, begun := len(there.Entries()), time.Now()
			go func() { _ = here.Say(b.Context(), x.says) }()
			for len(there.Entries()) == before {
				time.Sleep(100 * time.Microsecond)
			}
			took = append(took, time.Since(begun))
			if err := there.hears(b.Context(), x); err != nil { // the next is said when all is quiet
				b.Fatal(err)
			}
		}
	}
	reportQuantiles(b, took)
}

// reportQuantiles reports how long half, 95 and 99 of a hundred took.
func reportQuantiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for _, of := range []int{50, 95, 99} {
		b.ReportMetric(float64(took[len(took)*of/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", of))
	}
	b.ReportMetric(0, "ns/op")
}
