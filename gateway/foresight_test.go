package gateway_test

import (
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestWhatIsForeseenIsWhatIsSent(t *testing.T) {
	h := newHouse(t, family())
	r := gateway.StartRequest{Person: "P1", Dialog: "income-change", By: "ann"}
	foreseen, err := h.ForeseeStart(t.Context(), r)
	h.do(err)
	if foreseen.Action != gateway.Send || !foreseen.At.Equal(h.clock()) || foreseen.Segments < 1 || foreseen.Channel != directory.SMS {
		t.Errorf("foreseen: %+v", foreseen)
	}
	if _, err := h.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"}); err == nil {
		t.Error("foreseeing began a conversation")
	}
	_, err = h.Start(t.Context(), r)
	h.do(err)
	if heard := h.deliver(); len(heard) != 1 || heard[0] != foreseen.Text {
		t.Errorf("sent %q, foreseen %q", heard, foreseen.Text)
	}
	again, err := h.ForeseeStart(t.Context(), r)
	h.do(err)
	if !again.Waits {
		t.Error("it is not foreseen that another conversation comes first")
	}
}

func TestTheNightIsForeseen(t *testing.T) {
	h := newHouse(t, family())
	h.pass(12 * time.Hour)
	f, err := h.ForeseeStart(t.Context(), gateway.StartRequest{Person: "P1", Dialog: "income-change"})
	h.do(err)
	if f.Action != gateway.WaitUntil || !f.At.After(h.clock()) || len(f.Reasons) == 0 {
		t.Errorf("at ten in the evening: %+v", f)
	}
}
