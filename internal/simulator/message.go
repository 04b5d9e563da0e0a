package simulator

import (
	"slices"
	"sync"
	"time"

	"parley/templates"
)

// Direction is which way a message went and who made it, in Twilio's words.
type Direction string

// The directions.
const (
	Inbound       Direction = "inbound"        // from a person's phone
	OutboundAPI   Direction = "outbound-api"   // sent by the gateway
	OutboundReply Direction = "outbound-reply" // Twilio's own answer, or TwiML's
)

// Status is how far a message has come, in Twilio's words.
type Status string

// The statuses that the emulator uses.
const (
	Queued      Status = "queued"
	Sent        Status = "sent"
	Delivered   Status = "delivered"
	Undelivered Status = "undelivered"
	Failed      Status = "failed"
	Receiving   Status = "receiving" // its webhook has not been answered yet
	Received    Status = "received"
)

// Message is a text message, either way.
type Message struct {
	SID       string // SM, or MM with media, and 32 hexadecimal digits
	Direction Direction
	From, To  string
	SMS       templates.SMS // counted as it is, not as it should have been
	NumMedia  int
	Status    Status
	ErrorCode int // Twilio's, 0 for none
	Created   time.Time
	Updated   time.Time
}

// Phone is the number of the person that the message is from or to.
func (m Message) Phone() string {
	if m.Direction == Inbound {
		return m.From
	}
	return m.To
}

// messageLog remembers the last messages and tells watchers of each change.
type messageLog struct {
	mu       sync.Mutex
	ring     []*Message // the oldest is overwritten
	next     int
	bySID    map[string]*Message
	watchers map[*watcher]struct{} // nil once closed
}

// watcher hears of the messages of some phones.
type watcher struct {
	phones  []string
	updates chan Message
}

func newMessageLog(keep int) *messageLog {
	return &messageLog{
		ring:     make([]*Message, keep),
		bySID:    make(map[string]*Message, keep),
		watchers: map[*watcher]struct{}{},
	}
}

// add remembers a message.
func (l *messageLog) add(m Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if oldest := l.ring[l.next]; oldest != nil {
		delete(l.bySID, oldest.SID)
	}
	l.ring[l.next] = &m
	l.bySID[m.SID] = &m
	l.next = (l.next + 1) % len(l.ring)
	l.publish(m)
}

// move records how far a message has come by now. A final status stays.
func (l *messageLog) move(sid string, status Status, code int, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.bySID[sid]
	if m == nil || m.Status != Queued && m.Status != Sent && m.Status != Receiving {
		return
	}
	m.Status, m.ErrorCode, m.Updated = status, code, now
	l.publish(*m)
}

func (l *messageLog) get(sid string) (Message, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if m := l.bySID[sid]; m != nil {
		return *m, true
	}
	return Message{}, false
}

// newestFirst lists the messages that wanted says yes to.
func (l *messageLog) newestFirst(wanted func(*Message) bool) []Message {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []Message
	for i := range l.ring {
		m := l.ring[(l.next-1-i+2*len(l.ring))%len(l.ring)]
		if m == nil {
			break
		}
		if wanted(m) {
			found = append(found, *m)
		}
	}
	return found
}

// publish tells watchers. One that does not keep up is cut off, and may watch
// again; a slow page must not slow the carrier down.
func (l *messageLog) publish(m Message) {
	for w := range l.watchers {
		if !slices.Contains(w.phones, m.Phone()) {
			continue
		}
		select {
		case w.updates <- m:
		default:
			l.cutOff(w)
		}
	}
}

func (l *messageLog) cutOff(w *watcher) {
	if _, watching := l.watchers[w]; watching {
		delete(l.watchers, w)
		close(w.updates)
	}
}

// close cuts everybody off, now and later.
func (l *messageLog) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for w := range l.watchers {
		l.cutOff(w)
	}
	l.watchers = nil
}

// Watch returns the messages of some phones so far, oldest first, and a channel
// of what changes from then on: a new message, or one seen before with another
// status. The channel is closed when its reader falls behind, when stop is
// called and when the emulator closes.
func (t *Twilio) Watch(phones ...string) (history []Message, updates <-chan Message, stop func()) {
	const unread = 256
	l := t.messages
	w := &watcher{phones: phones, updates: make(chan Message, unread)}
	l.mu.Lock()
	if l.watchers == nil {
		close(w.updates)
	} else {
		l.watchers[w] = struct{}{}
	}
	l.mu.Unlock()
	// What changes between the two steps is heard twice; that does no harm.
	history = l.newestFirst(func(m *Message) bool { return slices.Contains(phones, m.Phone()) })
	slices.Reverse(history)
	return history, w.updates, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.cutOff(w)
	}
}
