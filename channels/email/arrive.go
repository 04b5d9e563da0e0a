package email

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
	"golang.org/x/net/idna"

	"parley/gateway"
	"parley/gateway/directory"
)

// maxHops is how many servers a message may have passed; more are a loop
// (RFC 5321 section 6.3).
const maxHops = 50

// take carries a message to where it belongs: what mail systems report to the
// status of a message of ours, what programs answer nowhere, and what a person
// writes to the gateway. A nil error means that nothing more will come of it.
// A refusal is a *smtp.SMTPError; after any other error nothing was stored.
func (s *Server) take(ctx context.Context, a arrival) error {
	entity, err := readMessage(a.content)
	if err != nil {
		return unreadable
	}
	h := mail.Header{Header: entity.Header}
	if len(h.Values("Received")) > maxHops {
		return tooManyHops
	}
	if kind := reportKind(entity); kind != "" {
		return s.takeReport(ctx, a, entity, kind)
	}
	if isAutomatic(h, a.from) {
		return s.takeAutomatic(ctx, a, h)
	}
	from, err := authorOf(h)
	if err != nil {
		return unreadable
	}
	return s.takeWords(ctx, a, entity, from)
}

// takeWords passes on what a person writes.
func (s *Server) takeWords(ctx context.Context, a arrival, entity *message.Entity, from string) error {
	h := mail.Header{Header: entity.Header}
	id := providerID(h, from, a.body())
	v := s.judge(ctx, a, h, from)
	s.channel.config.Log.InfoContext(ctx, "a mail came", "provider_id", id, "reason", v.String())
	if v.unknown {
		return noLookup
	}
	l := readLetter(entity)
	subject, _ := h.Subject()
	in := gateway.Inbound{
		ProviderID: id, From: gateway.Address{Channel: directory.Email, Value: from}, To: a.recipients[0].address,
		Text: newWords(l.text, subject), Media: l.lost,
	}
	in.Keyword = keyword(in.Text, subject)
	switch {
	case !v.verified:
		in.Unverified = v.String()
	case !s.writtenByAddressee(a, from):
		in.Unverified = v.String() + " reply=other"
	}
	if in.Unverified != "" {
		in.Media += len(l.files) // of unknown origin
	} else if err := s.keepFiles(ctx, &in, l.files); err != nil {
		return err
	}
	return s.config.Receiver.Receive(ctx, in)
}

// writtenByAddressee reports whether an answer comes from the address that the
// message it answers went to. If not, somebody reads somebody else's mail.
func (s *Server) writtenByAddressee(a arrival, from string) bool {
	for _, r := range a.recipients {
		if r.reply != nil && !hmac.Equal(r.reply, s.channel.tokens.addressHash(from)) {
			return false
		}
	}
	return true
}

// keepFiles has what came attached taken as evidence. Files that are at fault
// are counted, and the dialog says so.
func (s *Server) keepFiles(ctx context.Context, in *gateway.Inbound, files []attachment) error {
	for _, f := range files {
		if s.config.Evidence == nil {
			in.Media++
			continue
		}
		file, err := s.config.Evidence.Take(ctx, in.From, "", f.name, bytes.NewReader(f.content))
		switch {
		case err == nil:
			in.Files = append(in.Files, file.ID)
		case isAtFault(err):
			in.Media++
		default:
			return fmt.Errorf("keep an attachment: %w", err)
		}
	}
	return nil
}

func isAtFault(err error) bool {
	return errors.Is(err, gateway.ErrFileTooLarge) || errors.Is(err, gateway.ErrFileKind) ||
		errors.Is(err, gateway.ErrFileUnreadable) || errors.Is(err, gateway.ErrFileInfected)
}

// authorOf is the one address that a message is from (RFC 7489 section 6.6.1),
// as the directory has it: in small letters, its domain in ASCII.
func authorOf(h mail.Header) (string, error) {
	if len(h.Values("From")) != 1 {
		return "", errMalformed
	}
	list, err := h.AddressList("From")
	if err != nil || len(list) != 1 {
		return "", errMalformed
	}
	local, domain, ok := cutAddress(strings.ToLower(list[0].Address))
	domain, err = idna.Lookup.ToASCII(domain)
	if !ok || err != nil || local == "" || domain == "" || len(local)+len(domain) > maxAddress {
		return "", errMalformed
	}
	return local + "@" + domain, nil
}

const maxAddress = 319 // characters of an address besides its @ (RFC 5321 section 4.5.3.1)

// providerID names a message by what stays when it is delivered again: what
// its writer's program called it, who it is from, and what is in it.
func providerID(h mail.Header, from string, body []byte) string {
	digest := sha256.New()
	for _, part := range []string{h.Get("Message-Id"), h.Get("Date"), from} {
		fmt.Fprintf(digest, "%d:%s", len(part), part)
	}
	digest.Write(body)
	return hex.EncodeToString(digest.Sum(nil)[:20])
}
