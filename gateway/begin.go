package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// noConversation answers whoever writes while no dialog is open: what they had
// asked for before comes first, then where their message leads, then the dialog
// of the notice which they may be answering, then the welcome; else a person
// reads it.
func (t *taking) noConversation(ctx context.Context) error {
	switch back, err := t.comeBack(ctx); {
	case err != nil:
		return err
	case back:
		return ErrConflict
	}
	parties, err := t.parties(ctx)
	if err != nil {
		return err
	}
	last, err := t.lastNotice(ctx)
	if err != nil {
		return err
	}
	t.asksFor()
	w, err := t.way(ctx, t.reading, t.in.Text, last.Case)
	switch {
	case err != nil:
		return err
	case w.other == nil && t.special(w):
		t.follow(w.to)
		return nil
	case w.other != nil && w.dialog.Name != t.g.Welcome:
		if err := t.more(ctx, w.dialog, parties); err != nil {
			return err
		}
		return t.begin(ctx, w.dialog, w.party, t.in.From, t.with(w, t.told(w.dialog, last)))
	}
	if begun, err := t.takeUp(ctx, last, parties); begun || err != nil {
		return err
	}
	if w.other != nil {
		return t.begin(ctx, w.dialog, w.party, t.in.From, t.with(w, dialogs.Facts{}))
	}
	if begun, err := t.welcome(ctx); begun || err != nil {
		return err
	}
	if t.visitor() {
		t.unidentified(directory.NotHeld)
		return nil
	}
	t.kind("no dialog")
	t.work(WorkItem{Kind: UnansweredWork, Detail: "a message that no dialog takes"})
	t.reply(sayReadBy.words(t.language(), t.promised()), Reply)
	return nil
}

// asksFor takes the language that somebody asks for.
func (t *taking) asksFor() {
	switch word := strings.ToLower(strings.TrimSpace(t.in.Text)); {
	case word == "cymraeg", t.reading.Intent == wantsWelsh:
		t.turn.Language = templates.Welsh
	case word == "english":
		t.turn.Language = templates.English
	}
}

// welcome begins the dialog that answers whoever is about nothing that another
// takes. It reports whether there is one for them.
func (t *taking) welcome(ctx context.Context) (bool, error) {
	w, err := t.welcoming(ctx)
	if w == nil || err != nil {
		return false, err
	}
	return true, t.begin(ctx, w.dialog, w.party, t.in.From, dialogs.Facts{})
}

// welcoming is that dialog; nil when there is none for them.
func (t *taking) welcoming(ctx context.Context) (*other, error) {
	d, ok := t.g.library.named(t.g.Welcome)
	if !ok {
		return nil, nil
	}
	parties, err := t.parties(ctx)
	if err != nil {
		return nil, err
	}
	party, ok := t.isFor(d, parties, "")
	if !ok {
		return nil, nil
	}
	return &other{d, party}, nil
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
		Address: address, Phase: Open, ByUs: !t.theirs, By: t.by, Created: t.now, LastSaid: t.now,
	}
	t.turn.Begins = true
	t.wake(c.ID, d)
	return t.advance(ctx, c, dialogs.Input{Event: dialogs.Begin, Text: t.in.Text, Files: fileNames(t.in.Files), Lost: t.in.Media, Facts: facts})
}

// wake sets the one timer of a conversation: for its first nudge, or its end.
func (t *taking) wake(id ConversationID, d *dialogs.Dialog) {
	at := t.now.Add(firstWake(d))
	if t.visitor() {
		at = t.awayAfter()
	}
	t.turn.Timers = append(t.turn.Timers, Timer{Kind: WakeTimer, Conversation: id, At: at})
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
	t, party, address, err := g.toStart(ctx, d, r)
	if err != nil {
		return Started{}, err
	}
	from, err := t.opening(ctx, Partner{Person: party.Person}, party.Case)
	switch {
	case err != nil:
		return Started{}, err
	case from.After(t.now):
		err = t.queue(ctx, d, party, address, r, from)
	default:
		err = t.begin(ctx, d, party, address, given(r))
	}
	if err != nil {
		return Started{}, badGiven(err)
	}
	return t.started(ctx, r)
}

// toStart is a turn that begins a conversation for somebody, their part in the
// case, and where it begins.
func (g *Gateway) toStart(ctx context.Context, d *dialogs.Dialog, r StartRequest) (*taking, directory.Party, Address, error) {
	var none directory.Party
	person, parties, err := g.Store.Person(ctx, r.Person)
	if errors.Is(err, ErrNotFound) {
		return nil, none, Address{}, ErrNoSuchPerson
	}
	if err != nil {
		return nil, none, Address{}, fmt.Errorf("loading person: %w", err)
	}
	party, ok := partyFor(d, parties, r.Case)
	if !ok {
		if _, any := partyFor(d, parties, ""); any {
			return nil, none, Address{}, ErrNoSuchCase
		}
		return nil, none, Address{}, ErrWrongRole
	}
	address, err := g.addressOf(person, r.Channel)
	if err != nil {
		return nil, none, Address{}, err
	}
	t := g.newTurn(g.Clock())
	t.person, t.sender.Person, t.by = person.ID, person, r.By
	return t, party, address, nil
}

// given are the facts that a start brings.
func given(r StartRequest) dialogs.Facts { return dialogs.Facts{Given: r.Given} }

// opening is when a conversation that we begin may open, as far as is known
// now: once no other is open with the person, and not before its first message
// may go out. What a person writes in between is no answer to it.
func (t *taking) opening(ctx context.Context, with Partner, of directory.CaseReference) (time.Time, error) {
	from, err := t.afterOpen(ctx, with)
	if err != nil || from.After(t.now) {
		return from, err
	}
	return t.opportune(ctx, of)
}

// afterOpen is now, or when to look again whether another conversation is open.
func (t *taking) afterOpen(ctx context.Context, with Partner) (time.Time, error) {
	_, err := t.g.Store.OpenConversation(ctx, with)
	switch {
	case err == nil:
		return t.now.Add(queuedCheck), nil
	case errors.Is(err, ErrNotFound):
		return t.now, nil
	default:
		return time.Time{}, fmt.Errorf("looking for an open conversation: %w", err)
	}
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
	s := Started{Conversation: t.waits, Phase: Waiting}
	if c := t.turn.Conversation; c != nil {
		s = Started{Conversation: c.ID, Phase: c.Phase}
	}
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

// queue keeps a start that has to wait, unless just the same waits already. Its
// state is written when it opens.
func (t *taking) queue(ctx context.Context, d *dialogs.Dialog, party directory.Party, address Address, r StartRequest, until time.Time) error {
	given, err := d.Given(dialogs.Facts{Given: r.Given, Today: t.g.calendar.day(t.now), Language: t.sender.Person.Language})
	if err != nil {
		return err
	}
	waiting, err := t.g.Store.Queue(ctx, Partner{Person: party.Person})
	if err != nil {
		return fmt.Errorf("looking for what waits: %w", err)
	}
	for _, w := range waiting {
		if w.ByUs && w.Turn == 0 && w.Dialog == d.Name && w.Case == party.Case && bytes.Equal(w.State, given) {
			t.waits = w.ID
			return nil
		}
	}
	c := Conversation{
		ID: ConversationID(t.g.NewID()), Person: party.Person, Case: party.Case, Dialog: d.Name, Version: d.Version,
		Address: address, Phase: Waiting, ByUs: true, By: r.By, State: given, Created: t.now, LastSaid: t.now,
	}
	t.turn.Begins = true
	t.turn.Conversation = &c
	t.live = &Live{}
	t.turn.Timers = append(t.turn.Timers, Timer{Kind: WakeTimer, Conversation: c.ID, At: until})
	return nil
}
