package gateway

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/gateway/directory"
)

// Contact is how somebody on a case can be reached as things stand now, for
// staff to read.
type Contact struct {
	Person   directory.PersonID
	Held     bool // a danger hold lies on them
	CaseHeld bool // one lies on somebody else of a case of theirs
	Ways     []Way
}

// Way is an address of somebody's, and how it stands.
type Way struct {
	directory.Address
	OptedOut bool             // it has said STOP
	Doubt    directory.Reason // why it identifies nobody; empty: it does
}

// Contacts are how each person on a case can be reached, in their order.
func (g *Gateway) Contacts(ctx context.Context, c *directory.Case) ([]Contact, error) {
	people := c.People()
	asked := make([]Message, len(people))
	for i, p := range people {
		asked[i] = Message{Person: p.ID, Case: c.Reference, Notice: &Notice{}}
		if a := p.Addresses(); len(a) > 0 {
			asked[i].To = Address{Channel: a[0].Channel, Value: a[0].Value}
		}
	}
	now := g.Clock()
	facts, err := g.Store.GateFacts(ctx, asked, now)
	if err != nil {
		return nil, fmt.Errorf("looking how people on case %s can be reached: %w", c.Reference, err)
	}
	contacts := make([]Contact, len(people))
	for i, p := range people {
		contacts[i] = Contact{Person: p.ID, Held: facts[i].PersonHeld, CaseHeld: facts[i].CaseHeld}
		for _, a := range p.Addresses() {
			w := Way{Address: a}
			if reach, known := facts[i].Reach[a.Channel]; known {
				w.OptedOut = reach.OptedOut
				_, w.Doubt = reach.Standing.Identify(now)
			}
			contacts[i].Ways = append(contacts[i].Ways, w)
		}
	}
	return contacts, nil
}

// Coming is what is still to go to somebody on a case: a notice that will be
// due, a message that waits in the outbox, or a conversation that is to begin.
type Coming struct {
	Foreseen
	Conversation ConversationID // whose words they are; empty: a notice
	Dialog       string         // of a conversation that is to begin
}

// mostWaiting is among how many of the last messages to a person those are
// looked for that wait.
const mostWaiting = 30

// Coming is what is still to go to the people on a case within a time, as
// things stand now, what goes first first.
func (g *Gateway) Coming(ctx context.Context, c *directory.Case, within time.Duration) ([]Coming, error) {
	var list []Coming
	if g.Schedule != nil {
		due, err := g.foresee(ctx, []directory.Case{*c}, "", within)
		if err != nil {
			return nil, fmt.Errorf("foreseeing the notices of case %s: %w", c.Reference, err)
		}
		for _, f := range due {
			list = append(list, Coming{Foreseen: f})
		}
	}
	for _, p := range c.People() {
		fates, err := g.Store.Fates(ctx, p.ID, mostWaiting)
		if err != nil {
			return nil, fmt.Errorf("reading what waits for people on case %s: %w", c.Reference, err)
		}
		for i := range fates {
			if f := &fates[i]; f.Case == c.Reference && f.Status.Rank() <= Sending.Rank() && !tells(list, p.ID, f) {
				list = append(list, g.waits(p.ID, f))
			}
		}
		begun, err := g.toBegin(ctx, c, p)
		if err != nil {
			return nil, err
		}
		list = append(list, begun...)
	}
	slices.SortStableFunc(list, func(a, b Coming) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Person, b.Person)) })
	return list, nil
}

// tells reports whether a notice is in a list.
func tells(list []Coming, to directory.PersonID, f *Fate) bool {
	return f.Notice != "" && slices.ContainsFunc(list, func(c Coming) bool {
		return c.Person == to && c.Notice == f.Notice && c.Occasion == f.Occasion
	})
}

// waits is a message of the outbox.
func (g *Gateway) waits(to directory.PersonID, f *Fate) Coming {
	c := Coming{Conversation: f.Conversation, Foreseen: Foreseen{
		Case: f.Case, Person: to, Notice: f.Notice, Occasion: f.Occasion, At: f.NotBefore, Channel: f.Channel, Action: Send, Reasons: f.Reasons,
	}}
	if now := g.Clock(); f.NotBefore.After(now) {
		c.Action = WaitUntil
	} else {
		c.At = now
	}
	return c
}

// toBegin are the conversations that wait to begin with somebody on a case: for
// the hours in which we may, or for another to end.
func (g *Gateway) toBegin(ctx context.Context, c *directory.Case, p *directory.Person) ([]Coming, error) {
	queue, err := g.Store.Queue(ctx, Partner{Person: p.ID})
	if err != nil {
		return nil, fmt.Errorf("reading what waits to begin on case %s: %w", c.Reference, err)
	}
	var list []Coming
	for _, waiting := range queue {
		if waiting.Case != c.Reference {
			continue
		}
		one := Coming{Conversation: waiting.ID, Dialog: waiting.Dialog, Foreseen: Foreseen{
			Case: c.Reference, Person: p.ID, At: g.Clock(), Channel: waiting.Address.Channel, Action: WaitUntil,
		}}
		approach := Message{Person: p.ID, To: waiting.Address, Subject: Approach, Created: one.At}
		d, stops := g.pump.gate.hours(approach, GateFacts{Person: *p, Nation: c.Nation}, one.At)
		switch {
		case stops && d.Action == WaitUntil:
			one.At, one.Reasons = d.Until, d.Reasons
		case stops:
			one.Action, one.Reasons = d.Action, d.Reasons
		default:
			one.Reasons = []string{"another conversation comes first"}
		}
		list = append(list, one)
	}
	return list, nil
}
