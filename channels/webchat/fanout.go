package webchat

import (
	"context"
	"encoding/json"

	"parley/gateway"
)

// Fanout carries news of visits between nodes. It may lose any of it: the log
// of each visit is in the store, and tabs read that.
type Fanout interface {
	// Publish hands news to the other nodes, in bounded time. What cannot be
	// handed on is made up for, see Listen.
	Publish(ctx context.Context, visit gateway.VisitID, news []byte)

	// Listen calls heard with the news of other nodes, one after the other,
	// until ctx ends. It calls connected(true) when news can be heard from now
	// on, also when some may have been lost before, and connected(false) when
	// none can.
	Listen(ctx context.Context, heard func(visit gateway.VisitID, news []byte), connected func(bool))
}

// alone is the Fanout of a node that is the only one.
type alone struct{}

func (alone) Publish(context.Context, gateway.VisitID, []byte) {}

func (alone) Listen(ctx context.Context, _ func(gateway.VisitID, []byte), connected func(bool)) {
	connected(true)
	<-ctx.Done()
}

// news is what nodes tell each other of a visit.
type news struct {
	Kind  newsKind        `json:"kind"`
	Entry *gateway.Entry  `json:"entry,omitempty"` // newEntry
	Frame json.RawMessage `json:"frame,omitempty"` // passedOn
}

type newsKind string

const (
	newEntry  newsKind = "entry"  // the visit shows it
	passedOn  newsKind = "passed" // a frame from one tab to the others
	hasEnded  newsKind = "ended"
	showsMore newsKind = "more" // entries that were kept back are shown now
)

// publish tells the other nodes.
func (h *hub) publish(ctx context.Context, visit gateway.VisitID, n news) {
	content, err := json.Marshal(n)
	if err != nil { // tabs elsewhere are late then, not wrong
		h.log.ErrorContext(ctx, "writing news of a visit", "error", err)
		return
	}
	h.others().Publish(ctx, visit, content)
}

// heard does what another node tells.
func (h *hub) heard(visit gateway.VisitID, content []byte) {
	tabs := h.tabsOf(visit)
	if len(tabs) == 0 {
		return
	}
	var n news
	if err := json.Unmarshal(content, &n); err != nil {
		h.log.Warn("reading news of a visit", "visit", visit, "error", err)
		return
	}
	switch {
	case n.Kind == newEntry && n.Entry != nil:
		offer(tabs, *n.Entry)
	case n.Kind == passedOn && len(n.Frame) > 0:
		pass(tabs, nil, &frame{text: n.Frame})
	case n.Kind == hasEnded:
		closeAll(tabs, closeEnded)
	case n.Kind == showsMore:
		closeAll(tabs, closeAgain)
	}
}
