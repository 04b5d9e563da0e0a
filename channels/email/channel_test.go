package email_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/gateway/directory"
)

func Example() {
	channel, err := email.New(email.Config{
		Domain: "mail.example", Relay: "relay.example:587", PublicURL: "https://gateway.example",
		Secret: []byte("the same 32 bytes or more on every node"), Log: slog.New(slog.DiscardHandler), Clock: time.Now,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer channel.Close()
	prepared := channel.Prepare("Has your pay gone up or down?\r\n1. up\r\n2. down\r\n")
	fmt.Printf("%q %d\n", prepared.Text, prepared.Segments)
	// Output:
	// "Has your pay gone up or down?\n1. up\n2. down" 1
}

// TestChannel runs the suite that every channel passes.
func TestChannel(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, r *channeltest.Receiver) channeltest.Harness {
		office := newPostOffice(t)
		channel := newChannel(t, office.address())
		_, at := newServer(t, channel, email.ServerConfig{Receiver: r, Resolver: newZone()})
		message := func(w channeltest.Words) string {
			return fmt.Sprintf("From: %s\nTo: %s\nMessage-ID: <%s@post.example>\nDate: Mon, 23 Nov 2026 09:59:00 +0000\n\n%s\n", sam, mailbox, w.ProviderID, w.Text)
		}
		return channeltest.Harness{
			Channel: channel, Person: address,
			Behave: func(b channeltest.Behaviour) bool {
				if b == channeltest.Breaks {
					return false // RFC 5321 section 4.2.5: after 4yz and 5yz the message is still the client's
				}
				if b == channeltest.Unreachable {
					office.listener.Close()
				}
				office.behave(b)
				return true
			},
			Taken: func() (texts []string) {
				for _, d := range office.taken() {
					texts = append(texts, readComposed(t, d.content).text)
				}
				return texts
			},
			Door: &channeltest.Door{
				Say: func(w channeltest.Words) bool { return mailFrom(t, at, sam, message(w), mailbox) == nil },
				// Whoever writes to an address that we never gave away is not somebody
				// whom the channel's provider, our own tokens, vouches for.
				ForgeWords: func(w channeltest.Words) bool {
					return mailFrom(t, at, sam, message(w), "reply+0199-a.aaaaaaaaaaaaaaaaaaaa@"+domain) == nil
				},
				Report: func(d channeltest.Delivery) bool {
					to := "bounce+" + d.ProviderID
					return mailFrom(t, at, "", deliveryStatus("delivered", "2.0.0", ""), to) == nil
				},
				ForgeReport: func(d channeltest.Delivery) bool {
					to := "bounce+" + string(d.Message) + ".aaaaaaaaaaaaaaaaaaaa@" + domain
					return mailFrom(t, at, "", deliveryStatus("delivered", "2.0.0", ""), to) == nil
				},
			},
		}
	})
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*email.Config)
		want   string
	}{
		{"no domain", func(c *email.Config) { c.Domain = "" }, "domain"},
		{"a domain in capitals", func(c *email.Config) { c.Domain = "Mail.example" }, "domain"},
		{"a mailbox that is no local part", func(c *email.Config) { c.Mailbox = "a b" }, "mailbox"},
		{"a mailbox that replies have", func(c *email.Config) { c.Mailbox = "reply" }, "mailbox"},
		{"a relay without a port", func(c *email.Config) { c.Relay = "relay.example" }, "relay"},
		{"a name of two lines", func(c *email.Config) { c.Name = "A\r\nBcc: b@example.com" }, "name"},
		{"a password in the clear", func(c *email.Config) { c.User, c.Plaintext = "u", true }, "password"},
		{"a key without a selector", func(c *email.Config) { c.SigningKey = signingKey }, "selector"},
		{"a selector without a key", func(c *email.Config) { c.Selector = "key" }, "selector"},
		{"a short secret", func(c *email.Config) { c.Secret = secret[:31] }, "secret"},
		{"no public URL", func(c *email.Config) { c.PublicURL = "gateway.example" }, "public URL"},
		{"a negative limit", func(c *email.Config) { c.Timeout = -1 }, "negative"},
		{"no clock", func(c *email.Config) { c.Clock = nil }, "clock"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := email.Config{Domain: domain, Relay: "relay.example:25", PublicURL: "https://gateway.example", Secret: secret,
				Log: slog.New(slog.DiscardHandler), Clock: time.Now}
			c.change(&config)
			if _, err := email.New(config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("New = %v, want an error about %q", err, c.want)
			}
		})
	}
}

// TestRefusals is what the relay's answers mean.
func TestRefusals(t *testing.T) {
	refused := func(code string) gateway.SendError { return gateway.SendError{Outcome: gateway.Refused, Code: code} }
	gone := func(code string) gateway.SendError {
		return gateway.SendError{Outcome: gateway.Refused, Code: code, Gone: true}
	}
	retry := func(code string) gateway.SendError {
		return gateway.SendError{Outcome: gateway.Retry, Code: code, RetryAfter: time.Minute}
	}
	for _, c := range []struct {
		command, answer string
		want            gateway.SendError
	}{
		{"HELO", "554 5.7.1 go away", retry("554 5.7.1")},
		{"HELO", "421 4.7.0 busy", retry("421 4.7.0")},
		{"MAIL", "530 5.7.0 authenticate first", retry("530 5.7.0")},
		{"MAIL", "535 5.7.8 who are you", retry("535 5.7.8")},
		{"MAIL", "552 5.3.4 too big", refused("552 5.3.4")},
		{"MAIL", "451 4.3.2 shutting down", retry("451 4.3.2")},
		{"RCPT", "550 5.1.1 <sam@post.example>: unknown", gone("550 5.1.1")},
		{"RCPT", "550 unknown user", gone("550")},
		{"RCPT", "550 5.2.1 disabled", gone("550 5.2.1")},
		{"RCPT", "556 5.1.10 null MX", gone("556 5.1.10")},
		{"RCPT", "550 5.7.1 you are on a list", refused("550 5.7.1")},
		{"RCPT", "552 5.2.2 mailbox full", refused("552 5.2.2")},
		{"RCPT", "450 4.2.0 greylisted", retry("450 4.2.0")},
		{"RCPT", "450 4.1.1 unknown, for now", retry("450 4.1.1")},
		{"DATA", "421 4.3.0 closing", retry("421 4.3.0")},
		{".", "554 5.7.1 spam", refused("554 5.7.1")},
		{".", "451 4.7.1 try later", retry("451 4.7.1")},
		{".", "999 what", gateway.SendError{Outcome: gateway.Lost, Code: "no answer"}},
	} {
		t.Run(c.command+" "+c.answer, func(t *testing.T) {
			office := newPostOffice(t)
			office.answer(c.command, c.answer)
			_, err := newChannel(t, office.address()).Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "xylophone", Created: now})
			var got *gateway.SendError
			if !errors.As(err, &got) {
				t.Fatalf("Send = %v, want a *gateway.SendError", err)
			}
			if got.Reason == "" || strings.Contains(got.Reason+fmt.Sprint(got.Err), sam) {
				t.Errorf("reason %q, error %v", got.Reason, got.Err)
			}
			plain := *got
			plain.Reason, plain.Err = "", nil
			if plain != c.want {
				t.Errorf("Send = %+v, want %+v", plain, c.want)
			}
		})
	}
}

// TestASlowDomainIsLeftAlone, for longer each time, and no other is.
func TestASlowDomainIsLeftAlone(t *testing.T) {
	office := newPostOffice(t)
	clock := now
	channel := newChannel(t, office.address(), func(c *email.Config) { c.Clock = func() time.Time { return clock } })
	send := func(to string) *gateway.SendError {
		t.Helper()
		_, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: gateway.Address{Channel: directory.Email, Value: to}, Text: "Hello", Created: clock})
		var failure *gateway.SendError
		errors.As(err, &failure)
		return failure
	}
	office.answer("RCPT", "451 4.4.5 overloaded")
	for _, step := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, time.Hour} {
		if got := send(sam); got == nil || got.RetryAfter != step || got.Code != "451 4.4.5" {
			t.Errorf("put off with %+v, want for %v", got, step)
		}
		if got := send("ali@post.example"); got == nil || got.Code != "waiting" || got.RetryAfter != step {
			t.Errorf("the next in the same domain: %+v, want to wait %v unasked", got, step)
		}
		clock = clock.Add(step)
	}
	office.answer("RCPT", "")
	if got := send("ali@other.example"); got != nil {
		t.Errorf("another domain: %+v", got)
	}
	if got := send(sam); got != nil {
		t.Errorf("once it takes mail: %+v", got)
	}
	office.answer("RCPT", "451 4.4.5 overloaded")
	if got := send(sam); got == nil || got.RetryAfter != time.Minute {
		t.Errorf("put off again: %+v, want for a minute", got)
	}
}

// TestOldMessagesAreTriedLessOften when it is the mailbox that is at fault.
func TestOldMessagesAreTriedLessOften(t *testing.T) {
	office := newPostOffice(t)
	office.answer("RCPT", "452 4.2.2 full")
	channel := newChannel(t, office.address())
	for age, want := range map[time.Duration]time.Duration{0: time.Minute, 20 * time.Minute: 10 * time.Minute, 9 * time.Hour: time.Hour} {
		_, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello", Created: now.Add(-age)})
		var failure *gateway.SendError
		if !errors.As(err, &failure) || failure.RetryAfter != want {
			t.Errorf("after %v: %+v, want again in %v", age, failure, want)
		}
	}
}

// TestConnectionsAreKept, and one that the relay has closed costs nothing.
func TestConnectionsAreKept(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address(), func(c *email.Config) { c.Connections = 4 })
	send := func() {
		if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello"}); err != nil {
			t.Error(err)
		}
	}
	var all sync.WaitGroup
	for range 40 {
		all.Go(send)
	}
	all.Wait()
	if n := office.connections(); n > 4 {
		t.Errorf("40 messages took %d connections, want 4 at most", n)
	}
	office.answer("RCPT", "550 5.7.1 no")
	_, _ = channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello"})
	office.answer("RCPT", "")
	send()
	if n := office.connections(); n > 4 {
		t.Errorf("a refusal cost a connection: there were %d", n)
	}
	office.answer("MAIL", "421 4.4.2 idle too long")
	var failure *gateway.SendError
	if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello"}); !errors.As(err, &failure) || failure.Outcome != gateway.Retry {
		t.Errorf("Send = %v, want to try later", err)
	}
	office.answer("MAIL", "")
}

// TestTheRelayIsReachedInSecrecy or not at all.
func TestTheRelayIsReachedInSecrecy(t *testing.T) {
	t.Run("a relay without STARTTLS gets nothing", func(t *testing.T) {
		office := newPostOffice(t)
		channel := newChannel(t, office.address(), func(c *email.Config) { c.Plaintext = false })
		_, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello"})
		var failure *gateway.SendError
		if !errors.As(err, &failure) || failure.Outcome != gateway.Retry || len(office.taken()) > 0 {
			t.Errorf("Send = %v, and the relay has %d", err, len(office.taken()))
		}
	})
	certificate, roots := certificateFor(t)
	for _, c := range []struct {
		name     string
		roots    *x509.CertPool
		password string
		taken    bool
	}{
		{"right", roots, "open sesame", true},
		{"an unknown authority", x509.NewCertPool(), "open sesame", false},
		{"a wrong password", roots, "open barley", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			relay := &secureRelay{}
			server := smtp.NewServer(relay)
			server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			go func() { _ = server.Serve(listener) }()
			t.Cleanup(func() { server.Close() })
			channel := newChannel(t, listener.Addr().String(), func(cfg *email.Config) {
				cfg.Plaintext, cfg.User, cfg.Password, cfg.TLS = false, "parley", c.password, &tls.Config{RootCAs: c.roots}
			})
			_, err = channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Hello"})
			var failure *gateway.SendError
			if c.taken != (err == nil) || err != nil && (!errors.As(err, &failure) || failure.Outcome != gateway.Retry) {
				t.Errorf("Send = %v, want taken: %v, else to be tried again", err, c.taken)
			}
		})
	}
}

// secureRelay takes mail from whoever has its password.
type secureRelay struct{ known bool }

func (r *secureRelay) NewSession(*smtp.Conn) (smtp.Session, error) { return &secureRelay{}, nil }
func (r *secureRelay) AuthMechanisms() []string                    { return []string{sasl.Plain} }
func (r *secureRelay) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "parley" || password != "open sesame" {
			return smtp.ErrAuthFailed
		}
		r.known = true
		return nil
	}), nil
}
func (r *secureRelay) Mail(string, *smtp.MailOptions) error {
	if !r.known {
		return smtp.ErrAuthRequired
	}
	return nil
}
func (r *secureRelay) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (r *secureRelay) Data(in io.Reader) error              { _, err := io.Copy(io.Discard, in); return err }
func (r *secureRelay) Reset()                               {}
func (r *secureRelay) Logout() error                        { return nil }

// certificateFor borrows the certificate that httptest makes for 127.0.0.1.
func certificateFor(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.TLS.Certificates[0], roots
}

// BenchmarkSend hands messages to a relay that does nothing with them.
func BenchmarkSend(b *testing.B) {
	office := newPostOffice(b)
	channel := newChannel(b, office.address(), func(c *email.Config) { c.SigningKey, c.Selector = signingKey, "key" })
	m := gateway.Message{ID: "m-1", Conversation: "c-1", To: address, Text: "Has your pay before tax gone up or down?\n1. up\n2. down"}
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := channel.Send(context.Background(), m); err != nil {
				b.Error(err)
			}
		}
	})
}
