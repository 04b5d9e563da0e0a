package session

import (
	"context"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// newsOf listens for news of work and passes on what is heard; "lost" is that
// some may have been.
func newsOf(t *testing.T, address, name string) (*News, chan string) {
	t.Helper()
	n, err := NewNews(connect(t, address), FanoutConfig{Node: name, SecretKey: []byte("a secret"), Clock: time.Now, Quiet: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan string, 100)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		n.Listen(ctx, func(news []byte) { heard <- string(news) }, func() { heard <- "lost" })
	}()
	t.Cleanup(func() { stop(); <-ended })
	return n, heard
}

func wantNews(t *testing.T, heard chan string, want string) {
	t.Helper()
	select {
	case got := <-heard:
		if got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("%q is not heard", want)
	}
}

func TestNewsOfWorkReachesTheOtherNodes(t *testing.T) {
	address := "redis://" + miniredis.RunT(t).Addr()
	one, atOne := newsOf(t, address, "one")
	_, atTwo := newsOf(t, address, "two")
	visits := listen(t, address, "three", "a secret")
	for _, heard := range []chan string{atOne, atTwo} {
		wantNews(t, heard, "lost") // until now nothing could be heard
	}
	one.Tell(t.Context(), []byte(`{"task":"W1"}`))
	wantNews(t, atTwo, `{"task":"W1"}`)
	select {
	case got := <-atOne:
		t.Errorf("the node that told heard %q", got)
	case got := <-visits.heard:
		t.Errorf("visits heard %q", got)
	case <-time.After(50 * time.Millisecond):
	}
}
