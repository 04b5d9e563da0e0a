package email

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"parley/gateway"
	"parley/gateway/directory"
)

// Channel sends and receives email. It is safe for concurrent use.
type Channel struct {
	config  Config
	tokens  *tokens
	relay   *relay
	backoff *backoff
}

// New returns a channel for a relay, or an error that says what is wrong with
// its configuration. It calls nobody.
func New(config Config) (*Channel, error) {
	config, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("set up email: %w", err)
	}
	tokens, err := newTokens(config.Secret)
	if err != nil {
		return nil, fmt.Errorf("set up email: %w", err)
	}
	return &Channel{config: config, tokens: tokens, relay: newRelay(config), backoff: newBackoff()}, nil
}

// Close ends the connections that wait for the next message.
func (c *Channel) Close() { c.relay.close() }

// AtOnce is how many connections there are to the relay.
func (c *Channel) AtOnce() int { return c.config.Connections }

// Name is email.
func (c *Channel) Name() directory.Channel { return directory.Email }

// mailbox is the address that people write to.
func (c *Channel) mailbox() string { return c.config.Mailbox + "@" + c.config.Domain }

// Prepare cleans a text: valid UTF-8, lines that end alike and nothing that
// does not show. An email has one part, however long.
func (c *Channel) Prepare(text string) gateway.Prepared {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\t', r == '\n':
			return r
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	return gateway.Prepared{Text: strings.TrimSpace(text), Segments: 1}
}

// Send composes a prepared message and hands it to the relay. See
// gateway.Channel for what its errors mean and meaningOf for what the relay's
// answers do.
func (c *Channel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	if !tokenID.MatchString(string(m.ID)) || m.Conversation != "" && !tokenID.MatchString(string(m.Conversation)) {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Code: "id", Reason: "The message's id does not fit into an address"}
	}
	_, domain, _ := strings.Cut(m.To.Value, "@")
	now := c.config.Clock()
	if wait := c.backoff.wait(domain, now); wait > 0 {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "waiting", Reason: "The recipient's mail system asked us to wait", RetryAfter: wait}
	}
	mail, err := c.compose(m)
	if err != nil {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Code: "compose", Reason: "The message cannot be written as an email", Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	failure := c.relay.send(ctx, mail)
	if failure == nil {
		c.backoff.forget(domain)
		return gateway.Receipt{ProviderID: mail.id, Status: gateway.Accepted}, nil
	}
	if failure.Outcome == gateway.Retry {
		failure.RetryAfter = retryAfter(now.Sub(m.Created))
		if failure.slowsDomain {
			failure.RetryAfter = max(failure.RetryAfter, c.backoff.more(domain, now))
		}
	}
	return gateway.Receipt{}, &failure.SendError
}
