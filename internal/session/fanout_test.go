package session

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/internal/servertest"
)

// listener is a node that writes down what it hears.
type listener struct {
	*Fanout
	heard chan string
	state chan bool
}

func listen(t *testing.T, address, name, secret string) *listener {
	t.Helper()
	f, err := NewFanout(connect(t, address), FanoutConfig{
		Node: name, SecretKey: []byte(secret), Clock: time.Now, Quiet: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{Fanout: f, heard: make(chan string, 100), state: make(chan bool, 100)}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		l.Listen(ctx, func(v gateway.VisitID, news []byte) { l.heard <- string(v) + ": " + string(news) }, func(yes bool) { l.state <- yes })
	})
	t.Cleanup(func() { stop(); running.Wait() })
	l.awaits(t, true)
	return l
}

// awaits waits until the state is, or is once more, as wanted.
func (l *listener) awaits(t *testing.T, want bool) {
	t.Helper()
	for timeout := time.After(10 * time.Second); ; {
		select {
		case state := <-l.state:
			if state == want {
				return
			}
		case <-timeout:
			t.Fatalf("connected(%v) is not told", want)
		}
	}
}

func (l *listener) hears(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-l.heard:
		if got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	case <-time.After(5 * time.Second):
		t.Errorf("%q is not heard", want)
	}
}

func (l *listener) silent(t *testing.T) {
	t.Helper()
	select {
	case got := <-l.heard:
		t.Errorf("heard %q", got)
	case <-time.After(50 * time.Millisecond):
	}
}

// TestFanout proves the fan-out on each Redis, and on each way for it to be
// away.
func TestFanout(t *testing.T) {
	redislogging.Disable()
	t.Cleanup(redislogging.Enable)
	type server struct {
		url       string
		cut, mend func()
	}
	for name, start := range map[string]func(t *testing.T) server{
		"embedded": func(t *testing.T) server {
			s := miniredis.RunT(t)
			return server{"redis://" + s.Addr(), s.Close, func() {
				if err := s.Restart(); err != nil {
					t.Error(err)
				}
			}}
		},
		"cluster": func(t *testing.T) server {
			s := miniredis.RunT(t)
			return server{"redis://" + s.Addr() + "?addr=" + s.Addr(), s.Close, func() {
				if err := s.Restart(); err != nil {
					t.Error(err)
				}
			}}
		},
		"real, away as stopped": func(t *testing.T) server {
			s := servertest.StartRedis(t)
			return server{s.URL(), s.Stop, s.Start}
		},
		"real, away as frozen": func(t *testing.T) server {
			s := servertest.StartRedis(t)
			return server{s.URL(), s.Pause, s.Resume}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			redis := start(t)
			one, two := listen(t, redis.url, "one", "secret"), listen(t, redis.url, "two", "secret")
			stranger := listen(t, redis.url, "three", "another secret")
			for _, news := range []string{"first", "second", "", "with a \x00 in it"} {
				one.Publish(t.Context(), "V1", []byte(news))
				two.hears(t, "V1: "+news)
			}
			one.silent(t) // to itself
			stranger.silent(t)

			redis.cut()
			one.awaits(t, false)
			two.awaits(t, false)
			one.Publish(t.Context(), "V1", []byte("into the void"))
			redis.mend()
			one.awaits(t, true)
			two.awaits(t, true) // and so it looks at what it missed
			time.Sleep(time.Second)
			one.Publish(t.Context(), "V1", []byte("back"))
			for got := range two.heard { // a frozen Redis may have kept what came
				if got == "V1: back" {
					break
				}
			}
			two.awaits(t, true) // told that something was lost
		})
	}
}

// TestFanoutTakesMilliseconds measures the way from one node to another
// through a real Redis. Half of the messages must take 50 ms at most.
func TestFanoutTakesMilliseconds(t *testing.T) {
	const rounds = 200
	address := servertest.StartRedis(t).URL()
	one, two := listen(t, address, "one", "secret"), listen(t, address, "two", "secret")
	var took []time.Duration
	for i := range rounds {
		began := time.Now()
		one.Publish(t.Context(), "V1", fmt.Appendf(nil, "%d", i))
		two.hears(t, fmt.Sprintf("V1: %d", i))
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("median %v, 99%% %v", took[rounds/2], took[rounds*99/100])
	if took[rounds/2] > 50*time.Millisecond {
		t.Errorf("half take longer than %v", took[rounds/2])
	}
}

func TestAFanoutNeedsANameAndASecret(t *testing.T) {
	for name, c := range map[string]FanoutConfig{
		"no name":   {SecretKey: []byte("secret"), Clock: time.Now},
		"no secret": {Node: "one", Clock: time.Now},
		"no clock":  {Node: "one", SecretKey: []byte("secret")},
	} {
		if _, err := NewFanout(nil, c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
