package gateway

import (
	"context"

	"parley/gateway/directory"
)

// Change is that something on the desk has changed. It carries ids alone: who
// may see it reads it anew.
type Change struct {
	Task         string                  `json:"task,omitempty"`
	Case         directory.CaseReference `json:"case,omitempty"`
	Conversation ConversationID          `json:"conversation,omitempty"`
	Team         directory.TeamID        `json:"team,omitempty"`  // in whose queue it is, or was
	Staff        directory.StaffID       `json:"staff,omitempty"` // whose it is, or was
	Lost         bool                    `json:"lost,omitempty"`  // some were missed: read everything anew
}

// News carries changes between nodes, at most once. internal/session has one.
type News interface {
	// Tell hands news to the other nodes; when it cannot, they are told that
	// something was lost as soon as that can be told.
	Tell(ctx context.Context, news []byte)
	// Listen calls heard with what other nodes tell, one after the other, until
	// ctx ends, and lost when some may have been missed.
	Listen(ctx context.Context, heard func(news []byte), lost func())
}

// Watch returns changes as they happen, on every node, until ctx ends. A
// watcher that does not keep up gets one with Lost.
func (g *Gateway) Watch(ctx context.Context) <-chan Change { return nil }

// Tell lets the watchers of all nodes know of a change.
func (g *Gateway) Tell(ctx context.Context, c Change) {}

// Desk routes work and offers it until ctx ends. Every node may run it.
func (g *Gateway) Desk(ctx context.Context) {}
