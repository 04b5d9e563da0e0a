package main

import (
	"context"
	"errors"
	"slices"
	"syscall"
	"time"

	"parley/gateway"
)

// moment is a point in the life of a message at which a node kills itself.
type moment string

// The moments, in the order in which a message comes to them.
const (
	afterKeeping    moment = "message kept, its turn not made"
	afterCommitting moment = "turn committed"
	beforeSaving    moment = "before the Redis save"
	beforeMarking   moment = "claimed, before the send is marked"
	beforeSending   moment = "marked, before the send"
	afterSending    moment = "after the send, before its receipt"
)

// die is kill -9: nothing is closed, flushed or answered.
func die() {
	_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
	select {} // the signal is on its way
}

func (p plan) dies(at moment, turn int) bool { return p.Dies == at && p.Turn == turn }

type mortalStore struct {
	gateway.Store
	plan plan
}

var errAway = errors.New("the store is away")

func (s mortalStore) Commit(ctx context.Context, t gateway.Turn) error {
	turn := 0
	if t.Conversation != nil {
		turn = t.Conversation.Turn
	}
	if s.plan.dies(afterKeeping, turn) {
		return errAway
	}
	err := s.Store.Commit(ctx, t)
	if err == nil && s.plan.dies(afterCommitting, turn) {
		die()
	}
	return err
}

func (s mortalStore) Keep(ctx context.Context, m gateway.Kept, finish gateway.Timer) error {
	err := s.Store.Keep(ctx, m, finish)
	if err == nil && s.plan.Dies == afterKeeping {
		die()
	}
	return err
}

// GateFacts is asked between a claim and its mark.
func (s mortalStore) GateFacts(ctx context.Context, messages []gateway.Message, now time.Time) ([]gateway.GateFacts, error) {
	if slices.ContainsFunc(messages, func(m gateway.Message) bool { return s.plan.dies(beforeMarking, m.Turn) }) {
		die()
	}
	return s.Store.GateFacts(ctx, messages, now)
}

type mortalSessions struct {
	gateway.Sessions
	plan
}

func (s mortalSessions) Save(ctx context.Context, id gateway.ConversationID, live gateway.Live) error {
	if s.dies(beforeSaving, live.Turn) {
		die()
	}
	return s.Sessions.Save(ctx, id, live)
}

// Drop is what is saved of a conversation that has ended.
func (s mortalSessions) Drop(ctx context.Context, id gateway.ConversationID) error {
	if s.dies(beforeSaving, lastTurn) {
		die()
	}
	return s.Sessions.Drop(ctx, id)
}

type mortalChannel struct {
	gateway.Channel
	plan
}

func (c mortalChannel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	if c.dies(beforeSending, m.Turn) {
		die()
	}
	receipt, err := c.Channel.Send(ctx, m)
	if c.dies(afterSending, m.Turn) {
		die()
	}
	return receipt, err
}
