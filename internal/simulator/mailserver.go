package simulator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-smtp"
)

// forgedDomain is where messages in somebody else's name are sent from: no
// record says that it may.
const forgedDomain = "forger.example"

func newMailServer(m *Mailbox) *smtp.Server {
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{mailbox: m}, nil }))
	server.Domain = "mailboxes.example"
	server.MaxMessageBytes, server.MaxRecipients = maxLetter, 10
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	server.ErrorLog = silent{}
	return server
}

// silent is what becomes of the library's own log: nothing.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// Serve takes mail for the imagined parents until Close.
func (m *Mailbox) Serve(l net.Listener) error { return m.server.Serve(l) }

// Close ends Serve and its connections.
func (m *Mailbox) Close(context.Context) error { return m.server.Close() }

// mailSession takes the mail of one connection.
type mailSession struct {
	mailbox *Mailbox
	to      []string
}

var noSuchUser = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"}

func (s *mailSession) Mail(string, *smtp.MailOptions) error { s.to = nil; return nil }
func (s *mailSession) Reset()                               { s.to = nil }
func (s *mailSession) Logout() error                        { return nil }

// Rcpt takes the addresses that people have.
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	people, err := s.mailbox.config.People(context.Background())
	if err != nil {
		return err
	}
	for _, person := range people {
		if person.Email != "" && strings.EqualFold(person.Email, to) {
			s.to = append(s.to, person.Email)
			return nil
		}
	}
	return noSuchUser
}

// Data puts a message into its mailboxes.
func (s *mailSession) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	read, err := readMail(content)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The message cannot be read"}
	}
	read.At = s.mailbox.config.Clock()
	for _, owner := range s.to {
		read.Owner = owner
		s.mailbox.keep(read)
	}
	return nil
}

// readMail reads a message as a mail program shows it.
func readMail(content []byte) (Mail, error) {
	reader, err := mail.CreateReader(bytes.NewReader(content))
	if err != nil {
		return Mail{}, err
	}
	var read Mail
	h := reader.Header
	read.ID, _ = h.MessageID()
	read.Subject, _ = h.Subject()
	read.References, _ = h.MsgIDList("References")
	if from, _ := h.AddressList("From"); len(from) > 0 {
		read.From, read.To = from[0].Address, from[0].Address
	}
	if reply, _ := h.AddressList("Reply-To"); len(reply) > 0 {
		read.To = reply[0].Address
	}
	if h.Get("List-Unsubscribe-Post") != "" {
		read.Unsubscribe = strings.Trim(h.Get("List-Unsubscribe"), "<>")
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return read, nil
		}
		if err != nil {
			return Mail{}, err
		}
		header, shown := part.Header.(*mail.InlineHeader)
		if !shown || read.Text != "" {
			continue
		}
		if kind, _, _ := header.ContentType(); kind == "text/plain" {
			words, err := io.ReadAll(part.Body)
			if err != nil {
				return Mail{}, err
			}
			read.Text = strings.ReplaceAll(string(words), "\r\n", "\n")
		}
	}
}

// LookupTXT is the DNS of the imagined parents' domains: all their mail is sent
// from this machine, and none of the forger's is from them.
func (m *Mailbox) LookupTXT(_ context.Context, name string) ([]string, error) {
	name = strings.TrimSuffix(name, ".")
	switch {
	case name == forgedDomain || strings.Contains(name, "._domainkey."):
		return nil, notThere(name)
	case strings.HasPrefix(name, "_dmarc."):
		return []string{"v=DMARC1; p=reject"}, nil
	default:
		return []string{"v=spf1 ip4:127.0.0.0/8 ip6:::1 -all"}, nil
	}
}

// LookupMX finds nothing: no record of theirs asks for it.
func (m *Mailbox) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	return nil, notThere(name)
}

// LookupIPAddr finds nothing.
func (m *Mailbox) LookupIPAddr(_ context.Context, name string) ([]net.IPAddr, error) {
	return nil, notThere(name)
}

// LookupAddr finds nothing.
func (m *Mailbox) LookupAddr(_ context.Context, address string) ([]string, error) {
	return nil, notThere(address)
}

func notThere(name string) error {
	return &net.DNSError{Err: "no such record", Name: name, IsNotFound: true}
}
