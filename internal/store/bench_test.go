package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

const benchmarkCases = 500

var benchmarkTime = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// onBothEngines runs a benchmark on durable databases that hold some cases,
// with 16 callers at once on 2 cores.
func onBothEngines(b *testing.B, run func(b *testing.B, s *store.Store)) {
	engines := map[string]func(b *testing.B) string{
		"sqlite":   func(b *testing.B) string { return filepath.Join(b.TempDir(), "parley.db") },
		"postgres": func(b *testing.B) string { return servertest.StartPostgres(b).URL() },
	}
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			s, err := store.Open(b.Context(), engines[name](b), store.Config{Secret: make([]byte, 32)})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := s.Migrate(b.Context()); err != nil {
				b.Fatal(err)
			}
			for i := range benchmarkCases {
				if err := s.PutCase(b.Context(), benchmarkCase(i), benchmarkTime); err != nil {
					b.Fatal(err)
				}
			}
			b.SetParallelism(8)
			b.ReportAllocs()
			b.ResetTimer()
			run(b, s)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "per_second")
		})
	}
}

func benchmarkCase(i int) directory.Case {
	return directory.Case{
		Reference:    directory.CaseReference(fmt.Sprintf("3000%08d", i)),
		Nation:       directory.England,
		PayingParent: directory.Person{ID: benchmarkPerson(i), Name: "Sam Example", Language: "en", Phone: benchmarkAddress(i).Value},
		ReceivingParents: []directory.ReceivingParent{{
			Person:   directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", i)), Name: "Ali Example", Language: "cy"},
			Children: []directory.Child{{ID: "C1", Name: "Jo"}},
		}},
	}
}

func benchmarkPerson(i int) directory.PersonID { return directory.PersonID(fmt.Sprintf("P%d", i)) }

func benchmarkAddress(i int) gateway.Address {
	return gateway.Address{Channel: directory.SMS, Value: fmt.Sprintf("+4477009%05d", i)}
}

// benchmarkTurn is an ordinary turn: a message, the state, a reply.
func benchmarkTurn(person, number int) gateway.Turn {
	id := fmt.Sprintf("01939c1e-%08d-%010d", person, number)
	conversation := gateway.ConversationID(fmt.Sprintf("01939c1e-conversation-%08d", person))
	at := benchmarkTime.Add(time.Duration(number) * time.Minute)
	return gateway.Turn{
		ID: id, At: at, Begins: number == 1,
		Conversation: &gateway.Conversation{
			ID: conversation, Person: benchmarkPerson(person), Case: "300012345678",
			Dialog: "income-change", Version: "sha256:0123456789abcdef", Address: benchmarkAddress(person),
			Phase: gateway.Open, Turn: number, State: make([]byte, 600), Created: at, LastSaid: at,
		},
		Inbound: &gateway.InboundRecord{
			ID: gateway.MessageID(id + "-1"), Person: benchmarkPerson(person), Kind: "turn", At: at,
			Inbound: gateway.Inbound{ProviderID: "SM" + id, From: benchmarkAddress(person), To: "+447700900000", Text: "£410 a week"},
		},
		Outgoing: []gateway.Message{{
			ID: gateway.MessageID(id + "-2"), Conversation: conversation, Turn: number, Person: benchmarkPerson(person),
			Case: "300012345678", To: benchmarkAddress(person), Language: "en", Subject: gateway.Reply,
			Text: "When did your pay change? For example, 3 November.", NotBefore: at, Created: at,
		}},
		Record: make([]byte, 500),
	}
}

func BenchmarkCommit(b *testing.B) {
	onBothEngines(b, func(b *testing.B, s *store.Store) {
		var callers atomic.Int64
		b.RunParallel(func(pb *testing.PB) {
			person := int(callers.Add(1))
			for number := 1; pb.Next(); number++ {
				if err := s.Commit(b.Context(), benchmarkTurn(person, number)); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkSender(b *testing.B) {
	onBothEngines(b, func(b *testing.B, s *store.Store) {
		for i := range benchmarkCases {
			if err := s.Commit(b.Context(), benchmarkTurn(i, 1)); err != nil {
				b.Fatal(err)
			}
		}
		b.ResetTimer()
		var next atomic.Int64
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				sender, err := s.Sender(b.Context(), benchmarkAddress(int(next.Add(1))%benchmarkCases))
				if err != nil || sender.Open == nil {
					b.Error(sender, err)
				}
			}
		})
	})
}

// BenchmarkClaimRecord takes messages through the whole tail: claimed, passed
// by the gate, marked, accepted, and two callbacks.
func BenchmarkClaimRecord(b *testing.B) {
	onBothEngines(b, func(b *testing.B, s *store.Store) {
		for i := range b.N {
			if err := s.Commit(b.Context(), benchmarkTurn(i%benchmarkCases, 1+i/benchmarkCases)); err != nil {
				b.Fatal(err)
			}
		}
		b.ResetTimer()
		now := benchmarkTime.AddDate(1, 0, 0)
		for done := 0; done < b.N; {
			messages, err := s.Claim(b.Context(), now, 64, time.Minute)
			if err != nil || len(messages) == 0 {
				b.Fatal(len(messages), err)
			}
			if _, err := s.GateFacts(b.Context(), messages, time.Now()); err != nil {
				b.Fatal(err)
			}
			var sends sync.WaitGroup
			for _, m := range messages {
				sends.Go(func() { benchmarkSend(b, s, m.ID, now) })
			}
			sends.Wait()
			done += len(messages)
		}
	})
}

func benchmarkSend(b *testing.B, s *store.Store, id gateway.MessageID, now time.Time) {
	ctx := context.Background()
	if marked, err := s.MarkSending(ctx, []gateway.MessageID{id}); err != nil || len(marked) != 1 {
		b.Error(marked, err)
	}
	for _, status := range []gateway.Status{gateway.Accepted, gateway.Sent, gateway.Delivered} {
		settlement := gateway.Settlement{Message: id, Status: status, ProviderID: "SM" + string(id), Segments: 1, At: now}
		if err := s.Record(ctx, []gateway.Settlement{settlement}); err != nil {
			b.Error(err)
		}
	}
}
