package webchat

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"parley/gateway"
)

// The heartbeat of a socket: often enough for the proxies in between, which
// commonly give up after a minute.
const (
	beatEvery    = 25              // seconds
	lookEvery    = 5               // seconds between looks at the log while news cannot be heard
	checkEvery   = 300             // seconds between looks all the same, which also show that the visit goes on
	resumeWithin = 5 * time.Second // that browsers come back in after a restart
)

// hub tells the tabs of a visit, on every node, what happened.
type hub struct {
	log       *slog.Logger
	heartbeat *frame
	upgrade   func(http.ResponseWriter, *http.Request) (line, error)
	listening sync.WaitGroup // for what tabs send

	mu      sync.Mutex
	limits  *limiter
	slots   int // given out
	fanout  Fanout
	visits  map[gateway.VisitID][]*tab
	seconds int  // that the heart has beaten
	deaf    bool // no news of other nodes can be heard
	lookTil int  // tabs look at their log until this second, because some was lost
	closing bool
}

func newHub(c Config) *hub {
	return &hub{
		log: c.Log, heartbeat: &frame{text: newFrame(beatFrame{"beat"}).text, heartbeat: true}, upgrade: upgrader(c),
		limits: newLimiter(Limits{}, nil, c.Clock), fanout: alone{}, visits: map[gateway.VisitID][]*tab{},
	}
}

// limiter returns the limits of this node, for forms too.
func (h *hub) limiter() *limiter {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.limits
}

// admit takes a place for a client's socket, which done gives back; a nil done
// says that there is none, and with which HTTP status.
func (h *hub) admit(ctx context.Context, client string) (limits *limiter, done func(), status int) {
	h.mu.Lock()
	if h.closing {
		h.mu.Unlock()
		return nil, nil, http.StatusServiceUnavailable
	}
	limits = h.limits
	h.listening.Add(1)
	h.mu.Unlock()
	if !limits.mayConnect(ctx, client) || !limits.enter(client) {
		h.listening.Done()
		return nil, nil, http.StatusTooManyRequests
	}
	return limits, func() { limits.leave(client); h.listening.Done() }, 0
}

// join adds a tab, which gets nothing before it has said hello.
func (h *hub) join(t *tab) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.slots++
	t.slot = h.slots
	h.visits[t.visit.ID] = append(h.visits[t.visit.ID], t)
	if h.closing {
		t.close(closeRestart, restartReason(resumeWithin))
	}
}

// leave takes a tab out.
func (h *hub) leave(t *tab) {
	h.mu.Lock()
	defer h.mu.Unlock()
	rest := slices.DeleteFunc(h.visits[t.visit.ID], func(other *tab) bool { return other == t })
	if len(rest) == 0 {
		delete(h.visits, t.visit.ID)
		return
	}
	h.visits[t.visit.ID] = rest
}

func (h *hub) tabsOf(visit gateway.VisitID) []*tab {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.visits[visit])
}

func (h *hub) others() Fanout {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.fanout
}

// shown tells the tabs of a visit of an entry that it now shows.
func (h *hub) shown(ctx context.Context, visit gateway.VisitID, e gateway.Entry) {
	offer(h.tabsOf(visit), e)
	h.publish(ctx, visit, news{Kind: newEntry, Entry: &e})
}

// ended tells them that the visit is over: they close, and clear their pages.
func (h *hub) ended(ctx context.Context, visit gateway.VisitID) {
	closeAll(h.tabsOf(visit), closeEnded)
	h.publish(ctx, visit, news{Kind: hasEnded})
}

// confirmed tells them that the visit may show more: they come again for all.
func (h *hub) confirmed(ctx context.Context, visit gateway.VisitID) {
	closeAll(h.tabsOf(visit), closeAgain)
	h.publish(ctx, visit, news{Kind: showsMore})
}

// passOn sends what one tab did to the other tabs of its visit.
func (h *hub) passOn(ctx context.Context, from *tab, f *frame) {
	pass(h.tabsOf(from.visit.ID), from, f)
	h.publish(ctx, from.visit.ID, news{Kind: passedOn, Frame: f.text})
}

func offer(tabs []*tab, e gateway.Entry) {
	if len(tabs) == 0 {
		return
	}
	alone := newFrame(entriesFrame{Type: "entries", After: e.Sequence - 1, Entries: onWire([]gateway.Entry{e})})
	for _, t := range tabs {
		t.offer(e, alone)
	}
}

func pass(tabs []*tab, from *tab, f *frame) {
	for _, t := range tabs {
		if t != from {
			t.send(f)
		}
	}
}

func closeAll(tabs []*tab, code closeCode) {
	for _, t := range tabs {
		t.close(code, "")
	}
}

// all lists the tabs of this node.
func (h *hub) all() []*tab {
	h.mu.Lock()
	defer h.mu.Unlock()
	var tabs []*tab
	for _, of := range h.visits {
		tabs = append(tabs, of...)
	}
	return tabs
}

// second is one second of the heart: each tab has its own in every 25 for the
// heartbeat, so that they do not all come at once.
func (h *hub) second() {
	h.mu.Lock()
	h.seconds++
	now, looking := h.seconds, h.deaf || h.seconds <= h.lookTil
	h.mu.Unlock()
	for _, t := range h.all() {
		if (now+t.slot)%beatEvery == 0 {
			t.send(h.heartbeat)
		}
		if due := now + t.slot; due%checkEvery == 0 || due%lookEvery == 0 && (looking || t.behind()) {
			t.catchUp()
		}
	}
}

// connected is told by the Fanout. Once news can be heard again, every tab
// looks at its log one time.
func (h *hub) connected(yes bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.deaf == yes {
		h.log.Info("news of visits from other nodes", "heard", yes)
	}
	h.deaf = !yes
	if yes {
		h.lookTil = h.seconds + lookEvery
	}
}
