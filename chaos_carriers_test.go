package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	letters "github.com/emersion/go-message/mail"
	"github.com/emersion/go-smtp"

	"parley/internal/chaos"
	"parley/internal/simulator"
)

// addressee is whoever messages come to at one address, in order.
type addressee struct {
	mu    sync.Mutex
	heard []arrival
	news  chan struct{} // has one when something came
}

// arrival is a message that came, and of an email where it wants its answer.
type arrival struct {
	chaos.Heard
	reply string
}

// post is what every carrier delivers into.
type post struct {
	mu sync.Mutex
	at map[chaos.Address]*addressee
}

func (p *post) addressee(a chaos.Address) *addressee {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at[a] == nil {
		p.at[a] = &addressee{news: make(chan struct{}, 1)}
	}
	return p.at[a]
}

func (p *post) deliver(h chaos.Heard, reply string) {
	a := p.addressee(h.To)
	a.mu.Lock()
	a.heard = append(a.heard, arrival{h, reply})
	a.mu.Unlock()
	select {
	case a.news <- struct{}{}:
	default:
	}
}

// next returns the message to an address after so many, once it has come, and
// counts it.
func (a *addressee) next(ctx context.Context, read *int) (arrival, error) {
	for {
		a.mu.Lock()
		if len(a.heard) > *read {
			came := a.heard[*read]
			*read++
			a.mu.Unlock()
			return came, nil
		}
		a.mu.Unlock()
		select {
		case <-a.news:
		case <-ctx.Done():
			return arrival{}, ctx.Err()
		}
	}
}

// phones is the emulated Twilio with what came to each phone.
type phones struct {
	*simulator.Twilio
	*httptest.Server
	post  *post
	ahead atomic.Int64 // of its clock
	asked atomic.Int64 // how often, to send something
	calm  *atomic.Bool // it always answers

	mu      sync.Mutex
	took    []time.Duration // webhooks, from their first post until they were taken
	refused int             // posts that had another answer
}

func newPhones(t testing.TB, gatewayURL string, into *post, calm *atomic.Bool) *phones {
	t.Helper()
	p := &phones{post: into, calm: calm}
	var err error
	p.Twilio, err = simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoNumber, GatewayURL: gatewayURL, NewSID: newSID,
		Clock:  func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load())) },
		Faults: func(string) simulator.Fault { return simulator.Fault{} }, Latency: 200 * time.Millisecond, Keep: 1 << 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(func() {
		p.Server.CloseClientConnections()
		p.Server.Close()
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		_ = p.Twilio.Close(ended)
	})
	return p
}

// serve hands a request to the emulator, and delivers what that takes. Of every
// 40th message taken the answer never comes; every 55th is not taken, without
// an answer either.
func (p *phones) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		p.Twilio.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	n := p.asked.Add(1)
	if n%55 == 0 && !p.calm.Load() {
		<-r.Context().Done()
		return
	}
	form, _ := url.ParseQuery(string(body)) // what cannot be read is the emulator's to refuse
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	p.Twilio.ServeHTTP(answer, r)
	if answer.Code == http.StatusCreated {
		p.post.deliver(chaos.Heard{
			To: chaos.Address{Channel: "sms", Value: form.Get("To")}, Message: queryOf(form.Get("StatusCallback")).Get("message"),
			Text: form.Get("Body"), At: time.Now(),
		}, "")
		if n%40 == 0 && !p.calm.Load() {
			<-r.Context().Done()
			return
		}
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// text has a phone's text delivered until a node has taken it, in copies at the
// same moment, as networks do that had no answer.
func (p *phones) text(ctx context.Context, to, from, words string, copies int) error {
	form := webhook(from, words)
	signature := simulator.Sign(demoToken, to+"/twilio/sms", form)
	var taken atomic.Bool
	var network sync.WaitGroup
	for range copies {
		network.Go(func() {
			for begun := time.Now(); ctx.Err() == nil; {
				status := postForm(ctx, to+"/twilio/sms", form, signature)
				p.note(status, time.Since(begun))
				if status == http.StatusOK {
					taken.Store(true)
					return
				}
				time.Sleep(50*time.Millisecond + rand.N(200*time.Millisecond))
			}
		})
	}
	network.Wait()
	if !taken.Load() {
		return fmt.Errorf("a text is not taken: %w", ctx.Err())
	}
	return nil
}

func (p *phones) note(status int, after time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch status {
	case http.StatusOK:
		p.took = append(p.took, after)
	case 0: // no answer in time
	default:
		p.refused++
	}
}

// networkClient gives an unanswered webhook up before Twilio does.
var networkClient = &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

func postForm(ctx context.Context, to string, form url.Values, signature string) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		return 0
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", signature)
	response, err := networkClient.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}

// relay is the mail server that the gateway sends through. To every eighth
// delivery it says "not now", and of every fiftieth it breaks off after the
// message is in, without a word.
type relay struct {
	post *post
	came atomic.Int64
	calm *atomic.Bool // it takes everything
}

func newRelay(t testing.TB, into *post, calm *atomic.Bool) (address string) {
	t.Helper()
	r := &relay{post: into, calm: calm}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &delivering{relay: r, conn: c}, nil }))
	server.Domain, server.ErrorLog = "relay.example", silentLog{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

type silentLog struct{}

func (silentLog) Printf(string, ...any) {}
func (silentLog) Println(...any)        {}

type delivering struct {
	relay *relay
	conn  *smtp.Conn
	to    string
}

func (d *delivering) Mail(string, *smtp.MailOptions) error { return nil }
func (d *delivering) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}
func (d *delivering) Reset()        {}
func (d *delivering) Logout() error { return nil }

func (d *delivering) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	n := d.relay.came.Add(1)
	if n%8 == 0 && !d.relay.calm.Load() {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "Not now"}
	}
	heard, reply, err := readEmail(content)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "It cannot be read"}
	}
	heard.To = chaos.Address{Channel: "email", Value: d.to}
	d.relay.post.deliver(heard, reply)
	if n%50 == 0 && !d.relay.calm.Load() {
		return d.conn.Conn().Close()
	}
	return nil
}

// readEmail reads the words of an email, whose id begins with our message's.
func readEmail(content []byte) (heard chaos.Heard, reply string, err error) {
	reader, err := letters.CreateReader(bytes.NewReader(content))
	if err != nil {
		return heard, "", err
	}
	id, _ := reader.Header.MessageID()
	heard.Message, _, _ = strings.Cut(id, ".")
	if to, _ := reader.Header.AddressList("Reply-To"); len(to) > 0 {
		reply = to[0].Address
	}
	heard.At = time.Now()
	part, err := reader.NextPart() // the plain words come first
	if err != nil {
		return heard, "", err
	}
	words, err := io.ReadAll(part.Body)
	heard.Text = string(words)
	return heard, reply, err
}
