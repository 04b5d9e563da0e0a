package api

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// problem is an answer that says what went wrong (RFC 9457). Type is a URI
// reference that clients may rely on; openapi.json lists them all.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"` // the path of the field or parameter that is to be mended
}

// Error is for logs: it names the problem only.
func (p *problem) Error() string { return p.Type }

func newProblem(status int, name, title string) *problem {
	return &problem{Type: "/problems/" + name, Title: title, Status: status}
}

func notFound(what string) *problem {
	return newProblem(http.StatusNotFound, "not-found", "There is no such "+what+".")
}

func malformed(detail string) *problem {
	p := newProblem(http.StatusBadRequest, "malformed", "The request cannot be read.")
	p.Detail = detail
	return p
}

// invalid is a field or parameter that cannot be right; words follow its name.
func invalid(field, words string) *problem {
	return mend(newProblem(http.StatusUnprocessableEntity, "invalid", "A value cannot be right."), field, words)
}

func mend(p *problem, field, words string) *problem {
	p.Field, p.Detail = field, strings.TrimSpace(field+" "+words)
	return p
}

// unauthorized asks for a token (RFC 6750 section 3).
func unauthorized(w http.ResponseWriter, r *http.Request) *problem {
	challenge := `Bearer realm="parley"`
	if r.Header.Get("Authorization") != "" {
		challenge += `, error="invalid_token"`
	}
	w.Header().Set("WWW-Authenticate", challenge)
	return newProblem(http.StatusUnauthorized, "unauthorized", "A valid bearer token is needed.")
}

func methodNotAllowed(w http.ResponseWriter, has methods) *problem {
	allowed := slices.Sorted(maps.Keys(has))
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	return newProblem(http.StatusMethodNotAllowed, "method-not-allowed", "This cannot be done here.")
}

// inFlight is the type of the one conflict that passes by itself.
const inFlight = "/problems/idempotency-key-in-flight"

// retryAfter is when a call that may succeed later should come again.
const retryAfter = 5 // seconds

// refuse answers with a problem. What is the service's own fault goes to the
// log, not to the client.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p, ok := errors.AsType[*problem](err)
	if !ok {
		a.Log.ErrorContext(r.Context(), "an API call failed", "route", r.Pattern, "error", err)
		p = newProblem(http.StatusServiceUnavailable, "unavailable", "This cannot be done now. Nothing was changed. Try again.")
	}
	if p.Status == http.StatusServiceUnavailable || p.Type == inFlight {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	body, err := json.Marshal(p)
	if err != nil {
		a.Log.ErrorContext(r.Context(), "writing a problem", "route", r.Pattern, "error", err)
	}
	send(w, p.Status, "application/problem+json", body)
}
