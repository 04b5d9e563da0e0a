package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator"
	"parley/templates/notices"
)

// What goes wrong at the carrier of a campaign, once in so many requests.
const (
	busyOnceIn   = 20_000 // 429, with a second to wait
	brokenOnceIn = 2_000  // a page with status 500
	silentOnceIn = 5_000  // no answer, and the message is not taken
)

const (
	campaignBatch   = 1000
	campaignSends   = 128
	campaignReplies = 200 // people who text meanwhile, each every ten seconds: more often would be a loop
)

// BenchmarkCampaign plans a reminder for each of many parents and delivers them
// all, safety gate and two status callbacks each included, while others hold
// conversations. The carrier answers after 50 ms and has its bad moments.
//
//	go test -run xxx -bench Campaign -benchtime 100000x -timeout 30m .
func BenchmarkCampaign(b *testing.B) {
	if b.N == 1 {
		return // the measuring run comes with -benchtime Nx
	}
	w := newCampaignWorld(b)
	w.putCases(b, b.N+campaignReplies)
	w.parts.gateway.PausePump(true)
	b.ResetTimer()
	begun := time.Now()
	w.plan(b, b.N)
	planned := time.Since(begun)
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)

	ctx, stop := context.WithCancel(b.Context())
	var texting sync.WaitGroup
	for i := range campaignReplies {
		texting.Go(func() { w.keepTexting(ctx, b, i) })
	}
	begun = time.Now()
	w.parts.gateway.PausePump(false)
	most, _ := w.settled(b, b.N*99/100) // without the last time-outs, which are the carrier's
	took := time.Since(begun)
	_, unknown := w.settled(b, b.N)
	stop()
	texting.Wait()
	b.StopTimer()

	slices.Sort(w.waits)
	b.ReportMetric(float64(b.N)/planned.Seconds(), "planned/s")
	b.ReportMetric(float64(most)/took.Seconds(), "delivered/s")
	b.ReportMetric(float64(unknown), "unknown")
	b.ReportMetric(float64(memory.HeapAlloc>>20), "heap-MB")
	b.ReportMetric(float64(len(w.waits)), "replies")
	if len(w.waits) > 0 {
		b.ReportMetric(float64(w.waits[len(w.waits)*95/100].Milliseconds()), "reply-p95-ms")
	}
	b.ReportMetric(0, "ns/op")
}

// campaignWorld is a gateway on PostgreSQL with its carrier and its people.
type campaignWorld struct {
	benchWorld
	api   *http.Server
	asked atomic.Int64

	mu     sync.Mutex
	texted map[string]time.Time // by the phone of who waits for a reply
	heard  map[string]chan struct{}
	waits  []time.Duration
}

func newCampaignWorld(b *testing.B) *campaignWorld {
	b.Helper()
	set := benchSettings(b, "PARLEY_OPEN_HOURS=00:00-24:00", "PARLEY_ANY_DAY=true", "PARLEY_INBOUND_LIMIT=1000000", fmt.Sprint("PARLEY_SENDS=", campaignSends))
	set.DatabaseURL, set.RedisURL = servertest.StartPostgres(b).URL(), servertest.StartRedis(b).URL()
	migrate(b, set)
	w := &campaignWorld{texted: map[string]time.Time{}, heard: map[string]chan struct{}{}}
	w.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: campaignReplies}}
	w.parts = benchParts(set)
	w.parts.extend = func(_ context.Context, p *parts) error { return w.extend(p) }
	runUntilDone(b, w.parts.serve)
	w.await(b)
	return w
}

// extend adds the carrier and the people, and makes the gateway again with the
// carrier's channel.
func (w *campaignWorld) extend(p *parts) error {
	var err error
	w.carrier, err = simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoNumber, GatewayURL: p.settings.PublicURL,
		Clock: time.Now, NewSID: newSID, Keep: 100, Faults: w.fault,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	w.api = &http.Server{Handler: w.carrier}
	go func() { _ = w.api.Serve(listener) }()
	p.closing = append(p.closing, w.carrier.Close, func(context.Context) error { return w.api.Close() })
	channel, err := sms.New(sms.Config{
		AccountSID: demoAccount, AuthToken: demoToken, From: demoNumber, APIURL: "http://" + listener.Addr().String(),
		PublicURL: p.settings.PublicURL, Connections: campaignSends, Clock: time.Now,
	})
	if err != nil {
		return err
	}
	config := p.gateway.Config
	config.Channels = []gateway.Channel{channel}
	if config.Notices, err = notices.Load(notices.FS); err != nil {
		return err
	}
	if p.gateway, err = gateway.New(config); err != nil {
		return err
	}
	others := p.routes
	p.routes = http.NewServeMux()
	p.routes.Handle("/", others)
	p.routes.Handle("/twilio/", channel.Handler(p.gateway))
	return nil
}

// putCases puts n cases in, many at once.
func (w *campaignWorld) putCases(b *testing.B, n int) {
	var next atomic.Int64
	var putting sync.WaitGroup
	for range 16 {
		putting.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := w.parts.cases.PutCase(b.Context(), campaignCase(i), time.Now()); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	putting.Wait()
}

func campaignPhone(i int) string { return fmt.Sprintf("+4478%08d", i) }

func campaignCase(i int) directory.Case {
	c := benchCase(i)
	c.PayingParent.Phone = campaignPhone(i)
	return c
}

// fault is the carrier's day, and hears of replies.
func (w *campaignWorld) fault(to string) simulator.Fault {
	w.mu.Lock()
	if since, waits := w.texted[to]; waits {
		delete(w.texted, to)
		w.waits = append(w.waits, time.Since(since))
		close(w.heard[to])
		w.mu.Unlock()
		return simulator.Fault{Delay: 50 * time.Millisecond}
	}
	w.mu.Unlock()
	fault := simulator.Fault{Delay: 50 * time.Millisecond}
	switch n := w.asked.Add(1); {
	case n%busyOnceIn == 0:
		fault.Reject, fault.RetryAfter = 20429, time.Second
	case n%brokenOnceIn == 0:
		fault.Page = http.StatusInternalServerError
	case n%silentOnceIn == silentOnceIn/2:
		fault.Drop = true
	}
	return fault
}

// plan puts a reminder for each of n parents into the outbox.
func (w *campaignWorld) plan(b *testing.B, n int) {
	now := time.Now()
	for from := 0; from < n; from += campaignBatch {
		batch := make([]gateway.Message, 0, campaignBatch)
		for i := from; i < min(from+campaignBatch, n); i++ {
			c := campaignCase(i)
			batch = append(batch, gateway.Message{
				ID: gateway.MessageID(newID()), Person: c.PayingParent.ID, Case: c.Reference, Language: "en",
				To:      gateway.Address{Channel: directory.SMS, Value: c.PayingParent.Phone},
				Subject: gateway.Approach, Priority: gateway.Normal, Created: now, NotBefore: now, SendBy: now.Add(time.Hour),
				Notice: &gateway.Notice{Name: "payment-due", Occasion: "due 2026-12-15", Group: "due 2026-12-15", Data: notices.Data{
					"name": notices.Text("Sam Example"), "amount": notices.Money(178_50), "due": notices.Day(2026, 12, 15),
					"direct": notices.Flag(true), "collected": notices.Flag(false),
				}},
			})
		}
		if _, err := w.parts.store.PlanNotices(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
}

// keepTexting is somebody who reports a change of income over and over, a text
// every ten seconds.
func (w *campaignWorld) keepTexting(ctx context.Context, b *testing.B, i int) {
	phone := campaignPhone(b.N + i)
	time.Sleep(time.Duration(i) * 10 * time.Second / campaignReplies)
	for round := 0; ctx.Err() == nil; round++ {
		form := url.Values{
			"AccountSid": {demoAccount}, "MessageSid": {"SM" + newSID()}, "From": {phone}, "To": {demoNumber},
			"Body": {script[round%len(script)]}, "NumMedia": {"0"}, "NumSegments": {"1"},
		}
		heard := make(chan struct{})
		w.mu.Lock()
		w.texted[phone], w.heard[phone] = time.Now(), heard
		w.mu.Unlock()
		w.post(b, signed{body: form.Encode(), signature: simulator.Sign(demoToken, w.parts.settings.PublicURL+"/twilio/sms", form)})
		select {
		case <-heard:
		case <-time.After(20 * time.Second):
			b.Error("a reply did not come in 20 seconds")
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
		}
	}
}

// settled waits until every reminder is delivered or unknown by the store's
// word.
func (w *campaignWorld) settled(b *testing.B, n int) (delivered, unknown int) {
	b.Helper()
	const query = `SELECT count(*) FILTER (WHERE status = 'delivered'), count(*) FILTER (WHERE status = 'unknown'),
		count(*) FILTER (WHERE status IN ('withheld', 'failed', 'undelivered')) FROM messages WHERE notice <> ''`
	for range 1200 {
		other := 0
		if err := w.parts.store.Writer().QueryRow(query).Scan(&delivered, &unknown, &other); err != nil {
			b.Fatal(err)
		}
		if other > 0 {
			b.Fatalf("%d reminders failed or were withheld", other)
		}
		if delivered+unknown >= n {
			return delivered, unknown
		}
		time.Sleep(max(500*time.Millisecond, time.Duration(n-delivered-unknown)*time.Second/3000)) // to count takes longer the more there are
	}
	b.Fatalf("of %d reminders %d were delivered, %d are unknown", n, delivered, unknown)
	return 0, 0
}
