package main

import (
	"context"
	"crypto"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"time"

	"parley/channels/email"
)

// mail is the email channel with the server that takes what people answer.
type mail struct {
	channel *email.Channel
	server  *email.Server
}

// newMail makes the channel; nil when the settings name no relay.
func newMail(set settings, log *slog.Logger) (*mail, error) {
	if set.MailRelay == "" {
		return nil, nil
	}
	var key crypto.Signer // nil: the relay signs
	if set.DKIMKey != "" {
		var err error
		if key, err = email.ParseSigningKey([]byte(set.DKIMKey)); err != nil {
			return nil, fmt.Errorf("reading PARLEY_DKIM_KEY: %w", err)
		}
	}
	lookup, err := set.lookup()
	if err != nil {
		return nil, err
	}
	channel, err := email.New(email.Config{
		Domain: set.MailDomain, Relay: set.MailRelay, User: set.MailUser, Password: set.MailPassword, Plaintext: set.MailPlaintext,
		SigningKey: key, Selector: set.DKIMSelector, PublicURL: set.PublicURL, Secret: lookup,
		Log: log, Clock: time.Now,
	})
	if err != nil {
		return nil, err
	}
	return &mail{channel: channel}, nil
}

// takeMail listens for email where the settings say, until the process stops.
func (p *parts) takeMail(ctx context.Context) error {
	m, set := p.channels.mail, p.settings
	if m == nil {
		return nil
	}
	p.onStop(func(context.Context) { m.channel.Close() })
	config := email.ServerConfig{Receiver: p.gateway, Evidence: p.channels.evidence, Resolver: p.resolver, Front: set.MailFront}
	if set.MailCertificate != "" {
		certificate, err := tls.X509KeyPair([]byte(set.MailCertificate), []byte(set.MailKey))
		if err != nil {
			return fmt.Errorf("reading PARLEY_MAIL_CERTIFICATE: %w", err)
		}
		config.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	}
	var err error
	if m.server, err = m.channel.NewServer(config); err != nil {
		return err
	}
	p.closing = append(p.closing, m.server.Shutdown)
	for _, door := range []struct {
		address string
		serve   func(net.Listener) error
	}{{set.MailListen, m.server.Serve}, {set.MailLMTP, m.server.ServeLMTP}} {
		if door.address == "" {
			continue
		}
		listener, err := net.Listen("tcp", door.address)
		if err != nil {
			return fmt.Errorf("listening for email: %w", err)
		}
		go func() {
			if err := door.serve(listener); err != nil {
				p.log.ErrorContext(ctx, "the mail server has ended", "error", err)
			}
		}()
	}
	return nil
}
