package webhooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	answerTime   = 15 * time.Second // for the whole of a try
	mostRead     = 4 << 10          // bytes of an answer's body
	mostHeaders  = 16 << 10
	connectTime  = 5 * time.Second
	idleLifetime = time.Minute
)

// payload is what is sent: what happened, when, and the ids of what it is about.
type payload struct {
	Type      gateway.EventType `json:"type"`
	Timestamp time.Time         `json:"timestamp"`
	Data      payloadIDs        `json:"data"`
}

type payloadIDs struct {
	ID           string                  `json:"id"`
	Case         directory.CaseReference `json:"case,omitempty"`
	Person       directory.PersonID      `json:"person,omitempty"`
	Conversation gateway.ConversationID  `json:"conversation,omitempty"`
}

func body(e gateway.Event) ([]byte, error) {
	return json.Marshal(payload{e.Type, e.At.UTC(), payloadIDs{e.Subject, e.Case, e.Person, e.Conversation}})
}

// newClient connects to public addresses alone, unless the endpoint is private,
// uses no proxy and follows no redirect.
func newClient(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: connectTime}
	if !private {
		dialer.ControlContext = onlyPublic
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: connectTime, ForceAttemptHTTP2: true, DisableCompression: true,
			MaxResponseHeaderBytes: mostHeaders, MaxIdleConnsPerHost: atOnce, IdleConnTimeout: idleLifetime,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// post sends an event once and returns the answer's status, 0 when there is
// none, and why it is no success.
func (r *receiver) post(ctx context.Context, e gateway.Event, at time.Time) (status int, failure gateway.DeliveryFailure, err error) {
	content, err := body(e)
	if err != nil {
		return 0, "", fmt.Errorf("writing event %s: %w", e.ID, err)
	}
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, bytes.NewReader(content))
	if err != nil {
		return 0, "", fmt.Errorf("asking endpoint %s: %w", r.Name, err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "Parley", "Webhook-Id": e.ID, "Webhook-Timestamp": timestamp(at),
		"Webhook-Signature": Sign(r.Secrets, e.ID, at, content),
	} {
		request.Header.Set(name, value)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return 0, whyNoAnswer(err), nil
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, mostRead) // so that the connection serves again; what it says is nothing to us
	return response.StatusCode, whyNoSuccess(response.StatusCode), nil
}

func whyNoAnswer(err error) gateway.DeliveryFailure {
	var late net.Error
	switch {
	case errors.Is(err, errPrivate):
		return gateway.EndpointPrivate
	case errors.As(err, &late) && late.Timeout():
		return gateway.EndpointTimedOut
	default:
		return gateway.EndpointUnreachable
	}
}

func whyNoSuccess(status int) gateway.DeliveryFailure {
	switch {
	case status >= 200 && status < 300:
		return ""
	case status >= 300 && status < 400:
		return gateway.EndpointRedirects
	case status == http.StatusGone:
		return gateway.EndpointGone
	default:
		return gateway.EndpointRefuses
	}
}
