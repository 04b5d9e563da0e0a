package console

import (
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// How long somebody stays signed in: without asking for a page, and in all
// (NIST SP 800-63B-4 section 2.2.3: 1 hour and 24 hours at most; ours are
// shorter, for screens that others pass).
const (
	idleLife  = 30 * time.Minute
	wholeLife = 12 * time.Hour
)

// What a session holds, each a text.
const (
	staffKey    = "staff"
	tokenKey    = "token" // of its forms
	languageKey = "language"
	presenceKey = "presence"
	flashKey    = "flash"  // what the next page says first
	returnKey   = "return" // the page that sign-in was for
	stateKey    = "state"
	nonceKey    = "nonce"
	verifierKey = "verifier"
)

func newSessions(c Config) *scs.SessionManager {
	s := scs.New()
	s.Store, s.HashTokenInStore = c.Sessions, true
	s.IdleTimeout, s.Lifetime = idleLife, wholeLife
	s.Cookie.Name, s.Cookie.Secure, s.Cookie.Persist = "console", c.secure(), false
	if c.secure() {
		s.Cookie.Name = "__Host-console" // browsers refuse one that another host sets
	}
	return s
}

// withSession loads each request's session and keeps it alive. What a page's
// script asks for on its own is no sign that anybody is there.
func (c *Console) withSession(next http.Handler) http.Handler {
	c.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		c.config.Log.WarnContext(r.Context(), "the console has no sessions", "error", err)
		w.Header().Set("Retry-After", "5")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		if once, ok := w.(*refusable); ok {
			once.refused = true
		}
	}
	kept := c.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !onItsOwn(r) {
			kept.ServeHTTP(&refusable{ResponseWriter: w}, r)
			return
		}
		ctx, err := c.sessions.Load(r.Context(), c.sessionToken(r))
		if err != nil {
			c.sessions.ErrorFunc(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// refusable is an answer that nothing follows once it has said that there are no
// sessions: what was drawn of the page before its session could not be kept.
type refusable struct {
	http.ResponseWriter
	refused bool
}

func (a *refusable) WriteHeader(status int) {
	if !a.refused {
		a.ResponseWriter.WriteHeader(status)
	}
}

func (a *refusable) Write(content []byte) (int, error) {
	if a.refused {
		return len(content), nil
	}
	return a.ResponseWriter.Write(content)
}

// Unwrap is for http.ResponseController.
func (a *refusable) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// onItsOwn reports whether a page's script asks, without anybody's doing.
func onItsOwn(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Parley-Live") != ""
}

// sessionToken is the one that a request brings, "" without one.
func (c *Console) sessionToken(r *http.Request) string {
	cookie, err := r.Cookie(c.sessions.Cookie.Name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// A request is one with who makes it.
type request struct {
	*http.Request
	Staff    *directory.Staff // nil: nobody has signed in
	Language templates.Language

	console  *Console
	route    route
	token    string   // of the session's forms
	topics   []string // what the page shows anew when it changes: see watch
	recorded bool     // the audit knows
}

// newRequest finds who makes a request, and in what language they read.
func (c *Console) newRequest(r *http.Request, one *route) *request {
	made := &request{Request: r, console: c, Language: languageOf(r)}
	if one != nil {
		made.route = *one
	}
	ctx := r.Context()
	made.token = c.sessions.GetString(ctx, tokenKey)
	if id := c.sessions.GetString(ctx, staffKey); id != "" {
		made.Staff = c.config.Roster.Staff(directory.StaffID(id)) // nil: they have left
	}
	if made.Staff != nil && made.Staff.Language != "" {
		made.Language = made.Staff.Language
	}
	if chosen := templates.Language(c.sessions.GetString(ctx, languageKey)); chosen != "" {
		made.Language = chosen
	}
	return made
}

// languageOf is the one that a page before sign-in is in: as asked for, else as
// the browser prefers.
func languageOf(r *http.Request) templates.Language {
	asked := templates.Language(r.URL.Query().Get("language"))
	if asked == templates.Welsh || asked == "" && strings.HasPrefix(r.Header.Get("Accept-Language"), string(templates.Welsh)) {
		return templates.Welsh
	}
	return templates.English
}

// presence is what somebody chose to be while a page of theirs is open.
func (r *request) presence() gateway.Presence {
	if chosen := r.console.sessions.GetString(r.Context(), presenceKey); chosen != "" {
		return gateway.Presence(chosen)
	}
	return gateway.Available
}

// flash has the next page begin with a sentence.
func (r *request) flash(key string, args ...any) {
	r.console.sessions.Put(r.Context(), flashKey, r.say(key, args...))
}

// takeFlash is that sentence, once.
func (r *request) takeFlash() string {
	if onItsOwn(r.Request) {
		return ""
	}
	return r.console.sessions.PopString(r.Context(), flashKey)
}
