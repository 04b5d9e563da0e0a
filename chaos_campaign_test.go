package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/gateway/directory"
	"parley/internal/chaos"
)

// The campaigns: one while all is hurt, and one once all is mended, when whoever
// said STOP must be told in another way.
const (
	dueCampaign      = "due-2026-12-12"
	reminderCampaign = "due-2027-01-12"
)

// mailingSize is how many people one request names.
const mailingSize = 200

// campaign has a notice sent to every paying parent, each request made twice at
// once, and again until it is answered.
func (w *chaosWorld) campaign(ctx context.Context, id, due string) {
	var named []*player
	for _, p := range w.players {
		if p.paying() {
			named = append(named, p)
		}
	}
	for part := range slices.Chunk(named, mailingSize) {
		body, err := json.Marshal(mailingTo(part, due))
		if err != nil {
			w.t.Error(err)
			return
		}
		var asking sync.WaitGroup
		for range 2 {
			asking.Go(func() { w.ask(ctx, id, body) })
		}
		asking.Wait()
		if ctx.Err() != nil {
			return
		}
		for _, p := range part {
			p.mu.Lock()
			p.parent.Owed = append(p.parent.Owed, id)
			p.mu.Unlock()
		}
	}
}

// remind has everybody reminded once all is mended.
func (w *chaosWorld) remind() {
	w.campaign(w.t.Context(), reminderCampaign, "2027-01-12")
	w.quiet(aLease)
	for w.lost() > 0 {
		w.leap(time.Duration(w.phones.ahead.Load()) + 6*time.Minute)
		w.quiet(aLook)
	}
	w.settled()
}

func mailingTo(part []*player, due string) map[string]any {
	to := make([]map[string]any, len(part))
	for i, p := range part {
		to[i] = map[string]any{"person": p.parent.Person, "case": p.caseReference(), "data": map[string]any{
			"amount": p.owes()[len("£"):], "due": due, "direct": true, "collected": false,
		}}
	}
	return map[string]any{"notice": "payment-due", "to": to}
}

// owes is what a parent is to pay, another sum for each, and none that anybody
// is paid.
func (p *player) owes() string { return fmt.Sprintf("£%d.%02d", 5000+p.number/180, 10+p.number/2%90) }

// ask puts a mailing until some node has taken it.
func (w *chaosWorld) ask(ctx context.Context, id string, body []byte) {
	for ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodPut, w.front.URL+"/api/v1/campaigns/"+id, bytes.NewReader(body))
		if err != nil {
			w.t.Error(err)
			return
		}
		request.Header.Set("Authorization", "Bearer "+demoAPI)
		request.Header.Set("Content-Type", "application/json")
		response, err := campaignClient.Do(request)
		if err == nil {
			_ = response.Body.Close()
			switch {
			case response.StatusCode/100 == 2:
				return
			case response.StatusCode/100 == 4 && response.StatusCode != http.StatusTooManyRequests:
				w.t.Errorf("campaign %s is answered %s", id, response.Status)
				return
			}
		}
		pause(ctx, 500*time.Millisecond)
	}
}

var campaignClient = &http.Client{Timeout: 30 * time.Second}

// isNotice reports whether a text is one of a campaign's.
func isNotice(text string) bool {
	return strings.Contains(text, "your payment of £") || strings.Contains(text, "Your child maintenance payment of")
}

// optsOut has a parent wait for a notice and answer it with STOP.
func (p *player) optsOut(ctx context.Context, t talk) bool {
	_, err := until(ctx, t, isNotice)
	if err != nil || t.say("STOP") != nil {
		return false
	}
	p.stopped()
	return true
}

// isThreatened has a parent say words of danger in the middle, hear the one
// answer to them, and ask for support numbers.
func (p *player) isThreatened(ctx context.Context, t talk) bool {
	if t.say("he threatened me") != nil {
		return false
	}
	p.mu.Lock()
	p.feared = true
	p.mu.Unlock()
	h, err := until(ctx, t, func(text string) bool { return strings.Contains(text, "Thank you for telling us") })
	if err != nil {
		return false
	}
	p.mu.Lock()
	p.parent.Held.From = h.At
	p.mu.Unlock()
	if t.say("1") != nil {
		return false
	}
	_, err = until(ctx, t, func(text string) bool { return strings.Contains(text, "0808") })
	return err == nil
}

// until waits for a message that is as it must be.
func until(ctx context.Context, t talk, is func(text string) bool) (chaos.Heard, error) {
	for {
		h, err := t.next(ctx)
		if err != nil || is(h.Text) {
			return h, err
		}
	}
}

// release is a specialist who lets the gateway speak again to whoever was in
// danger. The other parents of their cases then ask how it stands.
func (w *chaosWorld) release() {
	w.t.Helper()
	w.quiet(aLease)
	w.await("every word of danger is heeded", func() bool {
		w.timersAreDue("finish")
		return w.count(`SELECT count(*) FROM messages WHERE NOT outgoing AND kind = 'waiting for its turn'`) == 0
	})
	for _, p := range w.players {
		p.mu.Lock()
		feared := p.feared
		p.parent.Held.Until = time.Now()
		p.mu.Unlock()
		if feared {
			if err := w.store.Release(w.t.Context(), directory.PersonID(p.parent.Person), "specialist", w.clock()); err != nil {
				w.t.Errorf("%s is not released: %v", p.parent.Person, err)
			}
		}
	}
	w.letGo()
}
