package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/gateway/directory"
)

// send hands messages to their channels at once, after recording what notices
// say and that the requests may leave. One whose claim was lost meanwhile is
// left alone.
func (p *pump) send(ctx context.Context, batch []cleared, asked time.Time) error {
	if len(batch) == 0 {
		return nil
	}
	if err := p.word(ctx, batch); err != nil {
		return err
	}
	ids := make([]MessageID, len(batch))
	for i, m := range batch {
		ids[i] = m.ID
	}
	marked, err := p.g.Store.MarkSending(ctx, ids)
	if err != nil {
		return errors.Join(fmt.Errorf("marking messages as being sent: %w", err), p.putBack(ctx, batch))
	}
	batch = slices.DeleteFunc(batch, func(m cleared) bool { return !slices.Contains(marked, m.ID) })
	batch, err = p.askAgain(ctx, batch, asked)
	for _, m := range batch {
		p.lanes[m.To.Channel].fly(1)
		p.sends.Go(func() {
			p.hand(ctx, m)
			p.lanes[m.To.Channel].land()
			p.stir()
		})
	}
	return err
}

// What the gate said is acted on for goodFor: a STOP or a hold that came since
// its facts were read would not be heeded. Where the store is so slow that they
// are older whenever a message could go, it goes back after asksAgain.
const (
	goodFor   = 2 * time.Second
	asksAgain = 3
)

// askAgain puts messages through the gate once more when what it said is too
// old, and returns those that may still go.
func (p *pump) askAgain(ctx context.Context, batch []cleared, asked time.Time) ([]cleared, error) {
	for n := 0; len(batch) > 0 && p.g.Clock().Sub(asked) > goodFor; n++ {
		if n == asksAgain {
			return nil, errors.Join(errors.New("the store is too slow to send safely"), p.putBack(ctx, batch))
		}
		claimed := make([]Message, len(batch))
		for i, m := range batch {
			claimed[i] = m.claimed
		}
		asked = p.g.Clock()
		still, err := p.pass(ctx, claimed, asked)
		if err == nil {
			batch = still // the others are settled
			err = p.word(ctx, batch)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("asking the gate again: %w", err), p.putBack(ctx, batch))
		}
	}
	return batch, nil
}

// word keeps what notices say.
func (p *pump) word(ctx context.Context, batch []cleared) error {
	var worded []Message
	for _, m := range batch {
		if m.Notice != nil {
			worded = append(worded, m.Message)
		}
	}
	if len(worded) == 0 {
		return nil
	}
	if err := p.g.Store.Word(ctx, worded); err != nil {
		return fmt.Errorf("keeping what notices say: %w", err)
	}
	return nil
}

// putBack returns messages to the outbox of which it is not known whether they
// are marked as being sent. They are not: marked and left alone they would
// become unknown, and never leave.
func (p *pump) putBack(ctx context.Context, batch []cleared) error {
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

// recordWithin bounds how long a node keeps at recording what only it knows,
// whether a message has left and what came of it; recordPause is between tries.
const (
	recordWithin = 10 * time.Second
	recordPause  = 250 * time.Millisecond
)

// hand gives one message to its channel and records what came of it.
func (p *pump) hand(ctx context.Context, m cleared) {
	channel, ok := p.g.channels[m.To.Channel]
	s := Settlement{Message: m.ID}
	if !ok {
		s.Status, s.Reasons = Failed, []string{"this gateway has no such channel"}
		s.WorkItem = p.g.undelivered(m.Message, s.Reasons[0], p.g.Clock())
	} else {
		receipt, err := p.carry(ctx, channel, m.Message)
		s = p.outcome(ctx, m.Message, channel, receipt, err)
		s.Reasons = append(m.reasons, s.Reasons...)
	}
	s.At = p.g.Clock()
	p.g.Metrics.MessageSettled(string(m.To.Channel), string(s.Status))
	if s.Status.Rank() >= Accepted.Rank() && s.Status != Failed {
		p.g.Metrics.MessageSent(string(m.To.Channel), string(m.ID), s.At.Sub(later(m.Created, m.NotBefore)))
	}
	if err := p.record(context.WithoutCancel(ctx), []Settlement{s}); err != nil {
		p.g.Log.ErrorContext(ctx, "a receipt is not recorded: the message will be unknown", "message", m.ID, "error", err)
	}
	if s.Instead != nil {
		p.stir(directory.Channels()...)
	}
	p.g.wentOn(m.Conversation)
}

// carry hands a message to its channel and waits for the answer.
func (p *pump) carry(ctx context.Context, channel Channel, m Message) (Receipt, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.g.Lease/2)
	defer cancel()
	if m.Trace == "" {
		return channel.Send(ctx, m)
	}
	ctx, end := p.g.begin(p.g.follow(ctx, m.Trace), SendStep, Facts{Message: m.ID, Conversation: m.Conversation, Channel: m.To.Channel})
	receipt, err := channel.Send(ctx, m)
	end(err, Facts{Outcome: string(receipt.Status)})
	return receipt, err
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
// or when its channel is tried again, until it is older than giveUpAfter or the
// gate finds it too late. What is statutory is tried for ever.
const (
	backoff     = 30 * time.Second
	giveUpAfter = 24 * time.Hour
)

// outcome is the settlement of a send: a receipt, or a failure of one of the
// three kinds. What nobody knows is recorded as unknown, and looked for. A notice
// that is refused for good goes once more by another channel, anything else to a
// person.
func (p *pump) outcome(ctx context.Context, m Message, channel Channel, receipt Receipt, err error) Settlement {
	s := Settlement{Message: m.ID, Channel: m.To.Channel}
	lane := p.lanes[m.To.Channel]
	if err == nil {
		lane.well()
		s.Status, s.ProviderID, s.Segments = receipt.Status, receipt.ProviderID, channel.Prepare(m.Text).Segments
		return s
	}
	now := p.g.Clock()
	var failed *SendError
	if !errors.As(err, &failed) {
		failed = &SendError{Outcome: Lost, Reason: "the outcome is not known"}
	}
	s.Code, s.Reasons, s.OptedOut, s.Gone = failed.Code, []string{failed.Reason}, failed.OptedOut, failed.Gone
	release := now.Add(max(failed.RetryAfter, backoff))
	if failed.Busy {
		release = later(lane.busy(failed, m.ID, now), now.Add(time.Second))
	} else {
		lane.well()
	}
	if failed.Suspended {
		p.g.accountSuspended(ctx, m.To.Channel, failed.Code)
	}
	switch {
	case failed.Outcome == Lost:
		s.Status = OutcomeLost
	case failed.Outcome == Retry && (m.statutory() || !m.SendBy.IsZero() || now.Sub(m.Created) < giveUpAfter):
		s.Status, s.Release = Queued, release
	case (failed.Gone || failed.OptedOut) && m.Notice != nil && !m.Notice.Old: // the gate finds another channel
		s.Status, s.Release = Queued, now
	default:
		s.Status = Failed
		if s.Instead = p.g.elsewhere(m, now); s.Instead == nil {
			s.WorkItem = p.g.undelivered(m, failed.Reason, now)
		}
	}
	if s.Gone && m.To.Channel == directory.Email {
		s.WorkItem = p.g.bounced(m, failed.Reason, now)
	}
	return s
}
