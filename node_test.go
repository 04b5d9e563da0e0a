package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/channels/sms"
	"parley/gateway"
)

// nodeVariable makes the test binary a node of the gateway: its value is the
// node's plan. The settings are those of parley serve, in the same environment.
const nodeVariable = "PARLEY_TEST_NODE"

func TestMain(m *testing.M) {
	text, isNode := os.LookupEnv(nodeVariable)
	if !isNode {
		os.Exit(m.Run())
	}
	go func() { // the tests hold the other end, and let go of it however they end
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(3)
	}()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	var p plan
	err := json.Unmarshal([]byte(text), &p)
	if err == nil {
		err = serveNode(ctx, os.Environ(), p, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "node:", err)
		os.Exit(1)
	}
}

// plan is what differs in a node from the gateway that parley serve runs.
type plan struct {
	Dies  moment        // where it kills itself; empty: nowhere
	Turn  int           // at which turn of a conversation
	Lease time.Duration // of a claimed message; 0: as parley serve
	Ahead time.Duration // of its clock, before the real one
	Chaos bool          // it does not kill itself: it is hurt from outside, and has every channel
}

// serveNode runs a gateway as parley serve does, but for the plan.
func serveNode(ctx context.Context, environment []string, p plan, log io.Writer) error {
	set, err := readSettings(environment)
	if err != nil {
		return err
	}
	made := &parts{settings: set, log: newLogger(&streams{Err: log}, set)}
	switch {
	case p.Chaos:
		p.nodeInChaos(made)
	case p != (plan{}):
		made.extend = p.rewire
	}
	return made.serve(ctx)
}

// rewire makes the gateway again around the plan's store, sessions and channel.
func (p plan) rewire(_ context.Context, made *parts) error {
	config := made.gateway.Config
	channel, ok := config.Channels[0].(*sms.Channel)
	if !ok {
		return fmt.Errorf("the first channel is a %T", config.Channels[0])
	}
	if p.Lease > 0 {
		config.Lease = p.Lease
	}
	config.Clock = func() time.Time { return time.Now().Add(p.Ahead) }
	config.Store = mortalStore{config.Store, p}
	config.Sessions = mortalSessions{config.Sessions, p}
	config.Channels = []gateway.Channel{mortalChannel{channel, p}}
	var err error
	if made.gateway, err = gateway.New(config); err != nil {
		return err
	}
	others := made.routes
	made.routes = http.NewServeMux()
	made.routes.Handle("/", others)
	made.routes.Handle("/twilio/", channel.Handler(made.gateway))
	return nil
}

// A node is one process of the gateway, or one that runs within the tests'.
type node struct {
	url    string
	id     int // of its process; 0 within the tests'
	log    *nodeLog
	stop   func()        // in good order; returns when it is gone
	kill   func()        // kill -9; nil within the tests' process
	gone   chan struct{} // closed when it has ended
	killed func() bool   // once gone: whether it was killed
}

// startNode runs a node within the tests' process.
func startNode(t testing.TB, environment []string, p plan) *node {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	n := &node{log: newNodeLog(), gone: make(chan struct{}), killed: func() bool { return false }}
	go func() {
		defer close(n.gone)
		if err := serveNode(ctx, environment, p, n.log); err != nil {
			t.Errorf("node: %v", err)
		}
	}()
	n.stop = func() { cancel(); <-n.gone }
	n.await(t)
	return n
}

// spawnNode runs a node as a process of its own.
func spawnNode(t testing.TB, environment []string, p plan) *node {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append([]string{nodeVariable + "=" + string(text)}, environment...)
	n := &node{log: newNodeLog(), gone: make(chan struct{})}
	command.Stderr = n.log
	hold, err := command.StdinPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(n.gone)
		_ = command.Wait() // how it ended is in its state
		_ = hold.Close()
	}()
	n.id = command.Process.Pid
	end := func(s syscall.Signal) { _ = command.Process.Signal(s); <-n.gone } // it may be gone already
	n.stop = func() { end(syscall.SIGTERM) }
	n.kill = func() { end(syscall.SIGKILL) }
	n.killed = func() bool {
		status, ok := command.ProcessState.Sys().(syscall.WaitStatus)
		return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
	}
	n.await(t)
	return n
}

// await returns when the node listens. What it needs may still be away.
func (n *node) await(t testing.TB) {
	t.Helper()
	t.Cleanup(func() {
		n.stop()
		for _, canary := range canariesIn(n.log.String()) {
			t.Errorf("%q is in the log of a node", canary)
		}
		if t.Failed() {
			t.Logf("node %s:\n%s", n.url, n.log)
		}
	})
	select {
	case address := <-n.log.listening:
		n.url = "http://" + address
	case <-n.gone:
		t.Fatalf("the node ended: %s", n.log)
	case <-time.After(patience):
		t.Fatalf("the node does not listen: %s", n.log)
	}
}

// died waits until the node has killed itself.
func (n *node) died(t testing.TB) {
	t.Helper()
	select {
	case <-n.gone:
		if !n.killed() {
			t.Fatalf("the node ended in another way than by SIGKILL: %s", n.log)
		}
	case <-time.After(patience):
		t.Fatal("the node did not come to the moment where it dies")
	}
}

// nodeLog keeps what a node writes, and finds where it listens.
type nodeLog struct {
	listening chan string

	mu    sync.Mutex
	text  strings.Builder
	found bool
}

func newNodeLog() *nodeLog { return &nodeLog{listening: make(chan string, 1)} }

func (l *nodeLog) Write(written []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, err := l.text.Write(written)
	if l.found {
		return n, err
	}
	for line := range strings.Lines(l.text.String()) {
		var entry struct{ Listen string }
		if json.Unmarshal([]byte(line), &entry) != nil || entry.Listen == "" {
			continue
		}
		l.found = true
		l.listening <- entry.Listen
		break
	}
	return n, err
}

func (l *nodeLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
