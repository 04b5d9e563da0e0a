package webchat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A line is one browser's connection. Its methods may be called at the same
// time, but write only by one caller at a time, as read.
type line interface {
	// read returns the next text frame. An error that is a closeCode is how the
	// line should be closed.
	read() ([]byte, error)

	// write writes a frame, or fails in bounded time. With the heartbeat goes a
	// ping (RFC 6455 section 5.5.2), which browsers answer by themselves.
	write(f *frame) error

	// close says goodbye, if it still can; soon after, read fails. drop closes
	// the connection.
	close(code closeCode, why string)
	drop()
}

// Error lets a closeCode be a reason to close.
func (c closeCode) Error() string { return fmt.Sprintf("close the socket with code %d", int(c)) }

// A frame is a text for browsers. ready is what lines make of it, once for all
// of the sockets that it goes to.
type frame struct {
	text      []byte
	heartbeat bool
	once      sync.Once
	ready     any
	err       error
}

// newFrame makes a frame of one of our frame types, which are all fit for JSON.
func newFrame(content any) *frame {
	text, err := json.Marshal(content)
	return &frame{text: text, err: err}
}

// mostWaiting is how many frames wait for a browser before it is disconnected;
// it loses nothing, as the log has them.
const mostWaiting = 64

// A tab is one open page of a visit: its line, and how much of what the visit
// shows it has been sent. While nothing happens it costs one goroutine, which
// reads.
type tab struct {
	to     Receiver
	visit  gateway.Visit
	line   line
	limits *limiter
	slot   int // which second of the heartbeat is its own

	mu       sync.Mutex
	greeted  bool  // it has said hello
	after    int64 // the sequence of the last entry that was sent
	waiting  []*frame
	writing  bool // somebody writes what waits
	stale    bool // there may be more to read than after
	fetching bool // somebody reads it
	closed   bool

	heard int       // frames since began; of the one goroutine that reads
	began time.Time // of the present window
}

// greet sends the first frame and what the visit shows after a sequence.
func (t *tab) greet(welcome *frame, after int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.greeted, t.after = true, after
	t.queue(welcome)
	t.look()
}

// send queues a frame.
func (t *tab) send(f *frame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue(f)
}

// queue is send with t.mu held. What waits is written by a goroutine that ends
// with it.
func (t *tab) queue(f *frame) {
	switch {
	case t.closed || !t.greeted:
	case len(t.waiting) >= mostWaiting:
		t.end(closeSlow, "")
	default:
		t.waiting = append(t.waiting, f)
		if !t.writing {
			t.writing = true
			go t.drain()
		}
	}
}

func (t *tab) drain() {
	for f := t.next(); f != nil; f = t.next() {
		if err := t.line.write(f); err != nil {
			t.close(closeSlow, "")
		}
	}
}

func (t *tab) next() *frame {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 || t.closed {
		t.waiting, t.writing = nil, false
		return nil
	}
	f := t.waiting[0]
	t.waiting = t.waiting[1:]
	return f
}

// close ends the tab's line; what reads from it learns that by itself.
func (t *tab) close(code closeCode, why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end(code, why)
}

// end is close with t.mu held. The line says goodbye on its own time.
func (t *tab) end(code closeCode, why string) {
	if t.closed {
		return
	}
	t.closed, t.waiting = true, nil
	go t.line.close(code, why)
}

// offer sends a new entry, in the frame made of it alone, when it is the next
// one for this tab. Otherwise the tab reads what it lacks.
func (t *tab) offer(e gateway.Entry, alone *frame) {
	if e.Private && t.visit.Level < directory.Confirmed {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case !t.greeted || e.Sequence <= t.after:
	case e.Sequence == t.after+1 && !t.fetching:
		t.after = e.Sequence
		t.queue(alone)
	default:
		t.look()
	}
}

// catchUp has the tab read what it lacks, if there is any.
func (t *tab) catchUp() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.look()
}

// look is catchUp with t.mu held.
func (t *tab) look() {
	t.stale = true
	if t.greeted && !t.fetching && !t.closed {
		t.fetching = true
		go t.fetch()
	}
}

// fetch sends what is shown after the last entry that was sent, and again as
// long as there was news meanwhile. When it fails the tab stays stale, and is
// looked at again with the heartbeat.
func (t *tab) fetch() {
	for {
		after, more := t.lacks()
		if !more {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), handleWithin)
		entries, err := t.to.Shown(ctx, t.visit.ID, after)
		cancel()
		switch {
		case errors.Is(err, gateway.ErrNoVisit):
			t.close(closeEnded, "")
		case err != nil:
			t.mu.Lock()
			t.stale, t.fetching = true, false
			t.mu.Unlock()
			return
		case len(entries) > 0:
			t.sendAll(after, entries)
		}
	}
}

func (t *tab) lacks() (after int64, more bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.stale || t.closed {
		t.fetching = false
		return 0, false
	}
	t.stale = false
	return t.after, true
}

func (t *tab) sendAll(after int64, entries []gateway.Entry) {
	f := newFrame(entriesFrame{Type: "entries", After: after, Entries: onWire(entries)})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.after = entries[len(entries)-1].Sequence
	t.queue(f)
}

func (t *tab) isClosed() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.closed
}

// behind reports whether the tab still lacks entries, because reading failed.
func (t *tab) behind() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.greeted && t.stale && !t.fetching
}

// What a browser may send: far more than a page of ours does.
const (
	mostHeard   = 100
	heardWithin = 10 * time.Second
)

// floods counts a frame from the browser and reports whether they are too many.
func (t *tab) floods(now time.Time) bool {
	if now.Sub(t.began) >= heardWithin {
		t.began, t.heard = now, 0
	}
	t.heard++
	return t.heard > mostHeard
}
