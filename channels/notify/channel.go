package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// Channel sends text messages. It is safe for concurrent use.
type Channel struct {
	config Config
	key    key
	client *http.Client
}

// New returns a channel for a service, or an error that says what is wrong with
// its configuration. It calls nobody.
func New(config Config) (*Channel, error) {
	config, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("set up GOV.UK Notify: %w", err)
	}
	return &Channel{config: config, key: newKey(config.APIKey), client: &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxConnsPerHost: config.Connections, MaxIdleConnsPerHost: config.Connections,
			IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 5 * time.Second,
		},
		// To follow a redirection would be to send the message twice.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Name is sms.
func (c *Channel) Name() directory.Channel { return directory.SMS }

// Prepare makes a text fit for a phone: see templates.PrepareSMS.
func (c *Channel) Prepare(text string) gateway.Prepared {
	prepared := templates.PrepareSMS(text)
	return gateway.Prepared{Text: prepared.Text, Segments: max(1, prepared.Segments)}
}

// order is the body of POST /v2/notifications/sms.
type order struct {
	PhoneNumber     string            `json:"phone_number"`
	TemplateID      string            `json:"template_id"`
	Personalisation map[string]string `json:"personalisation"`
	Reference       string            `json:"reference"`
	SenderID        string            `json:"sms_sender_id,omitempty"`
}

// Send posts a prepared message to Notify. See gateway.Channel for what its
// errors mean and refusalOf for what Notify's answers do.
func (c *Channel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	body, err := json.Marshal(order{
		PhoneNumber: m.To.Value, TemplateID: c.config.Template, Personalisation: map[string]string{"message": m.Text},
		Reference: string(m.ID), SenderID: c.config.Sender,
	})
	if err != nil {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Code: "unwritable", Reason: "The message cannot be put into JSON"}
	}
	a := c.ask(ctx, http.MethodPost, "/v2/notifications/sms", body)
	var made struct {
		ID string `json:"id"`
	}
	if err := a.read(&made); err != nil {
		return gateway.Receipt{}, err
	}
	if made.ID == "" {
		return gateway.Receipt{}, lost("no id", "Notify's answer could not be read")
	}
	return gateway.Receipt{ProviderID: made.ID, Status: gateway.Accepted}, nil
}

// Find implements gateway.Finder. Notify knows a message by our reference, which
// nothing else has.
func (c *Channel) Find(ctx context.Context, m gateway.Message, _ time.Time) ([]gateway.StatusUpdate, error) {
	query := url.Values{"template_type": {"sms"}, "reference": {string(m.ID)}}
	a := c.ask(ctx, http.MethodGet, "/v2/notifications?"+query.Encode(), nil)
	var listed struct {
		Notifications []struct{ ID, Reference, Status string }
	}
	if err := a.read(&listed); err != nil {
		return nil, fmt.Errorf("look for a message at Notify: %w", err)
	}
	var found []gateway.StatusUpdate
	for _, n := range listed.Notifications {
		if n.Reference == string(m.ID) && n.ID != "" {
			found = append(found, updateOf(m.ID, n.ID, n.Status))
		}
	}
	return found, nil
}
