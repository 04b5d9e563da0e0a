package console

import (
	"context"
	"path/filepath"
	"testing"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/internal/store"
)

// noFigures is what the pages of figures need where a test looks at others.
func noFigures() FiguresConfig {
	return FiguresConfig{Audit: nothingSeen{}, Book: nothingCounted{}}
}

type nothingCounted struct{}

func (nothingCounted) Today() calculation.Date { return calculation.NewDate(2026, 11, 23) }
func (nothingCounted) Between(context.Context, calculation.Date, calculation.Date) (gateway.Figures, error) {
	return nil, nil
}
func (nothingCounted) OpenData(context.Context, gateway.Quarter) ([]gateway.OpenRow, bool, error) {
	return nil, false, nil
}

type nothingSeen struct{}

func (nothingSeen) AuditEntries(context.Context, gateway.AuditQuery) ([]gateway.AuditEntry, error) {
	return nil, nil
}
func (nothingSeen) VerifyAudit(context.Context) (gateway.AuditProof, error) {
	return gateway.AuditProof{}, nil
}

// openStore opens a real store.
func openStore(tb testing.TB) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), filepath.Join(tb.TempDir(), "parley.db"), store.Config{Secret: []byte("a secret key of thirty-two bytes")})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}
