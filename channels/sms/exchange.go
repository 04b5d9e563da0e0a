package sms

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/twilio/twilio-go/client"

	"parley/gateway"
)

// maxAnswer is as much of Twilio's answer as is read; one has under 2 KB.
const maxAnswer = 64 << 10

// roundTrip is a function as an http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// exchange is what is known of one request to Twilio, beyond what Twilio's
// library tells.
type exchange struct {
	mayHaveLeft atomic.Bool // a connection was there to write to
	status      int         // of the HTTP answer; 0 when there was none
	retryAfter  time.Duration
}

// exchange carries out one request of Twilio's library, which knows no context
// and no other host, drops the status and headers of the answer and leaves
// bodies of refusals open.
func (c *Channel) exchange(ctx context.Context, r *http.Request, seen *exchange) (*http.Response, error) {
	r = r.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { seen.mayHaveLeft.Store(true) },
	}))
	target := *r.URL
	target.Scheme, target.Host, target.Path = c.api.Scheme, c.api.Host, c.api.Path+target.Path
	r.URL, r.Host = &target, target.Host

	response, err := c.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	seen.status = response.StatusCode
	seen.retryAfter = retryAfter(response.Header.Get("Retry-After"), c.config.Clock())
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// failure says what a failed request means for its message.
func (e *exchange) failure(err error) *gateway.SendError {
	code, failed := e.meaning(err)
	failure := failed.sendError(code)
	if failure.Outcome == gateway.Retry || failure.Busy {
		failure.RetryAfter = e.retryAfter
	}
	if e.status == 0 {
		failure.Err = withoutURL(err)
	}
	return failure
}

// meaning reads a failure as a code and what it means. Only Twilio's own word,
// or that there was nothing to write to, proves that a message has not left.
func (e *exchange) meaning(err error) (code string, _ refusal) {
	if e.status == 0 {
		if !e.mayHaveLeft.Load() {
			return "unreachable", unreachable
		}
		return "no answer", unanswered
	}
	var own *client.TwilioRestError
	if errors.As(err, &own) && own.Code != 0 {
		if listed, ok := refusals[own.Code]; ok {
			return strconv.Itoa(own.Code), listed
		}
		code = strconv.Itoa(own.Code)
	} else {
		code = "HTTP " + strconv.Itoa(e.status)
	}
	switch {
	case e.status == http.StatusTooManyRequests:
		return code, refusals[tooManyRequests]
	case e.status >= 400 && e.status < 500:
		return code, refusalOf(0)
	default:
		return code, unreadable
	}
}

// retryAfter reads a Retry-After header, in seconds or as a date (RFC 9110
// section 10.2.3); 0 when it says nothing of use.
func retryAfter(header string, now time.Time) time.Duration {
	if header == "" {
		return 0
	}
	if seconds, err := strconv.Atoi(strings.TrimSpace(header)); err == nil {
		return max(0, time.Duration(min(seconds, 24*60*60))*time.Second)
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, min(at.Sub(now), 24*time.Hour))
	}
	return 0
}

// withoutURL drops the URL that net/http puts into its errors.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
