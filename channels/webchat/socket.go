package webchat

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"parley/gateway"
)

// handleWithin bounds what one frame may cause.
const handleWithin = 15 * time.Second

// socket answers GET /chat/ws: the live connection of a page of ours, see
// docs/webchat-protocol.md. Who has no visit is told so on the socket, because
// a browser tells its page nothing of a refused one.
func (c *Chat) socket(to Receiver) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.fromHere(r) {
			http.Error(w, "this socket is for pages of this service", http.StatusForbidden)
			return
		}
		limits, done, status := c.hub.admit(r.Context(), clientKey(c.config.Client(r)))
		if done == nil {
			tryLater(w, status)
			return
		}
		t, err := c.accept(w, r, to)
		if err != nil {
			done()
			c.config.Log.InfoContext(r.Context(), "a live connection was not accepted", "error", err)
			return
		}
		t.limits = limits
		// What a request holds is freed when its handler returns: a socket
		// that idles must cost little.
		go func() {
			defer done()
			c.listen(t)
		}()
	})
}

// tryLater is read by programs: a browser tells its page nothing of it.
func tryLater(w http.ResponseWriter, status int) {
	w.Header().Set("Retry-After", strconv.Itoa(int(rateWindow.Seconds())))
	http.Error(w, "try again later", status)
}

// accept upgrades a request. A tab without a visit has been closed.
func (c *Chat) accept(w http.ResponseWriter, r *http.Request, to Receiver) (*tab, error) {
	visit, err := to.Visit(r.Context(), c.secretOf(r))
	if err != nil && !errors.Is(err, gateway.ErrNoVisit) {
		tryLater(w, http.StatusServiceUnavailable)
		return nil, err
	}
	line, upgradeErr := c.hub.upgrade(w, r)
	if upgradeErr != nil { // it has answered
		return nil, upgradeErr
	}
	t := &tab{to: to, visit: visit, line: line}
	if err != nil {
		t.close(closeEnded, "")
	}
	return t, nil
}

// listen reads what a browser sends until its line is closed, and then what it
// had still sent, so that it hears why (RFC 9293 section 3.6.1: closing with
// data unread resets the connection). Who sends on and on need not hear it.
func (c *Chat) listen(t *tab) {
	defer t.line.drop()
	c.hub.join(t)
	defer c.hub.leave(t)
	if c.greet(t) {
		for c.answer(t) {
		}
	}
	t.close(closeProtocol, "")
	for range mostHeard {
		if _, err := t.line.read(); err != nil {
			return
		}
	}
}

// greet takes the first frame, which says what the browser has, and lets the
// tab read on from there.
func (c *Chat) greet(t *tab) bool {
	f, ok := c.hear(t)
	if !ok || f.Type != "hello" {
		return false
	}
	current, after := epoch(t.visit), int64(0)
	if f.Epoch == current {
		after = f.After
	}
	t.greet(newFrame(welcomeFrame{"welcome", current, after}), after)
	return true
}

// answer does what one more frame asks for; false when there is none.
func (c *Chat) answer(t *tab) bool {
	f, ok := c.hear(t)
	if !ok {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), handleWithin)
	defer cancel()
	switch f.Type {
	case "message":
		c.say(ctx, t, f)
	case "typing":
		c.hub.passOn(ctx, t, newFrame(markFrame{Type: "typing"}))
	case "read":
		c.hub.passOn(ctx, t, newFrame(markFrame{Type: "read", Sequence: f.Sequence}))
	}
	return true
}

// hear reads one frame. Whatever is wrong with it closes the line.
func (c *Chat) hear(t *tab) (heardFrame, bool) {
	text, err := t.line.read()
	var code closeCode
	if errors.As(err, &code) {
		t.close(code, "")
	}
	if err != nil || t.isClosed() {
		return heardFrame{}, false
	}
	f, err := readFrame(text)
	if err != nil || t.floods(c.config.Clock()) {
		t.close(closePolicy, "")
		return heardFrame{}, false
	}
	return f, true
}

// say takes a message, and answers once it is durable or once it is known that
// it is not.
func (c *Chat) say(ctx context.Context, t *tab, f heardFrame) {
	if !t.limits.maySay(ctx, t.visit.ID) {
		t.send(newFrame(nackFrame{"nack", f.ID, reasonBusy}))
		return
	}
	entry, err := c.receive(ctx, t.to, t.visit, said{ID: f.ID, Text: f.Text, Files: f.Files})
	switch {
	case err == nil:
		t.send(newFrame(ackFrame{"ack", f.ID, entry.Sequence}))
		t.send(newFrame(markFrame{Type: "typing", ByUs: true, Sequence: entry.Sequence}))
	case errors.Is(err, gateway.ErrNoVisit):
		t.close(closeEnded, "")
	case errors.Is(err, errTooLong):
		t.send(newFrame(nackFrame{"nack", f.ID, reasonLong}))
	case errors.Is(err, errNothing), errors.Is(err, errBadID):
		t.send(newFrame(nackFrame{"nack", f.ID, reasonBad}))
	default:
		c.config.Log.WarnContext(ctx, "a message was not taken", "visit", t.visit.ID, "error", err)
		t.send(newFrame(nackFrame{"nack", f.ID, reasonFailed}))
	}
}
