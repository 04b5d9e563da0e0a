// Package income is a far side for demonstrations and tests: a small income
// service in the manner of HMRC's Individuals Income API, with OAuth 2.0
// client credentials (RFC 6749 section 4.4), matching by National Insurance
// number, the latest tax year and current pay, and, on request, its bad days.
//
// It is a handler and listens nowhere itself; it keeps everything in memory
// and is no part of a service in use.
package income

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Config is who may ask.
type Config struct {
	ClientID     string
	ClientSecret string
	NewToken     func() string // makes access tokens and match ids, each a new one
}

// Person is what the service knows of someone. Amounts are pounds as text.
type Person struct {
	TaxYear     string // "2025-26"; "": no tax year is known
	TotalIncome string
	AsOf        time.Time
	Payments    []Payment
}

// Payment is one payment by an employer.
type Payment struct {
	EmployerReference string
	Frequency         string // W1, W2, W4, M1, MA, IO, IR …
	Paid              string // 2026-10-30
	Taxable           string
}

// Fault is what goes wrong with a request.
type Fault struct {
	Status     int           // answered with this status; 0: answered well
	RetryAfter string        // said with it
	Body       string        // said in place of an answer, with Status 200
	Delay      time.Duration // before anything else, or until the caller gives up
	Times      int           // for how many requests; then all is well
}

// Emulator is the service.
type Emulator struct {
	config Config
	routes *http.ServeMux

	mu      sync.Mutex
	people  map[string]Person // by National Insurance number
	matches map[string]string // National Insurance numbers by match id
	tokens  map[string]bool
	fault   Fault
	asked   []string
}

// New makes a service that knows no one.
func New(config Config) *Emulator {
	e := &Emulator{
		config:  config,
		routes:  http.NewServeMux(),
		people:  make(map[string]Person),
		matches: make(map[string]string),
		tokens:  make(map[string]bool),
	}
	e.routes.HandleFunc("POST /oauth/token", e.token)
	e.routes.HandleFunc("POST /individuals/matching", e.known(e.match))
	e.routes.HandleFunc("GET /individuals/income/latest-tax-year", e.known(e.latestTaxYear))
	e.routes.HandleFunc("GET /individuals/income/paye", e.known(e.paye))
	return e
}

// Know tells the service about a person.
func (e *Emulator) Know(nationalInsuranceNumber string, person Person) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.people[nationalInsuranceNumber] = person
}

// SetFault sets what goes wrong from now on. The zero Fault heals the service.
func (e *Emulator) SetFault(fault Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.fault = fault
}

// Revoke makes every token given so far worthless.
func (e *Emulator) Revoke() {
	e.mu.Lock()
	defer e.mu.Unlock()
	clear(e.tokens)
}

// Asked lists the method and address of every request so far.
func (e *Emulator) Asked() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string(nil), e.asked...)
}

// ServeHTTP answers one request.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := e.meet(r)
	if fault.Delay > 0 && !wait(r, fault.Delay) {
		return
	}
	switch {
	case fault.Status == 0:
		e.routes.ServeHTTP(w, r)
	case fault.Status == http.StatusOK:
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(fault.Body)) // a caller who has gone is no fault of ours
	default:
		if fault.RetryAfter != "" {
			w.Header().Set("Retry-After", fault.RetryAfter)
		}
		refuse(w, fault.Status, "SERVER_ERROR")
	}
}

// wait waits, and tells whether the caller waited too. The server notices a
// caller who has gone only once the question is read.
func wait(r *http.Request, delay time.Duration) bool {
	question, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(question))
	select {
	case <-time.After(delay):
		return true
	case <-r.Context().Done():
		return false
	}
}

// meet notes a request and gives the fault it meets.
func (e *Emulator) meet(r *http.Request) Fault {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, r.Method+" "+r.URL.String())
	fault := e.fault
	if e.fault.Times > 0 {
		if e.fault.Times--; e.fault.Times == 0 {
			e.fault = Fault{}
		}
	}
	return fault
}

func (e *Emulator) token(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("grant_type") != "client_credentials" || r.FormValue("client_id") != e.config.ClientID ||
		r.FormValue("client_secret") != e.config.ClientSecret {
		refuse(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	e.mu.Lock()
	token := e.config.NewToken()
	e.tokens[token] = true
	e.mu.Unlock()
	answer(w, map[string]any{"access_token": token, "token_type": "bearer", "expires_in": 14400, "scope": r.FormValue("scope")})
}

// known lets only those through who bring a token that was given.
func (e *Emulator) known(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		e.mu.Lock()
		good := bearer && e.tokens[token]
		e.mu.Unlock()
		if !good {
			refuse(w, http.StatusUnauthorized, "INVALID_CREDENTIALS")
			return
		}
		next(w, r)
	}
}

func (e *Emulator) match(w http.ResponseWriter, r *http.Request) {
	var question struct{ Nino string }
	if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
		refuse(w, http.StatusBadRequest, "INVALID_REQUEST")
		return
	}
	e.mu.Lock()
	_, found := e.people[question.Nino]
	id := e.config.NewToken()
	e.matches[id] = question.Nino
	e.mu.Unlock()
	if !found {
		refuse(w, http.StatusNotFound, "MATCHING_FAILED")
		return
	}
	answer(w, map[string]any{"matchId": id})
}

func (e *Emulator) matched(r *http.Request) Person {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.people[e.matches[r.URL.Query().Get("matchId")]]
}

func (e *Emulator) latestTaxYear(w http.ResponseWriter, r *http.Request) {
	person := e.matched(r)
	if person.TaxYear == "" {
		refuse(w, http.StatusNotFound, "NOT_FOUND")
		return
	}
	answer(w, map[string]any{"taxYear": person.TaxYear, "totalIncome": json.Number(person.TotalIncome), "asOf": person.AsOf})
}

func (e *Emulator) paye(w http.ResponseWriter, r *http.Request) {
	person := e.matched(r)
	if len(person.Payments) == 0 {
		refuse(w, http.StatusNotFound, "NOT_FOUND")
		return
	}
	var income []map[string]any
	for _, p := range person.Payments {
		income = append(income, map[string]any{
			"employerPayeReference": p.EmployerReference, "payFrequency": p.Frequency,
			"paymentDate": p.Paid, "taxablePay": json.Number(p.Taxable),
		})
	}
	answer(w, map[string]any{"income": income})
}

func answer(w http.ResponseWriter, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		refuse(w, http.StatusInternalServerError, "INTERNAL_SERVER_ERROR")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // a caller who has gone is no fault of ours
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"code":"` + code + `"}`))
}
