package gateway_test

import (
	"context"
	"testing"

	"parley/gateway"
)

// witnessed notes which reports are committed, and whether each is simple.
type witnessed struct {
	gateway.Store
	simple map[string]bool
}

func (w *witnessed) Commit(ctx context.Context, t gateway.Turn) error {
	for _, r := range t.Reports {
		w.simple[r.Kind] = r.Simple
	}
	return w.Store.Commit(ctx, t)
}

// A claim of payment may be acted on at once; a change of income may not.
func TestWhichReportsAreSimple(t *testing.T) {
	h := newHouse(t, family())
	w := &witnessed{h.Store, map[string]bool{}}
	h.Store = w
	h.start("P1", "payment-made")
	for _, words := range []string{"16 November", "120", "cash", "later", "ok"} {
		h.text(payingPhone, words)
	}
	h.start("P1", "income-change")
	for _, words := range []string{"about the same", "ok"} {
		h.text(payingPhone, words)
	}
	if len(w.simple) != 2 || !w.simple["payment-made"] || w.simple["income-change"] {
		t.Errorf("simple are %v", w.simple)
	}
}
