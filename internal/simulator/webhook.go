package simulator

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Sign is the X-Twilio-Signature of a webhook: the HMAC-SHA1 by the account's
// token of the full URL, query included, and each field's name and value in
// the order of their names. Twilio sends each field once.
// https://www.twilio.com/docs/usage/webhooks/webhooks-security
func Sign(token, url string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	_, _ = io.WriteString(mac, url) // a hash never fails
	for _, name := range slices.Sorted(maps.Keys(form)) {
		_, _ = io.WriteString(mac, name)
		_, _ = io.WriteString(mac, form.Get(name))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// webhookAnswer is what the gateway answered.
type webhookAnswer struct {
	status      int
	contentType string
	body        []byte
}

// maxAnswer is as much of an answer as is read: TwiML may have 64 KB.
const maxAnswer = 64 << 10

// post posts a signed webhook and reads all of the answer, so that its
// connection can serve the next one.
func (t *Twilio) post(ctx context.Context, address string, form url.Values) (*webhookAnswer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, errors.New("the webhook's URL cannot be used")
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	request.Header.Set("User-Agent", "TwilioProxy/1.1")
	request.Header.Set("X-Twilio-Signature", Sign(t.config.AuthToken, address, form))
	response, err := t.client.Do(request)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read the gateway's answer: %w", err)
	}
	return &webhookAnswer{response.StatusCode, response.Header.Get("Content-Type"), body}, nil
}

// withoutURL drops the URL that net/http puts into its errors: a callback's
// query is nobody's business but the gateway's.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
