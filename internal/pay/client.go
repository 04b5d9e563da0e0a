package pay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"parley/gateway"
)

// Config says where GOV.UK Pay is and who we are to it.
type Config struct {
	URL     string        // of the API; empty: https://publicapi.payments.service.gov.uk
	Key     string        // the API key, which also says whether payments are real
	Timeout time.Duration // for one request; 0: 10 s
}

const (
	liveURL        = "https://publicapi.payments.service.gov.uk"
	defaultTimeout = 10 * time.Second

	// largestAnswer is far more than any answer of the API.
	largestAnswer = 1 << 20
)

// Client is GOV.UK Pay. It is a gateway.Payer and safe for concurrent use.
type Client struct {
	base *url.URL
	key  string
	http *http.Client
}

// New checks the configuration; it calls nobody.
func New(c Config) (*Client, error) {
	if c.URL == "" {
		c.URL = liveURL
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	base, err := url.Parse(c.URL)
	switch {
	case err != nil || !trusted(base):
		return nil, errors.New("GOV.UK Pay's address must begin with https://")
	case c.Key == "" || strings.ContainsAny(c.Key, "\r\n"):
		return nil, errors.New("GOV.UK Pay needs an API key of one line")
	}
	// A redirect could carry the key elsewhere.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base: base, key: c.Key, http: &http.Client{Timeout: c.Timeout, CheckRedirect: stay}}, nil
}

// trusted reports whether an address is one to send a key or a person to: over
// TLS, or on this machine.
func trusted(u *url.URL) bool {
	address, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && address.IsLoopback()
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && here)
}

// newPayment is the body of POST /v1/payments.
type newPayment struct {
	Amount      int64  `json:"amount"` // pence
	Reference   string `json:"reference"`
	Description string `json:"description"`
	ReturnURL   string `json:"return_url"`
	Language    string `json:"language"`
}

// payment is what we read of a payment.
type payment struct {
	ID    string `json:"payment_id"`
	State struct {
		Status   string `json:"status"`
		Finished bool   `json:"finished"`
	} `json:"state"`
	Links struct {
		Next struct {
			Href string `json:"href"`
		} `json:"next_url"`
	} `json:"_links"`
}

// paymentID is the form of GOV.UK Pay's ids, with room to grow.
var paymentID = regexp.MustCompile(`^[A-Za-z0-9]{1,50}$`)

// Create implements gateway.Payer. When no answer came it asks once more, which
// the idempotency key makes harmless.
func (c *Client) Create(ctx context.Context, r gateway.ChargeRequest) (id, page string, err error) {
	const doing = "creating a payment"
	body, err := json.Marshal(newPayment{
		Amount: int64(r.Amount), Reference: r.Reference, Description: r.Description, ReturnURL: r.ReturnURL, Language: string(r.Language),
	})
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", doing, err)
	}
	var p payment
	err = c.ask(ctx, doing, http.MethodPost, "v1/payments", r.Key, body, &p)
	if err != nil && errors.Is(err, errNoAnswer) && ctx.Err() == nil {
		err = c.ask(ctx, doing, http.MethodPost, "v1/payments", r.Key, body, &p)
	}
	if err != nil {
		return "", "", err
	}
	next, err := url.Parse(p.Links.Next.Href)
	if err != nil || !trusted(next) || !paymentID.MatchString(p.ID) {
		return "", "", &Error{Doing: doing, Status: http.StatusCreated, Code: "no page to pay on"}
	}
	return p.ID, next.String(), nil
}

// State implements gateway.Payer. A payment ends within 90 minutes, whatever
// the person does.
func (c *Client) State(ctx context.Context, id string) (gateway.ChargeState, error) {
	const doing = "asking for a payment"
	if !paymentID.MatchString(id) {
		return "", fmt.Errorf("%s: no id of GOV.UK Pay: %w", doing, gateway.ErrNotFound)
	}
	var p payment
	if err := c.ask(ctx, doing, http.MethodGet, "v1/payments/"+id, "", nil, &p); err != nil {
		return "", err
	}
	switch {
	case p.ID != id || p.State.Status == "":
		return "", &Error{Doing: doing, Status: http.StatusOK, Code: "no status"}
	case p.State.Status == "success":
		return gateway.Paid, nil
	case p.State.Finished:
		return gateway.Unpaid, nil
	}
	return gateway.Going, nil
}

// errNoAnswer is a request of which nobody knows whether it arrived.
var errNoAnswer = errors.New("no answer")

// ask sends one request and reads its answer. The errors are *Error, or
// gateway.ErrPayerAway when none came.
func (c *Client) ask(ctx context.Context, doing, method, path, key string, body []byte, answer any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.base.JoinPath(path).String(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("GOV.UK Pay: %s: %w: %w (%w)", doing, gateway.ErrPayerAway, errNoAnswer, err)
	}
	defer func() { _ = response.Body.Close() }() // it has been read
	content, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	if err != nil {
		return fmt.Errorf("GOV.UK Pay: %s: %w: %w (%w)", doing, gateway.ErrPayerAway, errNoAnswer, err)
	}
	failure := &Error{Doing: doing, Status: response.StatusCode}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
		var said struct{ Code string }
		if json.Unmarshal(content, &said) == nil && errorCode.MatchString(said.Code) {
			failure.Code = said.Code
		}
		return failure
	}
	if err := json.Unmarshal(content, answer); err != nil {
		failure.Code = "unreadable" // json's own words may quote what was sent
		return failure
	}
	return nil
}

var errorCode = regexp.MustCompile(`^P[0-9]{4}$`)
