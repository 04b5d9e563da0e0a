package email_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// TestWithPostfix has a real Postfix between us and a parent, both ways.
func TestWithPostfix(t *testing.T) {
	certificate, roots := certificateFor(t)
	post, postAt := newParentsServer(t)
	receiver := &channeltest.Receiver{}
	// What Postfix passes on to us is known only once it listens, and the other
	// way round: the door is opened first.
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	local, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	relay := servertest.StartPostfix(t, map[string]string{
		"post.example":  "smtp:[127.0.0.1]:" + portOf(postAt),
		domain:          "smtp:[127.0.0.1]:" + portOf(door.Addr().String()),
		"local.example": "lmtp:inet:127.0.0.1:" + portOf(local.Addr().String()),
	}, chainOf(t, certificate))
	relayAt := strings.TrimPrefix(relay.URL(), "smtp://")

	channel := newChannel(t, relayAt, func(c *email.Config) {
		c.Plaintext, c.TLS, c.SigningKey, c.Selector = false, &tls.Config{RootCAs: roots}, signingKey, "key"
	})
	serveOn(t, channel, door, false, email.ServerConfig{Receiver: receiver, Resolver: newZone(), Evidence: &cupboard{}})
	text := "Ydy'ch cyflog wedi codi?\n1. i fyny\n2. i lawr\n.\n" + strings.Repeat("£410 yr wythnos ", 100)
	send := func(id, to string) string {
		t.Helper()
		receipt, err := channel.Send(t.Context(), gateway.Message{ID: gateway.MessageID(id), Conversation: "c-1", Subject: gateway.Approach,
			To: gateway.Address{Channel: directory.Email, Value: to}, Text: channel.Prepare(text).Text})
		if err != nil {
			t.Fatal(err)
		}
		return receipt.ProviderID
	}

	t.Run("a message arrives as it was signed", func(t *testing.T) {
		send("m-1", sam)
		arrived := eventually(t, func() (string, bool) { return post.last() })
		if got := readComposed(t, arrived).text; got != channel.Prepare(text).Text {
			t.Errorf("it arrived as %q", got)
		}
		verified, err := dkim.VerifyWithOptions(strings.NewReader(arrived), &dkim.VerifyOptions{
			LookupTXT: func(name string) ([]string, error) { return newZone().LookupTXT(t.Context(), name) }})
		if err != nil || len(verified) != 1 || verified[0].Err != nil {
			t.Errorf("its signature: %+v, %v", verified, err)
		}
	})

	t.Run("a mailbox that is not there comes back as gone", func(t *testing.T) {
		id := send("m-2", "nobody@post.example")
		u := eventually(t, func() (gateway.StatusUpdate, bool) { return lastOf(receiver.Updates()) })
		if u.Message != "m-2" || u.ProviderID != id || u.Status != gateway.Undelivered || !u.Gone || u.Code != "550 5.1.1" {
			t.Errorf("settled %+v", u)
		}
	})

	t.Run("a parent's answer by swaks", func(t *testing.T) {
		reply := post.replyTo(t)
		swaks(t, relayAt, "--from", sam, "--to", reply, "--header", "Subject: Re: A message for you", "--body", "2\n\nOn Mon, 23 Nov 2026 at 10:00, <messages@mail.example> wrote:\n\n> up or down?\n")
		in := eventually(t, func() (gateway.Inbound, bool) { return lastOf(receiver.Inbound()) })
		if in.Text != "2" || in.From != address || in.Unverified != "" || in.To != reply {
			t.Errorf("came as %+v", in)
		}
	})

	t.Run("while nothing can be stored Postfix keeps it", func(t *testing.T) {
		before := len(receiver.Inbound())
		receiver.Fail(errors.New("the store is away"))
		swaks(t, relayAt, "--from", sam, "--to", mailbox, "--body", "kept")
		time.Sleep(1500 * time.Millisecond) // it has been offered, and refused
		receiver.Fail(nil)
		eventually(t, func() (int, bool) { n := len(receiver.Inbound()); return n, n > before })
		if got := receiver.Inbound(); len(got) != before+1 || got[before].Text != "kept" {
			t.Errorf("came: %+v", got[before:])
		}
	})

	t.Run("by LMTP", func(t *testing.T) {
		behind := &channeltest.Receiver{}
		other := newChannel(t, relayAt, func(c *email.Config) { c.Domain = "local.example" })
		serveOn(t, other, local, true, email.ServerConfig{Receiver: behind, Resolver: newZone()})
		swaks(t, relayAt, "--from", sam, "--to", "messages@local.example", "--body", "2")
		in := eventually(t, func() (gateway.Inbound, bool) { return lastOf(behind.Inbound()) })
		if in.Text != "2" || in.Unverified == "" {
			t.Errorf("came as %+v, want it unverified: nobody has checked SPF", in)
		}
	})
}

// TestSwaks speaks to our server as its own client would not.
func TestSwaks(t *testing.T) {
	receiver := &channeltest.Receiver{}
	certificate, _ := certificateFor(t)
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone(),
		TLS: &tls.Config{Certificates: []tls.Certificate{certificate}}})
	swaks(t, at, "--from", sam, "--to", mailbox, "--tls", "--body", "in secret")
	swaks(t, at, "--from", sam, "--to", mailbox, "--pipeline", "--body", "in a hurry")
	var said []string
	for _, in := range receiver.Inbound() {
		said = append(said, in.Text)
	}
	if got := strings.Join(said, ", "); got != "in secret, in a hurry" {
		t.Errorf("came: %s", got)
	}
}

// swaks sends one message with Debian's swaks.
func swaks(t *testing.T, server string, arguments ...string) {
	t.Helper()
	program := servertest.Program(t, "swaks")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, program, append([]string{"--server", server, "--helo", "out.post.example", "--header", "From: " + sam, "--header", "To: " + mailbox}, arguments...)...)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("swaks: %v\n%s", err, output)
	}
}

// parentsServer is where parents have their mail: sam's, and nobody else's.
type parentsServer struct {
	mu    sync.Mutex
	mails []string
}

func newParentsServer(t *testing.T) (*parentsServer, string) {
	t.Helper()
	p := &parentsServer{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	return p, listener.Addr().String()
}

func (p *parentsServer) NewSession(*smtp.Conn) (smtp.Session, error) { return p, nil }
func (p *parentsServer) Mail(string, *smtp.MailOptions) error        { return nil }
func (p *parentsServer) Reset()                                      {}
func (p *parentsServer) Logout() error                               { return nil }
func (p *parentsServer) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to != sam {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
	}
	return nil
}

func (p *parentsServer) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, string(content))
	return err
}

func (p *parentsServer) last() (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return lastOf(p.mails)
}

// replyTo is where an answer to the last message goes.
func (p *parentsServer) replyTo(t *testing.T) string {
	t.Helper()
	content, _ := p.last()
	list, err := readComposed(t, content).header.AddressList("Reply-To")
	if err != nil {
		t.Fatal(err)
	}
	return list[0].Address
}

func lastOf[T any](list []T) (last T, ok bool) {
	if len(list) == 0 {
		return last, false
	}
	return list[len(list)-1], true
}

// eventually waits for something to be there.
func eventually[T any](t *testing.T, look func() (T, bool)) T {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if found, ok := look(); ok {
			return found
		}
	}
	t.Fatal("it never came")
	var none T
	return none
}

func portOf(address string) string {
	_, port, _ := net.SplitHostPort(address)
	return port
}

// chainOf is a certificate with its key, as servers read them.
func chainOf(t *testing.T, certificate tls.Certificate) []byte {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	var chain bytes.Buffer
	if err := pem.Encode(&chain, &pem.Block{Type: "PRIVATE KEY", Bytes: key}); err != nil {
		t.Fatal(err)
	}
	for _, der := range certificate.Certificate {
		fmt.Fprintf(&chain, "%s", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	}
	return chain.Bytes()
}
