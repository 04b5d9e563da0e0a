package gateway

import (
	"errors"
	"testing"
	"time"
)

func TestWithoutATracerNothingIsPaidFor(t *testing.T) {
	var g Gateway
	messages := []Message{{ID: "M1", Trace: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}
	ctx, failed := t.Context(), errors.New("failed")
	if allocated := testing.AllocsPerRun(100, func() {
		within, end := g.begin(ctx, TurnStep, Facts{Message: "M1"})
		g.mark(within, messages)
		g.passed(within, &messages[0], GateStep, time.Second, "send")
		g.follow(g.followMessage(within, "M1"), messages[0].Trace)
		end(failed, Facts{})
	}); allocated > 0 {
		t.Errorf("%v allocations", allocated)
	}
	if messages[0].Trace == "" {
		t.Error("what another node keeps with a message is lost")
	}
}
