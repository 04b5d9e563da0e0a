package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// noConversation answers somebody known who writes while no dialog is open:
// it begins the dialog that their message is about, or hands it to a person.
func (t *taking) noConversation(ctx context.Context) error {
	_, parties, err := t.g.Store.Person(ctx, t.person)
	if err != nil {
		return fmt.Errorf("loading person %s: %w", t.person, err)
	}
	for _, d := range t.g.library.taking(t.reading.Intent) {
		if party, ok := partyFor(d, parties, ""); ok {
			return t.begin(ctx, d, party, t.in.From, dialogs.Facts{})
		}
	}
	switch word := strings.ToLower(strings.TrimSpace(t.in.Text)); {
	case t.reading.Intent == speakToPerson:
		t.kind("asked for a person")
		t.work(WorkItem{Kind: HandoffWork, Detail: "asked for a person"})
		t.reply(sayHandedOver.words(t.language(), t.promised()), Reply)
	case word == "cymraeg":
		t.kind("menu")
		t.reply(sayMenu.words(templates.Welsh, ""), Reply)
	case t.reading.Intent == smallTalk && t.canReportPay(parties):
		t.kind("menu")
		t.reply(sayMenu.words(t.language(), ""), Reply)
	default:
		t.kind("no dialog")
		t.work(WorkItem{Kind: UnansweredWork, Detail: "a message that no dialog takes"})
		t.reply(sayReadBy.words(t.language(), t.promised()), Reply)
	}
	return nil
}

// canReportPay reports whether the menu's PAY leads somewhere for this person.
func (t *taking) canReportPay(parties []directory.Party) bool {
	return slices.ContainsFunc(t.g.library.taking(reportIncomeChange), func(d *dialogs.Dialog) bool {
		_, ok := partyFor(d, parties, "")
		return ok
	})
}

// partyFor is the part in a case, in the given one if any, that a dialog is for.
func partyFor(d *dialogs.Dialog, parties []directory.Party, in directory.CaseReference) (directory.Party, bool) {
	for _, p := range parties {
		if (d.For == "" || d.For == string(p.Role)) && (in == "" || p.Case == in || p.Reference == in) {
			return p, true
		}
	}
	return directory.Party{}, false
}

// begin begins a conversation in this turn.
func (t *taking) begin(ctx context.Context, d *dialogs.Dialog, party directory.Party, address Address, facts dialogs.Facts) error {
	c := Conversation{
		ID: ConversationID(t.g.NewID()), Person: party.Person, Case: party.Case, Dialog: d.Name, Version: d.Version,
		Address: address, Phase: Open, ByUs: t.message == "", Created: t.now, LastSaid: t.now,
	}
	t.turn.Begins = true
	t.wake(c.ID, d)
	return t.advance(ctx, c, dialogs.Input{Event: dialogs.Begin, Text: t.in.Text, Facts: facts})
}

// wake sets the one timer of a conversation: for its first nudge, or its end.
func (t *taking) wake(id ConversationID, d *dialogs.Dialog) {
	t.turn.Timers = append(t.turn.Timers, Timer{Kind: WakeTimer, Conversation: id, At: t.now.Add(firstWake(d))})
}

func firstWake(d *dialogs.Dialog) time.Duration {
	if len(d.Nudges) > 0 {
		return min(d.Nudges[0], d.Expire.After)
	}
	return d.Expire.After
}

// Start begins a conversation with a person (Customer Connect), or queues it
// while another is open or it is too late in the day to begin. The same
// Idempotency key again is ErrDuplicate.
func (g *Gateway) Start(ctx context.Context, r StartRequest) (Started, error) {
	d, ok := g.library.named(r.Dialog)
	if !ok {
		return Started{}, ErrNoSuchDialog
	}
	var started Started
	err := tryAgain(func() error {
		var err error
		started, err = g.start(ctx, d, r)
		return err
	})
	return started, err
}

func (g *Gateway) start(ctx context.Context, d *dialogs.Dialog, r StartRequest) (Started, error) {
	person, parties, err := g.Store.Person(ctx, r.Person)
	if errors.Is(err, ErrNotFound) {
		return Started{}, ErrNoSuchPerson
	}
	if err != nil {
		return Started{}, fmt.Errorf("loading person: %w", err)
	}
	party, ok := partyFor(d, parties, r.Case)
	if !ok {
		if _, any := partyFor(d, parties, ""); any {
			return Started{}, ErrNoSuchCase
		}
		return Started{}, ErrWrongRole
	}
	address, err := g.addressOf(person, r.Channel)
	if err != nil {
		return Started{}, err
	}
	t := g.newTurn(g.Clock())
	t.person, t.sender.Person = person.ID, person
	from, err := t.opening(ctx, person.ID, party.Case)
	switch {
	case err != nil:
		return Started{}, err
	case from.After(t.now):
		err = t.queue(d, party, address, r, from)
	default:
		err = t.begin(ctx, d, party, address, dialogs.Facts{Given: r.Given})
	}
	if err != nil {
		return Started{}, badGiven(err)
	}
	return t.started(ctx, r)
}

// opening is when a conversation that we begin may open, as far as is known
// now: once no other is open with the person, and not before its first message
// may go out. What a person writes in between is no answer to it.
func (t *taking) opening(ctx context.Context, person directory.PersonID, of directory.CaseReference) (time.Time, error) {
	_, err := t.g.Store.OpenConversation(ctx, Partner{Person: person})
	if err == nil {
		return t.now.Add(queuedCheck), nil
	}
	if !errors.Is(err, ErrNotFound) {
		return time.Time{}, fmt.Errorf("looking for an open conversation: %w", err)
	}
	return t.opportune(ctx, of)
}

// opportune is the first moment at which we may begin or remind.
func (t *taking) opportune(ctx context.Context, of directory.CaseReference) (time.Time, error) {
	file, err := t.caseFile(ctx, of)
	if err != nil {
		return time.Time{}, err
	}
	approach := Message{Person: t.person, Subject: Approach, Created: t.now}
	d, stops := t.g.pump.gate.hours(approach, GateFacts{Person: t.sender.Person, Nation: file.Nation}, t.now)
	if stops && d.Action == WaitUntil {
		return d.Until, nil
	}
	return t.now, nil // or never, which the gate will give to a person
}

// started commits a start with the answer to its caller.
func (t *taking) started(ctx context.Context, r StartRequest) (Started, error) {
	c := t.turn.Conversation
	s := Started{Conversation: c.ID, Phase: c.Phase}
	if r.Idempotency != nil {
		row := *r.Idempotency
		row.Answer = s.JSON()
		t.turn.Idempotency = &row
	}
	return s, t.commit(ctx)
}

// badGiven tells the caller's mistake from our own.
func badGiven(err error) error {
	var given *dialogs.GivenError
	if errors.As(err, &given) {
		return fmt.Errorf("%w: %s", ErrBadGiven, given.Name)
	}
	return err
}

// queue keeps a start that has to wait. Its state is written when it opens.
func (t *taking) queue(d *dialogs.Dialog, party directory.Party, address Address, r StartRequest, until time.Time) error {
	given, err := d.Given(dialogs.Facts{Given: r.Given, Today: t.g.calendar.day(t.now), Language: t.sender.Person.Language})
	if err != nil {
		return err
	}
	c := Conversation{
		ID: ConversationID(t.g.NewID()), Person: party.Person, Case: party.Case, Dialog: d.Name, Version: d.Version,
		Address: address, Phase: Waiting, ByUs: true, State: given, Created: t.now, LastSaid: t.now,
	}
	t.turn.Begins = true
	t.turn.Conversation = &c
	t.live = &Live{}
	t.turn.Timers = append(t.turn.Timers, Timer{Kind: WakeTimer, Conversation: c.ID, At: until})
	return nil
}

// addressOf is where a conversation begins: on the channel asked for, or the
// one the person prefers if this gateway has it, or by text.
func (g *Gateway) addressOf(p directory.Person, channel directory.Channel) (Address, error) {
	if channel == "" {
		channel = directory.SMS
		if _, ok := g.channels[p.PreferredChannel]; ok {
			channel = p.PreferredChannel
		}
	}
	a, ok := p.Address(channel)
	if _, carried := g.channels[channel]; !ok || !carried {
		return Address{}, ErrNoAddress
	}
	return Address{Channel: a.Channel, Value: a.Value}, nil
}
