package webchat

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/session"
)

// nodes runs chats that share a log and a Redis.
func nodes(t *testing.T, l *visitLog, address string, names ...string) []*Chat {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	t.Cleanup(func() { stop(); running.Wait() })
	var all []*Chat
	for _, name := range names {
		client, err := session.Connect(address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })
		fanout, err := session.NewFanout(client, session.FanoutConfig{
			Node: name, SecretKey: []byte("secret"), Clock: time.Now, Quiet: 200 * time.Millisecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		c := node(l)
		c.hub.deaf = true // until it hears
		running.Go(func() { c.Run(ctx, Live{Fanout: fanout}) })
		awaitHearing(t, c, true)
		all = append(all, c)
	}
	return all
}

func awaitHearing(t *testing.T, c *Chat, want bool) {
	t.Helper()
	for range 1000 {
		c.hub.mu.Lock()
		hears := !c.hub.deaf
		c.hub.mu.Unlock()
		if hears == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it does not come that news is heard: %v", want)
}

func TestAnyNodeServesAnySocket(t *testing.T) {
	for name, redis := range map[string]func(t *testing.T) string{
		"real": func(t *testing.T) string { return servertest.StartRedis(t).URL() },
		"embedded": func(t *testing.T) string {
			address, closed, err := session.Embed()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(closed)
			return address
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := newVisitLog("V1", "V2")
			all := nodes(t, l, redis(t), "A", "B")
			a, b := all[0], all[1]
			w := browser(t, b, l, "V1", 0)

			t.Run("within 50 ms, for half of the messages", func(t *testing.T) {
				const rounds = 100
				var took []time.Duration
				for i := range rounds {
					began := time.Now()
					l.say(t, a, "V1", fmt.Sprint("words ", i))
					w.reads(t, 1)
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				t.Logf("median %v, 99%% %v", took[rounds/2], took[rounds*99/100])
				if took[rounds/2] > 50*time.Millisecond {
					t.Errorf("half take longer than %v", took[rounds/2])
				}
			})
			t.Run("what one tab does", func(t *testing.T) {
				other := browser(t, a, l, "V1", 100)
				other.say(t, `{"type":"read","sequence":100}`)
				if f := w.next(t); f["type"] != "read" || f["sequence"] != 100.0 {
					t.Errorf("got %v", f)
				}
				other.drop()
			})
			t.Run("what is confirmed", func(t *testing.T) {
				l.change(func() { l.visits["V1"].Level = directory.Confirmed })
				a.hub.confirmed(t.Context(), "V1")
				w.closedWith(t, closeAgain)
			})
			t.Run("what is ended", func(t *testing.T) {
				w := browser(t, b, l, "V2", 0)
				if err := l.Leave(t.Context(), "V2"); err != nil {
					t.Fatal(err)
				}
				a.hub.ended(t.Context(), "V2")
				w.closedWith(t, closeEnded)
			})
		})
	}
}

// TestRedisAway: what a node itself shows is seen at once, what another shows
// is seen soon, and nothing is lost when Redis comes back.
func TestRedisAway(t *testing.T) {
	redislogging.Disable()
	t.Cleanup(redislogging.Enable)
	server := servertest.StartRedis(t)
	l := newVisitLog("V1")
	all := nodes(t, l, server.URL(), "A", "B")
	a, b := all[0], all[1]
	onA, onB := browser(t, a, l, "V1", 0), browser(t, b, l, "V1", 0)
	server.Stop()
	awaitHearing(t, a, false)
	awaitHearing(t, b, false)

	l.say(t, a, "V1", "while away")
	if diff := cmp.Diff([]string{"while away"}, onA.reads(t, 1)); diff != "" {
		t.Errorf("on the node itself (-want +got):\n%s", diff)
	}
	for range lookEvery {
		b.hub.second()
	}
	if diff := cmp.Diff([]string{"while away"}, onB.reads(t, 1)); diff != "" {
		t.Errorf("on the other (-want +got):\n%s", diff)
	}

	l.say(t, a, "V1", "just before")
	server.Start()
	awaitHearing(t, a, true)
	awaitHearing(t, b, true)
	e, err := l.Show(t.Context(), "V1", gateway.Entry{Message: "unsaid", Text: "shown, and then its node died"})
	if err != nil {
		t.Fatal(err)
	}
	for range lookEvery {
		b.hub.second()
	}
	if diff := cmp.Diff([]string{"just before", e.Text}, onB.reads(t, 2)); diff != "" {
		t.Errorf("back (-want +got):\n%s", diff)
	}
}
