package email

import (
	"net"
	"sync"
	"time"
)

// turnstile is a listener that lets in so many connections at once, and so many
// from one host: go-smtp lets in any number.
type turnstile struct {
	net.Listener
	most, mostOfHost int

	mu      sync.Mutex
	guests  map[*guest]bool
	ofHost  map[string]int
	closing bool
}

// guest is one connection.
type guest struct {
	net.Conn
	of   *turnstile
	once sync.Once
}

func newTurnstile(l net.Listener, most, mostOfHost int) *turnstile {
	return &turnstile{Listener: l, most: most, mostOfHost: mostOfHost, guests: map[*guest]bool{}, ofHost: map[string]int{}}
}

// Accept waits for a connection that there is room for and turns others away
// with the word that they may come back (RFC 5321 section 3.8).
func (t *turnstile) Accept() (net.Conn, error) {
	for {
		conn, err := t.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if g := t.admit(conn); g != nil {
			return g, nil
		}
		_, _ = conn.Write([]byte("421 4.7.0 Too many connections, try again later\r\n"))
		_ = conn.Close()
	}
}

func (t *turnstile) admit(conn net.Conn) *guest {
	t.mu.Lock()
	defer t.mu.Unlock()
	host := hostOf(conn)
	if t.closing || len(t.guests) >= t.most || t.ofHost[host] >= t.mostOfHost {
		return nil
	}
	g := &guest{Conn: conn, of: t}
	t.guests[g] = true
	t.ofHost[host]++
	return g
}

// drain lets nobody in any more and wakes whoever is waiting for a guest to
// say something: what is under way is finished.
func (t *turnstile) drain() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closing = true
	for g := range t.guests {
		_ = g.Conn.SetReadDeadline(longAgo)
	}
}

// clear closes every connection.
func (t *turnstile) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for g := range t.guests {
		_ = g.Conn.Close()
	}
}

var longAgo = time.Unix(1, 0)

// SetReadDeadline keeps to what drain has set.
func (g *guest) SetReadDeadline(at time.Time) error {
	g.of.mu.Lock()
	defer g.of.mu.Unlock()
	if g.of.closing {
		at = longAgo
	}
	return g.Conn.SetReadDeadline(at)
}

// Close makes room for another.
func (g *guest) Close() error {
	g.once.Do(func() {
		g.of.mu.Lock()
		defer g.of.mu.Unlock()
		delete(g.of.guests, g)
		host := hostOf(g.Conn)
		if g.of.ofHost[host]--; g.of.ofHost[host] == 0 {
			delete(g.of.ofHost, host)
		}
	})
	return g.Conn.Close()
}

// hostOf is where a connection comes from, without its port; all of a Unix
// socket come from one place.
func hostOf(conn net.Conn) string {
	host, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	if err != nil {
		return ""
	}
	return host
}
