package voice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"
	"github.com/twilio/twilio-go/twiml"

	"parley/gateway"
)

// Ring rings a caseworker at their telephone, to put them through to a call that
// waits. What is whispered to them tells the language, and whether the caller
// has shown who they are: nothing of the case, and nothing of a risk.
func (c *Channel) Ring(ctx context.Context, id gateway.VisitID, telephone string) error {
	address := c.at("/desk", "call", string(id))
	method := http.MethodPost
	_, err := c.twilio(ctx).CreateCall(&openapi.CreateCallParams{To: &telephone, From: &c.config.From, Url: &address, Method: &method})
	if err != nil {
		return fmt.Errorf("ringing for call %s: %w", id, withoutURL(err))
	}
	return nil
}

// ring whispers to the caseworker who has picked up.
func (w *webhook) ring(context.Context) ([]twiml.Element, error) {
	if w.call.State != gateway.CallWaiting {
		return append(w.says(sayTaken), &twiml.VoiceHangup{}), nil
	}
	sure := sayNotConfirmed
	if w.call.Person != "" {
		sure = sayConfirmed
	}
	var read []twiml.Element
	for _, p := range []phrase{sayWhisper, sure, sayTake} {
		read = append(read, w.say("en", p.in(w.call.Language)))
	}
	return []twiml.Element{keys(w.at("/desk/taken", "call", string(w.call.ID)), 1, 10, read...)}, nil
}

// taken puts them through.
func (w *webhook) taken(ctx context.Context) ([]twiml.Element, error) {
	if w.form["Digits"] != "1" {
		return []twiml.Element{&twiml.VoiceHangup{}}, nil
	}
	took, err := w.to.Answered(ctx, w.call.ID)
	if err != nil {
		return nil, err
	}
	if !took {
		return []twiml.Element{w.say("en", sayTaken.in("en")), &twiml.VoiceHangup{}}, nil
	}
	return []twiml.Element{&twiml.VoiceDial{
		Action: w.at("/desk/done", "call", string(w.call.ID)), Method: "POST",
		InnerElements: []twiml.Element{&twiml.VoiceQueue{Name: string(w.call.ID)}},
	}}, nil
}

// done is what became of putting them through. Who was not reached waits again.
func (w *webhook) done(ctx context.Context) ([]twiml.Element, error) {
	if status := w.form["DialCallStatus"]; status != "completed" && status != "answered" {
		return []twiml.Element{&twiml.VoiceHangup{}}, w.to.Missed(ctx, w.call.ID)
	}
	return []twiml.Element{&twiml.VoiceHangup{}}, nil
}

// maxAnswer is as much of Twilio's answer as is read, and maxRecording as much
// of a recording: three minutes at 16 KB a second, and the rest of the way.
const (
	maxAnswer    = 64 << 10
	maxRecording = 8 << 20
)

// roundTrip is a function as an http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// twilio is Twilio's client for one request: its library knows no context and no
// other host.
func (c *Channel) twilio(ctx context.Context) *openapi.ApiService {
	t := &client.Client{
		Credentials: client.NewCredentials(c.config.AccountSID, c.config.AuthToken),
		HTTPClient: &http.Client{
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				target := *r.URL
				target.Scheme, target.Host, target.Path = c.api.Scheme, c.api.Host, c.api.Path+target.Path
				r = r.WithContext(ctx)
				r.URL, r.Host = &target, target.Host
				return c.transport.RoundTrip(r)
			}),
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	t.SetAccountSid(c.config.AccountSID)
	// Not NewApiServiceWithClient, which reads the region from the environment.
	return openapi.NewApiService(&client.RequestHandler{Client: t})
}

// Recording fetches a voicemail, as WAV, with our account's word. Its address is
// made from its SID: what a webhook says of it is not followed.
func (c *Channel) Recording(ctx context.Context, recording string) (io.ReadCloser, error) {
	address := c.api.JoinPath("2010-04-01", "Accounts", c.config.AccountSID, "Recordings", recording+".wav")
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetching recording %s: %w", recording, withoutURL(err))
	}
	r.SetBasicAuth(c.config.AccountSID, c.config.AuthToken)
	response, err := c.transport.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("fetching recording %s: %w", recording, withoutURL(err))
	}
	if response.StatusCode != http.StatusOK {
		_ = response.Body.Close()
		return nil, fmt.Errorf("fetching recording %s: HTTP %d", recording, response.StatusCode)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxRecording), response.Body}, nil
}

// Forget deletes a recording at Twilio, once we have it.
func (c *Channel) Forget(ctx context.Context, recording string) error {
	if err := c.twilio(ctx).DeleteRecording(recording, &openapi.DeleteRecordingParams{}); err != nil {
		return fmt.Errorf("deleting recording %s: %w", recording, withoutURL(err))
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
