package webchat

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// visitLog is a gateway and its store, in memory, that any number of chats
// (nodes) share: it answers each message with "answer to …".
type visitLog struct {
	mu      sync.Mutex
	visits  map[gateway.VisitID]*gateway.Visit // opened by their id
	entries map[gateway.VisitID][]gateway.Entry
	taken   map[string]bool // provider's ids
	fail    error           // of everything, while it is set
	reads   int
	pump    *Chat // sends the answers; nil: none are made
}

func newVisitLog(ids ...gateway.VisitID) *visitLog {
	l := &visitLog{visits: map[gateway.VisitID]*gateway.Visit{}, entries: map[gateway.VisitID][]gateway.Entry{}, taken: map[string]bool{}}
	for _, id := range ids {
		l.visits[id] = &gateway.Visit{ID: id, Level: directory.Known, Language: templates.English}
	}
	return l
}

func (l *visitLog) change(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

func (l *visitLog) VisitByID(_ context.Context, id gateway.VisitID) (gateway.Visit, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := l.visits[id]
	switch {
	case l.fail != nil:
		return gateway.Visit{}, l.fail
	case v == nil || !v.Ended.IsZero():
		return gateway.Visit{}, gateway.ErrNoVisit
	}
	return *v, nil
}

func (l *visitLog) Visit(ctx context.Context, secret string) (gateway.Visit, error) {
	return l.VisitByID(ctx, gateway.VisitID(secret))
}

func (l *visitLog) Show(ctx context.Context, id gateway.VisitID, e gateway.Entry) (gateway.Entry, error) {
	if _, err := l.VisitByID(ctx, id); err != nil {
		return e, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	same := func(other gateway.Entry) bool { return other.Message == e.Message }
	if i := slices.IndexFunc(l.entries[id], same); i >= 0 {
		return l.entries[id][i], nil
	}
	e.Sequence = int64(len(l.entries[id]) + 1)
	l.entries[id] = append(l.entries[id], e)
	return e, nil
}

func (l *visitLog) Shown(ctx context.Context, id gateway.VisitID, after int64) ([]gateway.Entry, error) {
	v, err := l.VisitByID(ctx, id)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	var out []gateway.Entry
	for _, e := range l.entries[id] {
		if e.Sequence > after && (!e.Private || v.Level >= directory.Confirmed) {
			out = append(out, e)
		}
	}
	return out, nil
}

func (l *visitLog) Receive(ctx context.Context, in gateway.Inbound) error {
	id := gateway.VisitID(in.From.Value)
	if _, err := l.VisitByID(ctx, id); err != nil {
		return err
	}
	l.mu.Lock()
	again, pump := l.taken[in.ProviderID], l.pump
	l.taken[in.ProviderID] = true
	l.mu.Unlock()
	if again || pump == nil {
		return nil
	}
	go pump.Send(context.Background(), gateway.Message{
		ID: gateway.MessageID("re " + in.ProviderID), To: in.From, Text: "answer to " + in.Text, Language: templates.English,
	})
	return nil
}

func (*visitLog) OpenVisit(context.Context, string, templates.Language) (gateway.Visit, error) {
	return gateway.Visit{}, gateway.ErrNoVisit
}

func (*visitLog) FollowLink(context.Context, string, string) (gateway.Visit, error) {
	return gateway.Visit{}, gateway.ErrLinkUsed
}
func (*visitLog) Greet(context.Context, gateway.VisitID) error                   { return nil }
func (*visitLog) Confirm(context.Context, gateway.VisitID, string, string) error { return nil }

func (l *visitLog) Leave(_ context.Context, id gateway.VisitID) error {
	l.change(func() { l.visits[id].Ended = time.Now() })
	return nil
}

// texts lists what a visit shows, in order.
func (l *visitLog) texts(id gateway.VisitID) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, e := range l.entries[id] {
		out = append(out, e.Text)
	}
	return out
}

// say shows words of ours in a visit, through a node.
func (l *visitLog) say(t *testing.T, through *Chat, id gateway.VisitID, text string) {
	t.Helper()
	l.mu.Lock()
	message := gateway.MessageID(fmt.Sprint("ours ", len(l.entries[id])))
	l.mu.Unlock()
	_, err := through.Send(t.Context(), gateway.Message{ID: message, To: gateway.Address{Channel: directory.WebChat, Value: string(id)}, Text: text})
	if err != nil {
		t.Fatalf("showing %q: %v", text, err)
	}
}

const here = "https://chat.example"

// node is a chat on a log, without its pages.
func node(l *visitLog) *Chat {
	c := Config{Visits: l, PublicURL: here, Client: peer, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
	return &Chat{config: c, hub: newHub(c)}
}
