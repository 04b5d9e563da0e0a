package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
	"parley/internal/store"
)

// A restart breaks off what is under way and leaves every pooled connection
// dead. What was answered without an error is there afterwards, what was
// answered with one can be sent again, and nobody has to restart the gateway.
func TestPostgresIsRestartedUnderLoad(t *testing.T) {
	for name, restart := range map[string]func(*servertest.Server){
		"in good order":  func(s *servertest.Server) { s.Restart() },
		"by a power cut": func(s *servertest.Server) { s.Crash(); s.Start() },
	} {
		t.Run(name, func(t *testing.T) {
			server := servertest.StartPostgres(t)
			s := open(t, server.URL())
			const callers, messages = 8, 30
			var all sync.WaitGroup
			for caller := range callers {
				all.Go(func() {
					for n := range messages {
						untilTaken(t, s, faultTurn(caller, n))
						if caller == 0 && n == messages/2 {
							restart(server)
						}
					}
				})
			}
			all.Wait()
			claimed, err := s.Claim(t.Context(), benchmarkTime, 2*callers*messages, time.Minute)
			if err != nil || len(claimed) != callers*messages {
				t.Errorf("%d replies, %v, want %d", len(claimed), err, callers*messages)
			}
		})
	}
}

// faultTurn takes a message and answers it, to somebody of its own.
func faultTurn(caller, n int) gateway.Turn {
	id := fmt.Sprintf("%02d-%04d", caller, n)
	from := gateway.Address{Channel: "sms", Value: "+44" + id}
	return gateway.Turn{
		ID: id, At: benchmarkTime,
		Inbound:  &gateway.InboundRecord{ID: gateway.MessageID("in " + id), At: benchmarkTime, Inbound: gateway.Inbound{ProviderID: id, From: from}},
		Outgoing: []gateway.Message{{ID: gateway.MessageID("out " + id), To: from, Created: benchmarkTime}},
	}
}

// untilTaken sends a turn again until the store has it, as a webhook would.
func untilTaken(t *testing.T, s *store.Store, turn gateway.Turn) {
	for range 500 {
		err := s.Commit(t.Context(), turn)
		if err == nil || errors.Is(err, gateway.ErrDuplicate) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("turn %s was never taken", turn.ID)
}

// After a restart, whole pools of dead connections are nobody's error.
func TestDeadConnectionsAreReplaced(t *testing.T) {
	server := servertest.StartPostgres(t)
	s := open(t, server.URL())
	var all sync.WaitGroup
	for range 8 { // fill the pool
		all.Go(func() { s.Sender(t.Context(), benchmarkAddress(1)) })
	}
	all.Wait()
	server.Restart()
	if _, err := s.Sender(t.Context(), benchmarkAddress(1)); err != nil {
		t.Errorf("reading: %v", err)
	}
	server.Restart()
	if err := s.Commit(t.Context(), faultTurn(1, 1)); err != nil {
		t.Errorf("committing: %v", err)
	}
}

func TestAServerThatHangsDoesNotHangItsCallers(t *testing.T) {
	server := servertest.StartPostgres(t)
	s := open(t, server.URL())
	server.Pause()
	calls := map[string]func(context.Context) error{
		"commit": func(ctx context.Context) error { return s.Commit(ctx, faultTurn(1, 1)) },
		"record": func(ctx context.Context) error {
			return s.Record(ctx, []gateway.Settlement{{Message: "M1", Status: gateway.Delivered}})
		},
		"read": func(ctx context.Context) error { _, err := s.Sender(ctx, benchmarkAddress(1)); return err },
	}
	for name, call := range calls {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		begun := time.Now()
		if err := call(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got error %v, want %v", name, err, context.DeadlineExceeded)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: returned %v after its deadline", name, took)
		}
		cancel()
	}
	server.Resume()
	untilTaken(t, s, faultTurn(2, 2))
}

// A full disk ends SQLite's transaction, with everybody's turns in it: each
// gets an error, none is half there, and all goes on when there is room again.
func TestAFullDiskLosesNothingThatWasAnswered(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	limit(t, s, 80)
	taken := make([]bool, 400)
	var all sync.WaitGroup
	for n := range taken {
		all.Go(func() {
			turn := faultTurn(1, n)
			turn.Inbound.Text = fmt.Sprintf("%02000d", n)
			taken[n] = s.Commit(t.Context(), turn) == nil
		})
	}
	all.Wait()
	limit(t, s, 1<<30)
	full := 0
	for n, was := range taken {
		if !was {
			full++
		}
		err := s.Commit(t.Context(), faultTurn(1, n))
		if was != errors.Is(err, gateway.ErrDuplicate) || (!was && err != nil) {
			t.Errorf("turn %d, taken %v: again, got error %v", n, was, err)
		}
	}
	if full == 0 || full == len(taken) {
		t.Errorf("%d of %d turns found the disk full", full, len(taken))
	}
}

// limit bounds the database's size in pages.
func limit(t *testing.T, s *store.Store, pages int) {
	t.Helper()
	if _, err := s.Writer().Exec(fmt.Sprint("PRAGMA max_page_count = ", pages)); err != nil {
		t.Fatal(err)
	}
}
