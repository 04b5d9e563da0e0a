package gateway_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"parley/gateway"
)

// unsteady is a store of which some answers get lost, whether or not it has
// done what was asked.
type unsteady struct {
	gateway.Store
	marksLost, recordsFail atomic.Int32
}

var errLostAnswer = errors.New("the store's answer is lost")

func (u *unsteady) MarkSending(ctx context.Context, ids []gateway.MessageID) ([]gateway.MessageID, error) {
	marked, err := u.Store.MarkSending(ctx, ids)
	if err == nil && u.marksLost.Add(-1) >= 0 {
		return nil, errLostAnswer
	}
	return marked, err
}

func (u *unsteady) Record(ctx context.Context, settled []gateway.Settlement) error {
	if u.recordsFail.Add(-1) >= 0 {
		return errLostAnswer
	}
	return u.Store.Record(ctx, settled)
}

// unsteadily puts an unsteady store under a house.
func unsteadily(t *testing.T, h *house) *unsteady {
	t.Helper()
	u := &unsteady{Store: h.store}
	config := h.Config
	config.Store = u
	var err error
	if h.Gateway, err = gateway.New(config); err != nil {
		t.Fatal(err)
	}
	return u
}

func TestAReceiptIsKeptThroughAShortAbsenceOfTheStore(t *testing.T) {
	h := newHouse(t, family())
	unsteadily(t, h).recordsFail.Store(2)
	started := h.start("P1", "income-change")
	if got := h.deliver(); len(got) != 1 {
		t.Fatalf("texts %q", got)
	}
	view, err := h.View(t.Context(), started.Conversation)
	if err != nil {
		t.Fatal(err)
	}
	if got := view.Messages[0].Status; got != gateway.Accepted {
		t.Errorf("the message is %s", got)
	}
}

func TestAMessageThatNeverLeftIsSentOnceTheStoreIsBack(t *testing.T) {
	h := newHouse(t, family())
	u := unsteadily(t, h)
	u.marksLost.Store(1)
	u.recordsFail.Store(1)
	h.start("P1", "income-change")
	if err := h.Flush(t.Context()); !errors.Is(err, errLostAnswer) {
		t.Fatalf("the pump reports %v", err)
	}
	h.pass(h.Lease + 1)
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("texts %q", got)
	}
}
