package main

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
	"parley/internal/simulator/income"
	"parley/templates"
)

// demoCommand runs the whole gateway on this machine alone.
type demoCommand struct {
	Address    string `default:"127.0.0.1:8080" help:"Where to listen."`
	Fresh      bool   `help:"Forget what earlier demos stored."`
	Dialogs    string `type:"existingdir" help:"A folder of dialogs instead of Parley's own. What is saved there is in use a moment later."`
	QuietHours bool   `help:"Keep to quiet hours: begin and remind only from 8:00 to 20:00, not on Sundays or bank holidays."`
}

func (demoCommand) Help() string {
	return "Embedded stores, imagined cases and a simulated carrier: no services and no accounts are needed.\n\nExample:\n  parley demo --fresh\n  parley demo --dialogs ./my-dialogs"
}

// The demo's own account and keys. They open nothing else.
const (
	demoAccount = "AC00000000000000000000000000000000"
	demoToken   = "demotoken00000000000000000000000"
	demoNumber  = "+447700900000"
	demoSecret  = "the demo's key, which keeps no secret"
	demoAPI     = "demo-token"
	demoIncome  = "/simulator/income"
)

// demoCases are imagined: nobody is called so or has these numbers (Ofcom's
// numbers for drama).
//
//go:embed seed/cases.json
var demoCases []byte

func (c *demoCommand) Run(s *streams) error {
	set, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	set.Address = c.Address
	if err := c.configure(&set); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	d := &demo{out: s.Out, confirmed: map[string]bool{}}
	p := &parts{settings: set, log: newLogger(s, set), dialogs: c.Dialogs, extend: d.extend}
	return p.serve(ctx)
}

// configure makes the settings those of a demo, whatever the environment says
// of databases and carriers.
func (c *demoCommand) configure(set *settings) error {
	listener, err := net.Listen("tcp", set.Address)
	if err != nil {
		return fmt.Errorf("%w; --address 127.0.0.1:8081 takes another", err)
	}
	if err := listener.Close(); err != nil {
		return err
	}
	set.DataDir = filepath.Join(set.DataDir, "demo")
	if c.Fresh {
		if err := os.RemoveAll(set.DataDir); err != nil {
			return fmt.Errorf("forgetting earlier demos: %w", err)
		}
	}
	set.DatabaseURL, set.RedisURL, set.SecretKey = "", "", demoSecret
	set.PublicURL = "http://" + set.Address
	set.TwilioAPIURL, set.TwilioAccount, set.TwilioToken, set.TwilioFrom = set.PublicURL, demoAccount, demoToken, demoNumber
	set.IncomeURL, set.IncomeID, set.IncomeSecret = set.PublicURL+demoIncome, "demo", demoToken
	set.APITokens = map[string]string{"demo": demoAPI}
	if !c.QuietHours {
		set.OpenHours, set.AnyDay = directory.Hours{}, true
	}
	set.LogLevel = slog.LevelWarn
	return nil
}

// demo is what a demonstration adds to a gateway.
type demo struct {
	out       io.Writer
	mu        sync.Mutex
	confirmed map[string]bool
	people    []simulator.Person
}

func (d *demo) setConfirmed(_ context.Context, person string, on bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.confirmed[person] = on
	return nil
}

// extend seeds the cases and adds the simulated carrier and its pages.
func (d *demo) extend(ctx context.Context, p *parts) error {
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
		Twilio:  carrier,
		People:  func(context.Context) ([]simulator.Person, error) { return d.people, nil },
		Dialogs: func() []simulator.DialogChoice { return dialogChoices(p.gateway) },
		Start: func(ctx context.Context, person, dialog string) error {
			_, err := p.gateway.Start(ctx, gateway.StartRequest{Person: directory.PersonID(person), Dialog: dialog, Channel: directory.SMS, By: "demo"})
			return err
		},
		SetConfirmed: d.setConfirmed,
	})
	if err != nil {
		return err
	}
	p.closing = append(p.closing, carrier.Close)
	p.routes.Handle(demoIncome+"/", http.StripPrefix(demoIncome, incomeService()))
	p.routes.Handle("/2010-04-01/", carrier)
	p.routes.Handle("/simulator/", phones)
	p.routes.Handle("GET /{$}", http.RedirectHandler("/simulator/", http.StatusFound))
	d.tell(p.settings.PublicURL)
	d.reload(ctx, p)
	return nil
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

func dialogChoices(g *gateway.Gateway) []simulator.DialogChoice {
	var choices []simulator.DialogChoice
	for _, d := range g.Dialogs() {
		choices = append(choices, simulator.DialogChoice{Name: d.Name, Title: d.Title(templates.English), For: d.For})
	}
	return choices
}

// seed puts the imagined cases into the store, as an import would.
func (d *demo) seed(ctx context.Context, p *parts) error {
	rows := directory.NewReader(bytes.NewReader(demoCases))
	for {
		c, err := rows.Read()
		if errors.Is(err, io.EOF) {
			debug.FreeOSMemory() // hashing PINs took 19 MiB, which the demo needs no more
			return nil
		}
		if err != nil {
			return fmt.Errorf("seeding: %w", err)
		}
		if err := p.cases.PutCase(ctx, c, time.Now()); err != nil {
			return fmt.Errorf("seeding: %w", err)
		}
		for i, party := range c.Parties() {
			person := c.People()[i]
			d.people = append(d.people, simulator.Person{
				ID: string(person.ID), Name: person.Name, Role: string(party.Role), Case: string(c.Reference),
				Number: person.Phone, Language: person.Language,
			})
		}
	}
}

func (d *demo) tell(url string) {
	fmt.Fprintf(d.out, `Parley is running, with imagined cases and a simulated carrier.

  Two phones:   %[1]s/simulator/
  The API:      curl -H 'Authorization: Bearer %[2]s' '%[1]s/api/v1/reports?case=300012345678'
  Its document: %[1]s/api/v1/openapi.json
  Metrics:      %[1]s/metrics

Ctrl-C stops it. What was said is kept; --fresh forgets it.
`, url, demoAPI)
}
