package console

import (
	"fmt"
	"net/http"
	"time"
	_ "time/tzdata" // Europe/London must be there on any machine

	"github.com/alexedwards/scs/v2"

	"parley/internal/web"
	"parley/templates"
)

// Console serves the staff's pages. It is safe for concurrent use.
type Console struct {
	config   Config
	london   *time.Location
	pages    map[templates.Language]web.Pages
	sessions *scs.SessionManager
	issuer   issuer
	streams  *streams
	sights   sights
	ours     *http.CrossOriginProtection
	handler  http.Handler
}

// New makes a console. It calls nobody: the issuer is asked when somebody signs
// in. Close ends it.
func New(config Config) (*Console, error) {
	checked, err := config.checked()
	if err != nil {
		return nil, fmt.Errorf("make the console: %w", err)
	}
	c := &Console{config: checked, ours: http.NewCrossOriginProtection(), streams: newStreams()}
	if c.london, err = time.LoadLocation("Europe/London"); err != nil {
		return nil, fmt.Errorf("make the console: %w", err)
	}
	c.sessions = newSessions(checked)
	if c.pages, err = c.parsePages(); err != nil {
		return nil, fmt.Errorf("make the console: %w", err)
	}
	c.handler = c.routed()
	return c, nil
}

// ServeHTTP serves everything under /console.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	web.Secure(w.Header())
	c.handler.ServeHTTP(w, r)
}

// Close ends the streams of open pages, which then ask another node, so that
// those who wait for all requests to end do not wait for them.
func (c *Console) Close() { c.streams.close() }
