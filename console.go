package main

import (
	"context"
	"fmt"
	"time"

	"parley/dialogs/understanding"
	"parley/gateway"
	"parley/internal/console"
	"parley/internal/session"
	"parley/internal/store"
	"parley/templates"
)

// openConsole serves the caseworkers' console, where the settings say who works
// where and who signs them in.
func (p *parts) openConsole() error {
	set := p.settings
	if p.staff == nil || set.OIDCIssuer == "" {
		return nil
	}
	sessions, err := p.pageSessions()
	if err != nil {
		return err
	}
	config := console.Config{
		Roster: p.staff, Access: p.gateway, Cases: p.store, Work: p.gateway, Audit: auditBook{p.store},
		SignIn:       console.SignIn{Issuer: set.OIDCIssuer, ClientID: set.OIDCClient, ClientSecret: set.OIDCSecret},
		Sessions:     sessions,
		Case:         console.CaseConfig{Records: p.store, Desk: p.gateway, Evidence: p.channels.evidence},
		Webhooks:     p.shownWebhooks(),
		Conversation: console.ConversationConfig{Conversations: p.gateway, People: p.store, Dialogs: p.gateway.Dialogs, Intents: understanding.Intents()},
		ServiceName:  map[templates.Language]string{templates.English: set.ServiceName, templates.Welsh: set.ServiceNameCY},
		PublicURL:    set.PublicURL, Assets: p.channels.assets, NewSecret: newSecret, Clock: p.now, Log: p.log,
	}
	if p.switchboard != nil {
		config.Calls = telephones{p.channels.voice, p.switchboard}
	}
	book, err := p.figureBook()
	if err != nil {
		return err
	}
	config.Figures = console.FiguresConfig{Audit: p.store, Book: book, Notices: p.gateway.Notices}
	desk, err := console.New(config)
	if err != nil {
		return err
	}
	p.closing = append(p.closing, func(context.Context) error { desk.Close(); return nil })
	p.routes.Handle("/console", desk)
	p.routes.Handle("/console/", desk)
	return nil
}

// pageSessions keep who is signed in. A page waits longer for Redis than a turn
// does: a turn can do without it.
func (p *parts) pageSessions() (*session.PageSessions, error) {
	lookup, err := p.settings.lookup()
	if err != nil {
		return nil, err
	}
	secret, others := p.settings.secrets()
	of, err := session.New(p.redis, session.Config{
		Limit: gateway.Limit{Messages: p.settings.InboundLimit, Window: inboundWindow}, Clock: time.Now,
		SecretKey: secret, OtherKeys: others, Lookup: lookup, Timeout: 2 * time.Second,
	})
	if err != nil {
		return nil, err
	}
	return session.NewPageSessions(of)
}

// auditBook writes down what staff see and do, by the real clock also where a
// demo's is ahead: what was sealed is never written to again.
type auditBook struct{ *store.Store }

// Record implements console.Audit.
func (b auditBook) Record(ctx context.Context, entries ...console.AuditEntry) error {
	kept := make([]gateway.AuditEntry, len(entries))
	for i, e := range entries {
		kept[i] = gateway.AuditEntry{
			ID: newID(), At: time.Now(), Staff: e.Staff, Action: e.Action, Case: e.Case, Person: e.Person, Conversation: e.Conversation,
			Object: e.Object, Reason: e.Reason,
		}
	}
	return b.RecordAudit(ctx, kept...)
}

// sealAudit seals what was written down, minute by minute, until ctx ends.
func (p *parts) sealAudit(ctx context.Context) {
	for again := time.NewTicker(time.Minute); ; {
		if _, err := p.store.SealAudit(ctx, time.Now()); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "the audit could not be sealed", "error", err)
		}
		select {
		case <-ctx.Done():
			again.Stop()
			return
		case <-again.C:
		}
	}
}

// employ reads who works where, and how nodes tell each other of work.
func (p *parts) employ() (gateway.News, error) {
	if p.staff == nil && p.settings.Teams != "" {
		var err error
		if p.staff, err = readTeams(p.settings.Teams); err != nil {
			return nil, err
		}
	}
	if p.staff == nil {
		return nil, nil
	}
	secret, others := p.settings.secrets()
	news, err := session.NewNews(p.redis, session.FanoutConfig{Node: newID(), SecretKey: secret, OtherKeys: others, Clock: time.Now})
	if err != nil {
		return nil, fmt.Errorf("joining the other nodes: %w", err)
	}
	return news, nil
}
