package main

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

// twoNodes starts two processes on one PostgreSQL and Redis. What each sends
// comes to the carrier under its own name.
func (w *world) twoNodes() []*node {
	var nodes []*node
	for _, name := range []string{"a", "b"} {
		nodes = append(nodes, w.spawn(plan{}, "PARLEY_TWILIO_API_URL="+w.carrier.api()+"/"+name, "PARLEY_SENDS=8"))
	}
	return nodes
}

// sentByNode counts what each node sent, and says that each message was sent
// once, and by both nodes some.
func (w *world) sentByNode(want int) {
	w.t.Helper()
	byNode, times := map[string]int{}, map[string]int{}
	for _, s := range w.carrier.sent("") {
		byNode[s.node]++
		if times[s.message]++; times[s.message] > 1 {
			w.t.Errorf("message %s was sent %d times", s.message, times[s.message])
		}
	}
	if len(times) != want {
		w.t.Errorf("%d messages were sent, want %d", len(times), want)
	}
	if byNode["a"] == 0 || byNode["b"] == 0 {
		w.t.Errorf("sent by node: %v", byNode)
	}
}

// A person's texts come to whichever node the balancer takes; the conversation
// is one.
func TestAConversationMovesBetweenNodes(t *testing.T) {
	t.Parallel()
	const parents = 8
	w := newWorld(t, onServers(t), parents, simulator.TwilioConfig{})
	nodes := w.twoNodes()
	var talking sync.WaitGroup
	for i := range parents {
		talking.Go(func() {
			for turn, exchange := range interview {
				form := webhook(parentPhone(i), exchange.says)
				if got := w.front.post(t.Context(), nodes[(i+turn)%2].url, "/twilio/sms", form); got != 200 {
					t.Errorf("answered %d", got)
					return
				}
				heard := turn // a text for each turn before
				if _, ok := w.next(i, &heard); !ok {
					t.Errorf("%s says %q and hears nothing", parent(i), exchange.says)
					return
				}
			}
		})
	}
	talking.Wait()
	for i := range parents {
		w.interviewedOnce(i)
	}
	w.settled()
	w.sentByNode(parents * len(interview))
}

// What waits in the outbox is sent by exactly one of the nodes that look for it.
func TestTwoNodesShareTheOutbox(t *testing.T) {
	t.Parallel()
	const messages = 200
	w := newWorld(t, onServers(t), 0, simulator.TwilioConfig{})
	w.carrier.answerAfter(50 * time.Millisecond) // neither can send them all before the other looks
	w.twoNodes()
	now := time.Now()
	outbox := gateway.Turn{ID: newID(), At: now}
	for i := range messages {
		outbox.Outgoing = append(outbox.Outgoing, gateway.Message{
			ID: gateway.MessageID(newID()), To: gateway.Address{Channel: directory.SMS, Value: strangerPhone(i)},
			Language: "en", Text: fmt.Sprintf("message %d", i), Subject: gateway.Reply, Priority: gateway.Urgent, Created: now,
		})
	}
	if err := w.store.Commit(t.Context(), outbox); err != nil {
		t.Fatal(err)
	}
	w.settled()
	w.sentByNode(messages)
}
