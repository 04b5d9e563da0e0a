package gateway_test

import (
	"strings"
	"testing"

	"parley/gateway"
)

// broken is an Understanding with a bug.
type broken struct{}

func (broken) Read(text string) gateway.Reading { panic("cannot read " + text) }

func TestAMessageThatNoTurnCanBeMadeOfGoesToAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.Understanding = broken{}
	if got := h.text(payingPhone, "my secret"); len(got) != 0 {
		t.Fatalf("answered %q", got)
	}
	if log := h.log.String(); !strings.Contains(log, "panic with a string") || strings.Contains(log, "my secret") {
		t.Errorf("the log says %s", log)
	}
	if err := h.GiveUp(t.Context(), h.timers[0].Message); err != nil {
		t.Fatal(err)
	}
	if got := h.deliver(); len(got) != 1 || !strings.Contains(got[0], "A person will read it") {
		t.Errorf("whoever wrote it is told %q", got)
	}
	items := h.work(gateway.FailedTurnWork)
	if len(items) != 1 || items[0].Person != "P1" || items[0].Case != reference {
		t.Errorf("work items %+v", items)
	}
	if err := h.GiveUp(t.Context(), h.timers[0].Message); err != nil {
		t.Errorf("given up twice: %v", err)
	}
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("given up twice: %q", got)
	}
}
