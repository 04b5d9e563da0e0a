package income

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/oauth2"
)

// largestAnswer is far more than any answer of the service.
const largestAnswer = 1 << 20

// ask sends one request and reads its answer. A refused token is fetched anew
// once.
func (s *Source) ask(ctx context.Context, doing, method, path string, query url.Values, question, answer any) error {
	for attempt := 1; ; attempt++ {
		token, err := s.tokens.get(ctx, s.client)
		if err != nil {
			return s.tokenError(err)
		}
		response, err := s.send(ctx, token, method, path, query, question)
		if err != nil {
			return &UnavailableError{doing, err}
		}
		err = s.judge(doing, response, answer)
		_ = response.Body.Close() // it has been read; nothing is left to go wrong
		if response.StatusCode != http.StatusUnauthorized || attempt > 1 {
			return err
		}
		s.tokens.refused(token)
	}
}

func (s *Source) send(ctx context.Context, token *oauth2.Token, method, path string, query url.Values, question any) (*http.Response, error) {
	var body io.Reader
	if question != nil {
		text, err := json.Marshal(question)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	address := s.base.JoinPath(path)
	address.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, method, address.String(), body)
	if err != nil {
		return nil, err
	}
	token.SetAuthHeader(request)
	request.Header.Set("Accept", "application/vnd.hmrc.2.0+json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return s.client.Do(request)
}

// judge turns a response into an answer or an error of this package.
func (s *Source) judge(doing string, response *http.Response, answer any) error {
	switch response.StatusCode {
	case http.StatusOK:
		if err := json.NewDecoder(io.LimitReader(response.Body, largestAnswer)).Decode(answer); err != nil {
			return &UnavailableError{doing, err}
		}
		return nil
	case http.StatusNotFound:
		return ErrNotFound
	case http.StatusTooManyRequests:
		return &RateLimitedError{s.retryAfter(response)}
	default:
		return &UnavailableError{doing, fmt.Errorf("status %d", response.StatusCode)}
	}
}

// tokenError tells a rate limit of the token endpoint from other failures.
func (s *Source) tokenError(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response.StatusCode == http.StatusTooManyRequests {
		return &RateLimitedError{s.retryAfter(refused.Response)}
	}
	return &UnavailableError{"getting a token", err}
}

// retryAfter reads seconds or a date (RFC 9110 section 10.2.3).
func (s *Source) retryAfter(response *http.Response) time.Duration {
	value := response.Header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(s.config.Now()), 0)
	}
	return 0
}
