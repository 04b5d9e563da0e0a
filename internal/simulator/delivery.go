package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// delivery is a message on its way to a phone: the statuses that are still to
// be called back.
type delivery struct {
	message  Message
	callback string // the gateway's URL, query and all; "" for none
	steps    []step
}

// step is one status callback.
type step struct {
	status Status
	code   int // Twilio's error code, 0 for none
}

// newDelivery plans the callbacks of a message. Twilio promises neither their
// order nor that each comes once.
func newDelivery(m *Message, callback string, fault Fault) *delivery {
	steps := []step{{status: Sent}, {status: Delivered}}
	switch {
	case fault.Failed != 0: // it never left
		steps = []step{{Failed, fault.Failed}}
	case fault.Undelivered != 0:
		steps[1] = step{Undelivered, fault.Undelivered}
	}
	if fault.Shuffled {
		slices.Reverse(steps)
	}
	if fault.Duplicated {
		steps = append(steps, steps...)
	}
	if fault.Silent {
		callback = ""
	}
	return &delivery{message: *m, callback: callback, steps: steps}
}

// admit counts one more delivery, or says why there is no room for it.
func (t *Twilio) admit() *rejection {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.closed:
		return rejectionFor(20503)
	case t.waiting == t.config.Waiting:
		refused := rejectionFor(20429)
		refused.retryAfter = time.Second
		return refused
	}
	t.waiting++
	return nil
}

// finish takes a delivery off the count.
func (t *Twilio) finish() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting--
	if t.closed && t.waiting == 0 {
		close(t.idle)
	}
}

// schedule hands a delivery to the workers, later if the carrier is slow. The
// queue has room for every delivery that was admitted, so this never blocks.
func (t *Twilio) schedule(d *delivery) {
	if t.config.Latency == 0 {
		t.queue <- d
		return
	}
	time.AfterFunc(t.config.Latency, func() { t.queue <- d })
}

// postCallbacks is one worker. Each delivery is in one pair of hands at a time,
// so its callbacks leave in the order of its steps.
func (t *Twilio) postCallbacks() {
	for {
		select {
		case <-t.running.Done():
			return
		case d := <-t.queue:
			t.advance(d)
		}
	}
}

// advance takes the next step of a delivery, or all of them when nothing is to
// wait for.
func (t *Twilio) advance(d *delivery) {
	for {
		next := d.steps[0]
		d.steps = d.steps[1:]
		t.messages.move(d.message.SID, next.status, next.code, t.config.Clock())
		if d.callback != "" {
			if err := t.postStatus(d, next); err != nil && t.config.OnError != nil {
				t.config.OnError(err)
			}
		}
		if len(d.steps) == 0 {
			t.finish()
			return
		}
		if t.config.Latency > 0 {
			t.schedule(d)
			return
		}
	}
}

// postStatus calls the gateway back once: Twilio does not try a status callback
// again after an answer, whatever it is.
// https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
func (t *Twilio) postStatus(d *delivery, s step) error {
	form := url.Values{
		"AccountSid":    {t.config.AccountSID},
		"ApiVersion":    {"2010-04-01"},
		"From":          {d.message.From},
		"To":            {d.message.To},
		"MessageSid":    {d.message.SID},
		"SmsSid":        {d.message.SID},
		"MessageStatus": {string(s.status)},
		"SmsStatus":     {string(s.status)},
	}
	if s.code != 0 {
		form.Set("ErrorCode", strconv.Itoa(s.code))
	}
	answer, err := t.post(t.running, d.callback, form)
	if err != nil {
		return fmt.Errorf("status callback %s of %s: %w", s.status, d.message.SID, err)
	}
	if answer.status >= http.StatusMultipleChoices {
		return fmt.Errorf("status callback %s of %s: the gateway answered %d", s.status, d.message.SID, answer.status)
	}
	return nil
}
