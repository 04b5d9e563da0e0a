package email

import (
	"cmp"
	"crypto"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"parley/templates"
)

// What a Config has when it does not say.
const (
	defaultMailbox     = "messages"
	defaultTimeout     = 12 * time.Second
	defaultConnections = 8
)

// Config says how mail leaves and which addresses are ours.
type Config struct {
	Domain  string // of all our addresses, and of the DKIM signature: mail.example
	Mailbox string // before the @ of the address that people write to; empty: "messages"

	// Name is shown beside our address, but to nobody who must be contacted
	// discreetly; empty: none. Subjects replaces the subjects of what is no
	// notice, and of all that is discreet: "A message for you" and "Neges i chi".
	// They are seen in every list of messages, by whoever looks at the screen:
	// they must not tell what a message is about, nor from which service it
	// comes.
	Name     string
	Subjects map[templates.Language]string

	Relay     string      // host:port of the server that takes our mail
	User      string      // for AUTH PLAIN; empty: the relay knows us otherwise
	Password  string      //
	Plaintext bool        // no STARTTLS: only for a relay on the same machine
	TLS       *tls.Config // of STARTTLS with the relay; nil: the system's authorities

	// SigningKey is the DKIM key, RSA or Ed25519, whose public half is in the
	// DNS under Selector._domainkey.Domain. Nil: the relay signs.
	SigningKey crypto.Signer
	Selector   string

	PublicURL string // where people reach us, for the unsubscribe page: https://gateway.example
	Secret    []byte // at least 32 bytes, the same on every node: tokens are made with keys drawn from it

	Timeout     time.Duration // for one send, the relay's answer included; 0: 12 s
	Connections int           // to the relay at the same time; 0: 8

	Log   *slog.Logger
	Clock func() time.Time
}

var (
	domainName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$`)
	localPart  = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,40}$`)
)

// checked returns the configuration with its defaults, or what is wrong with it.
func (c Config) checked() (Config, error) {
	c.Mailbox = cmp.Or(c.Mailbox, defaultMailbox)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.Connections = cmp.Or(c.Connections, defaultConnections)
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	public, err := url.Parse(c.PublicURL)
	if err != nil || public.Scheme != "http" && public.Scheme != "https" || public.Hostname() == "" || public.RawQuery != "" {
		return c, fmt.Errorf("the public URL %q is not an absolute http or https URL", c.PublicURL)
	}
	host, port, err := net.SplitHostPort(c.Relay)
	switch {
	case err != nil || host == "" || port == "":
		return c, fmt.Errorf("the relay %q is not host:port", c.Relay)
	case !domainName.MatchString(c.Domain):
		return c, fmt.Errorf("the mail domain %q is not a domain in small letters", c.Domain)
	case !localPart.MatchString(c.Mailbox) || c.Mailbox == strings.TrimSuffix(replyPrefix, "+") || c.Mailbox == strings.TrimSuffix(bouncePrefix, "+"):
		return c, fmt.Errorf("the mailbox %q is not one that people can write to", c.Mailbox)
	case strings.ContainsAny(c.Name, "\r\n"):
		return c, errors.New("the sender's name has more than one line")
	case c.User != "" && c.Plaintext:
		return c, errors.New("a password is not sent over a connection without TLS")
	case (c.SigningKey == nil) != (c.Selector == ""):
		return c, errors.New("a signing key and its selector go together")
	case len(c.Secret) < 32:
		return c, errors.New("the secret has fewer than 32 bytes")
	case c.Timeout < 0 || c.Connections < 0:
		return c, errors.New("a limit is negative")
	case c.Clock == nil || c.Log == nil:
		return c, errors.New("a clock and a log are needed")
	}
	return c, nil
}

// subject is what every message in a language is headed with.
func (c Config) subject(language templates.Language) string {
	if subject := c.Subjects[language]; subject != "" {
		return subject
	}
	if language == templates.Welsh {
		return "Neges i chi"
	}
	return "A message for you"
}
