package main

import (
	"context"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/chaos"
)

// nodeInChaos makes a node all that parley serve runs, every channel included,
// but for its clock, its lease and the DNS, in which every parent's mail comes
// from this machine.
func (p plan) nodeInChaos(made *parts) {
	made.clock = func() time.Time { return time.Now().Add(p.Ahead) }
	made.resolver = loopbackDNS{}
	made.extend = func(_ context.Context, made *parts) error {
		made.gateway.Lease = p.Lease
		return nil
	}
}

// loopbackDNS says of every domain that its mail comes from this machine.
type loopbackDNS struct{}

func (loopbackDNS) LookupTXT(_ context.Context, name string) ([]string, error) {
	if strings.HasPrefix(name, "_dmarc.") || strings.Contains(name, "._domainkey.") {
		return nil, &net.DNSError{Err: "no such record", Name: name, IsNotFound: true}
	}
	return []string{"v=spf1 ip4:127.0.0.0/8 -all"}, nil
}

func (loopbackDNS) LookupMX(context.Context, string) ([]*net.MX, error)        { return nil, nil }
func (loopbackDNS) LookupIPAddr(context.Context, string) ([]net.IPAddr, error) { return nil, nil }
func (loopbackDNS) LookupAddr(context.Context, string) ([]string, error)       { return nil, nil }

// place is where a node runs, is killed and runs again, always at the same
// ports and on its own lines to PostgreSQL and Redis.
type place struct {
	w               *world
	database, redis *chaos.Proxy
	lines           sync.Mutex // a line has one fault at a time
	mail            string     // host:port where it takes email
	settings        []string
	node            *node
}

func newPlace(w *world, b backing, settings ...string) *place {
	w.t.Helper()
	p := &place{w: w, mail: freeAddress(w.t)}
	var database, redis string
	p.database, database = lineTo(w.t, b.database)
	p.redis, redis = lineTo(w.t, b.redis)
	p.settings = append([]string{
		"PARLEY_DATABASE_URL=" + database, "PARLEY_REDIS_URL=" + redis, "PARLEY_SMTP_LISTEN=" + p.mail,
		"PARLEY_ADDRESS=" + freeAddress(w.t), "PARLEY_DATA_DIR=" + w.t.TempDir(),
	}, settings...)
	return p
}

// lineTo opens a line to the server of a URL, and returns the URL by it.
func lineTo(t testing.TB, server string) (*chaos.Proxy, string) {
	t.Helper()
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	line, err := chaos.NewProxy(address.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(line.Close)
	address.Host = line.Address()
	return line, address.String()
}

// freeAddress is one of this machine at which nothing listens. It is taken
// from those that no outgoing connection is numbered from.
func freeAddress(t testing.TB) string {
	t.Helper()
	for port := 20000 + rand.IntN(12000); ; port++ {
		listener, err := net.Listen("tcp", (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}).String())
		if err != nil {
			continue
		}
		_ = listener.Close()
		return listener.Addr().String()
	}
}

// begin starts the place's node, with a clock so far ahead.
func (p *place) begin(ahead time.Duration) {
	p.w.t.Helper()
	p.node = p.w.spawn(plan{Chaos: true, Lease: crashLease, Ahead: ahead}, p.settings...)
}
