package console

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/web"
	"parley/templates"
)

// Config says where the console is and what it is given. What has no comment
// about being optional is needed.
type Config struct {
	Roster *directory.Roster
	Access Access
	Cases  Cases
	Work   Work
	Audit  Audit

	Calls Calls // nil: nobody answers the telephone

	// What each group of pages needs of its own.
	Case         CaseConfig
	Conversation ConversationConfig
	Figures      FiguresConfig
	Webhooks     WebhooksConfig

	SignIn   SignIn
	Sessions scs.CtxStore // of signed-in browsers; every node's the same

	ServiceName map[templates.Language]string
	PublicURL   string // where browsers reach us, without a path: https://parley.example
	Assets      *web.Assets
	NewSecret   func() string // 128 bits or more that nobody can guess, as letters, digits, - and _
	Clock       func() time.Time
	Log         *slog.Logger
}

// SignIn is the OpenID Connect provider that knows the staff.
type SignIn struct {
	Issuer       string // its URL, below which /.well-known/openid-configuration is
	ClientID     string
	ClientSecret string
	Client       *http.Client // nil: one that waits 10 seconds at most
}

// Access decides who may see a case.
type Access interface {
	// MaySee reports whether somebody may see a case, and whether they must give
	// a reason first: it is not their own or their team's, and they have not
	// opened it yet.
	MaySee(ctx context.Context, by directory.StaffID, reference directory.CaseReference) (may, reasonNeeded bool, err error)
	// OpenCase keeps the reason for which somebody opens a case.
	OpenCase(ctx context.Context, by directory.StaffID, reference directory.CaseReference, reason string) error
}

// Cases are the records. Handlers ask Access first.
type Cases interface {
	Case(ctx context.Context, reference directory.CaseReference) (directory.Case, error)
}

// AuditEntry is that somebody saw or did something. What it is about is named
// by ids; fields that do not apply are empty.
type AuditEntry struct {
	At           time.Time
	Staff        directory.StaffID
	Action       string // "saw case", "accepted"
	Case         directory.CaseReference
	Person       directory.PersonID
	Conversation gateway.ConversationID
	Object       string // the id of anything else
	Reason       string // that they gave
}

// Audit keeps what staff saw and did, for ever.
type Audit interface {
	// Record returns once the entries are kept. What cannot be recorded is not
	// shown and not done.
	Record(ctx context.Context, entries ...AuditEntry) error
}

// checked returns the configuration with its defaults, or what is wrong with it.
func (c Config) checked() (Config, error) {
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if c.SignIn.Client == nil {
		c.SignIn.Client = &http.Client{Timeout: 10 * time.Second}
	}
	if c.Roster == nil || c.Access == nil || c.Cases == nil || c.Work == nil || c.Audit == nil || c.Sessions == nil ||
		c.Conversation.Conversations == nil || c.Conversation.People == nil || c.Conversation.Dialogs == nil || len(c.Conversation.Intents) == 0 ||
		c.Assets == nil || c.NewSecret == nil || c.Clock == nil || c.Log == nil {
		return c, errors.New("the configuration is incomplete")
	}
	for _, language := range templates.Languages() {
		if c.ServiceName[language] == "" {
			return c, fmt.Errorf("the service has no name in language %q", language)
		}
	}
	for _, intent := range c.Conversation.Intents {
		if _, ok := allWords["intent."+intent]; !ok {
			return c, fmt.Errorf("there are no words for intent %q", intent)
		}
	}
	for _, address := range []string{c.PublicURL, c.SignIn.Issuer} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return c, fmt.Errorf("%q is not an address like https://parley.example", address)
		}
	}
	if c.SignIn.ClientID == "" || c.SignIn.ClientSecret == "" {
		return c, errors.New("sign-in needs a client id and a client secret")
	}
	return c, nil
}

// secure reports whether browsers reach us over TLS.
func (c Config) secure() bool { return strings.HasPrefix(c.PublicURL, "https:") }
