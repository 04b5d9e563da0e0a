package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/api"
)

var at = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// house is an API on a server of its own. Around it are a gateway and a store
// in memory that keep the promises of the API's interfaces.
type house struct {
	url  string
	logs *bytes.Buffer

	mu       sync.Mutex
	starts   []gateway.StartRequest
	startErr error
	entered  chan struct{} // when not nil: Start says that it has begun, and
	proceed  chan struct{} // waits for this
	views    map[gateway.ConversationID]gateway.ConversationView
	viewErr  error
	fates    []gateway.Fate
	cases    map[directory.CaseReference]directory.Case
	puts     int
	plans    int
	payments []directory.Payment
	storeErr error
	rows     map[string]gateway.IdempotentRow
	hidden   bool // the row of a key is not seen before the key is taken
	reports  map[directory.CaseReference][]gateway.Report
	items    []gateway.Task

	campaigns map[gateway.CampaignID]gateway.Progress
	mailings  []gateway.Mailing
	sendErr   error
	foreseen  []gateway.Foreseen
	search    gateway.TaskSearch
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := emptyHouse()
	server := httptest.NewServer(h.handler(t))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

func emptyHouse() *house {
	return &house{
		logs:  &bytes.Buffer{},
		cases: map[directory.CaseReference]directory.Case{}, rows: map[string]gateway.IdempotentRow{},
		views: map[gateway.ConversationID]gateway.ConversationView{}, reports: map[directory.CaseReference][]gateway.Report{},
		campaigns: map[gateway.CampaignID]gateway.Progress{},
	}
}

func (h *house) handler(t testing.TB) http.Handler {
	t.Helper()
	handler, err := api.New(api.Config{
		Gateway: h, Store: h, Tokens: map[string]string{"caseworkers": "token-1", "letters": "token-2"},
		Secret: bytes.Repeat([]byte("s"), 32), Clock: func() time.Time { return at },
		Log: slog.New(slog.NewTextHandler(h.logs, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

func (h *house) Start(_ context.Context, r gateway.StartRequest) (gateway.Started, error) {
	if h.entered != nil {
		h.entered <- struct{}{}
		<-h.proceed
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.startErr != nil {
		return gateway.Started{}, h.startErr
	}
	started := gateway.Started{Conversation: gateway.ConversationID(fmt.Sprintf("conversation-%d", len(h.starts)+1)), Phase: gateway.Open}
	if r.Idempotency != nil {
		row := *r.Idempotency
		row.Answer = started.JSON()
		if err := h.keep(&row); err != nil {
			return gateway.Started{}, err
		}
	}
	h.starts = append(h.starts, r)
	return started, nil
}

func (h *house) keep(row *gateway.IdempotentRow) error {
	if row == nil {
		return nil
	}
	if _, taken := h.rows[row.Key]; taken {
		return fmt.Errorf("commit: %w", gateway.ErrDuplicate)
	}
	h.rows[row.Key] = *row
	return nil
}

func (h *house) ViewAt(_ context.Context, id gateway.ConversationID, turn int) (gateway.Moment, error) {
	v, ok := h.views[id]
	if !ok || turn != v.Turn {
		return gateway.Moment{}, gateway.ErrNotFound
	}
	return gateway.Moment{Turn: turn, At: at, Waits: "pay", Answers: v.Answers}, h.viewErr
}

func (h *house) View(_ context.Context, id gateway.ConversationID) (gateway.ConversationView, error) {
	if v, ok := h.views[id]; ok {
		return v, nil
	}
	if h.viewErr != nil {
		return gateway.ConversationView{}, h.viewErr
	}
	return gateway.ConversationView{}, fmt.Errorf("read: %w", gateway.ErrNotFound)
}

func (h *house) Explain(_ context.Context, person directory.PersonID, _ int) ([]gateway.Fate, error) {
	if person != "P1" {
		return nil, fmt.Errorf("look: %w", gateway.ErrNotFound)
	}
	return h.fates, h.viewErr
}

func (h *house) Case(_ context.Context, reference directory.CaseReference) (directory.Case, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.cases[reference]
	if !ok {
		return c, fmt.Errorf("read: %w", gateway.ErrNotFound)
	}
	return c, nil
}

func (h *house) PutCase(_ context.Context, c directory.Case, _ time.Time, row *gateway.IdempotentRow) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.storeErr != nil {
		return h.storeErr
	}
	if err := h.keep(row); err != nil {
		return err
	}
	h.puts++
	h.cases[c.Reference] = c
	return nil
}

func (h *house) TakePayments(_ context.Context, payments []directory.Payment, row *gateway.IdempotentRow) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.storeErr != nil {
		return h.storeErr
	}
	if err := h.keep(row); err != nil {
		return err
	}
	h.payments = append(h.payments, payments...)
	return nil
}

func (h *house) Reports(_ context.Context, reference directory.CaseReference) ([]gateway.Report, error) {
	return h.reports[reference], h.storeErr
}

func (h *house) Tasks(_ context.Context, s gateway.TaskSearch) ([]gateway.Task, error) {
	h.search = s
	return h.items, h.storeErr
}

func (h *house) Idempotent(_ context.Context, key string) (gateway.IdempotentRow, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	row, ok := h.rows[key]
	if !ok || h.hidden {
		h.hidden = false
		return gateway.IdempotentRow{}, fmt.Errorf("read: %w", gateway.ErrNotFound)
	}
	return row, nil
}

// answer is what came back from a call.
type answer struct {
	status int
	header http.Header
	body   string
}

// problem reads a problem answer.
func (a answer) problem(t *testing.T) (kind, field string) {
	t.Helper()
	var p struct {
		Type, Title, Detail, Field string
		Status                     int
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%s %q is no problem: %v", a.header.Get("Content-Type"), a.body, err)
	}
	if p.Status != a.status || p.Title == "" {
		t.Errorf("problem %q has the status %d in an answer of %d", a.body, p.Status, a.status)
	}
	return strings.TrimPrefix(p.Type, "/problems/"), p.Field
}

// call sends a request as the client "caseworkers", with headers as name and
// value in turn, and holds the answer to the document.
func (h *house) call(t *testing.T, method, path, body string, headers ...string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer token-1")
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if request.Header.Set(headers[i], headers[i+1]); headers[i+1] == "" {
			request.Header.Del(headers[i])
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	holdToDocument(t, request, response, text)
	if got := response.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("%s %s may be cached: %q", method, path, got)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// documented reads the document once for all tests.
var documented = sync.OnceValues(func() (routers.Router, error) {
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		return nil, err
	}
	if err := document.Validate(context.Background()); err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(document)
})

// holdToDocument fails when an answer is not as the document says. What it
// does not describe (no such path, another method) is left.
func holdToDocument(t *testing.T, request *http.Request, response *http.Response, body []byte) {
	t.Helper()
	router, err := documented()
	if err != nil {
		t.Fatal(err)
	}
	route, parameters, err := router.FindRoute(request)
	if err != nil {
		return
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: request, PathParams: parameters, Route: route},
		Status:                 response.StatusCode, Header: response.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	input.SetBodyBytes(body)
	if request.Method == http.MethodHead {
		return
	}
	if err := openapi3filter.ValidateResponse(t.Context(), input); err != nil {
		t.Errorf("%s %s: the document says otherwise: %v", request.Method, request.URL.Path, err)
	}
}
