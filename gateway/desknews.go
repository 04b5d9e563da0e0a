package gateway

import (
	"context"
	"encoding/json"
	"sync"

	"parley/gateway/directory"
)

// Change is that something on the desk has changed. It carries ids alone: who
// may see it reads it anew.
type Change struct {
	Task         string                  `json:"task,omitempty"`
	Case         directory.CaseReference `json:"case,omitempty"`
	Conversation ConversationID          `json:"conversation,omitempty"`
	Team         directory.TeamID        `json:"team,omitempty"`   // in whose queue it is
	Staff        directory.StaffID       `json:"staff,omitempty"`  // whose it is, or was
	Typing       directory.StaffID       `json:"typing,omitempty"` // who is writing in the conversation; nothing else is new of it
	Turned       []ConversationID        `json:"turned,omitempty"` // conversations that went on
	Lost         bool                    `json:"lost,omitempty"`   // some were missed: read everything anew
}

// News carries changes between nodes, at most once.
type News interface {
	// Tell hands news to the other nodes; when it cannot, they are told that
	// something was lost as soon as that can be told.
	Tell(ctx context.Context, news []byte)

	// Listen calls heard with what other nodes tell, one after the other, until
	// ctx ends, and lost when some may have been missed.
	Listen(ctx context.Context, heard func(news []byte), lost func())
}

// watchedAhead is how many changes wait for a watcher before it has to read
// everything anew.
const watchedAhead = 64

// desk is this node's part of the work that people do.
type desk struct {
	stirred chan struct{} // there is something to sweep

	mu       sync.Mutex
	watchers map[chan Change]bool // true: it has missed some
	turned   map[ConversationID]bool
}

func newDesk() *desk {
	return &desk{stirred: make(chan struct{}, 1), watchers: map[chan Change]bool{}, turned: map[ConversationID]bool{}}
}

// stir has the desk swept now.
func (d *desk) stir() {
	select {
	case d.stirred <- struct{}{}:
	default:
	}
}

// Watch returns changes as they happen, of every node while Listen runs, until
// ctx ends, which closes the channel. A watcher that does not keep up gets one
// with Lost in place of what it missed.
func (g *Gateway) Watch(ctx context.Context) <-chan Change {
	watcher := make(chan Change, watchedAhead)
	g.desk.mu.Lock()
	g.desk.watchers[watcher] = false
	g.desk.mu.Unlock()
	context.AfterFunc(ctx, func() {
		g.desk.mu.Lock()
		defer g.desk.mu.Unlock()
		delete(g.desk.watchers, watcher)
		close(watcher)
	})
	return watcher
}

// Tell lets the watchers of all nodes know of a change.
func (g *Gateway) Tell(ctx context.Context, c Change) {
	g.desk.tell(c)
	if g.News == nil {
		return
	}
	news, err := json.Marshal(c)
	if err != nil {
		g.Log.ErrorContext(ctx, "a change cannot be told", "error", err)
		return
	}
	g.News.Tell(ctx, news)
}

// Listen passes on what changes on other nodes until ctx ends.
func (g *Gateway) Listen(ctx context.Context) {
	if g.News == nil {
		return
	}
	g.News.Listen(ctx, func(news []byte) {
		var c Change
		if json.Unmarshal(news, &c) == nil {
			g.desk.tell(c)
		}
	}, func() { g.desk.tell(Change{Lost: true}) })
}

// tell gives a change to this node's watchers. One that has missed some gets
// Lost as soon as it takes anything.
func (d *desk) tell(c Change) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for watcher, missed := range d.watchers {
		say := c
		if missed {
			say = Change{Lost: true}
		}
		select {
		case watcher <- say:
			d.watchers[watcher] = false
		default:
			d.watchers[watcher] = true
		}
	}
}

// tellOf tells of a change of a work item.
func (g *Gateway) tellOf(ctx context.Context, c *TaskChange) {
	change := Change{Task: c.Task.ID, Case: c.Task.Case, Conversation: c.Task.Conversation, Team: c.Task.Team, Staff: c.Task.Holder}
	if change.Staff == "" && (c.Note.What == TaskPassed || c.Note.What == TaskReturned) {
		change.Staff = directory.StaffID(c.Note.To)
	}
	g.Tell(ctx, change)
}
