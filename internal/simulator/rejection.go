package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// rejection is a request that Twilio refuses, in the JSON shape of its errors.
type rejection struct {
	status     int
	code       int
	message    string
	retryAfter time.Duration
}

// rejectionFor is Twilio's refusal by its error code. Messages name no number,
// unlike some of Twilio's own: a client that logs them would log a person.
// https://www.twilio.com/docs/api/errors
func rejectionFor(code int) *rejection {
	switch code {
	case 20003:
		return &rejection{status: http.StatusUnauthorized, code: code, message: "Authentication Error - invalid username"}
	case 20429:
		return &rejection{status: http.StatusTooManyRequests, code: code, message: "Too Many Requests"}
	case 20500:
		return &rejection{status: http.StatusInternalServerError, code: code, message: "An internal server error has occurred"}
	case 20503:
		return &rejection{status: http.StatusServiceUnavailable, code: code, message: "Service Unavailable"}
	}
	return &rejection{status: http.StatusBadRequest, code: code, message: refusalWords(code)}
}

func refusalWords(code int) string {
	switch code {
	case 21211:
		return "The 'To' number is not a valid phone number."
	case 21602:
		return "Message body is required."
	case 21603:
		return "A 'From' phone number is required."
	case 21604:
		return "A 'To' phone number is required."
	case 21606:
		return "The 'From' phone number is not a valid, message-capable Twilio phone number for this destination."
	case 21609:
		return "The 'StatusCallback' URL is not a valid URL."
	case 21610:
		return "Attempt to send to unsubscribed recipient"
	case 21614:
		return "'To' number is not a valid mobile number"
	case 21617:
		return "The concatenated message body exceeds the 1600 character limit."
	default:
		return "The request was refused."
	}
}

func notFound(path string) *rejection {
	return &rejection{
		status:  http.StatusNotFound,
		code:    20404,
		message: "The requested resource " + path + " was not found",
	}
}

func (r *rejection) write(w http.ResponseWriter) {
	if r.retryAfter > 0 {
		seconds := (r.retryAfter + time.Second - 1) / time.Second // whole seconds, RFC 9110 section 10.2.3
		w.Header().Set("Retry-After", strconv.Itoa(int(seconds)))
	}
	if r.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	body := append([]byte(nil), `{"code":`...)
	body = strconv.AppendInt(body, int64(r.code), 10)
	body = append(body, `,"message":`...)
	body = appendJSONString(body, r.message)
	_, _ = fmt.Fprintf(w, `%s,"more_info":"https://www.twilio.com/docs/errors/%d","status":%d}`, body, r.code, r.status)
}
