package sms

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels/twilio"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// Where the gateway serves Twilio's webhooks, below the public URL.
const (
	inboundPath = "/twilio/sms"
	statusPath  = "/twilio/sms/status"
)

// Channel sends and receives text messages. It is safe for concurrent use.
type Channel struct {
	config    Config
	api       *url.URL
	transport *http.Transport
	forms     *twilio.Forms
}

// New returns a channel for an account, or an error that says what is wrong
// with its configuration. It calls nobody.
func New(config Config) (*Channel, error) {
	config, api, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("set up text messages: %w", err)
	}
	return &Channel{
		config:    config,
		api:       api,
		transport: newTransport(config.Connections),
		forms:     twilio.NewForms(config.account()),
	}, nil
}

// Name is sms.
func (c *Channel) Name() directory.Channel { return directory.SMS }

// Prepare makes a text fit for a phone: see templates.PrepareSMS. An empty
// text counts as one part, which is what it would be billed as.
func (c *Channel) Prepare(text string) gateway.Prepared {
	prepared := templates.PrepareSMS(text)
	return gateway.Prepared{Text: prepared.Text, Segments: max(1, prepared.Segments)}
}

// Send posts a prepared message to Twilio. See gateway.Channel for what its
// errors mean and refusals for what Twilio's codes do.
func (c *Channel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	var seen exchange
	created, err := c.messages(ctx, &seen).CreateMessage(c.request(m))
	if err != nil {
		return gateway.Receipt{}, seen.failure(err)
	}
	return receiptOf(created)
}

// messages is Twilio's client for one request.
func (c *Channel) messages(ctx context.Context, seen *exchange) *openapi.ApiService {
	toTwilio := &client.Client{
		Credentials: client.NewCredentials(c.config.AccountSID, c.config.AuthToken),
		HTTPClient: &http.Client{
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) { return c.exchange(ctx, r, seen) }),
			// To follow a redirection would be to send the message twice.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	toTwilio.SetAccountSid(c.config.AccountSID)
	// Not NewApiServiceWithClient, which reads the region from the environment.
	return openapi.NewApiService(&client.RequestHandler{Client: toTwilio})
}

func (c *Channel) request(m gateway.Message) *openapi.CreateMessageParams {
	callback := c.config.PublicURL + statusPath + "?message=" + url.QueryEscape(string(m.ID))
	request := &openapi.CreateMessageParams{To: &m.To.Value, Body: &m.Text, StatusCallback: &callback}
	from := c.config.From
	if m.Discreet && c.config.DiscreetFrom != "" {
		from = c.config.DiscreetFrom
	}
	if messagingService.MatchString(from) {
		request.MessagingServiceSid = &from
	} else {
		request.From = &from
	}
	return request
}

// receiptOf reads what Twilio says it has made. An answer without a SID could
// have come from anybody.
func receiptOf(created *openapi.ApiV2010Message) (gateway.Receipt, error) {
	if valueOf(created.Sid) == "" {
		return gateway.Receipt{}, unreadable.sendError("no SID")
	}
	status, known := statusOf(valueOf(created.Status))
	switch {
	case !known:
		status = gateway.Accepted // it has a SID, so Twilio has it
	case status == gateway.Failed || status == gateway.Undelivered:
		code := valueOf(created.ErrorCode)
		return gateway.Receipt{}, refusalOf(code).sendError(strconv.Itoa(code))
	}
	return gateway.Receipt{ProviderID: *created.Sid, Status: status}, nil
}

// valueOf is what an optional field of Twilio's holds.
func valueOf[T any](field *T) (value T) {
	if field != nil {
		value = *field
	}
	return value
}

// newTransport keeps enough connections open that sends under load do not dial.
func newTransport(connections int) *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		MaxConnsPerHost:     connections,
		MaxIdleConnsPerHost: connections,
		// Shorter than servers keep a quiet connection (60 s is usual): a send
		// on a connection that the far side is just closing would be lost.
		IdleConnTimeout:     30 * time.Second,
		TLSHandshakeTimeout: 5 * time.Second,
		DisableCompression:  true, // answers are under 1 KB
	}
}
