package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// converse takes a message as the next turn of the open conversation. What the
// welcome, or a survey, is told that a dialog takes is no answer to it: it makes
// way.
func (t *taking) converse(ctx context.Context) error {
	c := *t.sender.Open
	c.Address = t.in.From
	if c.Keeper != "" {
		return t.besideDialog(c)
	}
	if err := t.about(ctx, c); err != nil {
		return err
	}
	if t.other == nil && t.surveyedElsewhere(*t.sender.Open, t.in.From) {
		var err error
		if t.other, err = t.welcoming(ctx); err != nil {
			return err
		}
	}
	if (t.g.asking(c.Dialog) || c.Dialog == t.g.Survey) && t.other != nil {
		return t.makeWay(ctx, c, t.other, t.in.Text)
	}
	return t.advance(ctx, c, dialogs.Input{
		Event: dialogs.Said, Text: t.in.Text, Files: fileNames(t.in.Files), Lost: t.in.Media, Aside: t.aside(c), Facts: t.comesTo,
	})
}

// makeWay ends a conversation for another dialog, which comes next with the
// words that asked for it.
func (t *taking) makeWay(ctx context.Context, c Conversation, o *other, text string) error {
	before, err := t.begunWith(ctx, c)
	if err != nil {
		return err
	}
	id, err := t.putOff(ctx, o, c, strings.TrimSpace(before+"\n"+text))
	if err != nil {
		return err
	}
	if text != "" {
		parties, err := t.parties(ctx)
		if err == nil {
			err = t.more(ctx, o.dialog, parties)
		}
		if err != nil {
			return err
		}
	}
	t.settle(c, &dialogs.End{Outcome: "led"})
	t.comesNext(id)
	return nil
}

// advance is the neck: state and input become a turn. A conversation whose
// dialog version or state no longer loads goes to a person.
func (t *taking) advance(ctx context.Context, c Conversation, in dialogs.Input) error {
	if t.in.From.Value != "" {
		c.Address = t.in.From // where they are now, and where they are answered
	}
	if c.Keeper != "" && in.Event != dialogs.Handed {
		return t.besideDialog(c)
	}
	var state dialogs.State
	d, err := t.g.library.version(ctx, t.g.Store, c.Version)
	if err == nil && in.Event != dialogs.Begin {
		if state.UnmarshalBinary(c.State) != nil {
			err = errUnloadable
		}
	}
	switch {
	case errors.Is(err, errUnloadable):
		return t.unloadable(ctx, c)
	case err != nil:
		return err
	}
	if in.Event == dialogs.Begin {
		t.opened = in.Text
		in = asksOnly(c, in)
	}
	if in.Facts, err = t.facts(ctx, d, c, state.Language, in.Facts); err != nil {
		return err
	}
	if in.Facts.Children, err = t.children(ctx, d, c); err != nil {
		return err
	}
	out, err := t.carryOut(ctx, d, c, state, in)
	if err != nil {
		return err
	}
	t.stood, t.at = stepsOf(d, in, state, out.State)
	if out.Aside == dialogs.Signpost {
		t.follow(t.instead.to)
		if t.g.asking(c.Dialog) {
			t.settle(c, &dialogs.End{Outcome: "led"})
			return t.next(ctx, &dialogs.End{Outcome: "led"})
		}
	}
	if in.Event == dialogs.Said && out.State.Language != state.Language {
		t.turn.Language = out.State.Language
	}
	return t.conclude(ctx, d, c, in, out)
}

// stepsOf are the steps that a dialog waits at before and after a turn.
func stepsOf(d *dialogs.Dialog, in dialogs.Input, before, after dialogs.State) (stood, at string) {
	if in.Event != dialogs.Begin {
		_, stood = d.Progress(before)
	}
	_, at = d.Progress(after)
	return stood, at
}

// facts are what is known around the turn, added to what the head knows.
func (t *taking) facts(ctx context.Context, d *dialogs.Dialog, c Conversation, language templates.Language, given dialogs.Facts) (dialogs.Facts, error) {
	f := given
	var err error
	if f.Role, f.Nation, err = t.part(ctx, d, c); err != nil {
		return f, err
	}
	f.Today = t.g.calendar.day(t.now)
	f.Channel = string(c.Address.Channel)
	f.Identity = t.identity().String()
	f.Discreet = t.person != "" && t.sender.Person.Discreet() && !t.sender.Visit.shows()
	f.ByUs = c.ByUs
	f.HandoffBy = t.g.calendar.day(t.g.calendar.promised(t.now).handoff)
	if f.Language = language; language == "" {
		f.Language = t.own()
	}
	return f, nil
}

// part is the person's role on the conversation's case, and its nation; both
// empty when nobody is known. The case is loaded only where the dialog does not
// say whose it is, or the sender's row not which nation.
func (t *taking) part(ctx context.Context, d *dialogs.Dialog, c Conversation) (role, nation string, err error) {
	if c.Case == "" {
		return "", "", nil
	}
	role, nation = d.For, string(t.nation())
	if role == "" || nation == "" {
		file, err := t.caseFile(ctx, c.Case)
		if err != nil {
			return "", "", err
		}
		nation = string(file.Nation)
		for _, p := range file.Parties() {
			if role == "" && p.Person == c.Person {
				role = string(p.Role)
			}
		}
	}
	return role, strings.ReplaceAll(nation, "_", " "), nil
}

// carryOut advances until the dialog waits for the person or ends, answering
// its calls.
func (t *taking) carryOut(ctx context.Context, d *dialogs.Dialog, c Conversation, state dialogs.State, in dialogs.Input) (dialogs.Output, error) {
	out, err := d.Advance(state, in)
	messages, aside := out.Messages, out.Aside
	for err == nil && out.Call != nil {
		in.Event, in.Result = dialogs.Answered, t.carry(ctx, d, c, out)
		out, err = d.Advance(out.State, in)
		messages, aside = append(messages, out.Messages...), max(aside, out.Aside)
	}
	out.Messages, out.Aside = messages, aside
	if err != nil {
		return out, fmt.Errorf("conversation %s: %w", c.ID, err)
	}
	return out, nil
}

// conclude turns an output into the turn's rows.
func (t *taking) conclude(ctx context.Context, d *dialogs.Dialog, c Conversation, in dialogs.Input, out dialogs.Output) error {
	state, err := out.State.MarshalBinary()
	if err != nil {
		return fmt.Errorf("writing state: %w", err)
	}
	c.State = state
	for _, m := range out.Messages {
		t.say(c, m)
	}
	if out.End != nil && out.End.Handoff {
		t.handoff(d, c, out.End)
	}
	if t.turn.Record, err = json.Marshal(t.record(in)); err != nil {
		return fmt.Errorf("recording the turn: %w", err)
	}
	if err := t.beside(ctx, &c, t.other, out.Aside); err != nil {
		return err
	}
	if out.End == nil {
		t.settle(c, nil)
		return nil
	}
	return t.finish(ctx, c, out.End)
}

// say adds a message of the dialog. What answers the person is a reply; what
// we begin, or remind of, is an approach.
func (t *taking) say(c Conversation, m dialogs.Message) {
	subject, priority := Reply, Urgent
	if !t.theirs {
		subject, priority = Approach, Normal
	}
	text := m.Text(string(c.Address.Channel))
	if m.Link {
		text = t.invite(c, text)
	}
	t.turn.Outgoing = append(t.turn.Outgoing, Message{
		ID: MessageID(t.g.NewID()), Conversation: c.ID, Person: c.Person, Case: c.Case, To: c.Address,
		Language: m.Language, Text: text, Ask: m.Ask, Private: m.Private && t.identity() >= directory.Confirmed,
		Subject: subject, Priority: priority, NotBefore: t.now, Created: t.now,
	})
}

func (t *taking) handoff(d *dialogs.Dialog, c Conversation, end *dialogs.End) {
	kind := HandoffWork
	if end.Reason == "lapsed" {
		kind = ConversationEnding
	}
	t.work(WorkItem{Kind: kind, Key: string(c.ID) + "/handoff", Conversation: c.ID, Case: c.Case, Person: c.Person,
		Detail: d.Name + ": " + end.Reason})
}

// unloadable gives a conversation that cannot go on to a person, with its
// answers, which the row keeps.
func (t *taking) unloadable(ctx context.Context, c Conversation) error {
	t.g.Log.ErrorContext(ctx, "dialog version or state does not load", "conversation", c.ID, "version", c.Version)
	t.work(WorkItem{Kind: HandoffWork, Key: string(c.ID) + "/unloadable", Conversation: c.ID, Case: c.Case, Person: c.Person,
		Detail: "the conversation cannot go on: its dialog version does not load"})
	if t.message != "" {
		t.reply(sayHandedOver.words(t.language(), t.promised()), Reply)
	}
	return t.finish(ctx, c, &dialogs.End{Outcome: "handoff"})
}

// Record is what one turn rested on, so that it can be repeated.
type Record struct {
	Event   dialogs.Event             `json:"event"`
	Text    string                    `json:"text,omitempty"`
	Files   []string                  `json:"files,omitempty"` // that came with the text and are kept
	Lost    int                       `json:"lost,omitempty"`  // that came with it and could not be taken
	Aside   dialogs.Aside             `json:"aside,omitempty"`
	Reading Reading                   `json:"reading"`
	Now     time.Time                 `json:"now"`
	Facts   dialogs.Facts             `json:"facts"`
	Results map[string]dialogs.Result `json:"results,omitempty"` // of calls, by the step's key
	Again   string                    `json:"again,omitempty"`   // the question that was to be asked again
	// Staff is who acted in the turn, and Act what they did, see takeover.go.
	Staff directory.StaffID `json:"staff,omitempty"`
	Act   Act               `json:"act,omitempty"`
	// Beside: the dialog had no part in the turn, and its state stands.
	Beside bool `json:"beside,omitempty"`
}

func (t *taking) record(in dialogs.Input) Record {
	return Record{
		Event: in.Event, Text: in.Text, Files: in.Files, Lost: in.Lost, Aside: in.Aside, Reading: t.reading, Now: t.now, Facts: in.Facts,
		Results: t.results, Again: in.Again, Staff: t.staff, Act: t.act,
	}
}

// caseFile loads a case once in a turn.
func (t *taking) caseFile(ctx context.Context, reference directory.CaseReference) (directory.Case, error) {
	if t.file != nil && t.file.Reference == reference {
		return *t.file, nil
	}
	file, err := t.g.Store.Case(ctx, reference)
	if errors.Is(err, ErrNotFound) {
		return directory.Case{Reference: reference}, nil
	}
	if err != nil {
		return file, fmt.Errorf("loading case: %w", err)
	}
	t.file = &file
	return file, nil
}
