package gateway_test

import (
	"context"
	"testing"

	"parley/gateway"
)

// contested is a store in which every turn of a person's is lost to another
// turn twice.
type contested struct {
	gateway.Store
	lost map[gateway.MessageID]int
}

func (c *contested) Commit(ctx context.Context, t gateway.Turn) error {
	if t.Inbound != nil && c.lost[t.Inbound.ID] < 2 {
		c.lost[t.Inbound.ID]++
		return gateway.ErrConflict
	}
	return c.Store.Commit(ctx, t)
}

// The house's limit is 30 texts an hour.
func TestATextCountsOnceHoweverOftenItsTurnIsMade(t *testing.T) {
	h := newHouse(t, family())
	h.Store = &contested{h.Store, map[gateway.MessageID]int{}}
	for range 30 {
		if got := h.text(payingPhone, "hm"); len(got) != 1 {
			t.Fatalf("answered %q", got)
		}
	}
	if items := h.work(gateway.LoopWork); len(items) != 0 {
		t.Errorf("30 texts are over a limit of 30: %+v", items)
	}
	h.text(payingPhone, "hm")
	if items := h.work(gateway.LoopWork); len(items) != 1 {
		t.Errorf("31 texts are within a limit of 30: %+v", items)
	}
}
