package gateway

import "context"

// Settle takes a provider's later word on a message. Words may come in any
// order and more than once: a status only ever moves forward. An update for a
// message that nobody knows changes nothing.
func (g *Gateway) Settle(ctx context.Context, u StatusUpdate) error {
	s := Settlement{
		Message: u.Message, Channel: u.Channel, ProviderID: u.ProviderID, Status: u.Status, Code: u.Code,
		OptedOut: u.OptedOut, Gone: u.Gone, At: g.Clock(),
	}
	if u.Reason != "" {
		s.Reasons = []string{u.Reason}
	}
	g.Metrics.MessageSettled(string(u.Channel), string(u.Status))
	return g.Store.Record(ctx, []Settlement{s})
}
