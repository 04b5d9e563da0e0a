package telemetry

import (
	"bufio"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Requests counts and times what a handler serves. The route is the pattern
// under which an http.ServeMux below it served the request, never its path.
func (m *Metrics) Requests(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		began := time.Now()
		next.ServeHTTP(answer, r)
		route := r.Pattern
		if route == "" {
			route = "none"
		}
		m.requests.WithLabelValues(route, knownMethod(r.Method), strconv.Itoa(answer.status)).Inc()
		m.requestTimes.WithLabelValues(route).Observe(time.Since(began).Seconds())
	})
}

// knownMethod keeps strangers from making labels: a request's method is
// whatever they write (RFC 9110 section 9.1).
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// An answer remembers the status that is written. Event streams still flush
// through it, and web sockets still take the connection over.
type answer struct {
	http.ResponseWriter
	status int
	wrote  bool
}

func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, status >= 200 // 1xx are not the answer yet
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(text []byte) (int, error) {
	a.wrote = true
	return a.ResponseWriter.Write(text)
}

func (a *answer) Flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() } // where it cannot flush, nothing waits

func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	a.status, a.wrote = http.StatusSwitchingProtocols, true
	return http.NewResponseController(a.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController set deadlines.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
