package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A message of which nobody knows whether it left is looked for at its provider
// after FirstLook, time for a status callback to say so, and once more
// secondLook after its loss: what the provider lists may be late.
const (
	FirstLook  = time.Minute
	secondLook = 5 * time.Minute
)

const (
	looksAtOnce = 20
	lookLease   = 2 * time.Minute
	lookWithin  = 20 * time.Second
	lookEvery   = 5 * time.Second
	// clockSlack is how far a provider's clock may be from ours.
	clockSlack = time.Minute
)

// Finder is a Channel that can look for a message of which no answer came.
type Finder interface {
	// Find returns what the provider has that may be the message, oldest first:
	// messages to its address, with its text, made since a time; their Message
	// is empty unless the provider keeps our id. An error says that the
	// provider could not be asked.
	Find(ctx context.Context, m Message, since time.Time) ([]StatusUpdate, error)
}

// Loss is a message of which nobody knows whether it left.
type Loss struct {
	Message Message
	At      time.Time // when it was lost
	Looks   int       // how often it was looked for in vain
	Resent  bool      // it was sent once more before, and lost again
}

// Look is what came of looking for a lost message.
type Look struct {
	Message   MessageID
	Looks     int       // how often it was looked for in vain by now
	Next      time.Time // when to look again; zero: no more
	SendAgain bool      // back into the outbox, unless it was before
	WorkItem  *WorkItem
	At        time.Time
}

// lookForever looks for lost messages until ctx ends.
func (g *Gateway) lookForever(ctx context.Context) {
	often := time.NewTicker(lookEvery)
	defer often.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-often.C:
		}
		if err := g.LookForLost(ctx); err != nil && ctx.Err() == nil {
			g.Log.ErrorContext(ctx, "lost messages could not be looked for", "error", err)
		}
	}
}

// LookForLost looks for the lost messages that are due to be looked for. Pump
// calls it every few seconds; what one node has begun and not ended, another
// begins again.
func (g *Gateway) LookForLost(ctx context.Context) error {
	for {
		lost, err := g.Store.Lost(ctx, g.Clock(), looksAtOnce, lookLease)
		if err != nil {
			return err
		}
		for _, l := range lost {
			if err := g.lookFor(ctx, l); err != nil {
				return fmt.Errorf("looking for message %s: %w", l.Message.ID, err)
			}
		}
		if len(lost) < looksAtOnce {
			return nil
		}
	}
}

func (g *Gateway) lookFor(ctx context.Context, l Loss) error {
	overtaken, err := g.overtaken(ctx, l.Message)
	if err != nil {
		return err
	}
	found, err := g.find(ctx, l)
	now := g.Clock()
	look := Look{Message: l.Message.ID, Looks: l.Looks + 1, At: now}
	switch {
	case l.Message.To.Channel.Visited() && !l.Resent && !overtaken: // shown by its message, so that again changes nothing
		look.SendAgain = true
		defer g.pump.stir(l.Message.To.Channel)
	case errors.Is(err, errNoFinder):
		if now.Before(l.At.Add(secondLook)) {
			look.Next = l.At.Add(secondLook)
			break
		}
		look.WorkItem = g.undelivered(l.Message, "nobody knows whether it left", now)
	case err != nil && now.Before(l.At.Add(giveUpAfter)):
		g.Log.WarnContext(ctx, "a provider cannot be asked for a message", "message", l.Message.ID, "error", err)
		look.Looks, look.Next = l.Looks, now.Add(FirstLook)
	case found != nil:
		found.Message = l.Message.ID
		return g.Settle(ctx, *found)
	case l.Looks == 0:
		look.Next = later(now.Add(clockSlack), l.At.Add(secondLook))
	case err == nil && !l.Resent && !overtaken && now.Before(resendBefore(l.Message)):
		look.SendAgain = true
		defer g.pump.stir(l.Message.To.Channel)
	default:
		look.WorkItem = g.undelivered(l.Message, "it is not known to have left, and is not sent again", now)
	}
	return g.Store.Looked(ctx, look)
}

// overtaken reports whether a conversation has gone on since a message of it:
// that would come after what was said later.
func (g *Gateway) overtaken(ctx context.Context, m Message) (bool, error) {
	if m.Conversation == "" || m.Turn == 0 {
		return false, nil
	}
	c, err := g.Store.Conversation(ctx, m.Conversation)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return c.Turn > m.Turn, err
}

var errNoFinder = errors.New("this channel cannot look for messages")

// find asks the provider for a message; nil when it has none that could be it.
func (g *Gateway) find(ctx context.Context, l Loss) (*StatusUpdate, error) {
	finder, ok := g.channels[l.Message.To.Channel].(Finder)
	if !ok {
		return nil, errNoFinder
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	found, err := finder.Find(ctx, l.Message, l.At.Add(-g.Lease-clockSlack))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.ProviderID
	}
	taken, err := g.Store.Attributed(ctx, l.Message.To.Channel, ids)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if !slices.Contains(taken, f.ProviderID) {
			return &f, nil
		}
	}
	return nil, nil
}

// resendBefore is until when a message that did not leave is worth sending
// again: an answer while somebody may still wait for it, anything else by its
// own limit.
func resendBefore(m Message) time.Time {
	switch {
	case !m.SendBy.IsZero():
		return m.SendBy
	case m.Subject == Approach:
		return m.Created.Add(giveUpAfter)
	default:
		return m.Created.Add(liveReply)
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
