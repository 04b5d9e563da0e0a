package main

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"parley/gateway/directory"
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
	demoMail    = "parley.example" // nobody's domain (RFC 2606)
	demoPay     = "/simulator/pay"
	demoSignIn  = "/simulator/sign-in"
)

// demoCases are imagined: nobody is called so or has these numbers (Ofcom's
// numbers for drama).
//
//go:embed seed/cases.json
var demoCases []byte

// demoPayments are what was received on them.
//
//go:embed seed/payments.csv
var demoPayments []byte

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
	d := &demo{out: s.Out}
	p := &parts{settings: set, log: newLogger(s, set), dialogs: c.Dialogs}
	if err := d.surround(p); err != nil {
		return err
	}
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
	set.PayURL, set.PayKey, set.PaySecret = set.PublicURL+demoPay, demoToken, demoSecret
	set.OIDCIssuer, set.OIDCClient, set.OIDCSecret = set.PublicURL+demoSignIn, "parley", demoToken
	set.LettersDir = filepath.Join(set.DataDir, "letters")
	set.LettersSender = []string{"Child Maintenance Service", "1 Example Street", "Leeds LS1 1AA", "Call 0113 496 0000"}
	set.LettersSenderCY = []string{"Gwasanaeth Cynhaliaeth Plant", "1 Example Street", "Leeds LS1 1AA", "Ffoniwch 0113 496 0000"}
	set.APITokens = map[string]string{"demo": demoAPI}
	if !c.QuietHours {
		set.OpenHours, set.AnyDay = directory.Hours{}, true
	}
	set.LogLevel = slog.LevelWarn
	return nil
}

func (d *demo) tell(url string) {
	fmt.Fprintf(d.out, `Parley is running, with imagined cases, a simulated carrier and mailboxes.

  Two phones:   %[1]s/simulator/
  Mailboxes:    %[1]s/simulator/mailbox
  Web chat:     %[1]s/chat
  The console:  %[1]s/console/
  The API:      curl -H 'Authorization: Bearer %[2]s' '%[1]s/api/v1/reports?case=300012345678'
  Its document: %[1]s/api/v1/openapi.json
  Metrics:      %[1]s/metrics

Ctrl-C stops it. What was said is kept; --fresh forgets it.
`, url, demoAPI)
}
