package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
	"parley/templates"
)

// seedMould is a conversation that is held once and given to many: what its
// dialog says and keeps is the same for all, but what is said beside it is not.
type seedMould struct {
	dialog   *dialogs.Dialog
	role     directory.Role
	language templates.Language
	turns    []mouldTurn
}

type mouldTurn struct {
	record gateway.Record
	out    dialogs.Output
	state  []byte
}

// seedScripts are what people say in the dialogs that moulds are made of.
var seedScripts = []struct {
	dialog   string
	role     directory.Role
	language templates.Language
	says     []string
}{
	{"income-change", directory.Paying, templates.English, []string{"down", "£410 a week", "1 November 2026", "later", "OK"}},
	{"income-change", directory.Paying, templates.Welsh, []string{"i lawr", "£410 yr wythnos", "1 Tachwedd 2026", "wedyn", "iawn"}},
	{"payment-not-received", directory.Receiving, templates.English, []string{"1", "16 November", "1", "2", "2", "OK"}},
	{"payment-not-received", directory.Receiving, templates.Welsh, []string{"ydy", "16 Tachwedd", "dim wedi dod", "naddo", "2", "iawn"}},
}

// seedMoulds holds each conversation once, by text.
func seedMoulds(all []*dialogs.Dialog, now time.Time) ([]seedMould, error) {
	example, err := gateway.NewExample(now)
	if err != nil {
		return nil, err
	}
	var moulds []seedMould
	for _, script := range seedScripts {
		m := seedMould{role: script.role, language: script.language}
		for _, d := range all {
			if d.Name == script.dialog {
				m.dialog = d
			}
		}
		if m.dialog == nil {
			return nil, fmt.Errorf("there is no dialog %s to seed with", script.dialog)
		}
		facts := example.Facts()
		facts.Channel, facts.Identity, facts.ByUs = string(directory.SMS), "known", true
		facts.Role, facts.Nation, facts.Language = string(script.role), string(directory.England), script.language
		if err := m.hold(script.says, facts, example.Carry); err != nil {
			return nil, fmt.Errorf("holding %s to seed with: %w", script.dialog, err)
		}
		moulds = append(moulds, m)
	}
	return moulds, nil
}

func (m *seedMould) hold(says []string, facts dialogs.Facts, carry func(dialogs.Call) dialogs.Result) error {
	var state dialogs.State
	in := dialogs.Input{Event: dialogs.Begin, Facts: facts}
	for i := 0; ; i++ {
		turn := mouldTurn{record: gateway.Record{Event: in.Event, Text: in.Text, Facts: facts, Results: map[string]dialogs.Result{}}}
		var messages []dialogs.Message
		for {
			var err error
			if turn.out, err = m.dialog.Advance(state, in); err != nil {
				return err
			}
			state, messages = turn.out.State, append(messages, turn.out.Messages...)
			if turn.out.Call == nil {
				break
			}
			in.Event, in.Result = dialogs.Answered, carry(*turn.out.Call)
			in.Result.Step = turn.out.Call.Step
			turn.record.Results[turn.out.Call.Key] = in.Result
		}
		var err error
		if turn.state, err = state.MarshalBinary(); err != nil {
			return err
		}
		turn.out.Messages = messages
		m.turns = append(m.turns, turn)
		if turn.out.End != nil || i == len(says) {
			return nil
		}
		in = dialogs.Input{Event: dialogs.Said, Text: says[i], Facts: facts}
	}
}

// keepSource keeps the dialog that conversations were held on, as a gateway
// does when it starts.
func keepSource(ctx context.Context, s *store.Store, d *dialogs.Dialog, at time.Time) error {
	source, err := json.Marshal(d.Source())
	if err != nil {
		return fmt.Errorf("writing the source of dialog %s: %w", d.Name, err)
	}
	return s.KeepDialogSource(ctx, d.Version, d.Name, source, at)
}

// talk makes up about n messages, most of them with few of the chunk's people:
// one in four with those of one case.
func (m *seedMaker) talk(n int) {
	const perConversation = 12
	for i := 0; i < n; {
		whose := m.Float64()
		c := &m.past.Cases[int(whose*whose*whose*float64(len(m.past.Cases)))]
		before := messagesIn(&store.Past{Turns: m.past.Turns})
		at := m.until.AddDate(-seedYears, 0, 0)
		at = at.Add(time.Duration(float64(m.until.Sub(at)) * float64(i) / float64(n+2*perConversation)))
		m.converse(c, at)
		i += messagesIn(&store.Past{Turns: m.past.Turns}) - before
	}
}

// converse holds a conversation on a case: a dialog to its end, or a dialog that
// somebody of ours takes over and ends.
func (m *seedMaker) converse(c *directory.Case, at time.Time) {
	person, role := &c.PayingParent, directory.Paying
	if m.IntN(3) == 0 {
		person, role = &c.ReceivingParents[0].Person, directory.Receiving
	}
	mould := m.mould(role, person.Language)
	t := &seedTalk{seedMaker: m, at: at, conversation: gateway.Conversation{
		Person: person.ID, Case: c.Reference, Dialog: mould.dialog.Name, Version: mould.dialog.Version,
		Address: gateway.Address{Channel: directory.Email, Value: person.Email}, Phase: gateway.Open, ByUs: true, By: "amara", Created: at, LastSaid: at,
	}, language: person.Language}
	if person.Phone != "" {
		t.conversation.Address = gateway.Address{Channel: directory.SMS, Value: person.Phone}
	}
	t.conversation.ID = gateway.ConversationID(m.id(at))
	turns := mould.turns
	takenOver := m.IntN(2) == 0
	if takenOver {
		turns = turns[:1+m.IntN(len(turns)-1)]
	}
	for i := range turns {
		t.dialogSays(&turns[i])
	}
	if takenOver {
		t.besideDialog()
	}
}

func (w *seedWorld) mould(role directory.Role, language templates.Language) *seedMould {
	for i := range w.moulds {
		if m := &w.moulds[i]; m.role == role && m.language == language {
			return m
		}
	}
	return &w.moulds[0]
}
