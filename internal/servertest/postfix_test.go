package servertest

import (
	"context"
	"testing"
	"time"
)

func TestPostfixComesAndGoes(t *testing.T) {
	t.Parallel()
	server := StartPostfix(t, map[string]string{"post.example": "error:nobody here"}, nil)
	answers := func(when string, want bool) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if err := pingSMTP(ctx, server.URL()); (err == nil) != want {
			t.Fatalf("%s: ping gave %v, want an answer: %v", when, err, want)
		}
	}
	answers("started", true)
	server.Stop()
	answers("stopped", false)
	server.Start()
	answers("started after a stop", true)
}
