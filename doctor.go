package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

// doctorCommand says whether everything a gateway needs is there, and how to
// mend what is not.
type doctorCommand struct {
	Before bool `help:"Before a gateway is started: do not ask whether one runs."`
	Quick  bool `help:"Ask only whether the gateway of this machine is ready, for what watches a container."`

	Patience time.Duration `default:"3s" help:"How long to wait for each thing."`
}

// Help shows how the command is used.
func (doctorCommand) Help() string {
	return "Looks at the settings, the dialogs, the database, its keys, Redis, the clocks, the disk, what else is set up (the mail relay and the domain's DNS records, the virus scanner), the gateway at PARLEY_ADDRESS and whether PARLEY_PUBLIC_URL leads to it. It changes nothing, and says of each thing that is not well how to mend it. The exit status is 1 when something is not well.\n\nExample:\n  parley doctor --before"
}

// errEmbedded is what a check answers that has nothing of its own to look at.
var errEmbedded = errors.New("embedded in the gateway")

// ailment is something that is not well, with what an operator does about it.
type ailment struct {
	err  error
	mend string
}

func (a *ailment) Error() string { return a.err.Error() }
func (a *ailment) Unwrap() error { return a.err }

// ails adds to an error how to mend it; nil stays nil.
func ails(err error, mend string, args ...any) error {
	if err == nil {
		return nil
	}
	return &ailment{err, fmt.Sprintf(mend, args...)}
}

// examination is one thing that is looked at.
type examination struct {
	thing string
	look  func(context.Context) error
}

// Run prints what was found of each thing and ends with errAnswerIsNo when any
// is not well.
func (c *doctorCommand) Run(s *streams) error {
	set, err := readSettings(os.Environ())
	if err == nil {
		err = set.needSecret()
	}
	well := s.check("settings", ails(err, "Correct it where the gateway gets its environment: parley serve --help tells of every setting."))
	if !c.Quick {
		well = s.check("dialogs", checkDialogs()) && well
	}
	if err == nil {
		for _, e := range c.examinations(set) {
			well = s.check(e.thing, c.bounded(e.look)) && well
		}
	}
	if !well {
		return errAnswerIsNo
	}
	return nil
}

// examinations are what the settings give reason to look at.
func (c *doctorCommand) examinations(set settings) (list []examination) {
	if c.Quick {
		return []examination{{"gateway", set.checkGateway}}
	}
	list = []examination{
		{"database", set.checkDatabase}, {"redis", set.checkRedis},
		{"clocks", func(ctx context.Context) error { return set.checkClocks(ctx, time.Now) }},
		{"disk", func(context.Context) error { return set.checkDisk(leastRoom) }},
	}
	if set.MailRelay != "" {
		list = append(list, examination{"relay", set.checkRelay},
			examination{"dns", func(ctx context.Context) error { return set.checkDNS(ctx, net.DefaultResolver) }})
	}
	if set.Clamd != "" {
		list = append(list, examination{"scanner", set.checkScanner})
	}
	if !c.Before {
		list = append(list, examination{"gateway", set.checkGateway}, examination{"public", set.checkPublic})
	}
	return list
}

// check prints what was found of a thing, each fault with how to mend it, and
// reports whether it is well.
func (s *streams) check(thing string, err error) bool {
	switch {
	case err == nil:
		fmt.Fprintf(s.Out, "%-9s ok\n", thing)
	case errors.Is(err, errEmbedded):
		fmt.Fprintf(s.Out, "%-9s ok, %v\n", thing, err)
	default:
		for _, fault := range faultsIn(err) {
			fmt.Fprintf(s.Out, "%-9s not well: %v\n", thing, fault)
			var a *ailment
			if errors.As(fault, &a) {
				fmt.Fprintf(s.Out, "%-9s mend: %s\n", "", a.mend)
			}
		}
		return false
	}
	return true
}

// faultsIn are the errors that were joined into one.
func faultsIn(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	return []error{err}
}

func (c *doctorCommand) bounded(look func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), c.Patience)
	defer cancel()
	return look(ctx)
}

func checkDialogs() error {
	problems, err := dialogs.Check(scripts.FS)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%d problems", len(problems))
	}
	return ails(err, "parley dialogs check lists them with their lines.")
}
