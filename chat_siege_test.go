package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/internal/simulator"
)

// A siege is what clients do that mean a node no good, each from an address of
// their own, until it is over.
type siege struct {
	w    *world
	n    *node
	over chan struct{}
}

func (s *siege) goesOn() bool {
	select {
	case <-s.over:
		return false
	default:
		return true
	}
}

// dial opens a bare connection, which is closed with the test.
func (s *siege) dial() (net.Conn, error) {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 2, 0, 1)}}
	c, err := from.DialContext(s.w.t.Context(), "tcp", strings.TrimPrefix(s.n.url, "http://"))
	if err == nil {
		s.w.t.Cleanup(func() { c.Close() })
	}
	return c, err
}

// dawdle sends a request's headers byte by byte (Slowloris), and returns once
// it is hung up on.
func (s *siege) dawdle() error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	go func() {
		for header := "GET /chat/ws HTTP/1.1\r\nHost: x\r\nX-Slow: "; ; header = "z" {
			if _, err := io.WriteString(c, header); err != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	if err := c.SetReadDeadline(time.Now().Add(3 * headerTimeout)); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, c)
	return err
}

// demand asks for page after page and reads none, until no more fits or it is
// hung up on.
func (s *siege) demand() error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	if err := c.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		return err
	}
	for s.goesOn() && err == nil {
		if err := c.SetWriteDeadline(time.Now().Add(time.Second)); err != nil {
			return err
		}
		_, err = io.WriteString(c, strings.Repeat("GET /chat HTTP/1.1\r\nHost: x\r\n\r\n", 100))
	}
	<-s.over
	return nil
}

// ignore opens a tab of a visit that reads nothing that is said there.
func (s *siege) ignore(secret string) error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	request := "GET /chat/ws HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nCookie: chat=%s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if _, err := fmt.Fprintf(c, request, s.w.front.URL, secret); err != nil {
		return err
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("%v, %v", answer, err)
	}
	_, err = c.Write([]byte("\x81\x90\x00\x00\x00\x00" + `{"type":"hello"}`)) // RFC 6455 section 5.2, masked with zeros
	return err
}

// flood sends frames as fast as it can, and comes again when it is hung up on,
// for a while. It returns how often it was let in, and how often refused.
func (s *siege) flood(secret, frame string) (in, out int) {
	dialer := websocket.Dialer{NetDialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 2, 0, 2)}}).DialContext}
	for range 50 {
		socket, _, err := dialer.DialContext(s.w.t.Context(), s.n.socketURL(), http.Header{"Origin": {s.w.front.URL}, "Cookie": {"chat=" + secret}})
		if err != nil {
			out++
			continue
		}
		in++
		err = socket.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`))
		for err == nil && s.goesOn() {
			err = socket.WriteMessage(websocket.TextMessage, []byte(frame))
		}
		socket.Close()
	}
	return in, out
}

// Slow, deaf and greedy clients harm nobody but themselves.
func TestANodeUnderSiegeServesTheOthers(t *testing.T) {
	t.Parallel()
	const parents, dawdlers, demanding, deaf = 8, 150, 10, 40
	w := newWorld(t, onServers(t), parents+1, simulator.TwilioConfig{})
	s := &siege{w: w, n: w.spawn(plan{}), over: make(chan struct{})}
	var besieging, talking sync.WaitGroup
	for range dawdlers {
		besieging.Go(func() {
			if err := s.dawdle(); err != nil && !strings.Contains(err.Error(), "reset") {
				t.Errorf("a client that never ends its request is not hung up on: %v", err)
			}
		})
	}
	for range demanding {
		besieging.Go(func() {
			if err := s.demand(); err != nil {
				t.Error(err)
			}
		})
	}
	theirs := w.visit(parents)
	for range deaf {
		if err := s.ignore(theirs); err != nil {
			t.Fatal(err)
		}
	}
	for _, frame := range []string{`{"type":"typing"}`, `{"type":"message","id":"1","text":"` + strings.Repeat("a", 4000) + `"}`, `{"`} {
		besieging.Go(func() {
			in, out := s.flood(theirs, frame)
			t.Logf("a flood of %.24q was let in %d times, and refused %d times", frame, in, out)
		})
	}
	for i := range parents {
		c := w.chat(i, w.visit(i), s.n)
		talking.Go(func() {
			if err := c.report(t.Context(), func() time.Duration { return rand.N(time.Second) }); err != nil {
				t.Errorf("%s: %v", parent(i), err)
			}
			c.sawEachOnce(t)
		})
	}
	talking.Wait()
	close(s.over)
	besieging.Wait()
	t.Logf("the node is resident in %d MB", s.n.resident(t)>>20)
}
