package gateway_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// stranded gives P1 a conversation on a dialog version that nobody has kept.
func (h *house) stranded(phase gateway.Phase) gateway.ConversationID {
	h.t.Helper()
	c := gateway.Conversation{
		ID: "stranded", Person: "P1", Case: reference, Dialog: "income-change", Version: "0000000000000000",
		Address: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Phase: phase, State: []byte("{}"),
		Created: h.now, LastSaid: h.now,
	}
	if phase == gateway.Open {
		c.Turn = 1
	}
	if err := h.store.Commit(h.t.Context(), gateway.Turn{ID: h.newID(), At: h.now, Begins: true, Conversation: &c}); err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

func TestAConversationWhoseVersionDoesNotLoadGoesToAPerson(t *testing.T) {
	for _, c := range []struct {
		name  string
		phase gateway.Phase
		then  func(h *house, id gateway.ConversationID) []string
		told  bool
	}{
		{"the person writes", gateway.Open, func(h *house, _ gateway.ConversationID) []string { return h.text(payingPhone, "down") }, true},
		{"time passes", gateway.Open, wakened, false},
		{"it was queued", gateway.Waiting, wakened, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, family())
			id := h.stranded(c.phase)
			got := c.then(h, id)
			if told := len(got) == 1 && strings.Contains(got[0], "A person will contact you"); told != c.told {
				t.Errorf("said %q", got)
			}
			if items := h.work(gateway.HandoffWork); len(items) != 1 || items[0].Conversation != id || items[0].Team != "leeds-2" {
				t.Errorf("work items %+v", items)
			}
			view, err := h.View(t.Context(), id)
			if err != nil || view.Phase != gateway.Ended {
				t.Errorf("left %s, %v", view.Phase, err)
			}
			if got := h.text(payingPhone, "PAY"); len(got) != 1 || !strings.Contains(got[0], "gone up or down") {
				t.Errorf("begun anew: %q", got)
			}
		})
	}
}

func wakened(h *house, id gateway.ConversationID) []string {
	h.t.Helper()
	h.pass(time.Hour)
	if next, err := h.Wake(h.t.Context(), id); err != nil || !next.IsZero() {
		h.t.Errorf("waking again at %s, %v", next, err)
	}
	return h.deliver()
}
