package gateway

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/gateway/directory"
)

// poll is how often the pump looks for messages when nothing stirs it: due
// ones of other nodes, and leases that have run out.
const poll = time.Second

// pump is the tail of every movement: it claims messages from the outbox,
// passes each through the safety gate, and hands it to its channel.
type pump struct {
	g      *Gateway
	gate   gate
	lanes  map[directory.Channel]*lane
	wake   chan struct{}
	sends  sync.WaitGroup
	paused atomic.Bool // no more is claimed
}

func newPump(g *Gateway) *pump {
	p := &pump{
		g:     g,
		gate:  gate{open: g.OpenHours, anyDay: g.AnyDay, london: g.calendar.london},
		lanes: map[directory.Channel]*lane{},
		wake:  make(chan struct{}, 1),
	}
	// Messages for a channel that this gateway has not are claimed too, and fail.
	for _, c := range directory.Channels() {
		p.lanes[c] = &lane{channel: c, sends: g.Sends}
		if bounded, ok := g.channels[c].(Bounded); ok {
			p.lanes[c].sends = min(g.Sends, bounded.AtOnce())
		}
		if rate := g.PerSecond[c]; rate > 0 {
			p.lanes[c].pace = &pace{channel: c, perSecond: rate, rates: g.Rates}
		}
	}
	return p
}

// stir wakes the pump for some channels; it never waits.
func (p *pump) stir(channels ...directory.Channel) {
	for _, c := range channels {
		if l := p.lanes[c]; l != nil {
			l.stir()
		}
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Pump delivers messages until ctx ends, and then waits for the sends under
// way. Any number of nodes may run one each.
func (g *Gateway) Pump(ctx context.Context) {
	p := g.pump
	defer p.sends.Wait()
	var looking sync.WaitGroup
	defer looking.Wait()
	looking.Go(func() { g.lookForever(ctx) })
	often, soon := time.NewTicker(poll), time.NewTimer(poll)
	defer often.Stop()
	defer soon.Stop()
	p.stir(directory.Channels()...)
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		case <-soon.C:
		case <-often.C:
			p.stir(directory.Channels()...)
		}
		switch n, wait, err := p.round(ctx); {
		case err != nil && ctx.Err() == nil:
			g.Log.ErrorContext(ctx, "the pump could not deliver", "error", err)
		case n > 0:
			p.stir() // there may be more
		case wait > 0:
			soon.Reset(wait)
		}
	}
}

// Flush delivers everything that is due now and returns when it has been
// handed over and recorded. It is for tests and tools; Pump is the tail of a
// gateway that runs.
func (g *Gateway) Flush(ctx context.Context) error {
	p := g.pump
	for {
		p.stir(directory.Channels()...)
		n, _, err := p.round(ctx)
		p.sends.Wait()
		if err != nil || n == 0 {
			return err
		}
	}
}

// PausePump stops the pump from claiming more, or lets it go on.
func (g *Gateway) PausePump(paused bool) {
	g.pump.paused.Store(paused)
	g.pump.stir(directory.Channels()...)
}

// round claims as many messages as there is room for, and hands on those that
// may go. It returns how many it claimed, and when to ask again if something
// waits for its time. After an error the leases run out, and they are claimed
// again.
func (p *pump) round(ctx context.Context) (int, time.Duration, error) {
	parts, wait := p.parts(ctx)
	if len(parts) == 0 {
		return 0, wait, nil
	}
	begun := p.g.Clock()
	batch, err := p.g.Store.Claim(ctx, begun, p.g.Sends, p.g.Lease, parts...)
	if err != nil {
		return 0, 0, fmt.Errorf("claiming messages: %w", err)
	}
	for _, part := range parts {
		n := 0
		for _, m := range batch {
			if m.To.Channel == part.Channel {
				n++
			}
		}
		p.lanes[part.Channel].claimed(part, n)
	}
	p.g.Metrics.PumpQueue(len(batch))
	if len(batch) == 0 {
		return 0, wait, nil
	}
	claimed := p.g.Clock()
	for i := range batch {
		p.g.passed(ctx, &batch[i], ClaimStep, claimed.Sub(begun), "")
	}
	send, err := p.pass(ctx, batch, claimed)
	if err != nil {
		return 0, 0, err
	}
	return len(batch), 0, p.send(ctx, send, claimed)
}

// parts are what to claim now, and when to ask again if something waits for its
// time.
func (p *pump) parts(ctx context.Context) (parts []Part, soonest time.Duration) {
	if p.paused.Load() {
		return nil, 0
	}
	for _, c := range directory.Channels() {
		part, wait, ok := p.lanes[c].part(ctx, p.g.Clock())
		switch {
		case ok:
			parts = append(parts, part)
		case wait > 0 && (soonest == 0 || wait < soonest):
			soonest = wait
		}
	}
	return parts, soonest
}

// cleared is a message that the gate lets out, as it was claimed, and why it
// goes as it does.
type cleared struct {
	Message
	claimed Message
	reasons []string
}

// pass puts each message through the gate, settles those that may not go, and
// returns those that may. Since is now, when the facts are asked for.
func (p *pump) pass(ctx context.Context, batch []Message, since time.Time) ([]cleared, error) {
	facts, err := p.g.Store.GateFacts(ctx, batch, since)
	if err != nil {
		return nil, fmt.Errorf("reading facts for the gate: %w", err)
	}
	now := p.g.Clock()
	var send []cleared
	var settled []Settlement
	for i := range batch {
		m, d := p.g.consider(batch[i], facts[i], now)
		reason := ""
		if len(d.Reasons) > 0 {
			reason = d.Reasons[0]
		}
		p.g.Metrics.GateDecided(string(d.Action), reason)
		p.g.passed(ctx, &batch[i], GateStep, now.Sub(since), string(d.Action))
		if d.Action == Send && m.To.Channel != batch[i].To.Channel { // it waits for its turn there
			settled = append(settled, Settlement{Message: m.ID, Status: Queued, Release: now, Moved: &m, Reasons: d.Reasons, At: now})
			continue
		}
		if d.Action == Send {
			send = append(send, cleared{m, batch[i], d.Reasons})
			continue
		}
		settled = append(settled, p.stopped(m, facts[i], d, now))
	}
	if len(settled) == 0 {
		return send, nil
	}
	if err := p.g.Store.Record(ctx, settled); err != nil {
		return nil, fmt.Errorf("recording what the gate said: %w", err)
	}
	return send, nil
}

// stopped is what becomes of a message that the gate does not send now.
func (p *pump) stopped(m Message, f GateFacts, d Decision, now time.Time) Settlement {
	s := Settlement{Message: m.ID, Reasons: d.Reasons, At: now}
	switch d.Action {
	case WaitUntil:
		s.Status, s.Release = Queued, d.Until
		return s
	case OtherChannel:
		elsewhere, ok := p.g.moved(m, f.Person)
		switch {
		case ok && slices.Contains(f.Missed.Texts, elsewhere.Text):
			s.Status, s.Reasons = Withheld, append(s.Reasons, "the same was said there just before")
			return s
		case ok:
			s.Status, s.Release, s.Moved = Queued, now, &elsewhere
			return s
		}
	}
	s.Status = Withheld
	if d.Work != "" {
		s.WorkItem = p.g.seeTo(m, f, d, now)
	}
	return s
}

// seeTo asks a person to reach somebody whom the gate lets no message reach, or
// to look at why so many go to them: once in an hour.
func (g *Gateway) seeTo(m Message, f GateFacts, d Decision, now time.Time) *WorkItem {
	detail := strings.Join(d.Reasons, "; ")
	if len(f.Person.Needs) > 0 {
		detail += "; whom to call needs: " + strings.Join(f.Person.Needs, ", ")
	}
	w := g.undelivered(m, detail, now)
	if d.Work == LoopWork {
		w.Kind, w.Key = LoopWork, string(LoopWork)+"/"+string(m.Person)+"/"+now.UTC().Format("2006-01-02T15")
	}
	return w
}

// undelivered asks a person to reach somebody whom a message could not.
func (g *Gateway) undelivered(m Message, reason string, now time.Time) *WorkItem {
	return g.unreached(DeliveryWork, m, reason, now)
}

// bounced asks a person for another address than one that takes no more mail.
func (g *Gateway) bounced(m Message, reason string, now time.Time) *WorkItem {
	return g.unreached(BounceWork, m, reason, now)
}

func (g *Gateway) unreached(kind WorkItemKind, m Message, reason string, now time.Time) *WorkItem {
	return &WorkItem{
		ID: g.NewID(), Key: string(kind) + "/" + string(m.ID), Kind: kind, Case: m.Case, Person: m.Person,
		Conversation: m.Conversation, Message: m.ID, Due: g.calendar.promised(now).handoff, Detail: reason, Created: now,
	}
}
