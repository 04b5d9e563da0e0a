package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/gateway"
	"parley/gateway/directory"
)

// Gateway is what the API asks of the heart.
type Gateway interface {
	// Start begins a conversation or queues it. It returns one of the gateway's
	// errors for starts, or gateway.ErrDuplicate when the request's idempotency
	// key is taken.
	Start(ctx context.Context, r gateway.StartRequest) (gateway.Started, error)

	// View returns a conversation with its answers, or gateway.ErrNotFound.
	View(ctx context.Context, id gateway.ConversationID) (gateway.ConversationView, error)

	// ViewAt returns a conversation as it was after a turn, counted from 1, or
	// gateway.ErrNotFound.
	ViewAt(ctx context.Context, id gateway.ConversationID, turn int) (gateway.Moment, error)

	// TakePayments stores payments, withholds what was to be said of what they
	// pay for, and stores the row, unless that is nil. A payment whose id is
	// known is replaced. When the row's key is taken it returns
	// gateway.ErrDuplicate.
	TakePayments(ctx context.Context, payments []directory.Payment, row *gateway.IdempotentRow) error

	// Explain returns what became of the last messages to a person, up to limit,
	// the latest first, or gateway.ErrNotFound.
	Explain(ctx context.Context, person directory.PersonID, limit int) ([]gateway.Fate, error)

	// PutPlan gives a case a payment plan, has its parents told and stores the
	// row, unless that is nil. It returns the plan's number, or
	// gateway.ErrNotFound, gateway.ErrBadPlan, or gateway.ErrDuplicate.
	PutPlan(ctx context.Context, of directory.CaseReference, plan directory.Plan, row *gateway.IdempotentRow) (int, error)

	// ReachStage has people told that a case has come to a stage, each once, and
	// stores the row, unless that is nil. It returns how many are new, or
	// gateway.ErrNotFound, a *gateway.BadStage, or gateway.ErrDuplicate.
	ReachStage(ctx context.Context, of directory.CaseReference, s gateway.Stage, row *gateway.IdempotentRow) (int, error)

	// Campaigns returns the latest campaigns, Progress how far one is.
	// SetCampaign changes its state, or returns gateway.ErrCancelled. Those of one
	// return gateway.ErrNotFound when there is none of that id.
	Campaigns(ctx context.Context, limit int) ([]gateway.Campaign, error)
	Progress(ctx context.Context, id gateway.CampaignID) (gateway.Progress, error)
	SetCampaign(ctx context.Context, id gateway.CampaignID, state gateway.CampaignState) error

	// Send plans a notice for people, each once for a mailing's id, and returns
	// how many were new. It returns one of the gateway's errors for mailings.
	Send(ctx context.Context, m gateway.Mailing) (int, error)

	// DryRun tells what would become of notices, see gateway.Gateway.DryRun.
	DryRun(ctx context.Context, notice string, within time.Duration, after directory.CaseReference, limit int) ([]gateway.Foreseen, directory.CaseReference, error)
}

// Store is what the API reads and writes itself.
type Store interface {
	// Case returns a case, or gateway.ErrNotFound.
	Case(ctx context.Context, reference directory.CaseReference) (directory.Case, error)

	// PutCase replaces the PINs of a case by their hashes and stores it, new or
	// changed, in one transaction with the row, unless that is nil. When the
	// row's key is taken it returns gateway.ErrDuplicate and changes nothing.
	PutCase(ctx context.Context, c directory.Case, at time.Time, row *gateway.IdempotentRow) error

	// Reports returns the reports on a case, oldest first; none on a case that
	// is not known.
	Reports(ctx context.Context, reference directory.CaseReference) ([]gateway.Report, error)

	// Tasks returns the work items that a search finds, with where they stand.
	Tasks(ctx context.Context, s gateway.TaskSearch) ([]gateway.Task, error)

	// Idempotent returns the row of a key, or gateway.ErrNotFound.
	Idempotent(ctx context.Context, key string) (gateway.IdempotentRow, error)
}

// Config is what an API is made of. All of it is needed.
type Config struct {
	Gateway Gateway
	Store   Store
	Tokens  map[string]string // what each client shows, by the client's name
	Secret  []byte            // the service's secret, at least 32 bytes
	Clock   func() time.Time
	Log     *slog.Logger
}

// API serves the paths under /api/v1/. It is safe for concurrent use.
type API struct {
	Config
	clients clients
	keys    *idempotencyKeys
	routes  *http.ServeMux
}

// New makes an API. Without tokens it serves its document, and nobody else.
func New(c Config) (*API, error) {
	clients, err := newClients(c.Tokens)
	if err != nil {
		return nil, err
	}
	keys, err := newIdempotencyKeys(c.Secret)
	if err != nil {
		return nil, err
	}
	a := &API{Config: c, clients: clients, keys: keys, routes: http.NewServeMux()}
	a.routes.HandleFunc("GET /api/v1/openapi.json", serveDocument)
	a.handle("/api/v1/cases/{reference}", methods{http.MethodPut: a.once(write{a.putCase, casePut})})
	a.handle("/api/v1/cases/{reference}/plan", methods{http.MethodPut: a.once(write{a.putPlan, planStored})})
	a.handle("/api/v1/cases/{reference}/stages", methods{http.MethodPost: a.once(write{a.reachStage, planStored})})
	a.handle("/api/v1/conversations", methods{http.MethodPost: a.once(write{a.startConversation, conversationStarted})})
	a.handle("/api/v1/conversations/{id}", methods{http.MethodGet: a.conversation})
	a.handle("/api/v1/conversations/{id}/turns/{turn}", methods{http.MethodGet: a.conversationAt})
	a.handle("/api/v1/payments", methods{http.MethodPost: a.once(write{a.putPayments, paymentsStored})})
	a.handle("/api/v1/campaigns", methods{http.MethodGet: a.campaigns})
	a.handle("/api/v1/campaigns/dry-run", methods{http.MethodGet: a.dryRun})
	a.handle("/api/v1/campaigns/{id}", methods{http.MethodGet: a.campaign, http.MethodPut: a.putCampaign, http.MethodPatch: a.setCampaign})
	a.handle("/api/v1/people/{id}/messages", methods{http.MethodGet: a.fates})
	a.handle("/api/v1/reports", methods{http.MethodGet: a.reports})
	a.handle("/api/v1/work-items", methods{http.MethodGet: a.workItems})
	a.handle("/api/v1/", nil)
	return a, nil
}

// ServeHTTP serves one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.routes.ServeHTTP(w, r) }

// call is one request of an authorized client.
type call struct {
	*http.Request
	client string
	body   []byte                 // JSON; of writes only
	row    *gateway.IdempotentRow // to be stored with what the call does; nil: no key came
}

// endpoint answers a call. An error that is no *problem is the service's own.
type endpoint func(*call) (reply, error)

// methods are a path's endpoints; nil: there is no such path.
type methods map[string]endpoint

// reply is an answer with a JSON body.
type reply struct {
	status   int
	body     []byte
	location string
}

func (a *API) handle(pattern string, methods methods) {
	a.routes.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		answer, err := a.answer(w, r, methods)
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		if answer.location != "" {
			w.Header().Set("Location", answer.location)
		}
		send(w, answer.status, "application/json", answer.body)
	})
}

func (a *API) answer(w http.ResponseWriter, r *http.Request, methods methods) (reply, error) {
	client, ok := a.clients.authorize(r)
	if !ok {
		return reply{}, unauthorized(w, r)
	}
	if methods == nil {
		return reply{}, notFound("path")
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet // net/http leaves out the body
	}
	serve, ok := methods[method]
	if !ok {
		return reply{}, methodNotAllowed(w, methods)
	}
	c := &call{Request: r, client: client}
	if method != http.MethodGet {
		var err error
		if c.body, err = readBody(w, r); err != nil {
			return reply{}, err
		}
	}
	return serve(c)
}

// send writes an answer. What the API tells is personal: no cache keeps it.
func send(w http.ResponseWriter, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client is gone: there is nobody to tell
}

// query reads the parameters of a request, each at most once, and refuses
// those it has no name for: a slip would widen what is asked for.
func (c *call) query(names ...string) (map[string]string, error) {
	values := map[string]string{}
	for name, given := range c.URL.Query() {
		if !slices.Contains(names, name) {
			return nil, invalid(name, fmt.Sprintf("is not a parameter; these are: %s", strings.Join(names, ", ")))
		}
		switch {
		case len(given) > 1:
			return nil, invalid(name, "is there twice")
		case !isName(given[0]):
			return nil, invalid(name, nameForm)
		}
		values[name] = given[0]
	}
	return values, nil
}

const nameForm = "must be one line of up to 200 bytes"

// isName reports whether a text may be the name of something: every store can
// look for it. Nothing is a name too.
func isName(text string) bool {
	return len(text) <= 200 && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
