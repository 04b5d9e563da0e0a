package gateway

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/dialogs"
	"parley/gateway/directory"
)

// other is a dialog that a message is about beside the one that it reaches.
type other struct {
	dialog *dialogs.Dialog
	party  directory.Party
}

// about finds what else a message in a conversation is about: another dialog, or
// words or a person instead. There is nothing when the conversation itself is about
// that. What may be a part of an answer counts by its plain words alone.
func (t *taking) about(ctx context.Context, c Conversation) error {
	r, text := t.reading, t.in.Text
	d, known := t.g.library.named(c.Dialog)
	same := known && slices.Contains(d.Intents, r.Intent)
	switch {
	case t.g.asking(c.Dialog) && !same:
	case c.Dialog == t.g.Survey && !same: // which asks for nothing that matters more
		text = ""
	case same || !r.leads():
		r = Reading{Intent: noIntent, Wish: r.Wish, Pointer: r.Pointer}
	}
	r.Doubt = r.Doubt && c.Dialog == t.g.Welcome
	w, err := t.way(ctx, r, text, c.Case)
	switch {
	case err != nil:
		return err
	case w.other != nil && w.dialog.Name == c.Dialog:
		t.comesTo = t.with(w, dialogs.Facts{})
	case w.other == nil && c.Dialog != t.g.Survey:
		t.instead = w
	case w.other == nil || w.dialog.Name != t.g.Welcome:
		t.other = w.other
	}
	return nil
}

// aside is what a message is about beside a conversation, as its dialog takes
// it: a question is answered at once.
func (t *taking) aside(c Conversation) dialogs.Aside {
	switch {
	case t.reading.wantsPerson() && !t.g.asking(c.Dialog) && c.Dialog != t.g.Survey:
		return dialogs.Person
	case t.other != nil && t.other.dialog.Interrupts:
		return dialogs.Question
	case t.other != nil:
		return dialogs.Need
	case t.special(t.instead):
		return dialogs.Signpost
	default:
		return dialogs.NoAside
	}
}

// parties are the parts of whoever the turn is with; none of a visitor.
func (t *taking) parties(ctx context.Context) ([]directory.Party, error) {
	if t.person == "" {
		return nil, nil
	}
	_, parties, err := t.g.Store.Person(ctx, t.person)
	if err != nil {
		return nil, fmt.Errorf("loading person %s: %w", t.person, err)
	}
	return parties, nil
}

// isFor reports whether a dialog is for whoever the turn is with, and as which
// of their parts, that in a case first. A visitor whom nobody knows has only
// what is for anybody at all.
func (t *taking) isFor(d *dialogs.Dialog, parties []directory.Party, in directory.CaseReference) (directory.Party, bool) {
	if t.person == "" {
		return directory.Party{}, t.visitor() && d.For == "" && d.Identity == directory.Unknown.String()
	}
	if party, ok := partyFor(d, parties, in); ok {
		return party, true
	}
	return partyFor(d, parties, "")
}

// waitsBehind begins the words of a matter that waits behind another: when its turn
// has come, it is said what comes now. Nobody can write it, see clean.
const waitsBehind = "\x00"

// putOff has another dialog wait for its turn, with the words that asked for
// it; once while it waits.
func (t *taking) putOff(ctx context.Context, o *other, c Conversation, text string) (ConversationID, error) {
	queue, err := t.g.Store.Queue(ctx, c.Partner())
	if err != nil {
		return "", fmt.Errorf("looking for what waits: %w", err)
	}
	for _, waiting := range append(queue, t.turn.Queues...) {
		if waiting.Dialog == o.dialog.Name && waiting.Turn == 0 && !waiting.ByUs {
			return waiting.ID, nil
		}
	}
	id := ConversationID(t.g.NewID())
	t.turn.Queues = append(t.turn.Queues, Conversation{
		ID: id, Person: c.Person, Case: o.party.Case, Dialog: o.dialog.Name, Version: o.dialog.Version,
		Address: c.Address, Phase: Waiting, State: []byte(text), Created: t.now, LastSaid: t.now,
	})
	return id, nil
}

// more has every other matter of a message that begins a dialog wait behind it,
// each with the words that it came in.
func (t *taking) more(ctx context.Context, begins *dialogs.Dialog, parties []directory.Party) error {
	for _, r := range t.reading.others() {
		w, err := t.oneWay(ctx, r, "", parties, "")
		if err != nil {
			return err
		}
		if w.other == nil || w.dialog.Name == begins.Name || !t.special(w) {
			continue
		}
		c := Conversation{Person: t.person, Address: t.in.From}
		if _, err := t.putOff(ctx, w.other, c, waitsBehind+t.in.Text); err != nil {
			return err
		}
	}
	return nil
}

// beside does what the dialog could not about the rest of a message: keeps a
// need for later, or puts the conversation itself off for a question.
func (t *taking) beside(ctx context.Context, c *Conversation, o *other, aside dialogs.Aside) error {
	if o == nil || aside == dialogs.NoAside {
		return nil
	}
	text := t.in.Text
	if aside == dialogs.Need {
		text = waitsBehind + text
	}
	id, err := t.putOff(ctx, o, *c, text)
	if err == nil && aside == dialogs.Question {
		c.Phase = Waiting
		t.comesNext(id)
	}
	return err
}

// comesNext wakes a waiting conversation at once.
func (t *taking) comesNext(id ConversationID) {
	t.turn.Timers = append(t.turn.Timers, Timer{Kind: WakeTimer, Conversation: id})
	if t.theirs {
		t.turn.Next = id
	}
}

// lead has the dialog that a conversation ends with leading to come next. It
// reports whether there is such a dialog for this person.
func (t *taking) lead(ctx context.Context, c Conversation, name, text string) (bool, error) {
	d, ok := t.g.library.named(name)
	if !ok {
		return false, nil
	}
	parties, err := t.parties(ctx)
	if err != nil {
		return false, err
	}
	party, ok := t.isFor(d, parties, c.Case)
	if !ok {
		return false, nil
	}
	id, err := t.putOff(ctx, &other{d, party}, c, text)
	if err != nil {
		return false, err
	}
	t.comesNext(id)
	return true, nil
}

// next has the conversation come next that has waited longest behind one that
// ends, unless that one leads to another.
func (t *taking) next(ctx context.Context, end *dialogs.End) error {
	c := *t.turn.Conversation
	if c.Phase != Ended {
		return nil
	}
	if end.Next != "" {
		text, err := t.begunWith(ctx, c)
		if err != nil {
			return err
		}
		if end.Next == t.g.Welcome {
			text = "" // none of what was made of it is right
		}
		if leads, err := t.lead(ctx, c, end.Next, text); leads || err != nil {
			return err
		}
		t.g.Log.WarnContext(ctx, "a dialog leads to one that is not there for this person", "conversation", c.ID, "dialog", end.Next)
	}
	queue, err := t.g.Store.Queue(ctx, c.Partner())
	if err != nil {
		return fmt.Errorf("looking for what waits: %w", err)
	}
	for _, waiting := range append(queue, t.turn.Queues...) {
		if waiting.ID != c.ID { // which waited until this turn, perhaps
			t.comesNext(waiting.ID)
			return nil
		}
	}
	return t.survey(ctx, c, end)
}

// begunWith is what somebody wrote that a conversation began with: it goes with
// them to the dialog that this one leads to, which need not ask for it again.
func (t *taking) begunWith(ctx context.Context, c Conversation) (string, error) {
	if t.turn.Begins || t.opened != "" {
		return t.opened, nil
	}
	records, err := t.g.Store.TurnRecords(ctx, c.ID)
	if err != nil {
		return "", fmt.Errorf("looking for what conversation %s began with: %w", c.ID, err)
	}
	var first Record
	if len(records) == 0 || json.Unmarshal(records[0], &first) != nil || first.Event != dialogs.Begin {
		return "", nil
	}
	return cmp.Or(first.Text, first.Facts.Given[saidBefore]), nil
}

// own reports whether a waiting conversation is of the person's own asking: it
// was put off for a question, or is a need that they had beside.
func (c *Conversation) own() bool { return c.Turn > 0 || !c.ByUs }

// comeBack opens what whoever writes now was at, or has asked for, before a
// timer does. It reports whether there was anything: then there is another turn
// to load.
func (t *taking) comeBack(ctx context.Context) (bool, error) {
	queue, err := t.g.Store.Queue(ctx, Partner{Person: t.person, Visit: t.visitID()})
	if err != nil {
		return false, fmt.Errorf("looking for what waits: %w", err)
	}
	for _, c := range queue {
		if c.own() {
			_, err := t.g.wakeOnce(ctx, c.ID, t.in.From)
			return true, err
		}
	}
	return false, nil
}
