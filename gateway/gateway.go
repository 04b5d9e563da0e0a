package gateway

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/gateway/routes"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// Config is what a Gateway is made of. Everything that has no comment about
// being optional is needed.
type Config struct {
	Store         Store
	Sessions      Sessions
	Dialogs       []*dialogs.Dialog // the versions that new conversations begin on
	Channels      []Channel
	Understanding Understanding
	Clock         func() time.Time
	NewID         func() string // UUIDv7: unique, and sorting by time
	Log           *slog.Logger
	Metrics       Metrics
	Tracer        Tracer // nil: nothing is followed

	// IncomeSources are asked in order for what a parent earns; the case
	// record comes after them.
	IncomeSources []IncomeSource

	// Notices are those that can be sent, and Schedule says when they are due.
	// Without a Schedule none is of itself.
	Notices  []*notices.Notice
	Schedule *schedule.Schedule

	// OpenHours are the hours, Europe/London, in which we may begin or remind;
	// outside them it is quiet. The zero value is the whole day.
	OpenHours directory.Hours
	// AnyDay also allows Sundays and bank holidays.
	AnyDay bool

	// Staff is who works where; nil when nobody does, and then no work is routed
	// or offered. News carries changes of work between nodes; nil when this one
	// is alone.
	Staff *directory.Roster
	News  News

	// Welcome is the dialog that answers whoever writes, or comes to web chat,
	// about nothing that another takes; "welcome" when empty.
	Welcome string

	// Survey is the dialog that asks how it was, once somebody has got what they
	// came for in web chat; "survey" when empty.
	Survey string

	// PINKey is directory.PINKey of the service's secret: with it people show
	// in web chat who they are.
	PINKey []byte
	// LinkURL is where one-time links lead, up to their secret, which NewSecret
	// makes: 128 bits or more that nobody can guess, as letters, digits, - and
	// _. Without a LinkURL no message has a link.
	LinkURL   string
	NewSecret func() string

	// Lease is how long a claimed message is one node's own, 30 seconds when
	// zero; Sends is how many messages this node sends at once by each channel,
	// 32 when zero.
	Lease time.Duration
	Sends int

	// Turns is how many turns of what comes in this node makes at once, 32 when
	// zero: twice as many as its store has connections keep those busy. TurnWait
	// is how long a message waits for its turn, 3 seconds when zero, before it is
	// kept to be finished later.
	Turns    int
	TurnWait time.Duration

	// PerSecond is how many messages all nodes together may send by a channel in
	// a second; one that it does not name sends as fast as its provider takes
	// them. Rates shares it among the nodes; nil when this one is alone.
	PerSecond map[directory.Channel]int
	Rates     Rates
}

// Metrics counts what the heart does. All methods are quick and safe for
// concurrent use.
type Metrics interface {
	TurnCommitted(dialog, outcome string, took time.Duration)
	MessageReceived(channel, outcome string)
	MessageSettled(channel, status string)
	MessageSent(channel, id string, waited time.Duration) // by its provider taken, this long after it could be sent
	MessageAnswered(channel, id string)                   // by its provider, with a later word
	StepReached(dialog, step string)                      // a question is asked for the first time
	StepLeft(dialog, step string)                         // a conversation ends where no answer came
	GateDecided(action, reason string)
	PumpQueue(claimed int)
}

// Gateway is the heart. It is safe for concurrent use.
type Gateway struct {
	Config
	library   *library
	calendar  *calendar
	channels  map[directory.Channel]Channel
	notices   map[string]*notices.Notice
	pump      *pump
	door      *door
	targets   targets
	simple    simpleChanges
	desk      *desk
	routes    *routes.Table
	signposts *routes.Signposts
}

// New makes a gateway. It begins nothing: Prepare, then Pump.
func New(c Config) (*Gateway, error) {
	if c.Lease == 0 {
		c.Lease = 30 * time.Second
	}
	if c.Sends == 0 {
		c.Sends = 32
	}
	c.Turns, c.TurnWait = cmp.Or(c.Turns, 32), cmp.Or(c.TurnWait, 3*time.Second)
	c.Welcome, c.Survey = cmp.Or(c.Welcome, "welcome"), cmp.Or(c.Survey, "survey")
	calendar, err := newCalendar()
	if err != nil {
		return nil, err
	}
	simple, err := readSimpleChanges(shippedSimpleChanges)
	if err != nil {
		return nil, err
	}
	table, err := routes.Shipped()
	if err != nil {
		return nil, err
	}
	signposts, err := routes.ShippedSignposts()
	if err != nil {
		return nil, err
	}
	g := &Gateway{
		routes: table, signposts: signposts,
		Config: c, door: newDoor(c.Turns), library: newLibrary(c.Dialogs), calendar: calendar, targets: calendar.targets, simple: simple, desk: newDesk(),
		channels: map[directory.Channel]Channel{}, notices: map[string]*notices.Notice{},
	}
	for _, channel := range c.Channels {
		g.channels[channel.Name()] = channel
	}
	for _, n := range c.Notices {
		g.notices[n.Name] = n
	}
	if c.Schedule != nil {
		for _, name := range c.Schedule.Notices() {
			if g.notices[name] == nil {
				return nil, fmt.Errorf("the schedule sends %q, and there is no such notice", name)
			}
		}
	}
	g.pump = newPump(g)
	return g, nil
}

// Prepare keeps the source of every dialog, so that conversations can end on
// the version they began on. Call it once the store is ready.
func (g *Gateway) Prepare(ctx context.Context) error {
	return g.library.keep(ctx, g.Store, g.Clock())
}

// Dialogs lists the dialogs that new conversations can begin on, by name.
func (g *Gateway) Dialogs() []*dialogs.Dialog { return g.library.shelf.Load().list }

// Replace changes the dialogs that new conversations begin on, and keeps their
// sources. Those that run go on with the version they began on.
func (g *Gateway) Replace(ctx context.Context, list []*dialogs.Dialog) error {
	g.library.replace(list)
	return g.library.keep(ctx, g.Store, g.Clock())
}
