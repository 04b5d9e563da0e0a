package email

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"parley/gateway"
)

// takeWithin bounds the work on one message once it is here: look-ups, files
// and the gateway.
const takeWithin = 60 * time.Second

// What we answer with. None of it tells which addresses there are people behind.
var (
	noMailbox   = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox here"}
	noRelay     = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "We do not relay"}
	notNowCode  = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Not stored, try again later"}
	noLookup    = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 4, 3}, Message: "The sender's domain could not be looked up, try again later"}
	unreadable  = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The message cannot be read"}
	tooManyHops = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 4, 6}, Message: "The message goes round in circles"}
)

// session is one client's connection, with the transaction under way.
type session struct {
	server *Server
	conn   *smtp.Conn
	local  bool // LMTP: the client is a mail server of our own
	envelope
}

// envelope is what a transaction says before its message.
type envelope struct {
	from       string // "" is the null return path of bounces
	recipients []recipient
}

// recipient is one of our addresses.
type recipient struct {
	address string
	reply   []byte            // of a reply address: the hash of whom it was given to
	bounce  gateway.MessageID // of a bounce address: the message that it is about
}

// Reset forgets the transaction.
func (s *session) Reset() { s.envelope = envelope{} }

// Logout has nothing to free.
func (s *session) Logout() error { return nil }

// Mail begins a transaction.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.envelope = envelope{from: from}
	return nil
}

// Rcpt takes the addresses that are ours and no other.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	r, err := s.server.channel.recipient(to)
	if err != nil {
		return err
	}
	s.recipients = append(s.recipients, r)
	return nil
}

// recipient reads one of our addresses: the one that people write to,
// postmaster (RFC 5321 section 4.5.1), and those with a token of ours.
func (c *Channel) recipient(address string) (recipient, error) {
	local, domain, _ := cutAddress(address)
	if !strings.EqualFold(domain, c.config.Domain) {
		return recipient{}, noRelay
	}
	r := recipient{address: address}
	switch prefix, token, _ := strings.Cut(local, "+"); strings.ToLower(prefix) + "+" {
	case replyPrefix:
		if _, hash, ok := c.tokens.readReply(token); ok {
			r.reply = hash
			return r, nil
		}
	case bouncePrefix:
		if id, ok := c.tokens.readMessage(token); ok {
			r.bounce = id
			return r, nil
		}
	case c.config.Mailbox + "+", "postmaster+":
		return r, nil
	}
	return recipient{}, noMailbox
}

// Data takes a message. A nil error is the 250 that makes it ours.
func (s *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), takeWithin)
	defer cancel()
	arrived := arrival{envelope: s.envelope, content: content, helo: s.conn.Hostname()}
	if !s.local {
		arrived.host = net.ParseIP(hostOf(s.conn.Conn()))
	}
	err = s.server.take(ctx, arrived)
	var refusal *smtp.SMTPError
	if err == nil || errors.As(err, &refusal) {
		return refusalOrNil(refusal)
	}
	s.server.channel.config.Log.ErrorContext(ctx, "a mail was not stored; its sender is to try again", "error", err)
	return notNowCode
}

// refusalOrNil keeps a nil refusal from becoming an error that is not nil.
func refusalOrNil(refusal *smtp.SMTPError) error {
	if refusal == nil {
		return nil
	}
	return refusal
}

// arrival is a message with what is known of how it came.
type arrival struct {
	envelope
	host    net.IP // that it came from; nil by LMTP
	helo    string // what that host calls itself
	content []byte
}

// body is the message without its header.
func (a arrival) body() []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if _, body, ok := bytes.Cut(a.content, []byte(end)); ok {
			return body
		}
	}
	return nil
}

// bounce is the message that the arrival is addressed as a bounce of; empty
// when it is not.
func (a arrival) bounce() gateway.MessageID {
	for _, r := range a.recipients {
		if r.bounce != "" {
			return r.bounce
		}
	}
	return ""
}

// cutAddress parts an address at its last @.
func cutAddress(address string) (local, domain string, ok bool) {
	i := strings.LastIndexByte(address, '@')
	if i < 0 {
		return address, "", false
	}
	return address[:i], address[i+1:], true
}
