package simulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// TwilioConfig says which account the emulator plays and where its gateway is.
type TwilioConfig struct {
	AccountSID string // AC and 32 hexadecimal digits at Twilio; any name here
	AuthToken  string
	Number     string // the account's one number, E.164

	// GatewayURL is the gateway's public URL without a path: what webhooks are
	// signed with and posted to.
	GatewayURL string

	Clock  func() time.Time
	NewSID func() string // 32 hexadecimal digits, new each time

	// Keywords has Twilio itself answer STOP, START and HELP and refuse to
	// send to who has opted out, as it does by default.
	Keywords bool

	// Faults is asked about every message sent to a number for which SetFault
	// has set nothing. Without it the numbers of DramaFault have their faults.
	Faults func(to string) Fault

	Latency   time.Duration // before each status callback; 0: at once
	Callbacks int           // how many callbacks are posted at once; 0: 8
	Waiting   int           // deliveries under way before sends get 429; 0: 100,000
	Keep      int           // messages remembered; 0: 20,000
	OnError   func(error)   // told of callbacks that the gateway did not take; may be nil
}

// Twilio is an emulator of Twilio's messaging: an http.Handler for its REST
// API, and workers that post status callbacks. Close it.
type Twilio struct {
	config   TwilioConfig
	routes   *http.ServeMux
	client   *http.Client
	messages *messageLog
	queue    chan *delivery

	running context.Context // ends when callbacks are given up
	giveUp  context.CancelFunc
	workers sync.WaitGroup

	mu       sync.Mutex
	faults   map[string]*numberFault
	optedOut map[pair]bool
	waiting  int // deliveries that are not over
	closed   bool
	idle     chan struct{} // closed when closed and nothing is waiting
}

// pair is a sender and the number it writes to: Twilio keeps opt-outs by pair.
type pair struct{ from, to string }

// NewTwilio starts the emulator's workers. It fails on a configuration that
// lacks what it cannot do without.
func NewTwilio(config TwilioConfig) (*Twilio, error) {
	if config.AccountSID == "" || config.AuthToken == "" || config.Number == "" {
		return nil, errors.New("simulated Twilio: account SID, token and number are all needed")
	}
	if config.Clock == nil || config.NewSID == nil {
		return nil, errors.New("simulated Twilio: a clock and a source of SIDs are needed")
	}
	gateway, err := url.Parse(config.GatewayURL)
	if err != nil || gateway.Host == "" {
		return nil, fmt.Errorf("simulated Twilio: gateway URL %q is not absolute", config.GatewayURL)
	}
	config.GatewayURL = strings.TrimSuffix(config.GatewayURL, "/")
	if config.Faults == nil {
		config.Faults = DramaFault
	}
	config.Callbacks = orDefault(config.Callbacks, 8)
	config.Waiting = orDefault(config.Waiting, 100_000)
	config.Keep = orDefault(config.Keep, 20_000)

	t := &Twilio{
		config:   config,
		routes:   http.NewServeMux(),
		client:   newWebhookClient(config.Callbacks),
		messages: newMessageLog(config.Keep),
		queue:    make(chan *delivery, config.Waiting),
		faults:   map[string]*numberFault{},
		optedOut: map[pair]bool{},
		idle:     make(chan struct{}),
	}
	t.running, t.giveUp = context.WithCancel(context.Background())
	t.routes.HandleFunc("POST /2010-04-01/Accounts/{account}/Messages.json", t.authorised(t.create))
	t.routes.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages.json", t.authorised(t.list))
	t.routes.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages/{message}", t.authorised(t.fetch))
	t.routes.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { notFound(r.URL.Path).write(w) })
	for range config.Callbacks {
		t.workers.Go(t.postCallbacks)
	}
	return t, nil
}

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

// newWebhookClient keeps connections open between webhooks, and gives up on
// one when Twilio does, after 15 seconds.
func newWebhookClient(workers int) *http.Client {
	return &http.Client{
		Timeout: 15 * time.Second,
		Transport: &http.Transport{
			MaxIdleConns:        0, // no limit but the one for each host
			MaxIdleConnsPerHost: max(256, 2*workers),
			IdleConnTimeout:     90 * time.Second,
			DisableCompression:  true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ServeHTTP answers as api.twilio.com does.
func (t *Twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) { t.routes.ServeHTTP(w, r) }

// authorised lets through who knows the account's SID and token.
func (t *Twilio) authorised(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user != t.config.AccountSID || password != t.config.AuthToken || r.PathValue("account") != user {
			rejectionFor(20003).write(w)
			return
		}
		next(w, r)
	}
}

// Number is the account's number, which people text.
func (t *Twilio) Number() string { return t.config.Number }

// Close takes no more messages and waits until the callbacks of those it has
// are posted; then those who watch have seen the last of it. When ctx ends first
// it gives the callbacks up and returns ctx's error.
func (t *Twilio) Close(ctx context.Context) error {
	t.mu.Lock()
	if !t.closed {
		t.closed = true
		if t.waiting == 0 {
			close(t.idle)
		}
	}
	t.mu.Unlock()
	var err error
	select {
	case <-t.idle:
	case <-t.running.Done(): // an earlier Close gave them up
	case <-ctx.Done():
		err = fmt.Errorf("simulated Twilio: callbacks not posted: %w", ctx.Err())
	}
	t.giveUp()
	t.workers.Wait()
	t.messages.close()
	t.client.CloseIdleConnections()
	return err
}
