package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Config says which account the exchange plays and where its gateway is. All of
// it is needed.
type Config struct {
	AccountSID string
	AuthToken  string
	Number     string // the account's, which people call; E.164

	// GatewayURL is the gateway's public URL without a path: what webhooks are
	// signed with and posted to.
	GatewayURL string

	NewSID func() string                            // 32 hexadecimal digits, new each time
	Sign   func(url string, form url.Values) string // X-Twilio-Signature
}

// Exchange connects calls. It is safe for concurrent use; one thing happens in
// it at a time.
type Exchange struct {
	config Config
	routes *http.ServeMux
	client *http.Client

	mu     sync.Mutex
	lines  []*Line
	queues map[string][]*Line

	recordings sync.Map // SID to content
}

// twilioWaits is how long Twilio waits for an answer.
const twilioWaits = 15 * time.Second

// New makes an exchange.
func New(config Config) (*Exchange, error) {
	gateway, err := url.Parse(config.GatewayURL)
	if err != nil || gateway.Host == "" {
		return nil, fmt.Errorf("simulated exchange: gateway URL %q is not absolute", config.GatewayURL)
	}
	if config.AccountSID == "" || config.AuthToken == "" || config.Number == "" || config.NewSID == nil || config.Sign == nil {
		return nil, errors.New("simulated exchange: the configuration is incomplete")
	}
	config.GatewayURL = strings.TrimSuffix(config.GatewayURL, "/")
	x := &Exchange{config: config, routes: http.NewServeMux(), client: &http.Client{Timeout: twilioWaits}, queues: map[string][]*Line{}}
	x.routes.HandleFunc("POST /2010-04-01/Accounts/{account}/Calls.json", x.authorised(x.createCall))
	x.routes.HandleFunc("GET /2010-04-01/Accounts/{account}/Recordings/{recording}", x.authorised(x.recording))
	x.routes.HandleFunc("DELETE /2010-04-01/Accounts/{account}/Recordings/{recording}", x.authorised(x.forget))
	return x, nil
}

// ServeHTTP answers as api.twilio.com does.
func (x *Exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) { x.routes.ServeHTTP(w, r) }

// authorised lets through who knows the account's SID and token.
func (x *Exchange) authorised(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user != x.config.AccountSID || password != x.config.AuthToken || r.PathValue("account") != user {
			writeJSON(w, http.StatusUnauthorized, map[string]any{"code": 20003, "message": "Authenticate", "status": 401})
			return
		}
		next(w, r)
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // nobody listens any more
}

// createCall rings a telephone.
func (x *Exchange) createCall(w http.ResponseWriter, r *http.Request) {
	to, from, begins := r.FormValue("To"), r.FormValue("From"), r.FormValue("Url")
	if to == "" || from != x.config.Number || !strings.HasPrefix(begins, x.config.GatewayURL+"/") {
		writeJSON(w, http.StatusBadRequest, map[string]any{"code": 21201, "message": "Invalid call", "status": 400})
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	l := &Line{x: x, sid: "CA" + x.config.NewSID(), from: from, to: to, begins: begins, state: Ringing, outbound: true}
	x.lines = append(x.lines, l)
	writeJSON(w, http.StatusCreated, map[string]any{"sid": l.sid, "status": "queued", "to": to, "from": from})
}

func (x *Exchange) recording(w http.ResponseWriter, r *http.Request) {
	content, ok := x.recordings.Load(strings.TrimSuffix(r.PathValue("recording"), ".wav"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "audio/x-wav")
	_, _ = w.Write(content.([]byte))
}

func (x *Exchange) forget(w http.ResponseWriter, r *http.Request) {
	if _, ok := x.recordings.LoadAndDelete(strings.TrimSuffix(r.PathValue("recording"), ".json")); !ok {
		http.NotFound(w, r)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Recordings is how many recordings the exchange still has.
func (x *Exchange) Recordings() int {
	n := 0
	x.recordings.Range(func(any, any) bool { n++; return true })
	return n
}

// Ringing is the line that rings at a telephone now, nil when none does.
func (x *Exchange) Ringing(telephone string) *Line {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, l := range x.lines {
		if l.to == telephone && l.state == Ringing {
			return l
		}
	}
	return nil
}

// Post posts one signed webhook to a path of the gateway's and returns its
// answer. A test that posts the same form twice is the network that did.
func (x *Exchange) Post(ctx context.Context, path string, form url.Values) (status int, body []byte, err error) {
	return x.send(ctx, x.config.GatewayURL+path, form)
}

func (x *Exchange) send(ctx context.Context, address string, form url.Values) (status int, body []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, fmt.Errorf("the webhook's URL cannot be used: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	request.Header.Set("X-Twilio-Signature", x.config.Sign(address, form))
	response, err := x.client.Do(request)
	if err != nil {
		return 0, nil, fmt.Errorf("webhook: %w", err)
	}
	defer response.Body.Close()
	body, err = io.ReadAll(io.LimitReader(response.Body, longestDocument+1))
	return response.StatusCode, body, err
}

// tell posts a webhook whose answer does not matter, if it is one.
func (x *Exchange) tell(ctx context.Context, address string, form url.Values) error {
	_, err := x.fetch(ctx, address, form)
	return err
}

// fetch posts a webhook and reads the TwiML of its answer.
func (x *Exchange) fetch(ctx context.Context, address string, form url.Values) ([]verb, error) {
	status, body, err := x.send(ctx, address, form)
	if err != nil {
		return nil, err
	}
	if status != http.StatusOK {
		return nil, fmt.Errorf("the gateway answered %d", status)
	}
	return parse(body)
}
