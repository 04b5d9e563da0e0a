package email

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"parley/gateway"
	"parley/gateway/directory"
)

// What a ServerConfig has when it does not say.
const (
	defaultMaxBytes    = 20 << 20 // two photographs of a payslip, encoded
	defaultMaxSessions = 50
	mostOfHost         = 20
	maxRecipients      = 10
	maxLine            = 8 << 10
)

// ServerConfig says how mail comes in.
type ServerConfig struct {
	Receiver Receiver

	// Evidence takes what comes attached; nil: nothing is taken.
	Evidence Evidence

	// Resolver looks up what SPF, DKIM and DMARC rest on; nil: the system's.
	Resolver Resolver

	// TLS is for STARTTLS; nil: it is not offered.
	TLS *tls.Config

	// Front is the authserv-id (RFC 8601) of the mail server in front of us, whose
	// word on SPF is believed by LMTP, where we see only that server. It must
	// remove what claims to be its own word from what it takes in.
	Front string

	MaxBytes    int64         // of one message; 0: 20 MiB
	MaxSessions int           // at the same time; 0: 50
	Timeout     time.Duration // for one command, and for one message to arrive; 0: 5 min (RFC 5321 section 4.5.3.2)
}

// Evidence takes files, see gateway.Evidence.
type Evidence interface {
	Take(ctx context.Context, from gateway.Address, person directory.PersonID, name string, content io.Reader) (gateway.File, error)
}

// Server takes mail. A message is answered 250 only once the gateway has it.
type Server struct {
	channel *Channel
	config  ServerConfig

	mu      sync.Mutex
	doors   []door
	stopped bool
}

// door is one listener and what serves it.
type door struct {
	turnstile *turnstile
	smtp      *smtp.Server
}

// NewServer makes a server for the channel's addresses. It listens to nothing
// yet.
func (c *Channel) NewServer(config ServerConfig) (*Server, error) {
	config.MaxBytes = cmp.Or(config.MaxBytes, defaultMaxBytes)
	config.MaxSessions = cmp.Or(config.MaxSessions, defaultMaxSessions)
	config.Timeout = cmp.Or(config.Timeout, 5*time.Minute)
	if config.Resolver == nil {
		config.Resolver = net.DefaultResolver
	}
	switch {
	case config.Receiver == nil:
		return nil, errors.New("set up the mail server: a receiver is needed")
	case config.MaxBytes < 0 || config.MaxSessions < 0 || config.Timeout < 0:
		return nil, errors.New("set up the mail server: a limit is negative")
	}
	return &Server{channel: c, config: config}, nil
}

// Serve takes mail by SMTP from a listener until Shutdown. Who connects is who
// sends: SPF is checked against the connection.
func (s *Server) Serve(l net.Listener) error { return s.serve(l, false) }

// ServeLMTP takes mail by LMTP from a mail server of our own.
func (s *Server) ServeLMTP(l net.Listener) error { return s.serve(l, true) }

func (s *Server) serve(l net.Listener, lmtp bool) error {
	protocol := smtp.NewServer(smtp.BackendFunc(func(conn *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: conn, local: lmtp}, nil
	}))
	protocol.LMTP = lmtp
	protocol.Domain = s.channel.config.Domain
	protocol.TLSConfig = s.config.TLS
	protocol.MaxRecipients = maxRecipients
	protocol.MaxMessageBytes = s.config.MaxBytes
	protocol.MaxLineLength = maxLine
	protocol.ReadTimeout, protocol.WriteTimeout = s.config.Timeout, s.config.Timeout
	protocol.ErrorLog = discreetLog{s.channel.config.Log}
	d := door{newTurnstile(l, s.config.MaxSessions, min(mostOfHost, s.config.MaxSessions)), protocol}
	if lmtp {
		d.turnstile.mostOfHost = s.config.MaxSessions // all of it comes from one place
	}
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		return l.Close()
	}
	s.doors = append(s.doors, d)
	s.mu.Unlock()
	return protocol.Serve(d.turnstile)
}

// Shutdown stops listening, lets messages that are being stored be stored, and
// returns when every connection is closed, or when ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	doors := s.doors
	s.doors, s.stopped = nil, true
	s.mu.Unlock()
	var errs []error
	for _, d := range doors {
		d.turnstile.drain()
	}
	for _, d := range doors {
		errs = append(errs, d.smtp.Shutdown(ctx))
		d.turnstile.clear()
	}
	return errors.Join(errs...)
}

// discreetLog is what go-smtp reports its own errors to. They hold addresses of
// hosts, so only their kind is written.
type discreetLog struct{ log *slog.Logger }

func (l discreetLog) Printf(format string, _ ...any) {
	l.log.Warn("the mail server met an error", "reason", format)
}

func (l discreetLog) Println(...any) { l.log.Warn("the mail server met an error") }
