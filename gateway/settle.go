package gateway

import (
	"context"

	"parley/gateway/directory"
)

// Settle takes a provider's later word on a message. Words may come in any
// order and more than once: a status only ever moves forward. An update for a
// message that nobody knows changes nothing; one that could not be delivered
// goes to a person, or, a notice, once more by another channel. An email address
// that takes no more mail goes to a person in any case.
func (g *Gateway) Settle(ctx context.Context, u StatusUpdate) (err error) {
	now := g.Clock()
	ctx, end := g.begin(g.followMessage(ctx, u.Message), CallbackStep,
		Facts{Message: u.Message, Channel: u.Channel, Outcome: string(u.Status), Code: u.Code})
	defer func() { end(err, Facts{}) }()
	s := Settlement{
		Message: u.Message, Channel: u.Channel, ProviderID: u.ProviderID, Status: u.Status, Code: u.Code,
		OptedOut: u.OptedOut, Gone: u.Gone, At: now,
	}
	if u.Reason != "" {
		s.Reasons = []string{u.Reason}
	}
	if u.Status == Failed || u.Status == Undelivered {
		s.WorkItem = g.undelivered(Message{ID: u.Message}, u.Reason, now)
		if u.Gone && u.Channel == directory.Email {
			s.WorkItem = g.bounced(Message{ID: u.Message}, u.Reason, now)
		}
		if u.Message == "" {
			s.WorkItem.Key = string(s.WorkItem.Kind) + "/" + u.ProviderID
		}
		if s.Instead, err = g.instead(ctx, u, now); err != nil {
			return err
		}
		if s.Instead != nil && s.WorkItem.Kind == DeliveryWork {
			s.WorkItem = nil
		}
	}
	if u.Suspended {
		g.accountSuspended(ctx, u.Channel, u.Code)
	}
	g.Metrics.MessageSettled(string(u.Channel), string(u.Status))
	g.Metrics.MessageAnswered(string(u.Channel), string(u.Message))
	if err := g.Store.Record(ctx, []Settlement{s}); err != nil {
		return err
	}
	if s.Instead != nil {
		g.pump.stir(directory.Channels()...)
	}
	return nil
}

// accountSuspended pauses sending on this node until it is restarted: every
// message would fail, and an operator must act.
func (g *Gateway) accountSuspended(ctx context.Context, channel directory.Channel, code string) {
	g.Log.ErrorContext(ctx, "the provider has suspended our account: sending is paused", "channel", string(channel), "code", code)
	g.PausePump(true)
}
