package webchattest

import (
	"fmt"
	"slices"
	"time"
)

// busyAgain is how long the client waits with a message that could not be
// taken now.
const busyAgain = 500 * time.Millisecond

// take does what a frame from the server says.
func (c *Client) take(f frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch f.Type {
	case "welcome":
		c.welcome(f)
	case "entries":
		c.show(f)
	case "ack":
		c.settle(f.ID, nil)
	case "nack":
		c.refused(f)
	case "typing", "read", "beat":
	default:
		c.problems = append(c.problems, fmt.Sprintf("a frame of type %q", f.Type))
	}
}

// welcome begins anew if the epoch is another, and sends what is not yet
// acknowledged.
func (c *Client) welcome(f frame) {
	if f.Epoch != c.epoch {
		c.epoch, c.after, c.entries, c.read = f.Epoch, 0, nil, 0
	}
	if f.After != c.after {
		c.problems = append(c.problems, fmt.Sprintf("welcomed after %d, not %d", f.After, c.after))
	}
	c.welcomed = true
	for _, m := range c.outbox {
		c.post(m)
	}
}

// show adds entries, which must follow on what is there.
func (c *Client) show(f frame) {
	if f.After != c.after {
		c.problems = append(c.problems, fmt.Sprintf("entries after %d, not %d", f.After, c.after))
		return
	}
	for _, e := range f.Entries {
		if e.Sequence <= c.after {
			c.problems = append(c.problems, fmt.Sprintf("entry %d after %d", e.Sequence, c.after))
			continue
		}
		c.after = e.Sequence
		c.entries = append(c.entries, e)
	}
	close(c.news)
	c.news = make(chan struct{})
}

// settle ends a message. A second answer to the same one is no problem.
func (c *Client) settle(id string, err error) {
	i := slices.IndexFunc(c.outbox, func(m *outgoing) bool { return m.ID == id })
	if i < 0 {
		return
	}
	c.outbox[i].done <- err
	c.outbox = slices.Delete(c.outbox, i, i+1)
}

// refused gives a message up, or sends it again in a while.
func (c *Client) refused(f frame) {
	if f.Reason == "long" || f.Reason == "bad" {
		c.settle(f.ID, ErrRefused)
		return
	}
	time.AfterFunc(busyAgain, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if i := slices.IndexFunc(c.outbox, func(m *outgoing) bool { return m.ID == f.ID }); i >= 0 {
			c.post(c.outbox[i])
		}
	})
}
