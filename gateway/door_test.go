package gateway_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// crowded is a store that counts who reads senders, and does not answer them
// until it is let.
type crowded struct {
	gateway.Store
	let                     chan struct{}
	slow                    time.Duration
	inside, most            atomic.Int32
	arrivals, commits, kept atomic.Int32
}

func (c *crowded) Arrival(ctx context.Context, in gateway.Inbound) (gateway.Sender, error) {
	c.arrivals.Add(1)
	now := c.inside.Add(1)
	defer c.inside.Add(-1)
	for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
	}
	<-c.let
	time.Sleep(c.slow)
	return c.Store.Arrival(ctx, in)
}

func (c *crowded) Commit(ctx context.Context, t gateway.Turn) error {
	c.commits.Add(1)
	return c.Store.Commit(ctx, t)
}

func (c *crowded) Keep(ctx context.Context, m gateway.Kept, finish gateway.Timer) error {
	c.kept.Add(1)
	return c.Store.Keep(ctx, m, finish)
}

// crowd puts a crowded store under a house that makes two turns at once.
func crowd(t *testing.T, h *house, wait time.Duration) *crowded {
	t.Helper()
	c := &crowded{Store: h.store, let: make(chan struct{})}
	config := h.Config
	config.Store, config.Turns, config.TurnWait = c, 2, wait
	var err error
	if h.Gateway, err = gateway.New(config); err != nil {
		t.Fatal(err)
	}
	if err := h.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

// soon waits for something that another goroutine does.
func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// storm has strangers' texts come all at once; received waits until each was.
func (h *house) storm(texts int) (received func()) {
	var all sync.WaitGroup
	for n := range texts {
		all.Go(func() {
			if err := h.Receive(h.t.Context(), strangersText(n)); err != nil {
				h.t.Errorf("text %d: %v", n, err)
			}
		})
	}
	return all.Wait
}

func strangersText(n int) gateway.Inbound {
	return gateway.Inbound{
		ProviderID: fmt.Sprintf("SM-storm-%d", n), Text: "hello",
		From: gateway.Address{Channel: directory.SMS, Value: fmt.Sprintf("+4477009005%02d", n)},
	}
}

// When turns take for ever, what else comes is kept, in one short transaction
// each, and its turns are made once they do not.
func TestWhatWaitsTooLongForItsTurnIsKept(t *testing.T) {
	h := newHouse(t)
	c := crowd(t, h, 20*time.Millisecond)
	received := h.storm(20)
	soon(t, "the others are kept", func() bool { return c.kept.Load() == 18 })
	close(c.let)
	received()
	if most, kept := c.most.Load(), c.kept.Load(); most != 2 || kept != 18 {
		t.Errorf("%d turns at once, %d messages kept", most, kept)
	}
	h.ring()
	if items := h.work(gateway.UnknownSenderWork); len(items) != 20 {
		t.Errorf("turns were made of %d messages", len(items))
	}
}

// Nothing is kept that only has to wait for its turn for a moment.
func TestWhatComesAtOnceWaitsForItsTurn(t *testing.T) {
	h := newHouse(t)
	c := crowd(t, h, time.Minute)
	c.slow = time.Millisecond // so that they would be more, if more were let in
	close(c.let)
	h.storm(50)()
	if most, kept := c.most.Load(), c.kept.Load(); most > 2 || kept != 0 {
		t.Errorf("%d turns at once, %d messages kept", most, kept)
	}
	if items := h.work(gateway.UnknownSenderWork); len(items) != 50 {
		t.Errorf("turns were made of %d messages", len(items))
	}
}

// Copies that come while the first is on its way wait for what comes of that.
func TestCopiesThatComeTogetherAreOneMessage(t *testing.T) {
	h := newHouse(t)
	c := crowd(t, h, time.Minute)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := h.Receive(t.Context(), strangersText(1)); err != nil {
				t.Error(err)
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	close(c.let)
	all.Wait()
	if c.commits.Load() != 1 || c.kept.Load() != 0 || c.most.Load() != 1 {
		t.Errorf("%d turns, %d kept, %d read at once", c.commits.Load(), c.kept.Load(), c.most.Load())
	}
}

// A copy costs one reading, and does not count against whoever is said to have
// sent it: otherwise a network that repeats itself could silence a parent.
func TestACopyCostsOneReading(t *testing.T) {
	h := newHouse(t, family())
	c := crowd(t, h, time.Minute)
	close(c.let)
	in := gateway.Inbound{ProviderID: "SM-copied", From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "my pay went down"}
	if got := h.receive(in); len(got) != 1 {
		t.Fatalf("answered %q", got)
	}
	commits := c.commits.Load()
	for range 100 {
		if got := h.receive(in); len(got) != 0 {
			t.Fatalf("a copy is answered: %q", got)
		}
	}
	if c.commits.Load() != commits || c.kept.Load() != 0 || c.arrivals.Load() != 101 {
		t.Errorf("%d turns more, %d kept, %d readings", c.commits.Load()-commits, c.kept.Load(), c.arrivals.Load())
	}
	if got := h.text(payingPhone, "2"); len(got) != 1 {
		t.Errorf("after a hundred copies, the next message is answered %q", got)
	}
}

// Until their turn is made the gate knows nothing of them: a STOP and words of
// danger wait behind nothing else.
func TestWhatPressesIsLetInAtOnce(t *testing.T) {
	for name, in := range map[string]gateway.Inbound{
		"STOP":   {ProviderID: "SM-stop", From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "STOP", Keyword: gateway.Stop},
		"danger": {ProviderID: "SM-danger", From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "he has a knife and is outside my door"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			c := crowd(t, h, time.Minute)
			received := h.storm(5)
			soon(t, "two are inside", func() bool { return c.inside.Load() == 2 })
			var pressed sync.WaitGroup
			pressed.Go(func() {
				if err := h.Receive(t.Context(), in); err != nil {
					t.Error(err)
				}
			})
			soon(t, "it is let in as well", func() bool { return c.inside.Load() == 3 })
			close(c.let)
			pressed.Wait()
			received()
		})
	}
}

// slowIncome is a source that does not answer until it is let.
type slowIncome struct {
	asked atomic.Int32
	let   chan struct{}
}

func (s *slowIncome) Income(context.Context, directory.Case) (gateway.KnownIncome, error) {
	s.asked.Add(1)
	<-s.let
	return gateway.KnownIncome{}, gateway.ErrIncomeUnknown
}

// Whoever waits for a service that is not ours keeps nobody out.
func TestASlowServiceKeepsNobodyOut(t *testing.T) {
	h := newHouse(t, family())
	source := &slowIncome{let: make(chan struct{})}
	h.config.IncomeSources, h.config.Turns, h.config.TurnWait = []gateway.IncomeSource{source}, 1, time.Minute
	h.useDialogs(h.config.Dialogs)
	var talking sync.WaitGroup
	talking.Go(func() {
		for n, words := range []string{"PAY", "down", "410 a week", "1 November 2026", "later"} {
			in := gateway.Inbound{ProviderID: fmt.Sprint("SM-slow-", n), From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: words}
			if err := h.Receive(t.Context(), in); err != nil {
				t.Error(err)
			}
		}
	})
	soon(t, "the service is asked", func() bool { return source.asked.Load() > 0 })
	h.storm(3)()
	if items := h.work(gateway.UnknownSenderWork); len(items) != 3 {
		t.Errorf("meanwhile turns were made of %d messages of three", len(items))
	}
	close(source.let)
	talking.Wait()
}
