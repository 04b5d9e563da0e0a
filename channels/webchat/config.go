package webchat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley/gateway"
	"parley/internal/web"
	"parley/templates"
)

// What a Config has when it does not say.
const (
	defaultExit     = "https://www.bbc.co.uk/weather"
	defaultPatience = 2 * time.Second
)

// Config says where web chat is and what it is given. What has no comment
// about being optional is needed.
type Config struct {
	Visits   Visits
	Evidence gateway.Evidence // nil: no files are taken
	Payments Payments         // nil: nobody pays here

	ServiceName    map[templates.Language]string // shown above the page, except to the discreet
	PublicURL      string                        // where browsers reach us, without a path: https://chat.example
	AllowedOrigins []string                      // sites whose pages may hold the chat: https://www.example
	ExitURL        string                        // where "Exit this page" goes; empty: the BBC's weather

	// Client names whoever makes a request, for limits. Nil: the address of
	// the connection. Behind a load balancer it must read what that one adds.
	Client func(*http.Request) string

	Assets    *web.Assets
	NewSecret func() string // 128 bits or more that nobody can guess, as letters, digits, - and _
	Clock     func() time.Time
	Log       *slog.Logger

	Patience time.Duration // how long a page waits for an answer before it is shown without; 0: 2 s
}

// Visits is what sending needs of the store. See gateway.Visits.
type Visits interface {
	VisitByID(ctx context.Context, id gateway.VisitID) (gateway.Visit, error)
	Show(ctx context.Context, id gateway.VisitID, e gateway.Entry) (gateway.Entry, error)
}

// checked returns the configuration with its defaults, or what is wrong with it.
func (c Config) checked() (Config, error) {
	c.ExitURL = cmp.Or(c.ExitURL, defaultExit)
	c.Patience = cmp.Or(c.Patience, defaultPatience)
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if c.Client == nil {
		c.Client = peer
	}
	if c.Visits == nil || c.Assets == nil || c.NewSecret == nil || c.Clock == nil || c.Log == nil {
		return c, errors.New("the configuration is incomplete")
	}
	for _, language := range templates.Languages() {
		if c.ServiceName[language] == "" {
			return c, fmt.Errorf("the service has no name in language %q", language)
		}
	}
	for _, origin := range append([]string{c.PublicURL}, c.AllowedOrigins...) {
		if !isOrigin(origin) {
			return c, fmt.Errorf("%q is not an origin like https://chat.example", origin)
		}
	}
	if exit, err := url.Parse(c.ExitURL); err != nil || exit.Scheme != "https" || exit.Host == "" {
		return c, fmt.Errorf("%q is not an https address to exit to", c.ExitURL)
	}
	return c, nil
}

// isOrigin reports whether a text is a web origin (RFC 6454) as browsers write
// it, which also makes it fit for a Content-Security-Policy.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		text == u.Scheme+"://"+u.Host && !strings.ContainsAny(text, " ;,*'\"")
}

// secure reports whether browsers reach us over TLS.
func (c Config) secure() bool { return strings.HasPrefix(c.PublicURL, "https:") }

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
