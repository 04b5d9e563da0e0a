package webchat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// Chat is the channel and its pages. It is safe for concurrent use.
type Chat struct {
	config   Config
	hub      *hub
	pages    *pages
	fromOurs *http.CrossOriginProtection
}

// New returns web chat, or an error that says what is wrong with its
// configuration.
func New(config Config) (*Chat, error) {
	config, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("set up web chat: %w", err)
	}
	pages, err := newPages(config)
	if err != nil {
		return nil, fmt.Errorf("set up web chat: %w", err)
	}
	// A balancer may reach us by another host name than browsers do.
	fromOurs := http.NewCrossOriginProtection()
	if err := fromOurs.AddTrustedOrigin(config.PublicURL); err != nil {
		return nil, fmt.Errorf("set up web chat: %w", err)
	}
	return &Chat{config: config, hub: newHub(config), pages: pages, fromOurs: fromOurs}, nil
}

// Name is webchat.
func (c *Chat) Name() directory.Channel { return directory.WebChat }

// Prepare leaves a text as it is, but for what is not text: a page has no
// parts.
func (c *Chat) Prepare(text string) gateway.Prepared {
	return gateway.Prepared{Text: strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", ""), Segments: 1}
}

// Send shows a message in its visit, which is all the delivery there is: what
// is shown stays, for a browser that comes back for it. Showing it again
// changes nothing, so that a send is never lost, only put off.
func (c *Chat) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	visit, err := gateway.Visit{}, ctx.Err()
	if err == nil {
		visit, err = c.config.Visits.VisitByID(ctx, gateway.VisitID(m.To.Value))
	}
	if errors.Is(err, gateway.ErrNoVisit) || err == nil && !visit.Ended.IsZero() {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Code: "ended", Reason: "the visit has ended"}
	}
	var entry gateway.Entry
	if err == nil {
		entry, err = c.show(ctx, visit.ID, gateway.Entry{
			Message: m.ID, ByUs: true, Text: m.Text, Ask: m.Ask, Language: m.Language,
			// Before it is confirmed a visit is told only what its visitor may
			// hear; what it is told after that is for its visitor alone.
			Private: m.Private && visit.Level >= directory.Confirmed,
		})
	}
	if err != nil {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "store", Reason: "the store is away", RetryAfter: time.Second, Err: err}
	}
	return gateway.Receipt{ProviderID: string(entry.Message), Status: gateway.Delivered}, nil
}

// show adds an entry to a visit and to every page that shows the visit.
func (c *Chat) show(ctx context.Context, visit gateway.VisitID, e gateway.Entry) (gateway.Entry, error) {
	e.At = c.config.Clock()
	e, err := c.config.Visits.Show(ctx, visit, e)
	if err != nil {
		return e, fmt.Errorf("showing an entry: %w", err)
	}
	c.hub.shown(ctx, visit, e)
	return e, nil
}
