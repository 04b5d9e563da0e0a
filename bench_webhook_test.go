package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator"
)

// benchConnections is how many webhooks are under way at once.
const benchConnections = 16

// benchPeople is how many parents text.
const benchPeople = 400

// script is what each parent texts, over and over: a whole report each time,
// from the text that begins it to the one that sends it.
var script = []string{"PAY", "down", "£410 a week", "1 November 2026", "later", "OK"}

// BenchmarkWebhook measures a signed inbound webhook to its reply committed
// and queued ("queued", the pump paused), on to the reply accepted by the
// carrier with two status callbacks taken ("delivered"), and one that came before
// ("copied", of which a network in trouble sends many). The load generator,
// the carrier, the gateway and its stores share this machine's cores.
//
//	go test -run xxx -bench Webhook -benchtime 20000x .
func BenchmarkWebhook(b *testing.B) {
	for _, stores := range []string{"postgres", "sqlite"} {
		for _, mode := range []string{"queued", "delivered", "copied"} {
			b.Run(stores+"/"+mode, func(b *testing.B) { benchWebhook(b, stores == "postgres", mode) })
		}
	}
}

func benchWebhook(b *testing.B, onPostgres bool, mode string) {
	w := newBenchWorld(b, onPostgres)
	w.parts.gateway.PausePump(mode != "delivered")
	forms := w.forms(b.N)
	if mode == "copied" {
		forms = slices.Repeat(w.forms(benchPeople), b.N/benchPeople+1)[:b.N]
		for _, first := range forms[:min(b.N, benchPeople)] {
			w.post(b, first)
		}
	}
	took := make([]time.Duration, len(forms))
	var next atomic.Int64
	var senders sync.WaitGroup
	b.ResetTimer()
	begun := time.Now()
	for range benchConnections {
		senders.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(forms); i = int(next.Add(1)) - 1 {
				one := time.Now()
				w.post(b, forms[i])
				took[i] = time.Since(one)
			}
		})
	}
	senders.Wait()
	if mode == "delivered" {
		w.settle(b, len(forms))
	}
	rate := float64(len(forms)) / time.Since(begun).Seconds()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(rate, "messages/s")
	b.ReportMetric(float64(took[len(took)*50/100].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// benchWorld is a gateway with its stores and its carrier, on loopback.
type benchWorld struct {
	parts   *parts
	carrier *simulator.Twilio
	client  *http.Client
}

func newBenchWorld(b *testing.B, onPostgres bool) *benchWorld {
	b.Helper()
	set := benchSettings(b, "PARLEY_OPEN_HOURS=00:00-24:00", "PARLEY_ANY_DAY=true", "PARLEY_INBOUND_LIMIT=1000000")
	if onPostgres {
		set.DatabaseURL, set.RedisURL = servertest.StartPostgres(b).URL(), servertest.StartRedis(b).URL()
		migrate(b, set)
	}
	w := &benchWorld{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchConnections}}}
	w.parts = benchParts(set)
	w.parts.extend = w.extend
	w.parts.settings.TwilioAPIURL = set.PublicURL
	runUntilDone(b, w.parts.serve)
	w.await(b)
	return w
}

// extend adds the carrier, and the people.
func (w *benchWorld) extend(ctx context.Context, p *parts) error {
	var err error
	w.carrier, err = simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoNumber, GatewayURL: p.settings.PublicURL,
		Clock: time.Now, NewSID: newSID, Keep: 100, Faults: func(string) simulator.Fault { return simulator.Fault{} },
	})
	if err != nil {
		return err
	}
	p.closing = append(p.closing, w.carrier.Close)
	p.routes.Handle("/2010-04-01/", w.carrier)
	for i := range benchPeople {
		if err := p.cases.PutCase(ctx, benchCase(i), time.Now()); err != nil {
			return err
		}
	}
	return nil
}

func benchPhone(i int) string { return fmt.Sprintf("+4477009%05d", 10000+i) }

func benchCase(i int) directory.Case {
	historic := calculation.Money(32_000_00)
	open := &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}
	return directory.Case{
		Reference: directory.CaseReference(fmt.Sprintf("3%011d", i)), Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		PayingParent: directory.Person{ID: directory.PersonID(fmt.Sprintf("P%d", i)), Name: "Sam Example", Language: "en",
			Phone: benchPhone(i), PhoneSince: calculation.NewDate(2025, 1, 10), SafeContact: open},
		ReceivingParents: []directory.ReceivingParent{{
			Person:   directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", i)), Name: "Ali Example", Language: "en"},
			Children: []directory.Child{{ID: fmt.Sprintf("C%d", i), SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic},
	}
}

// await waits until the gateway is ready.
func (w *benchWorld) await(b *testing.B) {
	b.Helper()
	for range 200 {
		response, err := w.client.Get(w.parts.settings.PublicURL + "/readyz")
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.Fatal("the gateway is not ready")
}

// signed is a webhook as the carrier posts it.
type signed struct{ body, signature string }

// forms makes n webhooks, each person's in the order of the script; people
// take turns, so that none has two under way.
func (w *benchWorld) forms(n int) []signed {
	forms := make([]signed, n)
	for i := range forms {
		person, round := i%benchPeople, i/benchPeople
		form := url.Values{
			"AccountSid": {demoAccount}, "MessageSid": {"SM" + newSID()}, "From": {benchPhone(person)}, "To": {demoNumber},
			"Body": {script[round%len(script)]}, "NumMedia": {"0"}, "NumSegments": {"1"},
		}
		forms[i] = signed{body: form.Encode(), signature: simulator.Sign(demoToken, w.parts.settings.PublicURL+"/twilio/sms", form)}
	}
	return forms
}

func (w *benchWorld) post(b *testing.B, s signed) {
	request, err := http.NewRequest(http.MethodPost, w.parts.settings.PublicURL+"/twilio/sms", strings.NewReader(s.body))
	if err != nil {
		b.Error(err)
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", s.signature)
	response, err := w.client.Do(request)
	if err != nil {
		b.Error(err)
		return
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.Errorf("status %d", response.StatusCode)
	}
}

// settle waits until every reply is delivered by the store's word. It asks
// seldom: counting takes from what is measured.
func (w *benchWorld) settle(b *testing.B, n int) {
	b.Helper()
	for range 1200 {
		var delivered int
		row := w.parts.store.Writer().QueryRow("SELECT count(*) FROM messages WHERE status = 'delivered'")
		if err := row.Scan(&delivered); err != nil {
			b.Fatal(err)
		}
		if delivered >= n {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.Fatal("not every reply was delivered")
}
