package webchat

import (
	"context"

	"parley/gateway"
)

// hub tells the live connections of a visit, on every node, what happened.
type hub struct{}

func newHub(Config) *hub { return &hub{} }

// shown tells them of an entry that the visit now shows.
func (*hub) shown(context.Context, gateway.VisitID, gateway.Entry) {}

// ended tells them that the visit is over: they close, and clear their pages.
func (*hub) ended(context.Context, gateway.VisitID) {}
