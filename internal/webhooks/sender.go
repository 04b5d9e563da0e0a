package webhooks

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"parley/gateway"
)

const (
	atOnce      = 8 // deliveries to one endpoint, from this node
	defaultPoll = time.Second

	// lease is how long a node that dies keeps what it was sending: longer than
	// any try takes.
	lease = time.Minute

	// closing is how long what is under way may still take when the node stops.
	closing = 5 * time.Second

	// keep is how long deliveries can be looked at and sent again.
	keep        = 30 * 24 * time.Hour
	forgetEvery = time.Hour
)

// Store has the deliveries.
type Store interface {
	// ClaimDeliveries leases up to limit deliveries to an endpoint that are due
	// at now, and counts a try of each. One that is not settled when its lease
	// ends is due again.
	ClaimDeliveries(ctx context.Context, endpoint string, now time.Time, limit int, lease time.Duration) ([]gateway.Delivery, error)

	// SettleDelivery records what came of a try, unless it was claimed again
	// since. gateway.EndpointGone disables the endpoint.
	SettleDelivery(ctx context.Context, d gateway.Delivery) error

	// ForgetDeliveries removes the deliveries of events before a time.
	ForgetDeliveries(ctx context.Context, before time.Time) error
}

// Config is what a sender needs.
type Config struct {
	Store     Store
	Endpoints Settings
	Clock     func() time.Time
	Chance    func() float64 // at least 0 and less than 1: spreads what is tried again
	Log       *slog.Logger

	Poll     time.Duration // how often to look for what is due; 0: every second
	Patience time.Duration // for an answer; 0: 15 seconds
}

// Sender sends what happened to the endpoints that want it.
type Sender struct {
	Config
	receivers []*receiver
}

// receiver is an endpoint with what connects to it.
type receiver struct {
	Endpoint
	client   *http.Client
	patience time.Duration
}

// New makes a sender. Run begins its work.
func New(c Config) *Sender {
	c.Poll, c.Patience = cmp.Or(c.Poll, defaultPoll), cmp.Or(c.Patience, answerTime)
	s := &Sender{Config: c}
	for _, e := range c.Endpoints {
		s.receivers = append(s.receivers, &receiver{e, newClient(e.Private), c.Patience})
	}
	return s
}

// Run sends until ctx ends, and lets what is under way end soon after. Each
// endpoint has its own turn: one that is slow keeps none of the others waiting.
func (s *Sender) Run(ctx context.Context) {
	if len(s.receivers) == 0 {
		return
	}
	var all sync.WaitGroup
	for _, r := range s.receivers {
		all.Go(func() { s.serve(ctx, r) })
	}
	all.Go(func() { s.forget(ctx) })
	all.Wait()
}

// serve looks for what is due at each tick, and at once when there was more
// than could be begun.
func (s *Sender) serve(ctx context.Context, r *receiver) {
	going, done := 0, make(chan struct{}, atOnce)
	more := true
	ticks := time.NewTicker(s.Poll)
	defer ticks.Stop()
	for {
		if more && going < atOnce {
			free := atOnce - going
			begun := s.begin(ctx, r, free, done)
			going, more = going+begun, begun == free
		}
		select {
		case <-ctx.Done():
			for range going {
				<-done
			}
			r.client.CloseIdleConnections()
			return
		case <-done:
			going--
		case <-ticks.C:
			more = true
		}
	}
}

// begin claims up to free deliveries, sends each, and returns how many.
func (s *Sender) begin(ctx context.Context, r *receiver, free int, done chan<- struct{}) int {
	claimed, err := s.Store.ClaimDeliveries(ctx, r.Name, s.Clock(), free, lease)
	if err != nil && ctx.Err() == nil {
		s.Log.WarnContext(ctx, "webhooks could not be looked for", "endpoint", r.Name, "error", err)
	}
	for _, d := range claimed {
		go func() {
			s.deliver(ctx, r, d)
			done <- struct{}{}
		}()
	}
	return len(claimed)
}

// deliver tries once and records what came of it. When that cannot be recorded
// the delivery is tried again after its lease.
func (s *Sender) deliver(ctx context.Context, r *receiver, d gateway.Delivery) {
	sending, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(closing, cancel) })
	defer stop()
	status, failure, err := r.post(sending, d.Event, s.Clock())
	if err == nil {
		d.Status, d.Failure = status, failure
		s.settle(&d)
		err = s.Store.SettleDelivery(context.WithoutCancel(ctx), d)
	}
	switch {
	case err != nil:
		s.Log.ErrorContext(ctx, "a webhook could not be seen to", "endpoint", r.Name, "event", d.ID, "error", err)
	case failure == gateway.EndpointGone:
		s.Log.WarnContext(ctx, "an endpoint wants no more webhooks and is disabled", "endpoint", r.Name)
	case d.State == gateway.DeliveryGivenUp:
		s.Log.WarnContext(ctx, "a webhook was given up", "endpoint", r.Name, "event", d.ID, "status", status, "failure", failure)
	}
}

// settle decides what comes after a try.
func (s *Sender) settle(d *gateway.Delivery) {
	wait, more := waitAfter(d.Tries, s.Chance())
	switch {
	case d.Failure == "":
		d.State, d.Next = gateway.DeliveryDone, time.Time{}
	case d.Failure == gateway.EndpointGone || !more:
		d.State, d.Next = gateway.DeliveryGivenUp, time.Time{}
	default:
		d.Next = s.Clock().Add(wait)
	}
}

// forget removes what is old, again and again.
func (s *Sender) forget(ctx context.Context) {
	again := time.NewTicker(forgetEvery)
	defer again.Stop()
	for {
		if err := s.Store.ForgetDeliveries(ctx, s.Clock().Add(-keep)); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "old webhooks could not be forgotten", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
