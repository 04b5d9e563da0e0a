package gatewaytest

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
)

// SessionsUnderTest is an implementation of gateway.Sessions that holds
// nothing yet, and what the suite does to it. Its limit is SessionsLimit.
type SessionsUnderTest struct {
	gateway.Sessions
	Pass func(time.Duration) // lets time pass
	Lose func()              // loses everything that it holds
	Cut  func()              // makes its store unreachable
	Mend func()              // makes it reachable again, and lets it find out
}

// SessionsLimit is the inbound limit to open an implementation with.
var SessionsLimit = gateway.Limit{Messages: 3, Window: time.Second}

// Sessions proves an implementation of gateway.Sessions. Open makes a new one,
// which must end with its test.
func Sessions(t *testing.T, open func(t *testing.T) SessionsUnderTest) {
	for name, prove := range map[string]func(*testing.T, SessionsUnderTest){
		"what is not there is turn 0":      unknownSessions,
		"what was saved is loaded":         savedSessions,
		"a later turn stays":               laterTurnStays,
		"a dropped conversation is gone":   droppedSessions,
		"all may be lost":                  lostSessions,
		"a sender has a limit":             sendersHaveALimit,
		"a limit holds for many at once":   limitHoldsAtOnce,
		"copies of a message count once":   copiesCountOnce,
		"tries have a limit of their own":  triesHaveALimit,
		"what is taken once":               whatIsTakenOnce,
		"a store that is away is no delay": sessionsAway,
	} {
		t.Run(name, func(t *testing.T) { prove(t, open(t)) })
	}
}

func unknownSessions(t *testing.T, s SessionsUnderTest) {
	wantLive(t, s, "C1", gateway.Live{})
	if err := s.Drop(t.Context(), "C1"); err != nil {
		t.Errorf("dropping what is not there: %v", err)
	}
}

func savedSessions(t *testing.T, s SessionsUnderTest) {
	rapid.Check(t, func(r *rapid.T) {
		id := gateway.ConversationID(rapid.StringMatching(`[0-9a-f-]{1,36}`).Draw(r, "id"))
		live := gateway.Live{
			Turn:  rapid.IntRange(1, 1_000_000).Draw(r, "turn"),
			State: rapid.SliceOfN(rapid.Byte(), 1, 2000).Draw(r, "state"),
		}
		if err := errors.Join(s.Drop(t.Context(), id), s.Save(t.Context(), id, live)); err != nil {
			r.Fatal(err)
		}
		got, _, err := s.Load(t.Context(), id, "", "")
		if err != nil || got.Turn != live.Turn || !bytes.Equal(got.State, live.State) {
			r.Fatalf("saved %+v, loaded %+v, %v", live, got, err)
		}
	})
	wantLive(t, s, "another conversation", gateway.Live{})
}

func laterTurnStays(t *testing.T, s SessionsUnderTest) {
	for _, save := range []struct{ turn, stays int }{{2, 2}, {1, 2}, {9, 9}, {2, 9}, {10, 10}, {9, 10}, {100, 100}, {99, 100}} {
		saveLive(t, s, "C1", save.turn)
		wantLive(t, s, "C1", live(save.stays))
	}
	t.Run("whatever the order", func(t *testing.T) {
		const turns = 20
		var saving sync.WaitGroup
		for turn := range turns {
			saving.Go(func() { saveLive(t, s, "C2", turn+1) })
		}
		saving.Wait()
		wantLive(t, s, "C2", live(turns))
	})
}

func droppedSessions(t *testing.T, s SessionsUnderTest) {
	saveLive(t, s, "C1", 5)
	saveLive(t, s, "C2", 6)
	if err := s.Drop(t.Context(), "C1"); err != nil {
		t.Fatal(err)
	}
	wantLive(t, s, "C1", gateway.Live{})
	wantLive(t, s, "C2", live(6))
}

func lostSessions(t *testing.T, s SessionsUnderTest) {
	saveLive(t, s, "C1", 5)
	s.Lose()
	wantLive(t, s, "C1", gateway.Live{})
	saveLive(t, s, "C1", 6)
	wantLive(t, s, "C1", live(6))
}

func sendersHaveALimit(t *testing.T, s SessionsUnderTest) {
	wants := []gateway.Allowance{gateway.Allowed, gateway.Allowed, gateway.Allowed, gateway.FirstOver, gateway.Over, gateway.Over}
	for _, sender := range []string{"+447700900001", "+447700900002"} {
		for i, want := range wants {
			wantAllowance(t, s, sender, want, fmt.Sprintf("message %d", i+1))
		}
	}
	for range 10 {
		wantAllowance(t, s, "", gateway.Allowed, "a turn that no message began")
	}
	s.Pass(SessionsLimit.Window + 100*time.Millisecond)
	wantAllowance(t, s, "+447700900001", gateway.Allowed, "in the next window")
}

func limitHoldsAtOnce(t *testing.T, s SessionsUnderTest) {
	const messages = 20
	allowances := make(chan gateway.Allowance, messages)
	var loading sync.WaitGroup
	for n := range messages {
		loading.Go(func() {
			_, allowance, err := s.Load(t.Context(), "C1", "+447700900001", fmt.Sprint("SM", n))
			if err != nil {
				t.Error(err)
			}
			allowances <- allowance
		})
	}
	loading.Wait()
	close(allowances)
	got := map[gateway.Allowance]int{}
	for allowance := range allowances {
		got[allowance]++
	}
	if got[gateway.Allowed] != SessionsLimit.Messages || got[gateway.FirstOver] != 1 {
		t.Errorf("%d were allowed and %d first over, want %d and 1", got[gateway.Allowed], got[gateway.FirstOver], SessionsLimit.Messages)
	}
}

func copiesCountOnce(t *testing.T, s SessionsUnderTest) {
	var loading sync.WaitGroup
	for range 3 * SessionsLimit.Messages {
		loading.Go(func() { wantAllowance(t, s, "+447700900001", gateway.Allowed, "the same message") })
	}
	loading.Wait()
	for n := range SessionsLimit.Messages - 1 {
		wantAllowance(t, s, "+447700900001", gateway.Allowed, fmt.Sprint("another message ", n))
	}
	wantAllowance(t, s, "+447700900001", gateway.FirstOver, "one more")
}

func triesHaveALimit(t *testing.T, s SessionsUnderTest) {
	limit := gateway.Limit{Messages: 3, Window: 2 * time.Second}
	try := func(want bool, senders ...string) {
		t.Helper()
		if got, err := s.Try(t.Context(), limit, senders...); err != nil || got != want {
			t.Errorf("a try of %q: got %v, %v; want %v", senders, got, err, want)
		}
	}
	untry := func(senders ...string) {
		t.Helper()
		if err := s.Untry(t.Context(), senders...); err != nil {
			t.Errorf("taking a try of %q back: %v", senders, err)
		}
	}
	for range 5 { // right each time
		try(true, "W1", "C1")
		untry("W1", "C1")
	}
	for range limit.Messages {
		try(true, "W1", "C1")
	}
	try(false, "W1", "C1")
	try(false, "W1", "C2")
	try(false, "W2", "C1")
	try(true, "W3", "C3")
	s.Pass(limit.Window / 2)
	try(false, "W1", "C1") // which does not begin the window anew
	s.Pass(limit.Window/2 + 100*time.Millisecond)
	untry("W1")
	for range limit.Messages {
		try(true, "W1", "C1")
	}
	try(false, "W1", "C1")
}

func whatIsTakenOnce(t *testing.T, s SessionsUnderTest) {
	const window = time.Second
	take := func(want bool, something, by string) {
		t.Helper()
		if got, err := s.Once(t.Context(), something, by, window); err != nil || got != want {
			t.Errorf("%s takes %s: got %v, %v; want %v", by, something, got, err, want)
		}
	}
	take(true, "survey P1", "C1")
	take(true, "survey P1", "C1") // its turn was made again
	take(false, "survey P1", "C2")
	take(true, "survey P2", "C2")
	s.Pass(window + 100*time.Millisecond)
	take(true, "survey P1", "C2")
	take(false, "survey P1", "C1")
}

func sessionsAway(t *testing.T, s SessionsUnderTest) {
	const bound = time.Second // for the call that finds out
	const atOnce = bound / 5  // for all that follow, together
	saveLive(t, s, "C1", 5)   // may be lost by being cut off, may be not
	timed := func(limit time.Duration, call func()) {
		t.Helper()
		began := time.Now()
		if call(); time.Since(began) > limit {
			t.Errorf("took %v, want less than %v", time.Since(began), limit)
		}
	}
	load := func() {
		t.Helper()
		if _, allowance, err := s.Load(t.Context(), "C1", "+447700900001", "SM1"); !errors.Is(err, gateway.ErrSessionsAway) || allowance != gateway.Allowed {
			t.Errorf("away: load gave %v, %v; want allowed, %v", allowance, err, gateway.ErrSessionsAway)
		}
	}
	s.Cut()
	timed(bound, load)
	timed(atOnce, func() {
		for range 50 {
			load()
		}
		if err := s.Save(t.Context(), "C1", live(6)); !errors.Is(err, gateway.ErrSessionsAway) {
			t.Errorf("away: save gave %v", err)
		}
		if err := s.Drop(t.Context(), "C1"); !errors.Is(err, gateway.ErrSessionsAway) {
			t.Errorf("away: drop gave %v", err)
		}
		if allowed, err := s.Try(t.Context(), gateway.Limit{Messages: 3, Window: time.Hour}, "W1"); allowed || !errors.Is(err, gateway.ErrSessionsAway) {
			t.Errorf("away: a try gave %v, %v", allowed, err)
		}
		if first, err := s.Once(t.Context(), "survey P1", "C1", time.Hour); first || !errors.Is(err, gateway.ErrSessionsAway) {
			t.Errorf("away: taking once gave %v, %v", first, err)
		}
		if err := s.Untry(t.Context(), "W1"); !errors.Is(err, gateway.ErrSessionsAway) {
			t.Errorf("away: taking a try back gave %v", err)
		}
	})
	s.Mend()
	saveLive(t, s, "C1", 7)
	wantLive(t, s, "C1", live(7))
}

// live is a state that tells its turn.
func live(turn int) gateway.Live {
	return gateway.Live{Turn: turn, State: fmt.Appendf(nil, "state of turn %d", turn)}
}

func saveLive(t *testing.T, s SessionsUnderTest, id gateway.ConversationID, turn int) {
	t.Helper()
	if err := s.Save(t.Context(), id, live(turn)); err != nil {
		t.Errorf("save turn %d of %s: %v", turn, id, err)
	}
}

func wantLive(t *testing.T, s SessionsUnderTest, id gateway.ConversationID, want gateway.Live) {
	t.Helper()
	got, _, err := s.Load(t.Context(), id, "", "")
	if err != nil || got.Turn != want.Turn || !bytes.Equal(got.State, want.State) {
		t.Errorf("load %s: got turn %d, %q, %v; want turn %d, %q", id, got.Turn, got.State, err, want.Turn, want.State)
	}
}

func wantAllowance(t *testing.T, s SessionsUnderTest, sender string, want gateway.Allowance, when string) {
	t.Helper()
	if _, got, err := s.Load(t.Context(), "C1", sender, when); err != nil || got != want {
		t.Errorf("%s from %q: got %v, %v; want %v", when, sender, got, err, want)
	}
}
