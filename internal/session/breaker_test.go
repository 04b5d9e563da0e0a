package session

import (
	"testing"
	"time"
)

func TestBreakerLetsOneCallTryAgain(t *testing.T) {
	clock := newClock()
	b := breaker{clock: clock.now, rest: time.Second}
	for _, step := range []struct {
		name  string
		event func()
		want  []bool // what the next calls are told
	}{
		{"nothing is known against Redis", func() {}, []bool{true, true}},
		{"a call failed", b.failed, []bool{false, false}},
		{"not rested yet", func() { clock.advance(time.Second - 1) }, []bool{false}},
		{"rested: one tries", func() { clock.advance(1) }, []bool{true, false, false}},
		{"it failed too", b.failed, []bool{false}},
		{"rested again", func() { clock.advance(time.Second) }, []bool{true, false}},
		{"it never came back: another tries", func() { clock.advance(time.Second) }, []bool{true, false}},
		{"it succeeded", b.succeeded, []bool{true, true}},
	} {
		step.event()
		for i, want := range step.want {
			if got := b.allows(); got != want {
				t.Errorf("%s: call %d is allowed: %v, want %v", step.name, i+1, got, want)
			}
		}
	}
}
