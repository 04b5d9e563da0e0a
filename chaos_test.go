package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/chaos"
	"parley/internal/servertest"
	"parley/internal/simulator"
)

// chaosWorld is a world of three nodes that are hurt, with everybody in it.
type chaosWorld struct {
	*world
	size     chaosSize
	database *servertest.Server
	redis    *servertest.Server
	servers  struct{ database, redis sync.Mutex } // one fault of each at a time
	places   []*place
	post     *post
	phones   *phones
	players  []*player
	calm     atomic.Bool // carriers do nothing wrong any more
	pin      string      // of all callers, sealed
	waits    waits
	held     context.Context // ends with letGo, when specialists let go of all who were in danger
	letGo    context.CancelFunc

	mu      sync.Mutex
	strikes map[chaos.Fault]int
}

// Parents talk by text, web chat and email with three nodes, while nodes are
// killed, stores crash and lines are cut, by carriers that delay, repeat,
// refuse and never answer. In the end nothing is lost, doubled, out of order,
// asked again, told to another, unsafe, late or nobody's.
func TestChaos(t *testing.T) {
	if !long() && os.Getenv("PARLEY_TEST_CHAOS_SPAN") == "" {
		t.Skip("it takes 40 seconds: PARLEY_TEST_ALL=1, or make chaos")
	}
	t.Parallel()
	var figures []chaos.Figures
	rounds := sizeOfChaos(t).rounds()
	for i, size := range rounds {
		held := t.Run(fmt.Sprintf("seed %d", size.seed), func(t *testing.T) {
			figures = append(figures, newChaosWorld(t, size).round())
		})
		if !held {
			keepFigures(t, figures, fmt.Sprintf("Stopped in round %d of %d, seed %d: a fault was found.", i+1, len(rounds), size.seed))
			return
		}
		keepFigures(t, figures, "")
	}
}

// round has everybody play while the gateway is hurt, and judges.
func (w *chaosWorld) round() chaos.Figures {
	begun := time.Now()
	end := w.everybodyPlays()
	for _, phase := range []struct {
		name string
		has  func()
	}{{"hurt", w.hurt}, {"catch up", w.catchUp}, {"release", w.release}, {"settle", w.settleLosses}, {"remind", w.remind}, {"come back", w.comeBackLater}} {
		begun := time.Now()
		phase.has()
		w.t.Logf("%s: %v", phase.name, time.Since(begun).Round(time.Second))
	}
	end()
	w.rest()
	return w.judge(begun)
}

// everybodyPlays has all parents begin within half of the span. The end waits
// for those who still talk, and breaks those off who wait in vain.
func (w *chaosWorld) everybodyPlays() (end func()) {
	ctx, cancel := context.WithCancel(w.t.Context())
	var talking sync.WaitGroup
	for _, p := range w.players {
		talking.Go(func() {
			random := rand.New(rand.NewPCG(w.size.seed, uint64(1000+p.number)))
			pause(ctx, time.Duration(random.Int64N(int64(w.size.begins()))))
			p.plays(ctx, w, random)
		})
	}
	return func() { cancel(); talking.Wait() }
}

// judge prints what was done and found, and fails the test for each finding.
func (w *chaosWorld) judge(begun time.Time) chaos.Figures {
	w.t.Helper()
	record := w.record()
	findings := chaos.Judge(record)
	if err := chaos.Print(w.t.Output(), w.strikes, findings); err != nil {
		w.t.Error(err)
	}
	f := chaos.Figures{
		Seed: w.size.seed, Parents: len(w.players), In: len(record.Said), Out: len(record.Heard), Turns: w.count("SELECT count(*) FROM turns"),
		Conversations: len(record.Ledger.Conversations), Calls: w.count("SELECT count(*) FROM calls"),
		Notices: w.count("SELECT count(*) FROM messages WHERE campaign <> ''"), Held: w.count("SELECT count(*) FROM holds"),
		Violations: len(findings), Hurt: w.size.span, Took: time.Since(begun),
	}
	for _, times := range w.strikes {
		f.Faults += times
	}
	f.Waits(w.waits.all)
	if err := chaos.WriteFigures(w.t.Output(), []chaos.Figures{f}); err != nil {
		w.t.Error(err)
	}
	for _, f := range findings {
		w.t.Errorf("%s: %s", f.Count, f.Detail)
		w.tellOf(f)
	}
	return f
}

func newChaosWorld(t *testing.T, size chaosSize) *chaosWorld {
	t.Helper()
	w := &chaosWorld{size: size, database: servertest.StartPostgres(t), redis: servertest.StartRedis(t), strikes: map[chaos.Fault]int{}}
	b := backing{w.database.URL(), w.redis.URL()}
	w.world = newWorld(t, b, 0, simulator.TwilioConfig{})
	w.post = &post{at: map[chaos.Address]*addressee{}}
	w.phones = newPhones(t, w.front.URL, w.post, &w.calm)
	mail := newRelay(t, w.post, &w.calm)
	w.calm.Store(size.calm)
	w.players = newPlayers(size)
	w.held, w.letGo = context.WithCancel(t.Context())
	t.Cleanup(w.letGo)
	t.Log(size.written(w.players, 3))
	w.pin = w.sealedPIN()
	w.prepare()
	for range 3 {
		w.places = append(w.places, newPlace(w.world, b, "PARLEY_TWILIO_API_URL="+w.phones.URL, "PARLEY_SMTP_RELAY="+mail,
			"PARLEY_SMTP_PLAINTEXT=true", "PARLEY_MAIL_DOMAIN="+demoMail, "PARLEY_TEAMS=teams.yaml", "PARLEY_INBOUND_LIMIT=1000",
			"PARLEY_LOG_LEVEL=info", "PARLEY_API_TOKENS=chaos:"+demoAPI, "PARLEY_TWILIO_VOICE_FROM="+voiceNumber))
	}
	for _, p := range w.places {
		p.begin(0)
	}
	return w
}

// hurt strikes as planned, and returns when all is mended.
func (w *chaosWorld) hurt() {
	begun := time.Now()
	var under sync.WaitGroup
	under.Go(func() {
		pause(w.t.Context(), w.size.span/4)
		w.campaign(w.t.Context(), dueCampaign, "2026-12-12")
	})
	for _, s := range w.size.strikes(len(w.places)) {
		time.Sleep(s.After - time.Since(begun))
		w.mu.Lock()
		w.strikes[s.Fault]++
		w.mu.Unlock()
		switch s.Fault {
		case chaos.KillNode, chaos.StepClock: // a node is begun by the test's own goroutine
			p := w.places[s.Node]
			p.node.kill()
			ahead := time.Duration(0)
			if s.Fault == chaos.StepClock {
				ahead = s.Step
			}
			p.begin(ahead)
		default:
			under.Go(func() { w.strike(s) })
		}
	}
	time.Sleep(w.size.span - time.Since(begun))
	under.Wait()
	w.calm.Store(true)
}

// strike hurts what does not need another process.
func (w *chaosWorld) strike(s chaos.Strike) {
	p := w.places[s.Node]
	switch s.Fault {
	case chaos.KillRedis:
		during(&w.servers.redis, s.For, w.redis.Crash, w.redis.Start)
	case chaos.FlushRedis:
		during(&w.servers.redis, 0, func() { w.flush() }, func() {})
	case chaos.CrashDB:
		during(&w.servers.database, s.For, w.database.Crash, w.database.Start)
	case chaos.RestartDB:
		during(&w.servers.database, 0, w.database.Restart, func() {})
	case chaos.CutDB:
		during(&p.lines, s.For, p.database.Cut, p.database.Mend)
	case chaos.FreezeDB:
		during(&p.lines, s.For, p.database.Freeze, p.database.Mend)
	case chaos.CutRedis:
		during(&p.lines, s.For, p.redis.Cut, p.redis.Mend)
	case chaos.FreezeRedis:
		during(&p.lines, s.For, p.redis.Freeze, p.redis.Mend)
	case chaos.SlowDB, chaos.SlowNetworks:
		for _, p := range w.places {
			during(&p.lines, s.For/3, func() {
				p.database.Slow(20 * time.Millisecond)
				if s.Fault == chaos.SlowNetworks {
					p.redis.Slow(20 * time.Millisecond)
				}
			}, func() { p.database.Mend(); p.redis.Mend() })
		}
	}
}

// during does something, waits, and undoes it, alone.
func during(alone *sync.Mutex, d time.Duration, do, undo func()) {
	alone.Lock()
	defer alone.Unlock()
	do()
	time.Sleep(d)
	undo()
}

// settled waits until nothing is on its way to anybody who is awake, and all
// work has its owner.
func (w *chaosWorld) settled() {
	w.t.Helper()
	left := map[string]int{}
	defer func() {
		if w.t.Failed() {
			w.t.Logf("not settled: %v", left)
			w.tellOfWaiting()
		}
	}()
	w.await("all is settled", func() bool {
		sum := 0
		for what, query := range map[string]string{
			"messages that wait to be sent":   fmt.Sprintf(`SELECT count(*) FROM messages WHERE outgoing AND waiting AND not_before <= %d`, w.clock().UnixMicro()),
			"messages of unknown outcome":     `SELECT count(*) FROM losses WHERE look_at > 0`,
			"messages that had no turn":       `SELECT count(*) FROM messages WHERE NOT outgoing AND kind = 'waiting for its turn'`,
			"pieces of work without an owner": `SELECT count(*) FROM work_items WHERE owner = '' AND state <> 'done'`,
		} {
			left[what] = w.count(query)
			sum += left[what]
		}
		return sum == 0
	})
}
