package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"parley/internal/chaos"
	"parley/internal/simulator"
	telephone "parley/internal/simulator/exchange"
)

// What callers key in to be known, and the number that they call.
const (
	callersPIN  = "1234567"
	voiceNumber = "+441632960000"
)

// prompt is what a caller is asked for, what they press, and whether a dialog
// asked it, not the telephone. One without keys is the end.
type prompt struct {
	hears, presses string
	spoken         bool
}

// prompt is the one in words that were heard; empty when there is none.
func (p *player) prompt(words string) prompt {
	pounds, pence, _ := strings.Cut(strings.TrimPrefix(p.secret(), "£"), ".")
	for _, x := range []prompt{
		{"Thank you. We will write to you by", "", true},
		{"Check your answers", "1#", true},
		{"Keep your latest payslip", "1", true},
		{"When did your pay change", "01032026#", true},
		{"How often is", "1", true},
		{"How much are you paid now", pounds + "*" + pence + "#", true},
		{"Has your pay before tax", "2", true},
		{"What is it about?", "1", true},
		{"key in your PIN", callersPIN + "#", false},
		{"key it in now", fmt.Sprintf("3%011d", p.number), false},
		{"For English, press 1", "1", false},
	} {
		if strings.Contains(words, x.hears) {
			return x
		}
	}
	return prompt{}
}

// calls has a parent call until they have been thanked, or ctx ends. A call that
// breaks off, theirs or the gateway's, is made again.
func (p *player) calls(ctx context.Context, w *chaosWorld, random *rand.Rand) bool {
	for call := 0; ctx.Err() == nil; call++ {
		if p.call(ctx, w, random, p.fate == hangsUp && call == 0) {
			return true
		}
		pause(ctx, time.Second)
	}
	return false
}

// call is one call; short is that they hang up in the middle.
func (p *player) call(ctx context.Context, w *chaosWorld, random *rand.Rand, short bool) (thanked bool) {
	sids := []string{newSID()}
	at := chaos.Address{Channel: "voice", Value: "CA" + sids[0]}
	p.mu.Lock()
	p.parent.Addresses = append(p.parent.Addresses, at)
	p.mu.Unlock()
	lines, err := telephone.New(telephone.Config{
		AccountSID: demoAccount, AuthToken: demoToken, Number: voiceNumber, GatewayURL: w.front.URL,
		NewSID: func() string { return sids[0] },
		Sign:   func(address string, form url.Values) string { return simulator.Sign(demoToken, address, form) },
	})
	if err != nil {
		w.t.Error(err)
		return false
	}
	line, err := lines.Dial(ctx, p.address("sms").Value)
	defer func() { _ = line.HangUp(ctx) }() // it may be over
	read, answers := 0, 0
	var asked prompt // that was answered, and it is not known yet whether that was taken
	for err == nil && ctx.Err() == nil {
		log := line.Log()
		next := p.prompt(p.listen(w, at, log[read:]))
		read = len(log)
		if next == (prompt{}) {
			break
		}
		if asked.spoken { // a question that is asked again may have been answered
			p.noteSaid(asked == next)
			asked = prompt{}
		}
		if next.presses == "" {
			return true
		}
		if short && answers == 3 {
			return false
		}
		if next.spoken {
			answers++
			asked = next
		}
		pause(ctx, time.Duration(random.Int64N(int64(p.thinks)))/4)
		err = line.Press(ctx, next.presses)
	}
	if asked.spoken {
		p.noteSaid(true)
	}
	return false
}

// listen is all that is said since the caller last did something.
func (p *player) listen(w *chaosWorld, at chaos.Address, log []telephone.Moment) string {
	var words []string
	for _, m := range log {
		if !m.Mine {
			words = append(words, m.Words)
		}
	}
	said := strings.Join(words, " ")
	if said != "" {
		w.post.deliver(chaos.Heard{To: at, Text: said, At: time.Now()}, "")
	}
	return said
}
