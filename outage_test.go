package main

import (
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/servertest"
	"parley/internal/simulator"
)

// away is how long Redis is away.
func away() time.Duration {
	if long() {
		return 30 * time.Second
	}
	return 3 * time.Second
}

// What Redis forgets, the conversation's row knows.
func TestRedisIsFlushedBetweenEveryTwoTexts(t *testing.T) {
	t.Parallel()
	b := onServers(t)
	w := newWorld(t, b, 1, simulator.TwilioConfig{})
	w.begin(plan{})
	options, err := redis.ParseURL(b.redis)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	for turn := range interview {
		w.interviewed(0, turn, turn+1)
		w.await("there is something to flush", func() bool {
			n, err := client.DBSize(t.Context()).Result()
			return err == nil && n > 0
		})
		if err := client.FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
	w.interviewedOnce(0)
	w.has(t, lastTurn)
	w.lostNothing()
}

// A conversation goes on while Redis is away, and after it has come back with
// a state that is behind.
func TestRedisGoesAwayInTheMiddle(t *testing.T) {
	t.Parallel()
	var running sync.WaitGroup
	for _, c := range []struct {
		name        string
		leave, back func(*servertest.Server)
	}{
		{"shut down, and back empty", (*servertest.Server).Stop, (*servertest.Server).Start},
		{"frozen, and back with what it had", (*servertest.Server).Pause, (*servertest.Server).Resume},
	} {
		running.Go(func() { // they wait, mostly
			t.Run(c.name, func(t *testing.T) { goOnWithoutRedis(t, c.leave, c.back) })
		})
	}
	running.Wait()
}

func goOnWithoutRedis(t *testing.T, leave, back func(*servertest.Server)) {
	server := servertest.StartRedis(t)
	w := newWorld(t, backing{servertest.Postgres(t), server.URL()}, 2, simulator.TwilioConfig{})
	w.begin(plan{})
	w.interviewed(0, 0, 2)
	w.interviewed(1, 0, 1)
	left := time.Now()
	leave(server)
	w.interviewed(0, 2, 4)
	time.Sleep(away() - time.Since(left))
	w.interviewed(1, 1, 3) // the first to find out again that Redis is away
	back(server)
	w.interviewed(0, 4, lastTurn)
	w.interviewed(1, 3, lastTurn)
	for i := range 2 {
		w.interviewedOnce(i)
	}
}

// While PostgreSQL is away a webhook is not taken; whoever delivers it again
// later finds the conversation where it was.
func TestPostgreSQLRestartsInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		end  func(*servertest.Server)
	}{
		{"shut down", (*servertest.Server).Stop},
		{"crashed", (*servertest.Server).Crash},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := servertest.StartPostgres(t)
			w := newWorld(t, backing{server.URL(), servertest.Redis(t)}, 1, simulator.TwilioConfig{})
			w.begin(plan{Lease: crashLease})
			w.interviewed(0, 0, 2)
			c.end(server)
			text := webhook(parentPhone(0), interview[2].says)
			if got := w.front.post(t.Context(), w.front.URL, "/twilio/sms", text); got != 503 {
				t.Errorf("without its database the gateway answers %d", got)
			}
			server.Start()
			w.deliver(text)
			w.hears(0, 3, interview[2].hears)
			w.interviewed(0, 3, lastTurn)
			w.interviewedOnce(0)
			w.has(t, lastTurn)
			w.lostNothing()
		})
	}
}

// While the database restarts, people go on talking.
func TestPostgreSQLRestartsUnderLoad(t *testing.T) {
	t.Parallel()
	server := servertest.StartPostgres(t)
	w := newWorld(t, backing{server.URL(), servertest.Redis(t)}, stormParents, simulator.TwilioConfig{})
	w.begin(plan{Lease: crashLease})
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.everybodyTalks(time.Second)
	}()
	for range 2 {
		time.Sleep(time.Second)
		server.Restart()
	}
	<-done
	w.settled()
	for i := range stormParents {
		w.reportedOnce(i)
		w.askedOnce(i)
	}
	w.lostNothing()
}
