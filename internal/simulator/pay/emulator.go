package pay

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Config is who may ask, and who is called.
type Config struct {
	URL        string // where the emulator is reached, without a / at its end
	Key        string // the API key
	Secret     string // that webhooks are signed with
	WebhookURL string // empty: nobody is called
	NewID      func() string
}

// Payment is one payment, as the emulator keeps it.
type Payment struct {
	ID          string
	Key         string // its idempotency key
	Amount      int64  // pence
	Reference   string
	Description string
	ReturnURL   string
	Language    string
	Status      string // created, success, failed or cancelled
}

// finished reports whether nothing more comes of the payment.
func (p Payment) finished() bool { return p.Status != created }

// What becomes of payments.
const (
	created   = "created"
	succeeded = "success"
	failed    = "failed"
	cancelled = "cancelled"
)

// Fault is what goes wrong with requests to the API.
type Fault struct {
	Status int           // answered with this status; 0: answered well
	Body   string        // said in place of an answer
	Delay  time.Duration // before the answer, with all done by then
	Times  int           // for how many requests; then all is well
}

// Emulator is GOV.UK Pay.
type Emulator struct {
	config Config
	routes *http.ServeMux
	calls  sync.WaitGroup

	mu       sync.Mutex
	payments map[string]*Payment
	order    []string
	fault    Fault
}

// New makes an emulator without payments.
func New(config Config) *Emulator {
	e := &Emulator{config: config, routes: http.NewServeMux(), payments: map[string]*Payment{}}
	e.routes.HandleFunc("POST /v1/payments", e.known(e.create))
	e.routes.HandleFunc("GET /v1/payments/{id}", e.known(e.find))
	e.routes.HandleFunc("GET /pay/{id}", e.page)
	e.routes.HandleFunc("POST /pay/{id}", e.finish)
	return e
}

// ServeHTTP answers one request.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.routes.ServeHTTP(w, r) }

// SetFault sets what goes wrong from now on. The zero Fault heals the emulator.
func (e *Emulator) SetFault(fault Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.fault = fault
}

// Payments lists the payments, the first first.
func (e *Emulator) Payments() []Payment {
	e.mu.Lock()
	defer e.mu.Unlock()
	var list []Payment
	for _, id := range e.order {
		list = append(list, *e.payments[id])
	}
	return list
}

// known lets only those through who bring the key, and has them meet the fault.
func (e *Emulator) known(next func(http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+e.config.Key {
			refuse(w, http.StatusUnauthorized, "P0920")
			return
		}
		fault := e.meet()
		switch {
		case fault.Body != "":
			w.WriteHeader(fault.Status)
			_, _ = w.Write([]byte(fault.Body)) // a caller who has gone is no fault of ours
			return
		case fault.Status != 0:
			refuse(w, fault.Status, "P0999")
			return
		}
		if fault.Delay > 0 {
			w = &late{ResponseWriter: w, by: fault.Delay}
		}
		next(w, r)
	}
}

// late answers late, with all done before.
type late struct {
	http.ResponseWriter
	by time.Duration
}

func (l *late) WriteHeader(status int) {
	time.Sleep(l.by)
	l.ResponseWriter.WriteHeader(status)
}

func (e *Emulator) meet() Fault {
	e.mu.Lock()
	defer e.mu.Unlock()
	fault := e.fault
	if e.fault.Times > 0 {
		if e.fault.Times--; e.fault.Times == 0 {
			e.fault = Fault{}
		}
	}
	return fault
}

// link is what a description and a reference must not hold.
var link = regexp.MustCompile(`https?://|www\.`)

func (e *Emulator) create(w http.ResponseWriter, r *http.Request) {
	var p struct {
		Amount      int64  `json:"amount"`
		Reference   string `json:"reference"`
		Description string `json:"description"`
		ReturnURL   string `json:"return_url"`
		Language    string `json:"language"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&p); err != nil {
		refuse(w, http.StatusBadRequest, "P0100")
		return
	}
	switch {
	case p.Reference == "" || p.Description == "" || p.ReturnURL == "":
		refuse(w, http.StatusBadRequest, "P0101")
		return
	case p.Amount < 1 || p.Amount > 10_000_000 || len(p.Reference) > 255 || len(p.Description) > 255 ||
		link.MatchString(p.Reference+" "+p.Description) || !strings.HasPrefix(p.ReturnURL, "http") || p.Language != "en" && p.Language != "cy":
		refuse(w, http.StatusUnprocessableEntity, "P0102")
		return
	}
	made := e.keep(Payment{
		Key: r.Header.Get("Idempotency-Key"), Amount: p.Amount, Reference: p.Reference, Description: p.Description,
		ReturnURL: p.ReturnURL, Language: p.Language, Status: created,
	})
	e.answer(w, http.StatusCreated, made)
}

// keep keeps a new payment, or finds that which was made with the same key.
func (e *Emulator) keep(p Payment) Payment {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, known := range e.payments {
		if p.Key != "" && known.Key == p.Key {
			return *known
		}
	}
	p.ID = e.config.NewID()
	e.payments[p.ID] = &p
	e.order = append(e.order, p.ID)
	return p
}

func (e *Emulator) payment(id string) (Payment, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p, ok := e.payments[id]
	if !ok {
		return Payment{}, false
	}
	return *p, true
}

func (e *Emulator) find(w http.ResponseWriter, r *http.Request) {
	p, ok := e.payment(r.PathValue("id"))
	if !ok {
		refuse(w, http.StatusNotFound, "P0200")
		return
	}
	e.answer(w, http.StatusOK, p)
}

func (e *Emulator) answer(w http.ResponseWriter, status int, p Payment) {
	links := map[string]any{"self": map[string]string{"href": e.config.URL + "/v1/payments/" + p.ID, "method": "GET"}}
	if !p.finished() {
		links["next_url"] = map[string]string{"href": e.config.URL + "/pay/" + p.ID, "method": "GET"}
	}
	text, err := json.Marshal(map[string]any{
		"payment_id": p.ID, "amount": p.Amount, "reference": p.Reference, "description": p.Description, "language": p.Language,
		"return_url": p.ReturnURL, "state": map[string]any{"status": p.Status, "finished": p.finished()}, "_links": links,
	})
	if err != nil {
		refuse(w, http.StatusInternalServerError, "P0198")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // a caller who has gone is no fault of ours
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"code":"` + code + `","description":"as asked"}`))
}
