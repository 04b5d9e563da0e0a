package gateway_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

func TestWatchersHearWhichConversationsGoOn(t *testing.T) {
	h := newDesk(t, family())
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	changes := h.Watch(ctx)
	go h.Desk(ctx)
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	for change := range changes {
		if slices.Contains(change.Turned, id) {
			return
		}
	}
	t.Error("nobody heard of it")
}
