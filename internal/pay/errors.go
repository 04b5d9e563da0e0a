package pay

import (
	"net/http"
	"strconv"

	"parley/gateway"
)

// Error is an answer of GOV.UK Pay that is none of those hoped for. Its codes
// are listed under "API error codes" in the documentation.
type Error struct {
	Doing  string
	Status int    // of HTTP
	Code   string // P0101 and the like; empty when there was none
}

func (e *Error) Error() string {
	return "GOV.UK Pay: " + e.Doing + ": status " + strconv.Itoa(e.Status) + " " + e.Code
}

// Unwrap is what the caller of the gateway decides by.
func (e *Error) Unwrap() error {
	switch {
	case e.Status == http.StatusNotFound:
		return gateway.ErrNotFound
	case e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status < 300:
		return gateway.ErrPayerAway
	}
	return nil // our own fault: the key, or what we asked
}
