package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// step is where a line goes on, with what that is told.
type step struct {
	address string
	form    url.Values
}

// follow fetches a document and carries it out, and whatever that leads to,
// until the line waits for its owner or is over.
func (l *Line) follow(ctx context.Context, address string, more url.Values) error {
	next := &step{address, more}
	for range mostRedirects {
		form := l.form()
		maps.Copy(form, next.form)
		program, err := l.x.fetch(ctx, next.address, form)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.TrimPrefix(next.address, l.x.config.GatewayURL), err)
		}
		if l.state == Ringing || l.state == Recording {
			l.state = Listening
		}
		if next, err = l.carryOut(ctx, program); next == nil || err != nil {
			return err
		}
	}
	return fmt.Errorf("sent about more than %d times", mostRedirects)
}

// carryOut carries out verbs until one waits, and returns where one leads to.
func (l *Line) carryOut(ctx context.Context, program []verb) (*step, error) {
	for i, v := range program {
		if l.queue != nil && !slices.Contains(inQueue, v.name) {
			return nil, fmt.Errorf("<%s> is played to somebody in a queue", v.name)
		}
		l.after = program[i+1:]
		switch v.name {
		case "Say", "Play", "Pause":
			l.hear(v)
		case "Gather":
			for _, inner := range v.nested {
				l.hear(inner)
			}
			l.gather = &v
			return nil, nil
		case "Redirect":
			if l.queue != nil && i > 0 { // round and round: one round at a time
				return nil, nil
			}
			return &step{address: v.text}, nil
		case "Hangup":
			return nil, l.end(ctx)
		case "Record":
			l.heard("(tone)")
			l.state, l.record = Recording, &v
			return nil, nil
		case "Enqueue":
			return l.enqueue(v), nil
		case "Leave":
			if l.queue == nil {
				return nil, errors.New("<Leave> outside a queue")
			}
			return l.unqueue("leave"), nil
		case "Dial":
			return l.connect(ctx, v)
		}
	}
	if l.queue != nil {
		return nil, nil
	}
	return nil, l.end(ctx)
}

// goOn carries out what comes after what nobody answered.
func (l *Line) goOn(ctx context.Context) error {
	next, err := l.carryOut(ctx, l.after)
	if next == nil || err != nil {
		return err
	}
	return l.follow(ctx, next.address, next.form)
}

// hear writes down what is played.
func (l *Line) hear(v verb) {
	switch {
	case v.name == "Say":
		language, _, _ := strings.Cut(v.attrs["language"], "-")
		l.log = append(l.log, Moment{Words: strings.ReplaceAll(v.text, "\n", " "), Language: language})
	case v.name == "Play" && strings.HasSuffix(v.text, "/ringing.wav"):
		l.heard("(ringing tone)")
	case v.name == "Play":
		l.heard("(music)")
	}
}

// enqueue puts the line into a queue, and returns what those who wait hear.
func (l *Line) enqueue(v verb) *step {
	l.state, l.queue = Queued, &v
	l.x.queues[v.text] = append(l.x.queues[v.text], l)
	return l.round()
}

// round is one round of what is played to who waits.
func (l *Line) round() *step {
	waiting := l.x.queues[l.queue.text]
	return &step{l.queue.attrs["waitUrl"], url.Values{
		"QueueSid": {"QU" + l.sid[2:]}, "QueueTime": {"0"}, "AvgQueueTime": {"0"},
		"QueuePosition": {strconv.Itoa(slices.Index(waiting, l) + 1)}, "CurrentQueueSize": {strconv.Itoa(len(waiting))},
	}}
}

// unqueue takes the line out of its queue, and returns where it goes on.
func (l *Line) unqueue(result string) *step {
	next := &step{l.queue.attrs["action"], url.Values{"QueueResult": {result}, "QueueTime": {"0"}}}
	l.x.queues[l.queue.text] = slices.DeleteFunc(l.x.queues[l.queue.text], func(o *Line) bool { return o == l })
	l.queue, l.gather, l.state = nil, nil, Listening
	return next
}

// connect puts the line through to who waits first in a queue.
func (l *Line) connect(ctx context.Context, v verb) (*step, error) {
	if len(v.nested) != 1 {
		return nil, errors.New("<Dial> without a <Queue>")
	}
	waiting := l.x.queues[v.nested[0].text]
	if len(waiting) == 0 {
		return &step{v.attrs["action"], url.Values{"DialCallStatus": {"failed"}}}, nil
	}
	caller := waiting[0]
	caller.bridged = caller.unqueue("bridged")
	l.bridged = &step{v.attrs["action"], url.Values{"DialCallStatus": {"completed"}}}
	l.peer, caller.peer = caller, l
	for _, end := range []*Line{l, caller} {
		end.state = Talking
		end.heard("(put through)")
	}
	return nil, nil
}

// end ends the line, and tells the gateway so. Who it was put through to goes on
// alone.
func (l *Line) end(ctx context.Context) error {
	if l.state == Over {
		return nil
	}
	told := l.bridged
	if l.queue != nil {
		told = l.unqueue("hangup")
	}
	peer := l.peer
	l.state, l.gather, l.record, l.peer, l.bridged = Over, nil, nil, nil, nil
	if told != nil {
		form := l.form()
		maps.Copy(form, told.form)
		if _, err := l.x.fetch(ctx, told.address, form); err != nil {
			return err
		}
	}
	if !l.outbound {
		if err := l.x.tell(ctx, l.x.config.GatewayURL+"/twilio/voice/status", l.form()); err != nil {
			return err
		}
	}
	if peer == nil || peer.bridged == nil {
		return nil
	}
	next := peer.bridged
	peer.peer, peer.bridged, peer.state = nil, nil, Listening
	return peer.follow(ctx, next.address, next.form)
}
