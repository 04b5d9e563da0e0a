package webchat

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// everywhere counts as all nodes together do, until it is away.
type everywhere struct {
	counts map[string]int
	asked  int
	away   bool
}

func (e *everywhere) Count(_ context.Context, key string, _ time.Duration) (int, error) {
	e.asked++
	if e.away {
		return 0, errors.New("away")
	}
	e.counts[key]++
	return e.counts[key], nil
}

func TestLimitsHoldOverAllNodes(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	shared := &everywhere{counts: map[string]int{}}
	one, two := newLimiter(Limits{Messages: 3}, shared, func() time.Time { return now }), newLimiter(Limits{Messages: 3}, shared, func() time.Time { return now })
	for i, step := range []struct {
		node *limiter
		away bool
		pass time.Duration
		want bool
	}{
		{one, false, 0, true},
		{two, false, 0, true},
		{one, false, 0, true},
		{two, false, 0, false}, // the fourth of all
		{two, true, 0, true},   // its own third, while nobody knows of the others
		{two, true, 0, false},  // its own fourth
		{two, true, time.Minute, true},
	} {
		now, shared.away = now.Add(step.pass), step.away
		if got := step.node.maySay(t.Context(), "V1"); got != step.want {
			t.Errorf("step %d: may say: %v, want %v", i, got, step.want)
		}
	}
	if !one.maySay(t.Context(), "V2") {
		t.Error("one visit keeps another from speaking")
	}
}

func TestAFloodOfOneNodeAsksNothingOfTheOthers(t *testing.T) {
	shared := &everywhere{counts: map[string]int{}}
	l := newLimiter(Limits{Connects: 5}, shared, time.Now)
	for range 1000 {
		l.mayConnect(t.Context(), "203.0.113.7")
	}
	if shared.asked != 5 {
		t.Errorf("the others were asked %d times", shared.asked)
	}
}

func TestWhatANodeCountsIsBounded(t *testing.T) {
	l := newLimiter(Limits{}, nil, time.Now)
	for i := range mostKeys + 10 {
		l.mayConnect(t.Context(), fmt.Sprint("client ", i))
	}
	if len(l.counts) > mostKeys {
		t.Errorf("it counts for %d clients", len(l.counts))
	}
}

func TestWhoseLimitsAClientHas(t *testing.T) {
	for client, want := range map[string]string{
		"203.0.113.7":                  "203.0.113.7",
		"::ffff:203.0.113.7":           "203.0.113.7",
		"2001:db8:1:2:3:4:5:6":         "2001:db8:1:2::/64",
		"2001:db8:1:2::9":              "2001:db8:1:2::/64",
		"fe80::1%eth0":                 "fe80::/64",
		"the one that the proxy named": "the one that the proxy named",
	} {
		if got := clientKey(client); got != want {
			t.Errorf("%s: %s, want %s", client, got, want)
		}
	}
}
