package email

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-msgauth/dkim"

	"parley/gateway"
)

// composed is a message as it goes over the wire.
type composed struct {
	from, to string // of the envelope
	id       string // Message-ID, without its brackets
	bytes    []byte
}

// compose writes a message for the relay, signed.
func (c *Channel) compose(m gateway.Message) (composed, error) {
	token := c.tokens.forMessage(m.ID)
	out := composed{from: bouncePrefix + token + "@" + c.config.Domain, to: m.To.Value, id: token + "@" + c.config.Domain}
	var plain bytes.Buffer
	w, err := mail.CreateInlineWriter(&plain, c.header(m, out.id))
	if err != nil {
		return out, err
	}
	for _, part := range []struct{ kind, words string }{
		{"text/plain", m.Text},
		{"text/html", pageOf(m, c.subject(m))},
	} {
		if err := writePart(w, part.kind, part.words); err != nil {
			return out, err
		}
	}
	if err := w.Close(); err != nil {
		return out, err
	}
	out.bytes, err = c.sign(plain.Bytes())
	return out, err
}

func writePart(w *mail.InlineWriter, kind, words string) error {
	var h mail.InlineHeader
	h.SetContentType(kind, map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "quoted-printable")
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(part, words); err != nil {
		return err
	}
	return part.Close()
}

// subject is what a message is headed with: a notice's own words, on one line;
// what has none, and what is said discreetly, as every message is.
func (c *Channel) subject(m gateway.Message) string {
	if title := strings.Join(strings.Fields(c.Prepare(m.Title).Text), " "); title != "" && !m.Discreet {
		return title
	}
	return c.config.subject(m.Language)
}

// header is the message's header. The messages of a conversation hang from one
// identifier that is made of the conversation's, so that they are one thread
// without anything being kept.
func (c *Channel) header(m gateway.Message, id string) mail.Header {
	var h mail.Header
	name := c.config.Name
	if m.Discreet {
		name = ""
	}
	h.SetDate(c.config.Clock())
	h.SetAddressList("From", []*mail.Address{{Name: name, Address: c.mailbox()}})
	h.SetAddressList("To", []*mail.Address{{Address: m.To.Value}})
	h.SetSubject(c.subject(m))
	h.SetMessageID(id)
	if m.Conversation != "" {
		thread := []string{"conversation." + string(m.Conversation) + "@" + c.config.Domain}
		h.SetMsgIDList("In-Reply-To", thread)
		h.SetMsgIDList("References", thread)
		reply := replyPrefix + c.tokens.forReply(m.Conversation, m.To.Value) + "@" + c.config.Domain
		h.SetAddressList("Reply-To", []*mail.Address{{Name: name, Address: reply}})
	}
	if m.Language != "" {
		h.Set("Content-Language", string(m.Language))
	}
	h.Set("Auto-Submitted", "auto-generated")           // RFC 3834 section 5: no automatic answers
	h.Set("X-Auto-Response-Suppress", "OOF, AutoReply") // Exchange's word for the same
	if m.Subject == gateway.Approach {                  // RFC 8058 section 3.1
		h.Set("List-Unsubscribe", "<"+c.config.PublicURL+unsubscribePath+"?token="+c.tokens.forLink(m)+">")
		h.Set("List-Unsubscribe-Post", oneClick)
	}
	return h
}

// signedHeaders are the fields that a signature covers, those that a message
// does not have included, so that none can be added (RFC 6376 section 5.4.1,
// RFC 8058 section 4).
var signedHeaders = []string{
	"From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To", "MIME-Version", "Content-Type",
	"Content-Language", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
}

// sign puts a DKIM signature before a message, if there is a key.
func (c *Channel) sign(message []byte) ([]byte, error) {
	if c.config.SigningKey == nil {
		return message, nil
	}
	var signed bytes.Buffer
	err := dkim.Sign(&signed, bytes.NewReader(message), &dkim.SignOptions{
		Domain: c.config.Domain, Selector: c.config.Selector, Signer: c.config.SigningKey, Hash: crypto.SHA256,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		HeaderKeys: signedHeaders,
	})
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return signed.Bytes(), nil
}

// ParseSigningKey reads a DKIM key from PEM: RSA or Ed25519, as PKCS #8 or, for
// RSA, PKCS #1.
func ParseSigningKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("read a signing key: it is not PEM")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("read a signing key: %w", err)
	}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	default:
		return nil, fmt.Errorf("read a signing key: a %T cannot sign mail (RFC 6376, RFC 8463)", key)
	}
}
