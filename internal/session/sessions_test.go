package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
)

// TestSessions proves the sessions on every Redis that they are made for, and
// on each way for it to be away.
func TestSessions(t *testing.T) {
	redislogging.Disable() // it would tell of every Redis that is cut off
	t.Cleanup(redislogging.Enable)
	started := func(cut, mend func(*servertest.Server)) func(*testing.T) gatewaytest.SessionsUnderTest {
		return func(t *testing.T) gatewaytest.SessionsUnderTest {
			server := servertest.StartRedis(t)
			return underTest(t, server.URL(), time.Sleep, func() { cut(server) }, func() { mend(server) })
		}
	}
	embedded := func(query string) func(*testing.T) gatewaytest.SessionsUnderTest {
		return func(t *testing.T) gatewaytest.SessionsUnderTest {
			server := miniredis.RunT(t)
			mend := func() {
				if err := server.Restart(); err != nil {
					t.Error(err)
				}
			}
			return underTest(t, "redis://"+server.Addr()+strings.ReplaceAll(query, "ADDR", server.Addr()),
				server.FastForward, server.Close, mend)
		}
	}
	for name, open := range map[string]func(*testing.T) gatewaytest.SessionsUnderTest{
		"embedded":              embedded(""),
		"cluster":               embedded("?addr=ADDR"),
		"real, away as stopped": started((*servertest.Server).Stop, (*servertest.Server).Start),
		"real, away as frozen":  started((*servertest.Server).Pause, (*servertest.Server).Resume),
	} {
		t.Run(name, func(t *testing.T) { gatewaytest.Sessions(t, open) })
	}
}

// underTest opens sessions on a Redis, with a clock that only pass moves.
func underTest(t *testing.T, address string, pass func(time.Duration), cut, mend func()) gatewaytest.SessionsUnderTest {
	clock := newClock()
	client := connect(t, address)
	return gatewaytest.SessionsUnderTest{
		Sessions: open(t, client, clock, "secret"),
		Pass:     func(d time.Duration) { clock.advance(d); pass(d) },
		Lose: func() {
			if err := client.FlushAll(t.Context()).Err(); err != nil {
				t.Error(err)
			}
		},
		Cut:  cut,
		Mend: func() { mend(); clock.advance(time.Second) },
	}
}

func TestRedisTellsNothingWithoutTheSecret(t *testing.T) {
	const id, private, sender = "C1", "£410 a week", "+447700900123"
	server := miniredis.RunT(t)
	client := connect(t, "redis://"+server.Addr())
	sessions := open(t, client, newClock(), "secret")
	if err := sessions.Save(t.Context(), id, gateway.Live{Turn: 3, State: []byte(private)}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := sessions.Load(t.Context(), id, sender, "SM1"); err != nil {
		t.Fatal(err)
	}
	if dump := server.Dump(); strings.Contains(dump, private) || strings.Contains(dump, sender[3:]) {
		t.Errorf("Redis holds\n%s", dump)
	}
	t.Run("another secret opens nothing", func(t *testing.T) {
		if live, _, err := open(t, client, newClock(), "another").Load(t.Context(), id, sender, "SM1"); err != nil || live.Turn != 0 {
			t.Errorf("got turn %d, %v", live.Turn, err)
		}
	})
	t.Run("a state opens only where it belongs", func(t *testing.T) {
		kept := client.Get(t.Context(), stateKey(id)).Val()
		for name, moved := range map[string]string{
			"another conversation's": kept,
			"another turn's":         "0000000004" + kept[turnDigits:],
			"no turn's":              "turn three" + kept[turnDigits:],
			"cut short":              kept[:turnDigits+5],
			"cut shorter":            kept[:3],
		} {
			key := gateway.ConversationID(id)
			if strings.HasPrefix(name, "another conversation") {
				key = "C2"
			}
			client.Set(t.Context(), stateKey(key), moved, 0)
			if live, _, err := sessions.Load(t.Context(), key, "", ""); err != nil || live.Turn != 0 || live.State != nil {
				t.Errorf("%s: got turn %d, %q, %v", name, live.Turn, live.State, err)
			}
		}
	})
}

func TestLiveStateLapses(t *testing.T) {
	server := miniredis.RunT(t)
	sessions := open(t, connect(t, "redis://"+server.Addr()), newClock(), "secret")
	if err := sessions.Save(t.Context(), "C1", gateway.Live{Turn: 1, State: []byte("state")}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after time.Duration
		turn  int
	}{{23 * time.Hour, 1}, {2 * time.Hour, 0}} {
		server.FastForward(c.after)
		if live, _, err := sessions.Load(t.Context(), "C1", "", ""); err != nil || live.Turn != c.turn {
			t.Errorf("%v later: turn %d, %v; want %d", c.after, live.Turn, err, c.turn)
		}
	}
}

func TestACallerWhoLeavesTellsNothingOfRedis(t *testing.T) {
	server := miniredis.RunT(t)
	sessions := open(t, connect(t, "redis://"+server.Addr()), newClock(), "secret")
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, _, err := sessions.Load(gone, "C1", "", ""); !errors.Is(err, context.Canceled) || errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("the caller who left got %v", err)
	}
	if _, _, err := sessions.Load(t.Context(), "C1", "", ""); err != nil {
		t.Errorf("the next caller got %v", err)
	}
}

func TestSettingsThatCannotWorkAreErrors(t *testing.T) {
	limit := gateway.Limit{Messages: 1, Window: time.Second}
	for name, config := range map[string]Config{
		"no secret":          {Limit: limit, Clock: time.Now},
		"no limit":           {SecretKey: []byte("secret"), Clock: time.Now},
		"a window too short": {SecretKey: []byte("secret"), Clock: time.Now, Limit: gateway.Limit{Messages: 1, Window: time.Millisecond}},
	} {
		if _, err := New(nil, config); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, address := range []string{"", "http://127.0.0.1", "redis://:secret@127.0.0.1:port", "http://:secret@host?addr=a:1", "http://:secret@host?master_name=parley", "://"} {
		if _, err := Connect(address); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("connect to %q: %v", address, err)
		}
	}
}

// A Redis that takes calls and never answers is given up in 100 ms unless the
// settings say otherwise.
func TestASilentRedisIsGivenUpSoon(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closeQuietly(silent)
	sessions, err := New(connect(t, "redis://"+silent.Addr().String()), Config{
		Limit: gatewaytest.SessionsLimit, Clock: time.Now, SecretKey: []byte("secret"),
	})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, _, err = sessions.Load(t.Context(), "C1", "", "")
	if took := time.Since(began); !errors.Is(err, gateway.ErrSessionsAway) || took < 50*time.Millisecond || took > time.Second {
		t.Errorf("after %v: %v", took, err)
	}
}

func TestEmbeddedRedisAges(t *testing.T) {
	address, closed, err := Embed()
	if err != nil {
		t.Fatal(err)
	}
	defer closed()
	client := connect(t, address)
	if err := client.Set(t.Context(), "key", "value", 500*time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	for range 60 {
		if errors.Is(client.Get(t.Context(), "key").Err(), redis.Nil) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("a key outlives its time")
}

func BenchmarkSessions(b *testing.B) {
	sessions := open(b, connect(b, servertest.Redis(b)), newClock(), "secret")
	live := gateway.Live{Turn: 1, State: bytes.Repeat([]byte("state "), 300)}
	b.Run("save", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := sessions.Save(b.Context(), "C1", live); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := sessions.Load(b.Context(), "C1", "+447700900123", "SM1"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func open(tb testing.TB, client redis.UniversalClient, clock *clock, secret string) *Sessions {
	tb.Helper()
	sessions, err := New(client, Config{
		Limit: gatewaytest.SessionsLimit, Clock: clock.now, SecretKey: []byte(secret),
		Timeout: 500 * time.Millisecond, // other tests share the cores
	})
	if err != nil {
		tb.Fatal(err)
	}
	return sessions
}

func connect(tb testing.TB, address string) redis.UniversalClient {
	tb.Helper()
	client, err := Connect(address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { closeQuietly(client) })
	return client
}

// closeQuietly closes what a test no longer needs; a Redis that is gone by then
// is none of its business.
func closeQuietly(c io.Closer) { _ = c.Close() }

// A clock stands still until it is advanced.
type clock struct{ at atomic.Int64 }

func newClock() *clock                   { return new(clock) }
func (c *clock) now() time.Time          { return time.Unix(1_800_000_000, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }
