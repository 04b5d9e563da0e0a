package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"parley/channels/email"
	"parley/dialogs"
	"parley/dialogs/understanding"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/internal/api"
	"parley/internal/income"
	"parley/internal/jobs"
	"parley/internal/session"
	"parley/internal/store"
	"parley/internal/telemetry"
	"parley/templates/notices"
)

// serveCommand runs the gateway.
type serveCommand struct{}

func (serveCommand) Help() string {
	return "Settings come from the environment, each also from a file named by the variable with _FILE after it:\n\n" + settingsHelp() +
		"\nExample:\n  PARLEY_SECRET_KEY_FILE=key.txt PARLEY_DATABASE_URL=postgres://… PARLEY_REDIS_URL=redis://… parley serve"
}

func (serveCommand) Run(s *streams) error {
	set, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &parts{settings: set, log: newLogger(s, set)}
	return p.serve(ctx)
}

func newLogger(s *streams, set settings) *slog.Logger {
	return telemetry.NewLogger(s.Err, set.LogLevel)
}

// parts are the pieces of one gateway process: serve makes them in order and
// stops them in reverse.
type parts struct {
	settings    settings
	log         *slog.Logger
	metrics     *telemetry.Metrics
	tracing     *telemetry.Tracing // nil: nothing is followed
	store       *store.Store
	cases       *caseKeeper
	redis       redis.UniversalClient
	sessions    *session.Sessions
	channels    channels
	switchboard *gateway.Switchboard // nil: nobody answers the telephone
	cashier     *gateway.Cashier     // nil: nobody pays by card
	staff       *directory.Roster    // nil: nobody is told to work
	gateway     *gateway.Gateway
	routes      *http.ServeMux
	dialogs     string // a folder of dialogs instead of Parley's own, which a demo looks at again and again
	// What a demo adds: a clock that can be put forward, the DNS of its imagined
	// domains, and routes of its own once everything is wired. All may be nil.
	clock    func() time.Time
	resolver email.Resolver
	extend   func(ctx context.Context, p *parts) error

	closing []func(context.Context) error // called while requests are still served
	undo    []func(context.Context)
}

// now is the time of whatever people are told and records say.
func (p *parts) now() time.Time {
	if p.clock != nil {
		return p.clock()
	}
	return time.Now()
}

// onStop adds what undoes a part.
func (p *parts) onStop(f func(context.Context)) { p.undo = append(p.undo, f) }

// serve runs until ctx ends, then finishes what is under way.
func (p *parts) serve(ctx context.Context) error {
	defer p.stop(ctx)
	for _, start := range []func(context.Context) error{
		p.openTracing, p.openStore, p.openSessions, p.makeChannels, p.makeGateway, p.route, p.runChannels, p.deliver,
	} {
		if err := start(ctx); err != nil {
			return err
		}
	}
	return p.listen(ctx)
}

// stop undoes what was started, last first, within the shutdown time.
func (p *parts) stop(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.settings.ShutdownTimeout)
	defer cancel()
	for i := len(p.undo) - 1; i >= 0; i-- {
		p.undo[i](ctx)
	}
}

func (p *parts) openStore(ctx context.Context) error {
	if err := p.settings.needSecret(); err != nil {
		return err
	}
	opened, err := openStore(ctx, p.settings)
	if err != nil {
		return err
	}
	p.store = opened
	p.onStop(func(context.Context) { _ = p.store.Close() })
	if !p.settings.postgres() { // PostgreSQL is migrated by parley migrate only
		if err := jobs.Migrate(ctx, p.store.Writer(), false); err != nil {
			return err
		}
	}
	p.cases, err = newCaseKeeper(p.store, p.settings)
	return err
}

// openStore opens the system of record that the settings name.
func openStore(ctx context.Context, set settings) (*store.Store, error) {
	database := set.DatabaseURL
	if database == "" {
		if err := os.MkdirAll(set.DataDir, 0o700); err != nil {
			return nil, fmt.Errorf("making the data folder: %w", err)
		}
		database = filepath.Join(set.DataDir, "parley.db")
	}
	timers, err := jobs.NewTimers(set.postgres())
	if err != nil {
		return nil, err
	}
	lookup, err := set.lookup()
	if err != nil {
		return nil, err
	}
	secret, others := set.secrets()
	return store.Open(ctx, database, store.Config{
		Secret: secret, OtherSecrets: others, Lookup: lookup, Timers: timers.Set, Connections: set.Connections, Events: set.Webhooks.Wanted(),
	})
}

// inboundWindow is the window of the inbound limit.
const inboundWindow = time.Hour

func (p *parts) openSessions(context.Context) error {
	address := p.settings.RedisURL
	if address == "" {
		if p.settings.DatabaseURL != "" {
			return errors.New("PARLEY_DATABASE_URL without PARLEY_REDIS_URL: nodes that share a database must share their sessions")
		}
		embedded, closed, err := session.Embed()
		if err != nil {
			return err
		}
		address = embedded
		p.onStop(func(context.Context) { closed() })
	}
	client, err := session.Connect(address)
	if err != nil {
		return err
	}
	p.redis = client
	redis.SetLogger(redisLog{p.log})
	p.onStop(func(context.Context) { _ = client.Close() })
	lookup, err := p.settings.lookup()
	if err != nil {
		return err
	}
	secret, others := p.settings.secrets()
	p.sessions, err = session.New(client, session.Config{
		Limit:     gateway.Limit{Messages: p.settings.InboundLimit, Window: inboundWindow},
		Clock:     time.Now,
		SecretKey: secret, OtherKeys: others, Lookup: lookup,
	})
	return err
}

// redisLog is where the Redis client complains: that Redis is away shows in
// what asks it.
type redisLog struct{ *slog.Logger }

// Printf leaves out what may be in the arguments.
func (l redisLog) Printf(ctx context.Context, format string, _ ...any) {
	l.DebugContext(ctx, "the Redis client complains", "about", format)
}

func (p *parts) makeGateway(ctx context.Context) error {
	all, err := dialogs.Load(dialogFolder(p.dialogs))
	if err != nil {
		return err
	}
	p.routes, p.metrics = http.NewServeMux(), telemetry.NewMetrics()
	sources, err := incomeSources(p.settings)
	if err != nil {
		return err
	}
	lookup, err := p.settings.lookup()
	if err != nil {
		return err
	}
	pins, err := directory.PINKey(lookup)
	if err != nil {
		return err
	}
	words, rules, err := dueNotices(p.settings)
	if err != nil {
		return err
	}
	news, err := p.employ()
	if err != nil {
		return err
	}
	model, err := understanding.New()
	if err != nil {
		return err
	}
	uuid.EnableRandPool()
	p.gateway, err = gateway.New(gateway.Config{
		Store: p.store, Sessions: p.sessions, Dialogs: all,
		Channels: p.channels.list(), Understanding: reader{model}, IncomeSources: sources,
		PINKey: pins, LinkURL: p.settings.PublicURL + "/chat/l/", NewSecret: newSecret,
		Clock: p.now, NewID: newID, Log: p.log, Metrics: p.metrics,
		OpenHours: p.settings.OpenHours, AnyDay: p.settings.AnyDay, Sends: p.settings.Sends, Turns: 2 * p.settings.Connections,
		Notices: words, Schedule: rules, PerSecond: p.settings.perSecond(), Rates: p.sessions,
		Staff: p.staff, News: news, Tracer: p.tracer(),
	})
	if err != nil {
		return err
	}
	p.openDoors()
	return p.openTill(ctx)
}

// dueNotices are the words of all notices, and the rules of when they are due.
func dueNotices(set settings) ([]*notices.Notice, *schedule.Schedule, error) {
	words, err := notices.Load(notices.FS)
	if err != nil {
		return nil, nil, err
	}
	rules, err := schedule.Shipped(schedule.Settings{Grace: set.GraceDays, Least: set.LeastAmount, On: set.Notices})
	return words, rules, err
}

// incomeSources are those that come before the case record.
func incomeSources(set settings) ([]gateway.IncomeSource, error) {
	if set.IncomeURL == "" {
		return nil, nil
	}
	source, err := income.New(income.Config{URL: set.IncomeURL, ClientID: set.IncomeID, ClientSecret: set.IncomeSecret, Now: time.Now})
	if err != nil {
		return nil, err
	}
	return []gateway.IncomeSource{income.Lookup{Source: source}}, nil
}

// newID makes ids that are unique everywhere and sort by time (RFC 9562).
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// reader hands the model to the gateway as its Understanding.
type reader struct{ *understanding.Reader }

func (u reader) Read(text string) gateway.Reading {
	r := u.Reader.Read(text)
	return gateway.Reading{
		Intent: r.Intent, Confidence: r.Confidence, Alternatives: r.Alternatives, Doubt: r.Doubt, Others: r.Others,
		Passing: !r.Firm, Elsewhere: r.Whose == understanding.OtherPerson, Own: r.Whose == understanding.Own, Language: r.Language,
		Wish: string(r.Wish), Pointer: string(r.Pointer), Danger: gateway.Danger(r.Danger), Worry: gateway.Danger(r.Worry),
	}
}

func (p *parts) route(ctx context.Context) error {
	p.routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	p.routes.HandleFunc("GET /readyz", p.ready)
	p.routes.Handle("GET /metrics", p.metrics.Handler())
	lookup, err := p.settings.lookup()
	if err != nil {
		return err
	}
	doors, err := api.New(api.Config{
		Gateway: p.gateway, Store: apiStore{p.store, p.cases}, Tokens: p.settings.APITokens,
		Secret: lookup, Clock: p.now, Log: p.log,
	})
	if err != nil {
		return err
	}
	p.routes.Handle("/api/v1/", doors)
	if err := p.openConsole(); err != nil {
		return err
	}
	if p.extend != nil {
		return p.extend(ctx, p)
	}
	return nil
}

// ready answers whether the store is there and migrated. Redis may be away
// without a node being unready: the store's copy of the sessions serves.
func (p *parts) ready(w http.ResponseWriter, r *http.Request) {
	if err := p.store.Ready(r.Context()); err != nil {
		p.log.WarnContext(r.Context(), "not ready", "error", err)
		http.Error(w, "the store does not answer, or is not migrated", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// deliver starts what works without being asked, once the store is there: the
// pump and the jobs.
func (p *parts) deliver(ctx context.Context) error {
	timers, err := jobs.New(jobs.Config{
		Database: p.store.Writer(), Postgres: p.settings.postgres(), Waker: p.gateway, Planner: p.gateway, Clock: p.now, Log: p.log,
	})
	if err != nil {
		return err
	}
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() {
		if !p.whenReady(background, timers) {
			return
		}
		running.Go(func() { p.gateway.Desk(background) })
		running.Go(func() { p.gateway.Listen(background) })
		running.Go(func() { p.sealAudit(background) })
		running.Go(func() { p.prune(background) })
		running.Go(func() { p.countFigures(background) })
		running.Go(func() { p.sendWebhooks(background) })
		running.Go(func() { p.watchOutbox(background) })
		p.gateway.Pump(background)
	})
	p.onStop(func(ctx context.Context) {
		if err := timers.Stop(ctx); err != nil {
			p.log.WarnContext(ctx, "stopping the jobs", "error", err)
		}
		cancel()
		running.Wait()
	})
	return nil
}

// whenReady keeps the dialogs' sources and starts the jobs as soon as the store
// takes them, and reports whether that came before the end.
func (p *parts) whenReady(ctx context.Context, timers *jobs.Jobs) bool {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		err := p.gateway.Prepare(ctx)
		if err == nil {
			err = timers.Start(ctx)
		}
		if err == nil {
			return true
		}
		p.log.WarnContext(ctx, "the store is not ready yet", "error", err)
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}
