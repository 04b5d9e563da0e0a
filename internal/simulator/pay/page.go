package pay

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"
)

var page = template.Must(template.New("pay").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Pretended payment page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>Pretended payment page</h1>
<p>{{.Description}}: <strong>{{.Pounds}}</strong></p>
<p>No money moves and no card is asked for.</p>
{{if .Open}}<form method="post">
<button name="outcome" value="success">Pay</button>
<button name="outcome" value="failed">Have it declined</button>
<button name="outcome" value="cancelled">Cancel</button>
</form>{{else}}<p>This payment is over.</p>{{end}}
</body></html>
`))

// page is where a person pays.
func (e *Emulator) page(w http.ResponseWriter, r *http.Request) {
	p, ok := e.payment(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = page.Execute(w, map[string]any{ // a caller who has gone is no fault of ours
		"Description": p.Description, "Pounds": fmt.Sprintf("£%d.%02d", p.Amount/100, p.Amount%100), "Open": !p.finished(),
	})
}

// finish does what the person chose, and leads back.
func (e *Emulator) finish(w http.ResponseWriter, r *http.Request) {
	p, ok := e.Finish(r.PathValue("id"), r.PostFormValue("outcome"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, p.ReturnURL, http.StatusSeeOther)
}

// events are what webhooks call the ends of payments.
var events = map[string]string{succeeded: "card_payment_succeeded", failed: "card_payment_failed", cancelled: "card_payment_failed"}

// Finish has a payment end as success, failed or cancelled, and calls the
// webhook. A payment that has ended stays as it is.
func (e *Emulator) Finish(id, outcome string) (Payment, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p, ok := e.payments[id]
	if !ok || events[outcome] == "" {
		return Payment{}, false
	}
	if !p.finished() {
		p.Status = outcome
		if e.config.WebhookURL != "" {
			ended := *p
			e.calls.Go(func() { e.call(ended) })
		}
	}
	return *p, true
}

// Wait waits for the webhooks that are being called.
func (e *Emulator) Wait() { e.calls.Wait() }

// Webhook calls are tried a few times, as GOV.UK Pay does over days.
const (
	callTries = 3
	callPause = 100 * time.Millisecond
	callLimit = 10 * time.Second
)

func (e *Emulator) call(p Payment) {
	body, err := json.Marshal(map[string]any{
		"webhook_message_id": e.config.NewID(), "api_version": 1, "resource_id": p.ID, "resource_type": "payment",
		"event_type": events[p.Status],
		"resource":   map[string]any{"payment_id": p.ID, "amount": p.Amount, "state": map[string]any{"status": p.Status, "finished": true}},
	})
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), callLimit)
	defer cancel()
	for range callTries {
		if e.post(ctx, body) {
			return
		}
		time.Sleep(callPause)
	}
}

func (e *Emulator) post(ctx context.Context, body []byte) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.config.WebhookURL, bytes.NewReader(body))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(e.config.Secret))
	mac.Write(body)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Pay-Signature", hex.EncodeToString(mac.Sum(nil)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }() // it says nothing more
	return response.StatusCode < 300
}
