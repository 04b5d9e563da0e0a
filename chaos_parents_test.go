package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"parley/internal/chaos"
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
	endangered  fate = "is threatened in the middle"
	optsOut     fate = "answers a notice with STOP"
	hangsUp     fate = "hangs up in the middle, and calls again"
)

// player is one simulated parent. Two of a case follow each other: the paying
// parent reports a change of income, the receiving parent complains.
type player struct {
	number  int
	channel string
	fate    fate
	copies  int           // of every text that they send
	thinks  time.Duration // before each word, at most
	stalls  bool          // the other parent of the case is threatened
	visit   string        // the secret that opens their web chat

	mu     sync.Mutex
	parent chaos.Parent
	said   []chaos.Said
	feared bool // words of danger of theirs were taken
	done   bool
}

// newPlayers draws parents from the seed.
func newPlayers(size chaosSize) []*player {
	random := rand.New(rand.NewPCG(size.seed, 2))
	players := make([]*player, size.parents)
	for i := range players {
		p := &player{number: i, channel: "sms", fate: finishes, copies: 1, thinks: size.thinks()}
		p.draw(random, size.calm)
		if other := i - 1; !p.paying() && (p.fate == endangered || players[other].fate == endangered) {
			p.waitsWith(players[other])
		}
		players[i] = p
	}
	for _, p := range players {
		p.settle()
	}
	return players
}

// draw decides by which channel somebody comes and what they do.
func (p *player) draw(random *rand.Rand, calm bool) {
	switch n := random.IntN(100); {
	case n < 20:
		p.channel = "webchat"
	case n < 35:
		p.channel = "email"
	case calm:
	case n < 45:
		p.fate = []fate{leaves, wants, stops, sleeps, elsewhere}[random.IntN(5)]
	case n < 47:
		p.fate = unreachable
	case n < 51 && p.paying():
		p.channel, p.fate = "voice", []fate{finishes, finishes, hangsUp}[random.IntN(3)]
	case n < 55 && p.paying():
		p.fate = optsOut
	}
	if p.fate == finishes && p.channel != "voice" && !calm && random.IntN(25) == 0 {
		p.fate = endangered
	}
	if random.IntN(5) == 0 {
		p.copies = 2 + random.IntN(3)
	}
}

// waitsWith makes a parent and the other of their case one who is in danger and
// one who waits meanwhile.
func (p *player) waitsWith(other *player) {
	if p.fate == endangered {
		p, other = other, p
	}
	if p.fate = finishes; p.channel == "voice" {
		p.channel = "sms"
	}
	p.stalls = true
}

// settle is what may be said to them.
func (p *player) settle() {
	p.parent = chaos.Parent{
		Person: fmt.Sprintf("P%d", p.number), Case: p.caseReference(),
		Addresses: []chaos.Address{p.address("sms"), p.address("email"), p.address("webchat")},
		Safe:      []string{"sms", "email", "webchat", "voice"}, Secrets: []string{p.secret(), p.owes()},
		Asleep: p.fate == sleeps, Left: p.fate == leaves || p.fate == unreachable, Wants: p.fate == wants,
	}
	if p.fate == elsewhere {
		p.parent.Safe = []string{"email"}
	}
}

// caseReference is that of their case, which its paying parent is numbered by.
func (p *player) caseReference() string { return fmt.Sprintf("3%011d", p.number-p.number%2) }

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
	var finished bool
	switch {
	case p.channel == "voice":
		finished = p.calls(ctx, w, random)
	case p.fate == optsOut:
		finished = p.optsOut(ctx, w.talk(ctx, p))
	default:
		finished = p.converses(ctx, w, random)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = finished
}

// converses is a conversation in writing, as far as the parent's fate lets it
// come.
func (p *player) converses(ctx context.Context, w *chaosWorld, random *rand.Rand) bool {
	begin := "PAY"
	if !p.paying() {
		begin = "COMPLAINT"
	}
	talk := w.talk(ctx, p)
	if talk.say(begin) != nil {
		return false
	}
	if p.fate == sleeps || p.fate == elsewhere || p.fate == unreachable {
		return true
	}
	next := w.patiently(ctx, p, talk)
	for answers := 0; ; {
		h, err := next()
		if err != nil {
			return false
		}
		says, end := p.answer(h.Text)
		if says == "" && !end {
			continue
		}
		answers++
		switch {
		case end && p.fate == stops:
			says = "STOP"
		case end, answers == 3 && p.fate == leaves:
			return true
		case answers == 3 && p.fate == wants:
			says = "PERSON"
		case answers == 3 && p.fate == endangered:
			return p.isThreatened(ctx, talk)
		}
		pause(ctx, time.Duration(random.Int64N(int64(p.thinks))))
		if talk.say(says) != nil {
			return false
		}
		switch says {
		case "STOP":
			p.stopped()
			return true
		case "PERSON":
			return true
		}
	}
}

// patiently waits for messages. Who waits because of the other parent's danger
// asks how it stands once that is over.
func (w *chaosWorld) patiently(ctx context.Context, p *player, t talk) func() (chaos.Heard, error) {
	if !p.stalls {
		return func() (chaos.Heard, error) { return t.next(ctx) }
	}
	waiting, stop := context.WithCancel(ctx)
	context.AfterFunc(w.held, stop)
	return func() (chaos.Heard, error) {
		h, err := t.next(waiting)
		if err == nil || ctx.Err() != nil || waiting == ctx {
			return h, err
		}
		waiting = ctx
		if err := t.say("STATUS"); err != nil {
			return h, err
		}
		return t.next(ctx)
	}
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

func (p *player) noteSaid(unsure bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, chaos.Said{Person: p.parent.Person, Channel: p.channel, Unsure: unsure})
}
