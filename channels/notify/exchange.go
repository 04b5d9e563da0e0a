package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"parley/gateway"
)

// maxAnswer is as much of Notify's answer as is read: a page of its list has
// 250 messages.
const maxAnswer = 1 << 20

// answer is what came of one request.
type answer struct {
	status      int // 0: none came
	retryAfter  time.Duration
	body        []byte
	mayHaveLeft bool
	err         error
}

// ask makes one request.
func (c *Channel) ask(ctx context.Context, method, path string, body []byte) answer {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { left.Store(true) }})
	request, err := http.NewRequestWithContext(ctx, method, c.config.APIURL+path, bytes.NewReader(body))
	if err != nil {
		return answer{err: errors.New("the request cannot be made")}
	}
	request.Header.Set("Authorization", "Bearer "+c.key.token(c.config.Clock()))
	request.Header.Set("Content-Type", "application/json")
	response, err := c.client.Do(request)
	if err != nil {
		return answer{mayHaveLeft: left.Load(), err: withoutURL(err)}
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return answer{mayHaveLeft: true, err: err}
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After")) // Notify sends none today; what is no number is none
	return answer{status: response.StatusCode, retryAfter: time.Duration(min(max(0, seconds), 24*60*60)) * time.Second, body: said}
}

// read reads the answer of a request that was taken, or says what a failure
// means for its message.
func (a answer) read(into any) error {
	switch {
	case a.status == 0 && !a.mayHaveLeft:
		return &gateway.SendError{Outcome: gateway.Retry, Code: "unreachable", Reason: "Notify could not be reached", Busy: true, Err: a.err}
	case a.status == 0:
		failed := lost("no answer", "Notify did not answer")
		failed.Err = a.err
		return failed
	case a.status < 200 || a.status > 299:
		return a.refusal()
	}
	if json.Unmarshal(a.body, into) != nil {
		return lost("HTTP "+strconv.Itoa(a.status), "Notify's answer could not be read")
	}
	return nil
}

// withoutURL drops the URL that net/http puts into its errors.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
