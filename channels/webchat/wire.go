package webchat

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// What one socket may take and how long it may do nothing.
const (
	longestFrame  = 16 << 10 // bytes
	shakeWithin   = 5 * time.Second
	helloWithin   = 10 * time.Second
	aliveWithin   = 60 * time.Second // two heartbeats and some
	writeWithin   = 10 * time.Second
	goodbyeWithin = 2 * time.Second
)

// wire is a line over a WebSocket (RFC 6455). Its buffers are small, and those
// for writing are shared, so that ten thousand idle ones cost little.
type wire struct {
	socket  *websocket.Conn
	clock   func() time.Time
	leaving atomic.Bool
}

// upgrader turns requests into lines. Their Origin was looked at before.
func upgrader(c Config) func(http.ResponseWriter, *http.Request) (line, error) {
	u := &websocket.Upgrader{
		HandshakeTimeout: shakeWithin, ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
		CheckOrigin: func(*http.Request) bool { return true },
	}
	return func(w http.ResponseWriter, r *http.Request) (line, error) {
		socket, err := u.Upgrade(w, r, nil)
		if err != nil {
			return nil, fmt.Errorf("upgrading a connection: %w", err)
		}
		l := &wire{socket: socket, clock: c.Clock}
		socket.SetReadLimit(longestFrame)
		socket.SetPongHandler(func(string) error { return l.expect(aliveWithin) })
		return l, l.expect(helloWithin)
	}
}

// expect sets how long the browser may be silent, unless it has been told
// goodbye.
func (l *wire) expect(within time.Duration) error {
	if l.leaving.Load() {
		return nil
	}
	return l.socket.SetReadDeadline(l.clock().Add(within))
}

func (l *wire) read() ([]byte, error) {
	kind, text, err := l.socket.ReadMessage()
	switch {
	case err != nil: // of a frame that is too long the library has told the browser
		return nil, err
	case kind != websocket.TextMessage:
		return nil, closeUnsupported
	case !utf8.Valid(text): // RFC 6455 section 8.1
		return nil, closeNotText
	}
	return text, l.expect(aliveWithin)
}

func (l *wire) write(f *frame) error {
	f.once.Do(func() {
		if f.err == nil {
			f.ready, f.err = websocket.NewPreparedMessage(websocket.TextMessage, f.text)
		}
	})
	if f.err != nil {
		return fmt.Errorf("preparing a frame: %w", f.err)
	}
	deadline := l.clock().Add(writeWithin)
	if f.heartbeat {
		if err := l.socket.WriteControl(websocket.PingMessage, nil, deadline); err != nil {
			return err
		}
	}
	if err := l.socket.SetWriteDeadline(deadline); err != nil {
		return err
	}
	return l.socket.WritePreparedMessage(f.ready.(*websocket.PreparedMessage))
}

func (l *wire) close(code closeCode, why string) {
	l.leaving.Store(true)
	until := l.clock().Add(goodbyeWithin)
	_ = l.socket.SetReadDeadline(until)
	_ = l.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(int(code), why), until) // it may be gone
}

func (l *wire) drop() { _ = l.socket.Close() }
