package pay

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"parley/gateway"
)

// Receiver is who sees to a payment that GOV.UK Pay calls about. ErrNotFound
// when it is not one of ours.
type Receiver interface {
	SettlePayment(ctx context.Context, id string) error
}

// largestCall is far more than any webhook has.
const largestCall = 64 << 10

// Webhook answers GOV.UK Pay's calls, of which the secret is that of the
// webhook, never empty. A call that is not signed with it is refused; one that
// was not seen to is refused for now, and comes again. Payments that are not
// ours, and events that say nothing of a payment, are nothing to come again for.
func Webhook(secret string, to Receiver, log *slog.Logger) (http.Handler, error) {
	if secret == "" {
		return nil, errors.New("GOV.UK Pay's webhook needs its signing secret")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestCall))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		if !signed(body, r.Header.Get("Pay-Signature"), secret) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		id, ok := subject(body)
		if !ok {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if err := to.SettlePayment(r.Context(), id); err != nil && !errors.Is(err, gateway.ErrNotFound) {
			log.WarnContext(r.Context(), "a payment could not be settled", "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}), nil
}

// signed reports whether a signature is HMAC-SHA256 of the body, in
// hexadecimal.
func signed(body []byte, signature, secret string) bool {
	claimed, err := hex.DecodeString(signature)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return err == nil && hmac.Equal(claimed, mac.Sum(nil))
}

// subject is the payment that a call is about.
func subject(body []byte) (id string, ok bool) {
	var call struct {
		Type string `json:"resource_type"`
		ID   string `json:"resource_id"`
	}
	err := json.Unmarshal(body, &call)
	return call.ID, err == nil && call.Type == "payment" && paymentID.MatchString(call.ID)
}
