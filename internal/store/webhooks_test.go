package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/store"
)

// happen writes n work items, and so as many events for "all".
func happen(t *testing.T, s *store.Store, n int) {
	t.Helper()
	var items []gateway.WorkItem
	for i := range n {
		id := fmt.Sprintf("W%03d", i)
		items = append(items, gateway.WorkItem{ID: id, Key: id, Created: noon.Add(time.Duration(i) * time.Second)})
	}
	must(t, s.AddWork(t.Context(), items...))
}

func claim(t *testing.T, s *store.Store, at time.Time, limit int) []gateway.Delivery {
	t.Helper()
	claimed, err := s.ClaimDeliveries(t.Context(), "all", at, limit, time.Minute)
	must(t, err)
	return claimed
}

// A delivery is leased, tried again when its node dies, and settled by whoever
// has it now.
func TestDeliveriesAreLeased(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		s, at := open(), noon.Add(time.Hour)
		happen(t, s, 1)
		first := claim(t, s, at, 5)
		if len(first) != 1 || first[0].Tries != 1 || first[0].Subject != "W000" || !first[0].Next.Equal(at.Add(time.Minute)) {
			t.Fatalf("claimed %+v", first)
		}
		if again := claim(t, s, at.Add(time.Minute-1), 5); len(again) != 0 {
			t.Errorf("claimed twice: %+v", again)
		}
		second := claim(t, s, at.Add(time.Minute), 5)
		if len(second) != 1 || second[0].Tries != 2 || second[0].ID != first[0].ID {
			t.Fatalf("after the lease: %+v", second)
		}
		late := first[0]
		late.State = gateway.DeliveryDone
		must(t, s.SettleDelivery(t.Context(), late))
		if got := deliveriesTo(t, s, "all")[0]; got.State != gateway.DeliveryWaiting {
			t.Errorf("settled by a node that had lost it: %+v", got)
		}
		d := second[0]
		d.Next, d.Status, d.Failure = at.Add(time.Hour), 503, gateway.EndpointRefuses
		must(t, s.SettleDelivery(t.Context(), d))
		if got := deliveriesTo(t, s, "all")[0]; got != d {
			t.Errorf("stored %+v\nwant   %+v", got, d)
		}
		if early := claim(t, s, at.Add(time.Hour-1), 5); len(early) != 0 {
			t.Errorf("tried before its time: %+v", early)
		}
		must(t, s.SendAgain(t.Context(), d.ID, "all", at.Add(2*time.Minute)))
		third := claim(t, s, at.Add(2*time.Minute), 5)
		if len(third) != 1 || third[0].Tries != 3 {
			t.Fatalf("sooner, when asked to: %+v", third)
		}
		third[0].State = gateway.DeliveryDone
		must(t, s.SettleDelivery(t.Context(), third[0]))
		must(t, s.SendAgain(t.Context(), d.ID, "all", at.Add(3*time.Minute)))
		if got := claim(t, s, at.Add(3*time.Minute), 5); len(got) != 1 || got[0].Tries != 1 {
			t.Errorf("again, after it was done: %+v", got)
		}
		if err := s.SendAgain(t.Context(), "evt_none", "all", at); !errors.Is(err, gateway.ErrNotFound) {
			t.Errorf("of nothing: %v", err)
		}
	})
}

// An endpoint that answers 410 gets nothing more until it is enabled.
func TestAGoneEndpoint(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		happen(t, s, 3)
		d := claim(t, s, noon.Add(time.Hour), 1)[0]
		d.State, d.Status, d.Failure = gateway.DeliveryGivenUp, 410, gateway.EndpointGone
		must(t, s.SettleDelivery(t.Context(), d))
		for _, d := range deliveriesTo(t, s, "all") {
			if d.State != gateway.DeliveryGivenUp || d.Failure != gateway.EndpointGone {
				t.Errorf("still waits: %+v", d)
			}
		}
		disabled, err := s.DisabledEndpoints(t.Context())
		if err != nil || len(disabled) != 1 || !disabled["all"].Equal(noon.Add(time.Hour)) {
			t.Errorf("disabled: %v, %v", disabled, err)
		}
		must(t, s.AddWork(t.Context(), gateway.WorkItem{ID: "X1", Key: "X1", Created: noon}))
		must(t, s.SendAgain(t.Context(), d.ID, "all", noon))
		if got := claim(t, s, noon.Add(2*time.Hour), 9); len(got) != 0 || len(deliveriesTo(t, s, "all")) != 3 {
			t.Errorf("while it is disabled it is sent %+v", got)
		}
		must(t, s.EnableEndpoint(t.Context(), "all"))
		must(t, s.AddWork(t.Context(), gateway.WorkItem{ID: "X2", Key: "X2", Created: noon}))
		if got := claim(t, s, noon.Add(2*time.Hour), 9); len(got) != 2 {
			t.Errorf("enabled again it is sent %d, want what was asked for and what is new", len(got))
		}
	})
}

// The page goes through all of them, each once, and what is old is forgotten.
func TestPagesOfDeliveries(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		happen(t, s, 7)
		var seen []string
		q := gateway.DeliveryQuery{Endpoint: "all", State: gateway.DeliveryWaiting, Limit: 3}
		for {
			page, err := s.Deliveries(t.Context(), q)
			must(t, err)
			if len(page) == 0 {
				break
			}
			for _, d := range page {
				seen = append(seen, d.Subject)
			}
			q.Before = &page[len(page)-1]
		}
		if want := []string{"W006", "W005", "W004", "W003", "W002", "W001", "W000"}; !slices.Equal(seen, want) {
			t.Errorf("the pages have %q", seen)
		}
		must(t, s.ForgetDeliveries(t.Context(), noon.Add(5*time.Second)))
		if left := deliveriesTo(t, s, "all"); len(left) != 2 {
			t.Errorf("left: %+v", left)
		}
	})
}

// Nodes that claim at once claim each delivery once, and no more than they ask for.
func TestNodesShareDeliveries(t *testing.T) {
	listened(t, func(t *testing.T, open func() *store.Store) {
		const many, atOnce = 90, 4
		one, two := open(), open()
		happen(t, one, many)
		var mu sync.Mutex
		seen := map[string]int{}
		var nodes sync.WaitGroup
		for _, s := range []*store.Store{one, two, one, two} {
			nodes.Go(func() {
				for idle := 0; idle < 3; { // what another is just claiming is passed over
					claimed := claim(t, s, noon.Add(time.Hour), atOnce)
					if len(claimed) > atOnce {
						t.Errorf("claimed %d", len(claimed))
					}
					if len(claimed) == 0 {
						idle++
					}
					mu.Lock()
					for _, d := range claimed {
						seen[d.Subject]++
					}
					mu.Unlock()
				}
			})
		}
		nodes.Wait()
		for subject, times := range seen {
			if times != 1 {
				t.Errorf("%s was claimed %d times", subject, times)
			}
		}
		if len(seen) != many {
			t.Errorf("%d were claimed, want %d", len(seen), many)
		}
	})
}
