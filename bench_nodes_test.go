package main

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/servertest"
	"parley/internal/simulator"
)

// BenchmarkNodes measures what it costs that several nodes share one PostgreSQL
// and one Redis: webhooks until they are answered, each node a process, while
// their replies are sent. All of it shares this machine's cores, so that more
// nodes cannot do more; on machines of their own they would.
//
//	go test -run xxx -bench Nodes -benchtime 6000x .
func BenchmarkNodes(b *testing.B) {
	for nodes := 1; nodes <= 3; nodes++ {
		b.Run(fmt.Sprint(nodes), func(b *testing.B) { benchNodes(b, nodes) })
	}
}

func benchNodes(b *testing.B, nodes int) {
	w := newWorld(b, backing{database: servertest.StartPostgres(b).URL(), redis: servertest.StartRedis(b).URL()}, benchPeople, simulator.TwilioConfig{})
	for range nodes {
		w.spawn(plan{}, "PARLEY_INBOUND_LIMIT=1000000", "PARLEY_DATABASE_CONNECTIONS=16")
	}
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	var senders sync.WaitGroup
	b.ResetTimer()
	begun := time.Now()
	for range benchConnections {
		senders.Go(func() {
			for i := int(next.Add(1)) - 1; i < b.N; i = int(next.Add(1)) - 1 {
				person, round := i%benchPeople, i/benchPeople
				one := time.Now()
				status := w.front.post(b.Context(), w.front.next().url, "/twilio/sms", webhook(parentPhone(person), script[round%len(script)]))
				if took[i] = time.Since(one); status != http.StatusOK {
					b.Errorf("status %d", status)
				}
			}
		})
	}
	senders.Wait()
	rate := float64(b.N) / time.Since(begun).Seconds()
	b.StopTimer()
	reportQuantiles(b, took)
	b.ReportMetric(rate, "messages/s")
}
