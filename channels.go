package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"parley/channels/letter"
	"parley/channels/notify"
	"parley/channels/sms"
	"parley/channels/voice"
	"parley/channels/webchat"
	"parley/gateway"
	"parley/internal/evidence"
	"parley/internal/session"
	"parley/internal/web"
	"parley/templates"
)

// channels are the ways to reach people that the settings name. What the
// settings do not name is nil; web chat is always there.
type channels struct {
	sms      *sms.Channel
	notify   *notify.Channel // the second provider of texts
	shifting *gateway.Shifting
	chat     *webchat.Chat
	mail     *mail
	letters  *letter.Channel
	voice    *voice.Channel
	evidence *evidence.Keeper
	assets   *web.Assets
}

// list is what the gateway sends through.
func (c *channels) list() []gateway.Channel {
	var list []gateway.Channel
	switch {
	case c.shifting != nil:
		list = append(list, c.shifting)
	case c.sms != nil:
		list = append(list, c.sms)
	}
	if c.mail != nil {
		list = append(list, c.mail.channel)
	}
	if c.letters != nil {
		list = append(list, c.letters)
	}
	if c.voice != nil {
		list = append(list, c.voice)
	}
	return append(list, c.chat)
}

func (p *parts) makeChannels(ctx context.Context) error {
	set := p.settings
	if set.TwilioAccount == "" && set.MailRelay == "" {
		return errors.New("neither PARLEY_TWILIO_ACCOUNT_SID nor PARLEY_SMTP_RELAY is set: there is no way to reach anybody")
	}
	var err error
	if p.channels.evidence, err = newEvidence(set, p.store); err != nil {
		return err
	}
	if err := p.makeTexts(); err != nil {
		return err
	}
	if p.channels.mail, err = newMail(set, p.log); err != nil {
		return err
	}
	if err := p.makeVoice(); err != nil {
		return err
	}
	if err := p.makeLetters(); err != nil {
		return err
	}
	if err := p.makeCashier(); err != nil {
		return err
	}
	return p.makeChat(ctx)
}

// makeTexts sets up Twilio and, where there is a second provider, what shifts
// texts between the two.
func (p *parts) makeTexts() error {
	set, c := p.settings, &p.channels
	if set.TwilioAccount == "" {
		return nil
	}
	var err error
	c.sms, err = sms.New(sms.Config{
		AccountSID: set.TwilioAccount, AuthToken: set.TwilioToken, From: set.TwilioFrom, DiscreetFrom: set.TwilioDiscreet,
		APIURL: set.TwilioAPIURL, PublicURL: set.PublicURL, Keywords: sms.Keywords(set.TwilioKeywords), Clock: time.Now,
		Connections: max(64, set.Sends),
	})
	if err != nil || set.NotifyKey == "" {
		return err
	}
	c.notify, err = notify.New(notify.Config{
		APIKey: set.NotifyKey, Template: set.NotifyTemplate, Sender: set.NotifySender, Callback: set.NotifyCallback,
		APIURL: set.NotifyURL, Clock: time.Now,
	})
	if err != nil {
		return err
	}
	c.shifting, err = gateway.NewShifting(c.sms, c.notify, time.Now)
	return err
}

// makeLetters leaves letters in a folder, where the settings name one.
func (p *parts) makeLetters() error {
	set := p.settings
	if set.LettersDir == "" {
		return nil
	}
	if err := os.MkdirAll(set.LettersDir, 0o700); err != nil {
		return fmt.Errorf("making the folder for letters: %w", err)
	}
	var err error
	p.channels.letters, err = letter.New(letter.Config{
		Dir: set.LettersDir, People: p.store, Clock: p.now,
		Sender: map[templates.Language][]string{templates.English: set.LettersSender, templates.Welsh: set.LettersSenderCY},
	})
	return err
}

func (p *parts) makeChat(ctx context.Context) error {
	assets, err := web.NewAssets()
	if err != nil {
		return err
	}
	if !assets.Built() {
		p.log.WarnContext(ctx, "the pages' styles and scripts were not built (make assets): they are plain, and work")
	}
	set := p.settings
	p.channels.assets = assets
	p.channels.chat, err = webchat.New(webchat.Config{
		Visits: p.store, Evidence: p.channels.evidence,
		ServiceName: map[templates.Language]string{templates.English: set.ServiceName, templates.Welsh: set.ServiceNameCY},
		Payments:    p.payments(),
		PublicURL:   set.PublicURL, AllowedOrigins: set.ChatOrigins, ExitURL: set.ChatExit, Client: clientOf(set.ClientHeader),
		Assets: assets, NewSecret: newSecret, Clock: p.now, Log: p.log,
	})
	return err
}

// clientOf names who makes a request: by the header that the load balancer in
// front of us sets, whose last word is its own, or by the connection.
func clientOf(header string) func(*http.Request) string {
	if header == "" {
		return nil
	}
	return func(r *http.Request) string {
		said := r.Header.Get(header)
		return strings.TrimSpace(said[strings.LastIndex(said, ",")+1:])
	}
}

// newSecret makes what nobody can guess: 160 bits.
func newSecret() string {
	var b [20]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// newEvidence keeps files beside the embedded database, or where the settings
// say.
func newEvidence(set settings, known gateway.Files) (*evidence.Keeper, error) {
	lookup, err := set.lookup()
	if err != nil {
		return nil, err
	}
	secret, others := set.secrets()
	c := evidence.Config{Dir: set.EvidenceDir, Secret: secret, OtherSecrets: others, Lookup: lookup, Files: known, Clock: time.Now, NewID: newID}
	if c.Dir == "" {
		c.Dir = filepath.Join(set.DataDir, "evidence")
	}
	if set.Clamd != "" {
		c.Scanner = scannerOf(set.Clamd)
	}
	return evidence.New(c)
}

// scannerOf is clamd at host:port, or at the path of its socket.
func scannerOf(address string) evidence.Clamd {
	if strings.HasPrefix(address, "/") {
		return evidence.Clamd{Network: "unix", Address: address}
	}
	return evidence.Clamd{Network: "tcp", Address: address}
}

// openDoors serves what the outside calls.
func (p *parts) openDoors() {
	if c := p.channels.sms; c != nil {
		p.routes.Handle("/twilio/", c.Handler(p.gateway))
	}
	if c := p.channels.notify; c != nil {
		p.routes.Handle("/notify/", c.Handler(p.gateway))
	}
	if c := p.channels.mail; c != nil {
		p.routes.Handle("/email/", c.channel.Handler(p.gateway))
	}
	p.takeCalls()
	chat := p.channels.chat.Handler(p.gateway)
	p.routes.Handle("/chat", chat)
	p.routes.Handle("/chat/", chat)
	p.routes.Handle(web.Path, p.channels.assets)
}

// runChannels keeps live connections and the mail server going until the
// process stops.
func (p *parts) runChannels(ctx context.Context) error {
	secret, others := p.settings.secrets()
	fanout, err := session.NewFanout(p.redis, session.FanoutConfig{Node: newID(), SecretKey: secret, OtherKeys: others, Clock: time.Now})
	if err != nil {
		return err
	}
	live, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { p.channels.chat.Run(live, webchat.Live{Fanout: fanout, Rates: p.sessions}) })
	p.closing = append(p.closing, func(context.Context) error { // while requests are still served: pages are told to come back
		cancel()
		running.Wait()
		return nil
	})
	p.seeToCalls(ctx)
	return p.takeMail(ctx)
}
