package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
)

func newShifting(t testing.TB, first, second gateway.Channel, now *time.Time) *gateway.Shifting {
	t.Helper()
	s, err := gateway.NewShifting(first, second, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func toPerson(i int) gateway.Message {
	return gateway.Message{ID: gateway.MessageID(fmt.Sprint("m-", i)), Person: directory.PersonID(fmt.Sprint("P", i))}
}

// TestTheOtherProviderIsTriedOnlyWhenNothingHasLeft: an opt-out with one is
// none with the other, and what may have left is not sent twice.
func TestTheOtherProviderIsTriedOnlyWhenNothingHasLeft(t *testing.T) {
	now := weekday
	for _, test := range []struct {
		name  string
		fails error
		moves bool
	}{
		{"well", nil, false},
		{"unreachable", unreached, true},
		{"too many", tooMany, true},
		{"opted out", &gateway.SendError{Outcome: gateway.Refused, OptedOut: true}, false},
		{"refused", &gateway.SendError{Outcome: gateway.Refused}, false},
		{"lost", &gateway.SendError{Outcome: gateway.Lost, Busy: true}, false},
		{"this phone later", &gateway.SendError{Outcome: gateway.Retry}, false},
		{"suspended", &gateway.SendError{Outcome: gateway.Retry, Busy: true, Suspended: true}, false},
		{"broken", errors.New("broken"), false},
	} {
		first, second := &notebook{fails: test.fails}, &notebook{}
		_, err := newShifting(t, first, second, &now).Send(t.Context(), toPerson(1))
		if moved := second.count() == 1; moved != test.moves || (err == nil) != (test.fails == nil || test.moves) {
			t.Errorf("%s: moved %v, %v", test.name, moved, err)
		}
	}
}

func TestTrafficShiftsLittleByLittleAndBack(t *testing.T) {
	now := weekday
	first, second := &notebook{}, &notebook{}
	s := newShifting(t, first, second, &now)
	sends := func(n int) {
		for i := range n {
			_, _ = s.Send(t.Context(), toPerson(i))
		}
	}
	sends(1000)
	if second.count() != 0 || s.Share() != 1 {
		t.Fatalf("all is well, and %d went by the second, the first's share being %v", second.count(), s.Share())
	}
	first.fails = unreached
	shares := []float64{s.Share()}
	for range 20 {
		sends(1000)
		shares = append(shares, s.Share())
	}
	if last := s.Share(); last != 1.0/64 {
		t.Errorf("shares %v, want them to end at a 64th: somebody must notice when it is well again", shares)
	}
	before := second.count()
	sends(1000)
	if second.count()-before != 1000 {
		t.Errorf("%d of 1000 left", second.count()-before)
	}
	first.fails = nil
	for rounds := 0; s.Share() < 1; rounds++ {
		was := s.Share()
		sends(200)
		if rounds > 100 || s.Share() < was {
			t.Fatalf("well again, and the share goes from %v to %v after %d rounds", was, s.Share(), rounds)
		}
		if rounds == 0 && s.Share() > 0.6 {
			t.Errorf("a hard switch back: %v", s.Share())
		}
	}
}

func TestAConversationStaysWithTheNumberThatWasTexted(t *testing.T) {
	now := weekday
	first, second := &notebook{fails: unreached}, &notebook{}
	s := newShifting(t, first, second, &now)
	for i := range 2000 {
		_, _ = s.Send(t.Context(), toPerson(i))
	}
	first.fails = nil
	reply := toPerson(1)
	reply.Conversation = "C1"
	before := first.count()
	if _, err := s.Send(t.Context(), reply); err != nil || first.count() != before+1 {
		t.Errorf("the reply went elsewhere: %v", err)
	}
	first.fails = tooMany
	before = second.count()
	for range 2 { // the second is not even offered to the first
		if _, err := s.Send(t.Context(), reply); err != nil {
			t.Error(err)
		}
	}
	if second.count() != before+2 {
		t.Errorf("%d replies went by the second", second.count()-before)
	}
}

// erratic is a provider that does what it is told next.
type erratic struct {
	notebook
	mu   sync.Mutex
	does []error
	took map[gateway.MessageID]bool // may have left
}

func (e *erratic) Send(_ context.Context, m gateway.Message) (gateway.Receipt, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	err := e.does[0]
	e.does = append(e.does[1:], e.does[0])
	var failed *gateway.SendError
	if err == nil || errors.As(err, &failed) && failed.Outcome == gateway.Lost {
		e.took[m.ID] = true
	}
	return gateway.Receipt{ProviderID: "x", Status: gateway.Accepted}, err
}

// TestNothingLeavesByBoth holds for whatever two providers do.
func TestNothingLeavesByBoth(t *testing.T) {
	what := []error{nil, unreached, tooMany, &gateway.SendError{Outcome: gateway.Lost, Busy: true}, &gateway.SendError{Outcome: gateway.Refused}}
	rapid.Check(t, func(r *rapid.T) {
		does := rapid.SliceOfN(rapid.SampledFrom(what), 1, 9)
		first := &erratic{does: does.Draw(r, "first"), took: map[gateway.MessageID]bool{}}
		second := &erratic{does: does.Draw(r, "second"), took: map[gateway.MessageID]bool{}}
		now := weekday
		s := newShifting(t, first, second, &now)
		for i := range 200 {
			m := toPerson(i)
			_, err := s.Send(t.Context(), m)
			if first.took[m.ID] && second.took[m.ID] {
				r.Fatalf("message %d left by both", i)
			}
			if err == nil && !first.took[m.ID] && !second.took[m.ID] {
				r.Fatalf("message %d left by neither", i)
			}
			now = now.Add(time.Second)
		}
	})
}
