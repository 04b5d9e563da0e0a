package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

var tooMany = &gateway.SendError{Outcome: gateway.Retry, Code: "429", Reason: "Too many", RetryAfter: 30 * time.Second, Busy: true}
var unreached = &gateway.SendError{Outcome: gateway.Retry, Code: "unreachable", Reason: "Away", Busy: true}

// parents are people who may be texted openly.
func parents(n int) []directory.Case {
	cases := make([]directory.Case, n)
	for i := range cases {
		cases[i] = family()
		cases[i].Reference = directory.CaseReference(fmt.Sprintf("30001%07d", i))
		cases[i].PayingParent.ID = directory.PersonID(fmt.Sprintf("P%03d", i))
		cases[i].PayingParent.Phone = fmt.Sprintf("+447700901%03d", i)
		cases[i].PayingParent.PhoneSince = calculation.NewDate(2025, 1, 10)
		cases[i].ReceivingParents = nil
	}
	return cases
}

// oneByOne makes the order of sends that of claims.
func (h *house) oneByOne() {
	h.t.Helper()
	h.config.Sends = 1
	h.useDialogs(h.config.Dialogs)
}

// queue puts messages to the ith parent on into the outbox, one to each.
func (h *house) queue(from, n int, priority gateway.Priority, change ...func(*gateway.Message)) {
	h.t.Helper()
	var messages []gateway.Message
	for i := from; i < from+n; i++ {
		m := gateway.Message{
			ID: gateway.MessageID(fmt.Sprintf("m-%03d", i)), Person: directory.PersonID(fmt.Sprintf("P%03d", i)),
			To:   gateway.Address{Channel: directory.SMS, Value: fmt.Sprintf("+447700901%03d", i)},
			Text: fmt.Sprintf("%d to %d", priority, i), Subject: gateway.Reply, Priority: priority, Created: h.clock(),
		}
		for _, c := range change {
			c(&m)
		}
		messages = append(messages, m)
	}
	if err := h.store.Commit(h.t.Context(), gateway.Turn{ID: h.newID(), At: h.clock(), Outgoing: messages}); err != nil {
		h.t.Fatal(err)
	}
}

func TestAChannelRestsAsLongAsItsProviderAsks(t *testing.T) {
	h := newHouse(t, parents(3)...)
	h.oneByOne()
	h.sms.fails = tooMany
	h.queue(0, 1, gateway.Normal)
	h.deliver()
	h.sms.fails = nil
	h.queue(1, 1, gateway.Normal)
	h.pass(29 * time.Second)
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("asked for patience, and yet sent %q", got)
	}
	h.queue(2, 1, gateway.Urgent)
	h.pass(time.Second)
	if got := h.deliver(); !slices.Equal(got, []string{"0 to 2", "10 to 1", "10 to 0"}) {
		t.Errorf("after the rest went %q", got)
	}
}

func TestOneMessagesTroubleIsNotTheChannels(t *testing.T) {
	h := newHouse(t, parents(2)...)
	h.sms.fails = &gateway.SendError{Outcome: gateway.Retry, Code: "30003", Reason: "The phone is off", RetryAfter: time.Minute}
	h.queue(0, 1, gateway.Normal)
	h.deliver()
	h.sms.fails = nil
	h.queue(1, 1, gateway.Normal)
	if got := h.deliver(); !slices.Equal(got, []string{"10 to 1"}) {
		t.Errorf("went %q", got)
	}
}

// TestAnOutageOfAnHour: it is noticed, hardly anybody knocks meanwhile, and then
// everything leaves by priority, but for what is too late.
func TestAnOutageOfAnHour(t *testing.T) {
	h := newHouse(t, parents(60)...)
	counted := &counting{notebook: h.sms}
	h.config.Channels = []gateway.Channel{counted}
	h.oneByOne()
	h.sms.fails = unreached
	h.queue(0, 20, gateway.Bulk)
	h.queue(20, 20, gateway.Normal)
	h.queue(50, 10, gateway.Normal, func(m *gateway.Message) { m.SendBy = h.clock().Add(30 * time.Minute) })
	for minute := range 60 {
		if minute == 30 {
			h.queue(40, 5, gateway.Urgent)
			h.queue(45, 5, gateway.Alert)
		}
		for range 6 {
			h.pass(10 * time.Second)
			h.deliver()
		}
	}
	if tried := counted.tries(); tried > 150 {
		t.Errorf("knocked %d times in an hour", tried)
	}
	h.sms.fails = nil
	var got []string
	for range 12 {
		h.pass(10 * time.Second)
		got = append(got, h.deliver()...)
	}
	if len(got) != 50 {
		t.Fatalf("%d of 50 messages left: %q", len(got), got)
	}
	// What one probe proved comes first; from then on by priority.
	order := make([]string, len(got))
	for i, text := range got {
		order[i], _, _ = strings.Cut(text, " ")
	}
	want := slices.Concat(slices.Repeat([]string{"0"}, 5), slices.Repeat([]string{"5"}, 5), slices.Repeat([]string{"10"}, 20), slices.Repeat([]string{"20"}, 20))
	if !slices.Equal(order, want) {
		t.Errorf("left in the order %v", order)
	}
}

// counting is a notebook that counts how often it is asked.
type counting struct {
	*notebook
	mu    sync.Mutex
	asked int
}

func (c *counting) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	c.mu.Lock()
	c.asked++
	c.mu.Unlock()
	return c.notebook.Send(ctx, m)
}

func (c *counting) tries() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

// till is Rates with so many sends, or away.
type till struct {
	mu    sync.Mutex
	left  int
	fails bool
}

func (r *till) Take(_ context.Context, _ directory.Channel, _, want int) (gateway.Grant, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fails {
		return gateway.Grant{}, errors.New("away")
	}
	got := min(want, r.left)
	r.left -= got
	return gateway.Grant{Sends: got, Nodes: 2}, nil
}

func (r *till) put(n int, fails bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left, r.fails = n, fails
}

func TestARateHoldsAndTheBestGoFirst(t *testing.T) {
	h := newHouse(t, parents(30)...)
	shared := &till{left: 4}
	h.config.Rates, h.config.PerSecond = shared, map[directory.Channel]int{directory.SMS: 100}
	h.oneByOne()
	h.queue(0, 10, gateway.Bulk)
	h.queue(10, 3, gateway.Alert)
	if got := h.deliver(); !slices.Equal(got, []string{"5 to 10", "5 to 11", "5 to 12", "20 to 0"}) {
		t.Errorf("with four sends went %q", got)
	}
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("with none went %q", got)
	}

	// Redis is away: each node goes by its half, and bulk waits.
	shared.put(0, true)
	h.queue(20, 2, gateway.Urgent)
	if got := h.deliver(); !slices.Equal(got, []string{"0 to 20", "0 to 21"}) {
		t.Errorf("while the nodes cannot share went %q", got)
	}
	h.queue(22, 8, gateway.Urgent) // a tenth of a second's worth was 10, of which 8 were left
	h.queue(13, 7, gateway.Urgent)
	if got := h.deliver(); len(got) != 8 {
		t.Errorf("%d went, want 8", len(got))
	}
	h.pass(100 * time.Millisecond) // five more for this node
	if got := h.deliver(); len(got) != 5 {
		t.Errorf("a tenth of a second later went %d, want 5", len(got))
	}
	shared.put(100, false)
	if got := h.deliver(); len(got) != 11 {
		t.Errorf("once they can again, %d went, want 11", len(got))
	}
}

// narrow carries two messages at the same time.
type narrow struct{ *notebook }

func (narrow) AtOnce() int { return 2 }

// asked is a store that keeps how many messages were claimed at once.
type asked struct {
	gateway.Store
	claimed []int
}

func (a *asked) Claim(ctx context.Context, now time.Time, limit int, lease time.Duration, parts ...gateway.Part) ([]gateway.Message, error) {
	claimed, err := a.Store.Claim(ctx, now, limit, lease, parts...)
	if len(claimed) > 0 {
		a.claimed = append(a.claimed, len(claimed))
	}
	return claimed, err
}

// What waited inside a channel for its turn would leave though its parent has
// said STOP since: no more is let out than leaves at once.
func TestNoMoreIsLetOutThanAChannelCarriesAtOnce(t *testing.T) {
	h := newHouse(t, parents(5)...)
	store := &asked{Store: h.store}
	h.config.Store, h.config.Channels = store, []gateway.Channel{narrow{h.sms}}
	h.useDialogs(h.config.Dialogs)
	h.queue(0, 5, gateway.Normal)
	if got := h.deliver(); len(got) != 5 || !slices.Equal(store.claimed, []int{2, 2, 1}) {
		t.Errorf("claimed were %v, texts %q", store.claimed, got)
	}
}

// claims notes how many messages the pump says that it has claimed.
type claims struct {
	gateway.Metrics
	counts []int
}

func (c *claims) PumpQueue(claimed int) { c.counts = append(c.counts, claimed) }

func TestWhatThePumpClaimsIsMeasured(t *testing.T) {
	h := newHouse(t, family())
	counted := &claims{Metrics: h.Metrics}
	h.Metrics = counted
	h.start("P1", "income-change")
	h.start("R1", "complaint")
	h.deliver()
	if want := []int{2, 0}; !slices.Equal(counted.counts, want) {
		t.Errorf("claimed %v, want %v", counted.counts, want)
	}
}
