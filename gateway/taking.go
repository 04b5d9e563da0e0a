package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// taking is one turn in the making: what was read, and the Turn that it will
// be. It is made afresh when the compare-and-set is lost.
type taking struct {
	g           *Gateway
	now         time.Time
	in          Inbound
	message     MessageID // the person's; empty when time or a caseworker began
	sender      Sender
	person      directory.PersonID
	reading     Reading
	earlier     *earlier
	results     map[string]dialogs.Result // of this attempt's calls, by the step's key
	turn        Turn
	theirs      bool               // whoever it is with began it: they wrote, or did something in web chat
	other       *other             // dialog that the message is about beside
	instead     way                // where the message leads if it is no answer
	comesTo     dialogs.Facts      // what it comes to, if it is no answer
	speaks      templates.Language // that the message is in, where it is not the person's own
	opened      string             // what a conversation was begun with in this turn
	by          string             // who asked us to begin
	staff       directory.StaffID  // who acts, when it is somebody of ours
	act         Act
	waits       ConversationID  // what was asked for waits already
	invitations []invitation    // in the turn's messages
	muted       bool            // what they say is kept, and not answered
	live        *Live           // to keep once the turn is committed
	file        *directory.Case // once loaded
	begun       time.Time
	dialog      string // for metrics
	stood, at   string // for metrics: the steps that the dialog waited at before and after the turn
}

func (g *Gateway) newTaking(m Kept, finishing bool, now time.Time) *taking {
	t := g.newTurn(now)
	t.in, t.message, t.theirs = m.Inbound, m.ID, true
	if finishing {
		t.turn.Finishes = m.ID
	}
	t.turn.Inbound = &InboundRecord{ID: m.ID, Inbound: m.Inbound, Kind: "turn", At: m.At}
	return t
}

func (g *Gateway) newTurn(now time.Time) *taking {
	return &taking{g: g, now: now, begun: now, earlier: newEarlier(), results: map[string]dialogs.Result{}, turn: Turn{ID: g.NewID(), At: now}}
}

// kind says what was done with the message.
func (t *taking) kind(kind string) { t.turn.Inbound.Kind = kind }

// open is the conversation that is open with whoever writes; nil when there is
// none, or nobody is known.
func (t *taking) open() *Conversation {
	if t.person == "" && !t.visitor() {
		return nil
	}
	return t.sender.Open
}

// visitor reports whether the turn is with a visitor whom nobody knows.
func (t *taking) visitor() bool { return t.sender.Visit != nil && t.sender.Visit.Person == "" }

// visitID is that visitor's visit, if it is with one.
func (t *taking) visitID() VisitID {
	if !t.visitor() {
		return ""
	}
	return t.sender.Visit.ID
}

// identity is how sure we are of whoever the turn is with.
func (t *taking) identity() directory.Identity {
	switch {
	case t.sender.Visit != nil:
		return t.sender.Visit.Level
	case t.person != "":
		return directory.Known
	default:
		return directory.Unknown
	}
}

// language is the one that is spoken in the open conversation, else the
// person's, or English while nobody is known.
func (t *taking) language() templates.Language {
	if c := t.open(); c != nil {
		var state dialogs.State
		if state.UnmarshalBinary(c.State) == nil && state.Language != "" {
			return state.Language
		}
	}
	return t.own()
}

// own is the language that somebody has just asked for or begins in, else that
// of their visit, else that of their record.
func (t *taking) own() templates.Language {
	switch visit := t.sender.Visit; {
	case t.turn.Language != "":
		return t.turn.Language
	case t.speaks != "":
		return t.speaks
	case visit != nil && visit.Language != "":
		return visit.Language
	case t.person != "" && t.sender.Person.Language != "":
		return t.sender.Person.Language
	default:
		return templates.English
	}
}

func (t *taking) promised() string { return t.dated(t.g.calendar.promised(t.now).handoff) }

// urgently is the day of what is urgent, which a person sees to sooner.
func (t *taking) urgently() string { return t.dated(t.g.calendar.nextWorked(t.now.Add(escalation))) }

func (t *taking) dated(at time.Time) string {
	d := t.g.calendar.day(at)
	return t.language().Date(d.Year, d.Month, d.Day)
}

// nation is where helplines are looked up.
func (t *taking) nation() directory.Nation { return t.sender.Nation }

// reply answers outside any dialog.
func (t *taking) reply(text string, subject Subject) {
	if t.muted {
		return
	}
	m := Message{
		ID: MessageID(t.g.NewID()), Person: t.person, To: t.in.From, Language: t.language(), Text: text,
		Subject: subject, Priority: Urgent, NotBefore: t.now, Created: t.now,
	}
	if c := t.open(); c != nil {
		m.Conversation, m.Case = c.ID, c.Case
	}
	t.turn.Outgoing = append(t.turn.Outgoing, m)
}

// work adds something for a person to see to.
func (t *taking) work(w WorkItem) {
	w.ID, w.Created = t.g.NewID(), t.now
	if w.Person == "" {
		w.Person = t.person
	}
	if w.Message == "" {
		w.Message = t.message
	}
	if c := t.open(); c != nil && w.Conversation == "" {
		w.Conversation, w.Case = c.ID, c.Case
	}
	if w.Key == "" {
		w.Key = string(w.Kind) + "/" + string(t.message)
	}
	if w.Due.IsZero() {
		w.Due = t.g.calendar.promised(t.now).handoff
		if w.Urgent {
			w.Due = t.now.Add(escalation)
		}
	}
	t.turn.WorkItems = append(t.turn.WorkItems, w)
}

// assign names the case and the team of what a person is to see to. Danger is
// for specialists, whatever the team.
func (t *taking) assign(ctx context.Context) error {
	for i := range t.turn.WorkItems {
		w := &t.turn.WorkItems[i]
		if w.Person == "" {
			continue
		}
		if w.Case == "" {
			_, parties, err := t.g.Store.Person(ctx, w.Person)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return fmt.Errorf("loading person %s: %w", w.Person, err)
			}
			if len(parties) == 0 {
				continue
			}
			w.Case = parties[0].Case
		}
		if w.Kind == DangerWork {
			continue
		}
		file, err := t.caseFile(ctx, w.Case)
		if err != nil {
			return err
		}
		w.Team = file.Team
	}
	return nil
}

// endOpen ends the sender's open conversation, whose answers go to a person.
func (t *taking) endOpen(ctx context.Context, outcome string) error {
	if t.open() == nil {
		return nil
	}
	c := *t.open()
	t.work(WorkItem{Kind: HandoffWork, Key: string(c.ID) + "/" + outcome, Detail: outcome})
	return t.finish(ctx, c, &dialogs.End{Outcome: outcome})
}

// finish settles a conversation that ends, and lets the next one come.
func (t *taking) finish(ctx context.Context, c Conversation, end *dialogs.End) error {
	t.settle(c, end)
	return t.next(ctx, end)
}

// settle makes c, with one more turn, the turn's conversation.
func (t *taking) settle(c Conversation, end *dialogs.End) {
	c.Turn++
	if t.in.From.Value != "" {
		c.Address, c.LastSaid, c.Nudges = t.in.From, t.now, 0
	}
	if end != nil {
		c.Phase, c.Outcome = Ended, end.Outcome
	}
	for i := range t.turn.Outgoing {
		t.turn.Outgoing[i].Turn = c.Turn
	}
	t.turn.Conversation = &c
	t.live = &Live{Turn: c.Turn, State: c.State}
	t.dialog = c.Dialog
}

// commit makes the turn durable, then keeps the live copy and wakes the pump.
func (t *taking) commit(ctx context.Context) error {
	if r := t.turn.Inbound; r != nil {
		r.Person = t.person
	}
	if err := t.assign(ctx); err != nil {
		return err
	}
	if err := t.keepInvitations(ctx); err != nil {
		return err
	}
	if err := t.endAsking(ctx); err != nil {
		return err
	}
	if err := t.store(ctx); err != nil {
		return err
	}
	t.keepLive(ctx)
	if c := t.turn.Conversation; c != nil {
		t.g.wentOn(c.ID)
	}
	for _, m := range t.turn.Outgoing {
		t.g.pump.stir(m.To.Channel)
	}
	t.count()
	return nil
}

// store makes the turn durable, its messages marked with where they come from.
func (t *taking) store(ctx context.Context) error {
	f := Facts{Message: t.message, Dialog: t.dialog}
	if c := t.turn.Conversation; c != nil {
		f.Conversation, f.Channel, f.Outcome = c.ID, c.Address.Channel, c.Outcome
	}
	ctx, end := t.g.begin(ctx, CommitStep, f)
	t.g.mark(ctx, t.turn.Outgoing)
	err := t.g.Store.Commit(ctx, t.turn)
	end(err, Facts{})
	return err
}

// keepLive saves the live state. When it cannot be saved, the conversation row
// serves.
func (t *taking) keepLive(ctx context.Context) {
	c := t.turn.Conversation
	if c == nil {
		return
	}
	var err error
	if c.Phase == Ended {
		err = t.g.Sessions.Drop(ctx, c.ID)
	} else {
		err = t.g.Sessions.Save(ctx, c.ID, *t.live)
	}
	if err != nil && !errors.Is(err, ErrSessionsAway) {
		t.g.Log.WarnContext(ctx, "live state not saved", "conversation", c.ID, "error", err)
	}
}

func (t *taking) count() {
	if r := t.turn.Inbound; r != nil {
		t.g.Metrics.MessageReceived(string(r.From.Channel), r.Kind)
	}
	if c := t.turn.Conversation; c != nil {
		t.g.Metrics.TurnCommitted(t.dialog, c.Outcome, t.g.Clock().Sub(t.begun))
		switch ending := endingOf(c); {
		case t.at == "":
		case ending == Unfinished && t.at != t.stood:
			t.g.Metrics.StepReached(t.dialog, t.at)
		case ending == Lapsed || ending == ToPerson:
			t.g.Metrics.StepLeft(t.dialog, t.at)
		}
	}
}
