package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
	"parley/internal/simulator/income"
	"parley/internal/simulator/issuer"
	cardpay "parley/internal/simulator/pay"
	"parley/templates"
)

// demo is what a demonstration adds to a gateway: imagined people, with
// telephones, mailboxes and an income.
type demo struct {
	out     io.Writer
	people  []simulator.Person
	gateway *gateway.Gateway // once it is there
	mailbox *simulator.Mailbox
	ahead   atomic.Int64 // how far its clock was put forward, in nanoseconds
}

// now is the demo's clock.
func (d *demo) now() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())) }

// forward puts the clock forward, and plans what is then due. It is never put
// back, except by another start.
func (d *demo) forward(ctx context.Context, by time.Duration) error {
	d.ahead.Add(int64(by))
	_, err := d.gateway.PlanDay(ctx)
	return err
}

// surround puts a gateway that is still to be made among imagined mail servers.
func (d *demo) surround(p *parts) error {
	relay, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening for the mailboxes: %w", err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("finding a port for email: %w", err)
	}
	p.settings.MailListen = free.Addr().String()
	_ = free.Close() // the gateway's from now on
	p.settings.MailDomain, p.settings.MailRelay, p.settings.MailPlaintext = demoMail, relay.Addr().String(), true
	d.mailbox, err = simulator.NewMailbox(simulator.MailboxConfig{
		Gateway: p.settings.MailListen, Service: "messages@" + demoMail,
		People: d.listPeople, Dialogs: d.dialogs, Start: d.start(directory.Email), Clock: time.Now, NewID: newSID,
		Elsewhere: []simulator.Link{{Name: "Telephones", Path: "/simulator/"}, {Name: "Web chat", Path: "/chat"}},
	})
	if err != nil {
		return err
	}
	go func() { _ = d.mailbox.Serve(relay) }() // ends when it is closed
	p.closing = append(p.closing, d.mailbox.Close)
	p.clock, p.resolver, p.extend = d.now, d.mailbox, d.extend
	p.staff, err = readTeams("")
	return err
}

// extend seeds the cases and adds the simulated carrier and the pages.
func (d *demo) extend(ctx context.Context, p *parts) error {
	d.gateway = p.gateway
	if err := d.seed(ctx, p); err != nil {
		return err
	}
	carrier, err := simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoNumber, GatewayURL: p.settings.PublicURL,
		Clock: time.Now, NewSID: newSID, Keywords: true, Latency: 300 * time.Millisecond,
		OnError: func(err error) { p.log.Warn("the simulated carrier met an error", "error", err) },
	})
	if err != nil {
		return err
	}
	phones, err := simulator.NewPhones(simulator.PhonesConfig{
		Twilio: carrier, People: d.listPeople, Dialogs: d.dialogs, Start: d.start(directory.SMS), Clock: d.now, Forward: d.forward,
		Elsewhere: []simulator.Link{{Name: "Mailboxes", Path: "/simulator/mailbox"}, {Name: "Web chat", Path: "/chat"}},
	})
	if err != nil {
		return err
	}
	p.closing = append(p.closing, carrier.Close)
	p.routes.Handle(demoIncome+"/", http.StripPrefix(demoIncome, incomeService()))
	cards := cardpay.New(cardpay.Config{
		URL: p.settings.PayURL, Key: p.settings.PayKey, Secret: p.settings.PaySecret, WebhookURL: p.settings.PublicURL + "/pay/webhook", NewID: newSID,
	})
	p.closing = append(p.closing, func(context.Context) error { cards.Wait(); return nil })
	p.routes.Handle(demoPay+"/", http.StripPrefix(demoPay, cards))
	p.routes.Handle("/2010-04-01/", carrier)
	p.routes.Handle("/simulator/", phones)
	p.routes.Handle("/simulator/mailbox", d.mailbox)
	p.routes.Handle("/simulator/mailbox/", d.mailbox)
	signIn, err := d.signIn(p)
	if err != nil {
		return err
	}
	p.routes.Handle(demoSignIn+"/", signIn)
	p.routes.Handle("GET /{$}", http.RedirectHandler("/simulator/", http.StatusFound))
	d.tell(p.settings.PublicURL)
	d.reload(ctx, p)
	return nil
}

func (d *demo) listPeople(context.Context) ([]simulator.Person, error) { return d.people, nil }

func (d *demo) dialogs() []simulator.DialogChoice {
	var choices []simulator.DialogChoice
	for _, dialog := range d.gateway.Dialogs() {
		choices = append(choices, simulator.DialogChoice{Name: dialog.Name, Title: dialog.Title(templates.English), For: dialog.For})
	}
	return choices
}

// start begins conversations on a channel, as a caseworker would.
func (d *demo) start(channel directory.Channel) func(ctx context.Context, person, dialog string) error {
	return func(ctx context.Context, person, dialog string) error {
		_, err := d.gateway.Start(ctx, gateway.StartRequest{Person: directory.PersonID(person), Dialog: dialog, Channel: channel, By: "demo"})
		return err
	}
}

// signIn lets whoever looks be any of the imagined staff.
func (d *demo) signIn(p *parts) (http.Handler, error) {
	var members []issuer.Member
	for _, s := range p.staff.Everybody() {
		about := string(s.Role)
		if len(s.Teams) > 0 {
			about += ", " + p.staff.Team(s.Teams[0]).Name
		}
		members = append(members, issuer.Member{ID: string(s.ID), Name: s.Name, Email: s.Email, About: about})
	}
	return issuer.New(issuer.Config{
		URL: p.settings.OIDCIssuer, ClientID: p.settings.OIDCClient, ClientSecret: p.settings.OIDCSecret,
		RedirectURLs: []string{p.settings.PublicURL + "/console/signed-in"}, Members: members, Clock: time.Now, NewToken: newSecret,
	})
}

// incomeService knows one of the imagined parents.
func incomeService() http.Handler {
	service := income.New(income.Config{ClientID: "demo", ClientSecret: demoToken, NewToken: newSID})
	service.Know("AB123456C", income.Person{TaxYear: "2025-26", TotalIncome: "32000.00", AsOf: time.Now(), Payments: []income.Payment{
		{EmployerReference: "123/A456", Frequency: "W1", Paid: time.Now().AddDate(0, 0, -7).Format(time.DateOnly), Taxable: "612.50"},
	}})
	return service
}

// newSID makes what follows the letters of a Twilio SID.
func newSID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	return hex.EncodeToString(b[:])
}

// seed puts the imagined cases and their payments into the store, as imports
// would.
func (d *demo) seed(ctx context.Context, p *parts) error {
	rows := directory.NewReader(bytes.NewReader(demoCases))
	for {
		c, err := rows.Read()
		if errors.Is(err, io.EOF) {
			debug.FreeOSMemory() // hashing PINs took 19 MiB, which the demo needs no more
			break
		}
		if err != nil {
			return fmt.Errorf("seeding: %w", err)
		}
		d.remember(c)
		if err := p.cases.PutCase(ctx, c, time.Now()); err != nil {
			return fmt.Errorf("seeding: %w", err)
		}
	}
	if _, _, err := takePayments(ctx, p.store, bytes.NewReader(demoPayments), io.Discard); err != nil {
		return fmt.Errorf("seeding: %w", err)
	}
	return nil
}

// remember keeps who has a telephone or a mailbox.
func (d *demo) remember(c directory.Case) {
	for i, party := range c.Parties() {
		person := c.People()[i]
		d.people = append(d.people, simulator.Person{
			ID: string(person.ID), Name: person.Name, Role: string(party.Role), Case: string(c.Reference),
			Number: person.Phone, Email: person.Email, Language: person.Language, PIN: person.PIN,
		})
	}
}
