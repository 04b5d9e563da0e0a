package email_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
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
)

const (
	domain  = "mail.example"
	mailbox = "messages@mail.example"
	sam     = "sam@post.example"
)

var (
	now     = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	secret  = []byte("a secret of a test, and long enough")
	address = gateway.Address{Channel: directory.Email, Value: sam}
)

func newChannel(t testing.TB, relay string, changes ...func(*email.Config)) *email.Channel {
	t.Helper()
	c := email.Config{Domain: domain, Relay: relay, Plaintext: true, PublicURL: "https://gateway.example", Secret: secret,
		Log: slog.New(slog.DiscardHandler), Clock: func() time.Time { return now }}
	for _, change := range changes {
		change(&c)
	}
	channel, err := email.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.Close)
	return channel
}

// newServer runs a server for a channel and returns where it listens.
func newServer(t testing.TB, channel *email.Channel, config email.ServerConfig) (server *email.Server, at string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, channel, listener, false, config), listener.Addr().String()
}

// serveOn runs a server on a listener until the test ends.
func serveOn(t testing.TB, channel *email.Channel, l net.Listener, lmtp bool, config email.ServerConfig) *email.Server {
	t.Helper()
	server, err := channel.NewServer(config)
	if err != nil {
		t.Fatal(err)
	}
	serve := server.Serve
	if lmtp {
		serve = server.ServeLMTP
	}
	served := make(chan error, 1)
	go func() { served <- serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := errors.Join(server.Shutdown(ctx), <-served); err != nil {
			t.Errorf("stopping the server: %v", err)
		}
	})
	return server
}

// mailFrom hands a message to a server, from an envelope sender to our
// addresses, and returns the server's refusal.
func mailFrom(t testing.TB, server, from, message string, to ...string) error {
	t.Helper()
	client, err := smtp.Dial(server)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Hello("out.post.example"); err != nil {
		return err
	}
	return client.SendMail(from, to, strings.NewReader(strings.ReplaceAll(message, "\n", "\r\n")))
}

// zone is the DNS as a test has it: TXT records by name. Names in away cannot
// be looked up.
type zone struct {
	mu   sync.Mutex
	txt  map[string]string
	away map[string]bool
}

// newZone has post.example, whose mail is sent from here and signed with a key.
func newZone() *zone {
	return &zone{away: map[string]bool{}, txt: map[string]string{
		"post.example":                      "v=spf1 ip4:127.0.0.1 -all",
		"_dmarc.post.example":               "v=DMARC1; p=reject",
		"key._domainkey.post.example":       dkimRecord(),
		"evil.example":                      "v=spf1 ip4:127.0.0.1 -all",
		"key._domainkey.evil.example":       dkimRecord(),
		"elsewhere.example":                 "v=spf1 ip4:192.0.2.1 -all",
		"key._domainkey.else.example":       dkimRecord(),
		"key._domainkey.mail.example":       dkimRecord(),
		"strict.example":                    "v=spf1 -all",
		"_dmarc.strict.example":             "v=DMARC1; p=reject; adkim=s; aspf=s",
		"out.strict.example":                "v=spf1 ip4:127.0.0.1 -all",
		"sub.post.example":                  "v=spf1 ip4:127.0.0.1 -all",
		"key._domainkey.sub.post.example":   dkimRecord(),
		"key._domainkey.sub.strict.example": dkimRecord(),
	}}
}

var signingKey = ed25519.NewKeyFromSeed([]byte("an Ed25519 seed of thirty-two by"))

func dkimRecord() string {
	return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(signingKey.Public().(ed25519.PublicKey))
}

func (z *zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	name = strings.TrimSuffix(name, ".")
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.away[name] {
		return nil, &net.DNSError{Err: "timeout", Name: name, IsTimeout: true, IsTemporary: true}
	}
	if text, ok := z.txt[name]; ok {
		return []string{text}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z *zone) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z *zone) LookupIPAddr(_ context.Context, name string) ([]net.IPAddr, error) {
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z *zone) LookupAddr(_ context.Context, name string) ([]string, error) {
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

// signed puts a DKIM signature of a domain before a message, over the given
// fields or those that Gmail signs.
func signed(t testing.TB, domain, message string, fields ...string) string {
	t.Helper()
	if len(fields) == 0 {
		fields = []string{"From", "To", "Subject", "Date", "Message-ID"}
	}
	var out strings.Builder
	err := dkim.Sign(&out, strings.NewReader(strings.ReplaceAll(message, "\n", "\r\n")), &dkim.SignOptions{
		Domain: domain, Selector: "key", Signer: signingKey, HeaderKeys: fields,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

// note is a plain message from somebody to our mailbox.
func note(from, words string) string {
	return fmt.Sprintf("From: %s\nTo: %s\nSubject: Re: A message for you\nDate: Mon, 23 Nov 2026 09:59:00 +0000\nMessage-ID: <m1@post.example>\n\n%s\n", from, mailbox, words)
}

func refusalCode(err error) int {
	var refusal *smtp.SMTPError
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return 0
}

var _ email.Receiver = (*channeltest.Receiver)(nil)
