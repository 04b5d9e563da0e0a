package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/internal/session"
)

// doctorCommand says whether everything a gateway needs is there.
type doctorCommand struct {
	Before bool `help:"Before a gateway is started: do not ask whether one runs."`
}

// Help shows how the command is used.
func (doctorCommand) Help() string {
	return "Looks at the settings, the dialogs, the database, Redis, what else is set up (the mail relay, the virus scanner) and the gateway at PARLEY_ADDRESS, and changes nothing. The exit status is 1 when something is not well, so that it can watch a container.\n\nExample:\n  parley doctor --before"
}

// doctorTimeout is for each thing that is looked at.
const doctorTimeout = 3 * time.Second

// errEmbedded is what a check answers that has nothing of its own to look at.
var errEmbedded = errors.New("embedded in the gateway")

// Run prints one line for each thing and ends with errAnswerIsNo when any is
// not well.
func (c *doctorCommand) Run(s *streams) error {
	set, err := readSettings(os.Environ())
	if err == nil {
		err = set.needSecret()
	}
	well := s.check("settings", err)
	well = s.check("dialogs", checkDialogs()) && well
	if err == nil {
		well = s.check("database", bounded(set.checkDatabase)) && well
		well = s.check("redis", bounded(set.checkRedis)) && well
		if set.MailRelay != "" {
			well = s.check("relay", bounded(set.checkRelay)) && well
		}
		if set.Clamd != "" {
			well = s.check("scanner", bounded(set.checkScanner)) && well
		}
		if !c.Before {
			well = s.check("gateway", bounded(set.checkGateway)) && well
		}
	}
	if !well {
		return errAnswerIsNo
	}
	return nil
}

// check prints what was found of a thing and reports whether it is well.
func (s *streams) check(thing string, err error) bool {
	switch {
	case err == nil:
		fmt.Fprintf(s.Out, "%-9s ok\n", thing)
	case errors.Is(err, errEmbedded):
		fmt.Fprintf(s.Out, "%-9s ok, %v\n", thing, err)
	default:
		fmt.Fprintf(s.Out, "%-9s not well: %v\n", thing, err)
		return false
	}
	return true
}

func bounded(check func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), doctorTimeout)
	defer cancel()
	return check(ctx)
}

func checkDialogs() error {
	problems, err := dialogs.Check(scripts.FS)
	switch {
	case err != nil:
		return err
	case len(problems) > 0:
		return fmt.Errorf("%d problems: parley dialogs check lists them", len(problems))
	}
	return nil
}

// checkDatabase leaves an SQLite file to the gateway, since opening it migrates
// it.
func (s settings) checkDatabase(ctx context.Context) error {
	if !s.postgres() {
		return errEmbedded
	}
	database, err := openStore(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(database.Ready(ctx), database.Close())
}

func (s settings) checkRedis(ctx context.Context) error {
	switch {
	case s.RedisURL == "" && s.postgres():
		return errors.New("PARLEY_DATABASE_URL needs PARLEY_REDIS_URL beside it")
	case s.RedisURL == "":
		return errEmbedded
	}
	client, err := session.Connect(s.RedisURL)
	if err != nil {
		return err
	}
	return errors.Join(client.Ping(ctx).Err(), client.Close())
}

// checkRelay looks whether the server that takes our email is there.
func (s settings) checkRelay(ctx context.Context) error {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", s.MailRelay)
	if err != nil {
		return err
	}
	return connection.Close()
}

// checkScanner has something harmless scanned.
func (s settings) checkScanner(ctx context.Context) error {
	_, err := scannerOf(s.Clamd).Scan(ctx, []byte("nothing"))
	return err
}

// checkGateway asks the gateway of this machine whether it is ready.
func (s settings) checkGateway(ctx context.Context) error {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost" // it listens everywhere
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", response.Status)
	}
	return nil
}
