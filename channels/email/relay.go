package email

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"parley/gateway"
)

const (
	// idleLimit is how long a connection is kept for the next message: less
	// than servers wait, who are to wait 5 minutes (RFC 5321 section 4.5.3.2.7).
	idleLimit = time.Minute
	// sendLimit is how many messages a connection carries: servers close it
	// after some number, Postfix and Exchange after more than this.
	sendLimit = 100
)

// relay is the server that takes our mail, with connections kept open to it.
type relay struct {
	config Config
	slots  chan struct{} // one for each connection in use

	mu   sync.Mutex
	idle []*connection
}

// connection is an SMTP session with the relay, greeted and secured.
type connection struct {
	*smtp.Client
	wire  net.Conn
	sent  int
	since time.Time // when it was put aside
}

func newRelay(config Config) *relay {
	return &relay{config: config, slots: make(chan struct{}, config.Connections)}
}

// send hands over one message. A connection that the relay has closed while it
// was idle is no failure: nothing was said on it, so another is tried.
func (r *relay) send(ctx context.Context, mail composed) *failure {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return failed(gateway.Retry, "busy", "No connection to the relay was free in time", ctx.Err())
	}
	for {
		if ctx.Err() != nil {
			return failed(gateway.Retry, "no time", "There was no time to send it", ctx.Err())
		}
		conn, used, failure := r.connect(ctx)
		if failure != nil {
			return failure
		}
		began, err := conn.deliver(ctx, mail)
		r.put(conn, err)
		if err == nil {
			return nil
		}
		var reply *smtp.SMTPError
		switch {
		case errors.As(err, &reply) && reply.Code >= 400 && reply.Code < 600:
			if used && !began && reply.Code == 421 {
				continue
			}
			return refusalOf(reply)
		case began:
			return failed(gateway.Lost, "no answer", "The relay did not say whether it took it", err)
		case !used:
			return failed(gateway.Retry, "cut off", "The relay broke the connection", err)
		}
	}
}

// deliver carries out one transaction; began says that the message may be with
// the relay. When ctx ends the connection is cut.
func (c *connection) deliver(ctx context.Context, mail composed) (began bool, err error) {
	stop := context.AfterFunc(ctx, func() { _ = c.wire.Close() })
	defer stop()
	if err := c.Mail(mail.from, &smtp.MailOptions{Size: int64(len(mail.bytes)), Return: c.returns()}); err != nil {
		return false, err
	}
	if err := c.Rcpt(mail.to, c.notifies()); err != nil {
		return false, err
	}
	w, err := c.Data()
	if err != nil {
		return false, err
	}
	if _, err := w.Write(mail.bytes); err != nil {
		return true, err
	}
	return true, w.Close()
}

// returns and notifies ask for bounces with headers alone, where the relay
// knows how (RFC 3461): what we wrote need not travel again.
func (c *connection) returns() smtp.DSNReturn {
	if known, _ := c.Extension("DSN"); known {
		return smtp.DSNReturnHeaders
	}
	return ""
}

func (c *connection) notifies() *smtp.RcptOptions {
	if known, _ := c.Extension("DSN"); known {
		return &smtp.RcptOptions{Notify: []smtp.DSNNotify{smtp.DSNNotifyFailure}}
	}
	return nil
}

// connect takes a connection that was put aside, or makes one.
func (r *relay) connect(ctx context.Context) (conn *connection, used bool, _ *failure) {
	now := r.config.Clock()
	r.mu.Lock()
	for len(r.idle) > 0 && conn == nil {
		last := r.idle[len(r.idle)-1]
		r.idle = r.idle[:len(r.idle)-1]
		if now.Sub(last.since) < idleLimit {
			conn = last
		} else {
			_ = last.Close()
		}
	}
	r.mu.Unlock()
	if conn != nil {
		return conn, true, nil
	}
	conn, failure := r.dial(ctx)
	return conn, false, failure
}

// dial opens a session. Whatever goes wrong here is between us and the relay,
// and no message is to blame.
func (r *relay) dial(ctx context.Context) (*connection, *failure) {
	wire, err := new(net.Dialer).DialContext(ctx, "tcp", r.config.Relay)
	if err != nil {
		return nil, failed(gateway.Retry, "unreachable", "The relay could not be reached", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = wire.Close() })
	defer stop()
	client, err := r.greet(wire)
	if err == nil {
		return &connection{Client: client, wire: wire}, nil
	}
	_ = wire.Close()
	var reply *smtp.SMTPError
	if errors.As(err, &reply) {
		code := statusCode(reply.Code, reply.EnhancedCode)
		if m := meaningOf(reply.Code, reply.EnhancedCode); m.ours {
			return nil, failed(gateway.Retry, code, m.reason, nil)
		}
		return nil, failed(gateway.Retry, code, "The relay does not take mail from us now", nil)
	}
	return nil, failed(gateway.Retry, "no session", "The relay could not be talked to", err)
}

// greet says hello, secures the session and proves who we are.
func (r *relay) greet(wire net.Conn) (*smtp.Client, error) {
	if r.config.Plaintext {
		client := smtp.NewClient(wire)
		return client, client.Hello(r.config.Domain)
	}
	client, err := smtp.NewClientStartTLS(wire, r.tls())
	if err != nil {
		return nil, err
	}
	if err := client.Hello(r.config.Domain); err != nil {
		return nil, err
	}
	if r.config.User == "" {
		return client, nil
	}
	return client, client.Auth(sasl.NewPlainClient("", r.config.User, r.config.Password))
}

// tls is the relay's configuration with its name, which the certificate must
// show.
func (r *relay) tls() *tls.Config {
	config := &tls.Config{}
	if r.config.TLS != nil {
		config = r.config.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(r.config.Relay)
	}
	return config
}

// put takes a connection back after a transaction that ended in err.
func (r *relay) put(conn *connection, err error) {
	conn.sent++
	var reply *smtp.SMTPError
	healthy := err == nil || errors.As(err, &reply) && reply.Code != 421 && conn.Reset() == nil
	if !healthy || conn.sent >= sendLimit {
		_ = conn.Close()
		return
	}
	conn.since = r.config.Clock()
	r.mu.Lock()
	r.idle = append(r.idle, conn)
	r.mu.Unlock()
}

func (r *relay) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, conn := range r.idle {
		_ = conn.Close()
	}
	r.idle = nil
}
