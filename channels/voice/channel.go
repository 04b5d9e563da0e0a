package voice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"parley/channels/twilio"
	"parley/gateway"
	"parley/gateway/directory"
)

// Channel answers calls. It is safe for concurrent use.
type Channel struct {
	config    Config
	api       *url.URL
	transport *http.Transport
	forms     *twilio.Forms
}

// New returns the channel for an account, or an error that says what is wrong
// with its configuration. It calls nobody.
func New(config Config) (*Channel, error) {
	config, api, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("set up calls: %w", err)
	}
	return &Channel{
		config: config, api: api,
		transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxConnsPerHost: 16, IdleConnTimeout: 30 * time.Second,
			TLSHandshakeTimeout: 5 * time.Second,
		},
		forms: twilio.NewForms(config.account()),
	}, nil
}

// Name is voice.
func (c *Channel) Name() directory.Channel { return directory.Voice }

// Prepare leaves out what is not text: XML 1.0 section 2.2 has no characters for
// it. A call has no parts.
func (c *Channel) Prepare(text string) gateway.Prepared {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return gateway.Prepared{Text: text, Segments: 1}
}

// Send has a message read to the caller whose call it is for: the next answer to
// Twilio takes it from the visit. It is as delivered as it can be. Sent again it
// is said once, so that a send is never lost, only put off. To a call that is
// over, and to anything else, nothing is sent.
func (c *Channel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	visit, err := gateway.Visit{}, ctx.Err()
	if err == nil {
		visit, err = c.config.Visits.VisitByID(ctx, gateway.VisitID(m.To.Value))
	}
	over := errors.Is(err, gateway.ErrNoVisit) || err == nil && (!visit.Ended.IsZero() || visit.Channel != directory.Voice)
	if !over && err == nil {
		_, err = c.config.Visits.Show(ctx, visit.ID, gateway.Entry{
			Message: m.ID, ByUs: true, Text: c.Prepare(m.Text).Text, Ask: m.Ask, Language: m.Language, At: c.config.Clock(),
			Private: m.Private && visit.Level >= directory.Confirmed,
		})
		over = errors.Is(err, gateway.ErrNoVisit)
	}
	switch {
	case over:
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Code: "ended", Reason: "the call is over"}
	case err != nil:
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "store", Reason: "the store is away", RetryAfter: time.Second, Err: err}
	}
	return gateway.Receipt{ProviderID: string(m.ID), Status: gateway.Delivered}, nil
}
