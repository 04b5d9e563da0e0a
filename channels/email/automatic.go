package email

import (
	"context"
	"regexp"
	"strings"

	"github.com/emersion/go-message/mail"

	"parley/gateway"
	"parley/gateway/directory"
)

// isAutomatic reports whether a program wrote a message, or sent it to many.
// None of it is anybody's answer, and to answer it could go on for ever.
func isAutomatic(h mail.Header, returnPath string) bool {
	if returnPath == "" { // RFC 5321 section 4.5.5: never to be answered
		return true
	}
	if value := strings.TrimSpace(strings.ToLower(h.Get("Auto-Submitted"))); value != "" && !strings.HasPrefix(value, "no") {
		return true // RFC 3834 section 5
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Precedence"))) {
	case "bulk", "junk", "list", "auto_reply", "auto-reply":
		return true // RFC 3834 section 3.1.8
	}
	for _, name := range []string{"X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply", "List-Id"} {
		if h.Has(name) {
			return true
		}
	}
	if strings.Contains(strings.ToLower(h.Get("X-Auto-Response-Suppress")), "all") {
		return true // what Exchange puts on its own answers
	}
	subject, _ := h.Subject()
	return automaticSubject.MatchString(subject)
}

// automaticSubject begins the subjects of automatic answers by programs that do
// not say so otherwise.
var automaticSubject = regexp.MustCompile(`(?i)^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|ateb awtomatig|allan o'r swyddfa|undeliverable|undelivered mail|mail delivery (failed|subsystem)|delivery status notification)\b`)

// takeAutomatic takes an automatic answer as what it shows: that the message it
// answers was passed on. A bounce of no known form says that one was not.
func (s *Server) takeAutomatic(ctx context.Context, a arrival, h mail.Header) error {
	id := a.bounce()
	answers := strings.HasPrefix(strings.ToLower(h.Get("Auto-Submitted")), "auto-replied")
	if id == "" {
		id = s.channel.messageNamed(h, "In-Reply-To", "References")
	}
	if id == "" {
		s.channel.config.Log.InfoContext(ctx, "an automatic mail was dropped")
		return nil
	}
	update := gateway.StatusUpdate{Message: id, Channel: directory.Email, ProviderID: s.channel.providerIDOf(id),
		Status: gateway.Sent, Code: "auto-reply", Reason: "An automatic answer came"}
	if a.from == "" && !answers {
		update.Status, update.Code, update.Reason = gateway.Undelivered, "bounce", "A mail system sent it back without a reason that can be read"
	}
	return s.config.Receiver.Settle(ctx, update)
}

// messageNamed is the message of ours that fields of a header name, by the
// token in its Message-ID; empty when there is none.
func (c *Channel) messageNamed(h mail.Header, fields ...string) gateway.MessageID {
	for _, field := range fields {
		names, _ := h.MsgIDList(field)
		for _, name := range names {
			if id, ok := c.messageOf(name); ok {
				return id
			}
		}
	}
	return ""
}

// messageOf reads a Message-ID of ours, without its brackets.
func (c *Channel) messageOf(name string) (gateway.MessageID, bool) {
	token, domain, _ := cutAddress(name)
	if !strings.EqualFold(domain, c.config.Domain) {
		return "", false
	}
	return c.tokens.readMessage(token)
}

// providerIDOf is the Message-ID of one of our messages, which Send returned.
func (c *Channel) providerIDOf(id gateway.MessageID) string {
	return c.tokens.forMessage(id) + "@" + c.config.Domain
}
