package notify

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

// receiptPath is where Notify posts delivery receipts, below the public URL.
const receiptPath = "/notify/sms/status"

// Receiver is told what became of messages; *gateway.Gateway is one.
type Receiver interface {
	Settle(ctx context.Context, u gateway.StatusUpdate) error
}

// Handler serves delivery receipts. It answers 204 once one is recorded, and
// 503 when it cannot be: Notify tries again.
// https://docs.notifications.service.gov.uk/rest-api.html#delivery-receipts
func (c *Channel) Handler(r Receiver) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("POST "+receiptPath, func(w http.ResponseWriter, request *http.Request) {
		token, _ := strings.CutPrefix(request.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(token), []byte(c.config.Callback)) != 1 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		update, ok := readReceipt(http.MaxBytesReader(w, request.Body, 16<<10))
		switch {
		case !ok:
			w.WriteHeader(http.StatusBadRequest)
		case r.Settle(request.Context(), update) != nil:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	})
	return routes
}

// readReceipt reads the body of a delivery receipt.
func readReceipt(body io.Reader) (gateway.StatusUpdate, bool) {
	var said struct{ ID, Reference, Status string }
	if err := json.NewDecoder(body).Decode(&said); err != nil || said.ID == "" || said.Status == "" {
		return gateway.StatusUpdate{}, false
	}
	return updateOf(gateway.MessageID(said.Reference), said.ID, said.Status), true
}

// updateOf is Notify's word on a message.
// https://docs.notifications.service.gov.uk/rest-api.html#text-message-status-descriptions
func updateOf(message gateway.MessageID, notifyID, status string) gateway.StatusUpdate {
	u := gateway.StatusUpdate{Message: message, Channel: directory.SMS, ProviderID: notifyID, Status: gateway.Accepted}
	switch status {
	case "pending", "sent":
		u.Status = gateway.Sent
	case "delivered":
		u.Status = gateway.Delivered
	case "permanent-failure":
		u.Status, u.Code, u.Reason, u.Gone = gateway.Undelivered, status, "The number does not exist or cannot get text messages", true
	case "temporary-failure":
		u.Status, u.Code, u.Reason = gateway.Undelivered, status, "The phone was off, had no signal, or its network did not take the message"
	case "technical-failure":
		u.Status, u.Code, u.Reason = gateway.Failed, status, "Notify could not send the message"
	}
	return u
}
