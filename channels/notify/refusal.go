package notify

import (
	"encoding/json"
	"net/http"
	"strconv"

	"parley/gateway"
)

// refusal reads an answer other than 2xx. Notify has taken nothing when it says
// 4xx; of a 5xx nobody knows how far it came.
// https://docs.notifications.service.gov.uk/rest-api.html#send-a-text-message-error-codes
func (a answer) refusal() *gateway.SendError {
	code := "HTTP " + strconv.Itoa(a.status)
	var said struct {
		Errors []struct{ Error string }
	}
	if json.Unmarshal(a.body, &said) == nil && len(said.Errors) > 0 && known[said.Errors[0].Error] {
		code = said.Errors[0].Error
	}
	refused := &gateway.SendError{Outcome: gateway.Refused, Code: code, Reason: "Notify refused the message"}
	switch {
	case a.status >= 500 || a.status < 400:
		refused = lost(code, "Notify had an error of its own")
		refused.RetryAfter = a.retryAfter
	case a.status == http.StatusTooManyRequests:
		refused = busy(code, "Notify has too many requests from us")
		refused.RetryAfter = a.retryAfter
	case a.status == http.StatusUnauthorized, a.status == http.StatusForbidden:
		// A wrong key, or a clock that is wrong by more than 30 seconds: no
		// message is to blame.
		refused = busy(code, "Notify does not accept our key")
	}
	return refused
}

// known are the names of errors that may be kept: messages of Notify's may hold
// what was sent.
var known = map[string]bool{
	"BadRequestError": true, "ValidationError": true, "AuthError": true, "RateLimitError": true, "TooManyRequestsError": true,
	"Exception": true, "InternalServerError": true,
}

func busy(code, reason string) *gateway.SendError {
	return &gateway.SendError{Outcome: gateway.Retry, Code: code, Reason: reason, Busy: true}
}

func lost(code, reason string) *gateway.SendError {
	return &gateway.SendError{Outcome: gateway.Lost, Code: code, Reason: reason, Busy: true}
}
