package gateway_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/gateway"
)

// unsteady is a store of which some answers get lost, whether or not it has
// done what was asked.
type unsteady struct {
	gateway.Store
	marksLost, recordsFail atomic.Int32
	marking, reading       func() // happens while a mark is made, while the gate's facts are read
}

var errLostAnswer = errors.New("the store's answer is lost")

func (u *unsteady) MarkSending(ctx context.Context, ids []gateway.MessageID) ([]gateway.MessageID, error) {
	marked, err := u.Store.MarkSending(ctx, ids)
	if u.marking != nil {
		u.marking()
	}
	if err == nil && u.marksLost.Add(-1) >= 0 {
		return nil, errLostAnswer
	}
	return marked, err
}

func (u *unsteady) GateFacts(ctx context.Context, messages []gateway.Message, now time.Time) ([]gateway.GateFacts, error) {
	facts, err := u.Store.GateFacts(ctx, messages, now)
	if u.reading != nil {
		u.reading()
	}
	return facts, err
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

// Between the gate and the way out the store may stand still for a while. What a
// parent says meanwhile, on whichever node, is heeded.
func TestWhatIsSaidWhileTheStoreStandsStillIsHeeded(t *testing.T) {
	for _, test := range []struct {
		name, says string
		keyword    gateway.Keyword
		only       string // what still goes out begins so
	}{
		{"STOP", "STOP", gateway.Stop, "You will get no more texts"},
		{"danger", "he has a knife and is outside my door", gateway.NoKeyword, "Thank you for telling us. A person will read this"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newHouse(t, family())
			u := unsteadily(t, h)
			p := family().PayingParent
			h.start("P1", "income-change")
			u.marking = func() {
				u.marking = nil
				h.pass(3 * time.Second)
				h.says(p, test.says, test.keyword, false)
			}
			if got := h.deliver(); slices.ContainsFunc(got, func(text string) bool { return !strings.HasPrefix(text, test.only) }) || len(got) == 0 {
				t.Errorf("texts %q", got)
			}
		})
	}
}

func TestAStoreThatIsAlwaysTooSlowHasMessagesWait(t *testing.T) {
	h := newHouse(t, family())
	u := unsteadily(t, h)
	h.start("P1", "income-change")
	u.reading = func() { h.pass(3 * time.Second) }
	if err := h.Flush(t.Context()); err == nil || h.sms.count() > 0 {
		t.Fatalf("%d texts, %v", h.sms.count(), err)
	}
	u.reading = nil
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("texts %q", got)
	}
}
