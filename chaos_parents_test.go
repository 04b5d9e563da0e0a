package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/smtp"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/channels/webchat/webchattest"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/chaos"
	"parley/internal/simulator"
)

// fate is what a simulated parent does, or what is done to them.
type fate string

// The fates. Most parents finish.
const (
	finishes    fate = "finishes"
	leaves      fate = "goes silent in the middle"
	wants       fate = "asks for a person in the middle"
	stops       fate = "says STOP in the end"
	sleeps      fate = "writes outside their own safe hours"
	elsewhere   fate = "writes by text, which is not safe for them"
	unreachable fate = "has a phone that takes no texts"
)

// player is one simulated parent. Two of a case follow each other: the paying
// parent reports a change of income, the receiving parent complains.
type player struct {
	number  int
	channel string
	fate    fate
	copies  int           // of every text that they send
	thinks  time.Duration // before each word, at most
	visit   string        // the secret that opens their web chat

	mu     sync.Mutex
	parent chaos.Parent
	said   []chaos.Said
	page   *webchattest.Client
	done   bool
}

// newPlayers draws parents from the seed.
func newPlayers(size chaosSize) []*player {
	random := rand.New(rand.NewPCG(size.seed, 2))
	players := make([]*player, size.parents)
	for i := range players {
		p := &player{number: i, channel: "sms", fate: finishes, copies: 1, thinks: max(time.Second, size.span/12)}
		switch n := random.IntN(100); {
		case n < 20:
			p.channel = "webchat"
		case n < 35:
			p.channel = "email"
		case size.calm:
		case n < 45:
			p.fate = []fate{leaves, wants, stops, sleeps, elsewhere}[random.IntN(5)]
		case n < 47:
			p.fate = unreachable
		}
		if random.IntN(5) == 0 {
			p.copies = 2 + random.IntN(3)
		}
		p.parent = chaos.Parent{
			Person:    fmt.Sprintf("P%d", i),
			Addresses: []chaos.Address{p.address("sms"), p.address("email"), p.address("webchat")},
			Safe:      []string{"sms", "email", "webchat"}, Secrets: []string{p.secret()},
			Asleep: p.fate == sleeps, Left: p.fate == leaves || p.fate == unreachable, Wants: p.fate == wants,
		}
		if p.fate == elsewhere {
			p.parent.Safe = []string{"email"}
		}
		players[i] = p
	}
	return players
}

func (p *player) paying() bool { return p.number%2 == 0 }

func (p *player) address(channel string) chaos.Address {
	value := map[string]string{
		"sms": fmt.Sprintf("+447%09d", 100_000_000+p.number), "email": fmt.Sprintf("parent%d@example.com", p.number), "webchat": fmt.Sprint(p.number),
	}[channel]
	return chaos.Address{Channel: channel, Value: value}
}

// secret is a word of theirs: no other parent has the same pay, to the penny.
func (p *player) secret() string {
	if p.paying() {
		return fmt.Sprintf("£%d.%02d", 300+p.number/180, 10+p.number/2%90)
	}
	return fmt.Sprintf("heron%05d", p.number)
}

// answer is what they say to a question; end is that they say no more.
func (p *player) answer(question string) (says string, end bool) {
	for _, x := range []struct{ asks, says string }{
		{"Has your pay before tax", "down"},
		{"How much are you paid now", p.secret() + " a week"},
		{"When did your pay change", "1 March 2026"},
		{"latest payslip", "later"},
		{"Check your answers", "OK"},
		{"What went wrong?", "a long wait"},
		{"What happened?", "I sent letters about " + p.secret() + " and nobody answered"},
		{"What would put it right?", "An answer about " + p.secret()},
		{"How easy was this chat to use", "very easy"},
		{"What could we do better", "skip"},
	} {
		if strings.Contains(question, x.asks) {
			return x.says, false
		}
	}
	switch {
	case strings.Contains(question, "Thank you. We will write to you by"):
		return "", p.channel != "webchat"
	case strings.Contains(question, "If you are not happy with our last answer"), strings.Contains(question, "This helps us"):
		return "", true
	}
	return "", false
}

// plays has the parent talk until they have finished, or ctx ends.
func (p *player) plays(ctx context.Context, w *chaosWorld, random *rand.Rand) {
	begin := "PAY"
	if !p.paying() {
		begin = "COMPLAINT"
	}
	talk := w.talk(ctx, p)
	finished := func() bool {
		if talk.say(begin) != nil {
			return false
		}
		if p.fate == sleeps || p.fate == elsewhere || p.fate == unreachable {
			return true
		}
		for turn := 1; ; turn++ {
			text, err := talk.next()
			if err != nil {
				return false
			}
			says, end := p.answer(text)
			switch {
			case end && p.fate == stops:
				says = "STOP"
			case end, turn == 3 && p.fate == leaves:
				return true
			case turn == 3 && p.fate == wants:
				says = "PERSON"
			case says == "":
				continue
			}
			pause(ctx, time.Duration(random.Int64N(int64(p.thinks))))
			if talk.say(says) != nil {
				return false
			}
			if says == "STOP" {
				p.stopped()
			}
			if says == "STOP" || says == "PERSON" {
				return true
			}
		}
	}()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = finished
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func (p *player) stopped() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parent.Stopped = time.Now()
}

func (p *player) noteSaid() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, chaos.Said{Person: p.parent.Person, Channel: p.channel})
}

// talk is a parent's end of a channel.
type talk struct {
	say  func(words string) error // returns once the gateway has taken it
	next func() (string, error)   // waits for the next message
}

func (w *chaosWorld) talk(ctx context.Context, p *player) talk {
	var t talk
	switch p.channel {
	case "sms":
		t = w.byText(ctx, p)
	case "email":
		t = w.byEmail(ctx, p)
	default:
		t = w.byChat(ctx, p)
	}
	say := t.say
	t.say = func(words string) error {
		err := say(words)
		if err == nil {
			p.noteSaid()
		}
		return err
	}
	return t
}

func (w *chaosWorld) byText(ctx context.Context, p *player) talk {
	at, heard := w.post.addressee(p.address("sms")), 0
	return talk{
		say: func(words string) error {
			return w.phones.text(ctx, w.front.URL, p.address("sms").Value, words, p.copies)
		},
		next: func() (string, error) {
			h, _, err := at.nth(ctx, heard)
			heard++
			return h.Text, err
		},
	}
}

func (w *chaosWorld) byEmail(ctx context.Context, p *player) talk {
	at, heard, to := w.post.addressee(p.address("email")), 0, "messages@"+demoMail
	from := p.address("email").Value
	return talk{
		say: func(words string) error {
			letter := []byte(fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s@example.com>\r\nDate: %s\r\nSubject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
				from, to, newID(), time.Now().Format(time.RFC1123Z), words))
			for try := p.number; ctx.Err() == nil; try++ {
				if smtp.SendMail(w.places[try%len(w.places)].mail, nil, from, []string{to}, letter) == nil {
					return nil
				}
				pause(ctx, 200*time.Millisecond)
			}
			return ctx.Err()
		},
		next: func() (string, error) {
			h, reply, err := at.nth(ctx, heard)
			heard, to = heard+1, reply
			return h.Text, err
		},
	}
}

func (w *chaosWorld) byChat(ctx context.Context, p *player) talk {
	dialer := dialerOf(p.number % 20_000)
	dial := dialer.NetDialContext
	dialer.NetDialContext = func(ctx context.Context, network, _ string) (c net.Conn, err error) {
		n := w.front.next()
		if n == nil {
			return nil, errors.New("no node is there")
		}
		return dial(ctx, network, strings.TrimPrefix(n.url, "http://"))
	}
	client := webchattest.Start(ctx, webchattest.Config{
		URL: "ws" + strings.TrimPrefix(w.front.URL, "http") + "/chat/ws", Origin: w.front.URL, Cookie: "chat=" + p.visit, Name: newID(),
		Backoff: 200 * time.Millisecond, Dialer: dialer,
	})
	p.mu.Lock()
	p.page = client
	p.mu.Unlock()
	return talk{
		say: func(words string) error { return client.Say(ctx, words) },
		next: func() (string, error) {
			e, err := client.Next(ctx)
			return e.Text, err
		},
	}
}

// onPage is what their web chat shows of ours.
func (p *player) onPage() []chaos.Heard {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.page == nil {
		return nil
	}
	var shown []chaos.Heard
	for _, e := range p.page.Entries() {
		if e.ByUs {
			shown = append(shown, chaos.Heard{To: p.address("webchat"), Message: e.Message, Text: e.Text})
		}
	}
	return shown
}

// chaosCase is the case of two players, of which the second may be nobody.
func chaosCase(players []*player, i int, now time.Time) directory.Case {
	historic := calculation.Money(32_000_00)
	paying := players[i].record(now)
	c := directory.Case{
		Reference: directory.CaseReference(fmt.Sprintf("3%011d", i)), Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6), PayingParent: paying, Income: directory.Income{HistoricAnnual: &historic},
	}
	receiving := directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", i)), Name: "Ali Example", Language: "en"}
	if i+1 < len(players) {
		receiving = players[i+1].record(now)
	}
	c.ReceivingParents = []directory.ReceivingParent{{Person: receiving, Children: []directory.Child{{ID: fmt.Sprintf("C%d", i), Name: "Jo", SharedCareNights: 60}}}}
	return c
}

func (p *player) record(now time.Time) directory.Person {
	since := calculation.NewDate(2025, 1, 10)
	safe := &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Email, directory.WebChat}}
	if p.fate == elsewhere {
		safe.Channels = []directory.Channel{directory.Email}
	}
	if p.fate == sleeps { // for an hour in half a day
		hour := (now.Hour() + 12) % 24
		safe.Hours = directory.Hours{From: hour * 60, To: hour*60 + 59}
	}
	return directory.Person{
		ID: directory.PersonID(p.parent.Person), Name: "Sam Example", Language: "en", PreferredChannel: directory.Channel(p.channel),
		Phone: p.address("sms").Value, PhoneSince: since, Email: p.address("email").Value, EmailSince: since, SafeContact: safe,
	}
}

// prepare stores the cases, the visits of those who chat, and the carrier's
// habits with each phone.
func (w *chaosWorld) prepare() {
	w.t.Helper()
	now := time.Now()
	var storing sync.WaitGroup
	for _, part := range slices.Collect(slices.Chunk(w.players, 2*((len(w.players)+15)/16))) {
		storing.Go(func() {
			for i := 0; i < len(part); i += 2 {
				c := chaosCase(part, i, now)
				c.Reference = directory.CaseReference(fmt.Sprintf("3%011d", part[i].number))
				if err := w.store.PutCase(w.t.Context(), c, now); err != nil {
					w.t.Error(err)
				}
			}
			for _, p := range part {
				w.settleIn(p, now)
			}
		})
	}
	storing.Wait()
}

// settleIn begins a parent's visit, and says how their phone behaves.
func (w *chaosWorld) settleIn(p *player, now time.Time) {
	faults := []simulator.Fault{
		{}, {Shuffled: true}, {Duplicated: true}, {Shuffled: true, Duplicated: true}, {Delay: 400 * time.Millisecond, Times: 2},
		{Reject: 20429, RetryAfter: time.Second, Times: 1}, {Page: 503, Times: 1}, {Silent: true},
	}
	fault := faults[p.number%len(faults)]
	if p.fate == unreachable {
		fault = simulator.Fault{Undelivered: 30003}
	}
	if !w.size.calm {
		w.phones.SetFault(p.address("sms").Value, fault)
	}
	if p.channel != "webchat" {
		return
	}
	p.visit = newSecret()
	link, person := newSecret(), directory.PersonID(p.parent.Person)
	to := gateway.Address{Channel: directory.SMS, Value: p.address("sms").Value}
	if err := w.store.KeepLink(w.t.Context(), link, to, person, "", now.Add(gateway.LinkLife)); err != nil {
		w.t.Error(err)
		return
	}
	v := gateway.Visit{ID: gateway.VisitID(newID()), Level: directory.Known, Began: now, Seen: now}
	if _, err := w.store.BeginVisit(w.t.Context(), v, p.visit, link); err != nil {
		w.t.Error(err)
	}
}
