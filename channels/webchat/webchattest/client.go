// Package webchattest is a browser's part of web chat's protocol
// (docs/webchat-protocol.md) for tests and load: it resumes where it was cut
// off, and keeps what it said until that is acknowledged. It draws nothing and
// answers by no rule of its own.
package webchattest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Config says where a client connects and as whom. URL, Origin and Cookie are
// needed.
type Config struct {
	URL    string // ws://127.0.0.1:8080/chat/ws
	Origin string // of the page that it plays: http://127.0.0.1:8080
	Cookie string // that holds its visit: name=secret
	Name   string // sets its messages' ids apart from those of other tabs of the visit

	// Backoff is how long it waits at most before it connects again the first
	// time, doubled each time up to 30 seconds; 0: 500 ms.
	Backoff time.Duration
	Dialer  websocket.Dialer
}

// Entry is one thing that the visit shows.
type Entry struct {
	Sequence int64           `json:"sequence"`
	Message  string          `json:"message"`
	ByUs     bool            `json:"by_us"`
	Text     string          `json:"text"`
	Ask      json.RawMessage `json:"ask"`
}

// How a client ends, or a message.
var (
	ErrEnded   = errors.New("the visit has ended")
	ErrRefused = errors.New("the message was refused for good")
)

// Client is one tab. It is safe for concurrent use.
type Client struct {
	config Config
	ended  chan struct{} // closed when it stops

	mu       sync.Mutex
	socket   *websocket.Conn // nil while it is cut off
	welcomed bool
	epoch    string
	after    int64
	entries  []Entry
	read     int           // entries that Next has been through
	news     chan struct{} // closed, and made anew, when entries come
	outbox   []*outgoing
	said     int
	resumes  int
	problems []string
}

// outgoing is a message without an acknowledgement.
type outgoing struct {
	ID   string
	Text string
	done chan error // one answer
}

// frame is any frame of the protocol.
type frame struct {
	Type    string  `json:"type"`
	Epoch   string  `json:"epoch,omitempty"`
	After   int64   `json:"after"`
	ID      string  `json:"id,omitempty"`
	Text    string  `json:"text,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Entries []Entry `json:"entries,omitempty"`
}

// Start begins a client, which connects until ctx ends or its visit does.
func Start(ctx context.Context, c Config) *Client {
	if c.Backoff == 0 {
		c.Backoff = 500 * time.Millisecond
	}
	client := &Client{config: c, ended: make(chan struct{}), news: make(chan struct{})}
	go client.run(ctx)
	return client
}

// Done is closed when the client has stopped.
func (c *Client) Done() <-chan struct{} { return c.ended }

// Say sends a text and returns once it is acknowledged, however often the
// client is cut off meanwhile; or ErrRefused, ErrEnded, or ctx's error.
func (c *Client) Say(ctx context.Context, text string) error {
	c.mu.Lock()
	c.said++
	m := &outgoing{ID: fmt.Sprintf("%s-%d", c.config.Name, c.said), Text: text, done: make(chan error, 1)}
	c.outbox = append(c.outbox, m)
	c.post(m)
	c.mu.Unlock()
	select {
	case err := <-m.done:
		return err
	case <-c.ended:
		return ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Next returns the next entry by us; ErrEnded, or ctx's error, when none comes.
func (c *Client) Next(ctx context.Context) (Entry, error) {
	for {
		c.mu.Lock()
		for c.read < len(c.entries) {
			c.read++
			if e := c.entries[c.read-1]; e.ByUs {
				c.mu.Unlock()
				return e, nil
			}
		}
		news := c.news
		c.mu.Unlock()
		select {
		case <-news:
		case <-c.ended:
			return Entry{}, ErrEnded
		case <-ctx.Done():
			return Entry{}, ctx.Err()
		}
	}
}

// Drop cuts the connection off, as a network does: without a goodbye. It
// reports whether there was one.
func (c *Client) Drop() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.socket == nil {
		return false
	}
	_ = c.socket.NetConn().Close()
	return true
}

// Entries returns everything shown, in the order in which it came.
func (c *Client) Entries() []Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Entry(nil), c.entries...)
}

// Resumes is how often the client has connected again; Problems tells of every
// frame that the protocol does not allow.
func (c *Client) Resumes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, c.resumes-1)
}

// Problems: see Resumes.
func (c *Client) Problems() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.problems...)
}

// post sends a message, with c.mu held, if it can be sent now: otherwise it is
// sent with the others once the client has resumed.
func (c *Client) post(m *outgoing) {
	if c.welcomed {
		c.write(c.socket, frame{Type: "message", ID: m.ID, Text: m.Text})
	}
}

// write writes a frame; an error shows when the connection is read.
func (c *Client) write(socket *websocket.Conn, f frame) {
	text, err := json.Marshal(f)
	if err == nil {
		_ = socket.WriteMessage(websocket.TextMessage, text)
	}
}

// run connects, again and again.
func (c *Client) run(ctx context.Context) {
	defer close(c.ended)
	wait := c.config.Backoff
	for ctx.Err() == nil {
		code, greeted := c.connection(ctx)
		if code == 4000 {
			return
		}
		if greeted {
			wait = c.config.Backoff
		}
		select {
		case <-time.After(rand.N(wait)):
		case <-ctx.Done():
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// connection is one connection from beginning to end: with which code it was
// closed, and whether it was welcomed.
func (c *Client) connection(ctx context.Context) (code int, greeted bool) {
	header := http.Header{"Origin": {c.config.Origin}, "Cookie": {c.config.Cookie}}
	socket, _, err := c.config.Dialer.DialContext(ctx, c.config.URL, header)
	if err != nil {
		return 0, false
	}
	defer socket.Close()
	stop := context.AfterFunc(ctx, func() { socket.Close() })
	defer stop()
	c.begin(socket)
	defer c.cut()
	for {
		_, text, err := socket.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code, greeted
		}
		if err != nil {
			return 0, greeted
		}
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			c.problem("a frame that is not JSON: %v", err)
			continue
		}
		greeted = greeted || f.Type == "welcome"
		c.take(f)
	}
}

func (c *Client) begin(socket *websocket.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.write(socket, frame{Type: "hello", Epoch: c.epoch, After: c.after})
	c.socket = socket
	c.resumes++
}

func (c *Client) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.socket, c.welcomed = nil, false
}

func (c *Client) problem(format string, values ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problems = append(c.problems, fmt.Sprintf(format, values...))
}
