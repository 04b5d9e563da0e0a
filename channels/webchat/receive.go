package webchat

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/gateway"
	"parley/templates"
)

// longest is how many characters a message from a visitor may have.
const longest = 4000

// Receiver is what web chat needs of the gateway.
type Receiver interface {
	// OpenVisit begins a visit of somebody unknown, which the secret opens
	// from then on. FollowLink begins one by a one-time link, or returns
	// gateway.ErrLinkUsed. Visit returns the visit that a secret opens, or
	// gateway.ErrNoVisit.
	OpenVisit(ctx context.Context, secret string, language templates.Language) (gateway.Visit, error)
	FollowLink(ctx context.Context, link, secret string) (gateway.Visit, error)
	Visit(ctx context.Context, secret string) (gateway.Visit, error)

	// Greet says the first words in a visit that shows nothing yet: the
	// question of the conversation that is open, else a welcome.
	Greet(ctx context.Context, visit gateway.VisitID) error

	// Confirm takes a person's PIN or passphrase from a client, whose name is
	// for limits: gateway.ErrWrongSecret, gateway.ErrBlocked.
	Confirm(ctx context.Context, visit gateway.VisitID, secret, client string) error

	// Leave ends a visit. Shown returns what a visit may show after a sequence.
	Leave(ctx context.Context, visit gateway.VisitID) error
	Shown(ctx context.Context, visit gateway.VisitID, after int64) ([]gateway.Entry, error)

	// Receive takes a message durably; the same one again changes nothing.
	Receive(ctx context.Context, in gateway.Inbound) error
}

// said is what a visitor sends, by live connection or form.
type said struct {
	ID    string // made by the browser, or for its form: the same again is the same message
	Text  string
	Shown string // what the visit shows of it, when that is not its text
	Files []gateway.FileID
}

var (
	errTooLong = errors.New("the message is too long")
	errNothing = errors.New("there is nothing in the message")
	errBadID   = errors.New("the message has no proper id")
)

// check reports what is wrong with a message that came from outside.
func (s said) check() error {
	switch {
	case !isMessageID(s.ID):
		return errBadID
	case utf8.RuneCountInString(s.Text) > longest:
		return errTooLong
	case strings.TrimSpace(s.Text) == "" && len(s.Files) == 0:
		return errNothing
	}
	return nil
}

// isMessageID reports whether a browser can have made an id: 1 to 64 letters,
// digits, hyphens and underscores.
func isMessageID(id string) bool {
	return len(id) > 0 && len(id) <= 64 && strings.Trim(id, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz") == ""
}

// receive shows what a visitor said and has the gateway take it. It may be
// called again with the same message, and must be after an error other than
// those of check: shown is not yet taken. It is shown first because the answer
// may come before receive returns.
func (c *Chat) receive(ctx context.Context, to Receiver, visit gateway.Visit, s said) (gateway.Entry, error) {
	if err := s.check(); err != nil {
		return gateway.Entry{}, err
	}
	text := s.Text
	if s.Shown != "" {
		text = s.Shown
	}
	id := string(visit.ID) + "/" + s.ID
	entry, err := c.show(ctx, visit.ID, gateway.Entry{Message: gateway.MessageID(s.ID), Text: text, Language: visit.Language})
	if err != nil {
		return entry, err
	}
	if err := to.Receive(ctx, gateway.Inbound{ProviderID: id, From: visit.Address(), Text: s.Text, Files: s.Files}); err != nil {
		return entry, fmt.Errorf("taking a message: %w", err)
	}
	return entry, nil
}
