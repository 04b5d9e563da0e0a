package gateway

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// poll is how often the pump looks for messages when nothing nudges it: due
// ones of other nodes, and leases that have run out.
const poll = time.Second

// pump is the tail of every movement: it claims messages from the outbox,
// passes each through the safety gate, and hands it to its channel.
type pump struct {
	g      *Gateway
	gate   gate
	wake   chan struct{}
	freed  chan struct{}
	sends  sync.WaitGroup
	mu     sync.Mutex
	flying int  // sends under way
	paused bool // no more is claimed
}

func newPump(g *Gateway) *pump {
	return &pump{
		g:     g,
		gate:  gate{open: g.OpenHours, anyDay: g.AnyDay, london: g.calendar.london},
		wake:  make(chan struct{}, 1),
		freed: make(chan struct{}, 1),
	}
}

// nudge wakes the pump; it never waits.
func (p *pump) nudge() {
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
	idle := time.NewTimer(0)
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		case <-p.freed:
		case <-idle.C:
		}
		switch n, err := p.round(ctx); {
		case err != nil && ctx.Err() == nil:
			g.Log.ErrorContext(ctx, "the pump could not deliver", "error", err)
		case n > 0:
			p.nudge() // there may be more
		}
		idle.Reset(poll)
	}
}

// Flush delivers everything that is due now and returns when it has been
// handed over and recorded. It is for tests and tools; Pump is the tail of a
// gateway that runs.
func (g *Gateway) Flush(ctx context.Context) error {
	p := g.pump
	for {
		n, err := p.round(ctx)
		p.sends.Wait()
		if err != nil || n == 0 {
			return err
		}
	}
}

// PausePump stops the pump from claiming more, or lets it go on.
func (g *Gateway) PausePump(paused bool) {
	g.pump.mu.Lock()
	g.pump.paused = paused
	g.pump.mu.Unlock()
	g.pump.nudge()
}

// free is how many sends may begin now.
func (p *pump) free() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paused {
		return 0
	}
	return p.g.Sends - p.flying
}

// round claims as many messages as there is room for, and hands on those that
// may go. It returns how many it claimed. After an error the leases run out,
// and they are claimed again.
func (p *pump) round(ctx context.Context) (int, error) {
	room := p.free()
	if room <= 0 {
		return 0, nil
	}
	batch, err := p.g.Store.Claim(ctx, p.g.Clock(), room, p.g.Lease)
	if err != nil {
		return 0, fmt.Errorf("claiming messages: %w", err)
	}
	p.g.Metrics.PumpQueue(len(batch))
	if len(batch) == 0 {
		return 0, nil
	}
	facts, err := p.g.Store.GateFacts(ctx, batch)
	if err != nil {
		return 0, fmt.Errorf("reading facts for the gate: %w", err)
	}
	send, err := p.pass(ctx, batch, facts)
	if err != nil {
		return 0, err
	}
	return len(batch), p.send(ctx, send)
}

// pass puts each message through the gate, settles those that may not go, and
// returns those that may.
func (p *pump) pass(ctx context.Context, batch []Message, facts []GateFacts) ([]Message, error) {
	now := p.g.Clock()
	var send []Message
	var settled []Settlement
	for i, m := range batch {
		d := p.gate.decide(m, facts[i], now)
		reason := ""
		if len(d.Reasons) > 0 {
			reason = d.Reasons[0]
		}
		p.g.Metrics.GateDecided(string(d.Action), reason)
		if d.Action == Send {
			send = append(send, m)
			continue
		}
		settled = append(settled, p.stopped(m, d, now))
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
func (p *pump) stopped(m Message, d Decision, now time.Time) Settlement {
	s := Settlement{Message: m.ID, Reasons: d.Reasons, At: now}
	if d.Action == WaitUntil {
		s.Status, s.Release = Queued, d.Until
		return s
	}
	s.Status = Withheld
	if d.ToPerson {
		s.WorkItem = p.g.undelivered(m, d.Reasons[0], now)
	}
	return s
}

// undelivered asks a person to reach somebody whom a message could not.
func (g *Gateway) undelivered(m Message, reason string, now time.Time) *WorkItem {
	return &WorkItem{
		ID: g.NewID(), Key: string(DeliveryWork) + "/" + string(m.ID), Kind: DeliveryWork, Case: m.Case, Person: m.Person,
		Conversation: m.Conversation, Message: m.ID, Due: g.calendar.promised(now).handoff, Detail: reason, Created: now,
	}
}

// send hands messages to their channels at once, after recording that the
// requests may leave. One whose claim was lost meanwhile is left alone.
func (p *pump) send(ctx context.Context, batch []Message) error {
	if len(batch) == 0 {
		return nil
	}
	ids := make([]MessageID, len(batch))
	for i, m := range batch {
		ids[i] = m.ID
	}
	marked, err := p.g.Store.MarkSending(ctx, ids)
	if err != nil {
		return errors.Join(fmt.Errorf("marking messages as being sent: %w", err), p.putBack(ctx, batch))
	}
	ours := make(map[MessageID]bool, len(marked))
	for _, id := range marked {
		ours[id] = true
	}
	for _, m := range batch {
		if !ours[m.ID] {
			continue
		}
		p.begin()
		go func() {
			defer p.end()
			p.hand(ctx, m)
		}()
	}
	return nil
}

// putBack returns messages to the outbox of which it is not known whether they
// are marked as being sent. They are not: marked and left alone they would
// become unknown, and never leave.
func (p *pump) putBack(ctx context.Context, batch []Message) error {
	now := p.g.Clock()
	back := make([]Settlement, len(batch))
	for i, m := range batch {
		back[i] = Settlement{Message: m.ID, Status: Queued, Release: now, At: now}
	}
	if err := p.record(context.WithoutCancel(ctx), back); err != nil {
		return fmt.Errorf("putting messages back: %w", err)
	}
	return nil
}

func (p *pump) begin() {
	p.sends.Add(1)
	p.mu.Lock()
	p.flying++
	p.mu.Unlock()
}

func (p *pump) end() {
	p.mu.Lock()
	p.flying--
	p.mu.Unlock()
	p.sends.Done()
	select {
	case p.freed <- struct{}{}:
	default:
	}
}

// recordWithin bounds how long a node keeps at recording what only it knows,
// whether a message has left and what came of it; recordPause is between tries.
const (
	recordWithin = 10 * time.Second
	recordPause  = 250 * time.Millisecond
)

// hand gives one message to its channel and records what came of it.
func (p *pump) hand(ctx context.Context, m Message) {
	channel, ok := p.g.channels[m.To.Channel]
	s := Settlement{Message: m.ID}
	if !ok {
		s.Status, s.Reasons = Failed, []string{"this gateway has no such channel"}
		s.WorkItem = p.g.undelivered(m, s.Reasons[0], p.g.Clock())
	} else {
		sendCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.g.Lease/2)
		receipt, err := channel.Send(sendCtx, m)
		cancel()
		s = p.outcome(ctx, m, channel, receipt, err)
	}
	s.At = p.g.Clock()
	p.g.Metrics.MessageSettled(string(m.To.Channel), string(s.Status))
	if err := p.record(context.WithoutCancel(ctx), []Settlement{s}); err != nil {
		p.g.Log.ErrorContext(ctx, "a receipt is not recorded: the message will be unknown", "message", m.ID, "error", err)
	}
}

// record makes settlements durable, though the store may be away for a moment.
func (p *pump) record(ctx context.Context, settled []Settlement) error {
	ctx, cancel := context.WithTimeout(ctx, recordWithin)
	defer cancel()
	for {
		err := p.g.Store.Record(ctx, settled)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(recordPause):
		}
	}
}

// A message that the provider will not take yet is tried again after backoff,
// until it is older than giveUpAfter.
const (
	backoff     = 30 * time.Second
	giveUpAfter = 24 * time.Hour
)

// outcome is the settlement of a send: a receipt, or a failure of one of the
// three kinds. What nobody knows is recorded as unknown and never sent again.
func (p *pump) outcome(ctx context.Context, m Message, channel Channel, receipt Receipt, err error) Settlement {
	s := Settlement{Message: m.ID, Channel: m.To.Channel}
	if err == nil {
		s.Status, s.ProviderID, s.Segments = receipt.Status, receipt.ProviderID, channel.Prepare(m.Text).Segments
		return s
	}
	now := p.g.Clock()
	var failed *SendError
	if !errors.As(err, &failed) {
		failed = &SendError{Outcome: Lost, Reason: "the outcome is not known"}
	}
	s.Code, s.Reasons, s.OptedOut, s.Gone = failed.Code, []string{failed.Reason}, failed.OptedOut, failed.Gone
	if failed.Suspended {
		p.g.accountSuspended(ctx, m.To.Channel, failed.Code)
	}
	switch {
	case failed.Outcome == Lost:
		s.Status = OutcomeLost
	case failed.Outcome == Retry && now.Sub(m.Created) < giveUpAfter:
		s.Status, s.Release = Queued, now.Add(max(failed.RetryAfter, backoff))
	default:
		s.Status = Failed
		s.WorkItem = p.g.undelivered(m, failed.Reason, now)
	}
	return s
}
