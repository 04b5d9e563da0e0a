package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// start is the body of POST /api/v1/conversations.
type start struct {
	Person  directory.PersonID      `json:"person"`
	Dialog  string                  `json:"dialog"`
	Channel directory.Channel       `json:"channel"`
	Case    directory.CaseReference `json:"case"`
	Given   map[string]string       `json:"given"`
}

func (s start) check() error {
	switch {
	case s.Person == "":
		return invalid("person", "is needed")
	case s.Dialog == "":
		return invalid("dialog", "is needed")
	case !isName(string(s.Person)):
		return invalid("person", nameForm)
	case !isName(string(s.Case)):
		return invalid("case", nameForm)
	}
	switch s.Channel {
	case "", directory.SMS, directory.Email, directory.WebChat, directory.Voice:
		return nil
	}
	return invalid("channel", "must be sms, email, webchat or voice")
}

// refusals are the starts that the gateway refuses, by its error: the
// problem's name, the field to mend and words that follow the field's name.
var refusals = []struct {
	is                 error
	name, field, words string
}{
	{gateway.ErrNoSuchPerson, "no-such-person", "person", "is not known"},
	{gateway.ErrNoSuchDialog, "no-such-dialog", "dialog", "is not known"},
	{gateway.ErrWrongRole, "wrong-role", "dialog", "is not for a person of this role"},
	{gateway.ErrNoAddress, "no-address", "channel", "does not reach this person: there is no address for it"},
	{gateway.ErrNoSuchCase, "no-such-case", "case", "is not one on which this person can have this dialog"},
	{gateway.ErrBadGiven, "bad-given", "given", "names a question that the dialog does not have, or has a value that cannot be read as its answer"},
}

func (a *API) startConversation(c *call) ([]byte, error) {
	var s start
	if err := decode(c.body, &s); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	started, err := a.Gateway.Start(c.Context(), gateway.StartRequest{
		Person: s.Person, Dialog: s.Dialog, Channel: s.Channel, Case: s.Case, Given: s.Given,
		By: c.client, Idempotency: c.row,
	})
	for _, r := range refusals {
		if errors.Is(err, r.is) {
			return nil, mend(newProblem(http.StatusUnprocessableEntity, r.name, "This conversation cannot be started."), r.field, r.words)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("starting a conversation: %w", err)
	}
	return started.JSON(), nil
}

func conversationStarted(answer []byte) (reply, error) {
	var started gateway.Started
	if err := json.Unmarshal(answer, &started); err != nil {
		return reply{}, fmt.Errorf("reading an answer: %w", err)
	}
	return reply{http.StatusCreated, answer, "/api/v1/conversations/" + string(started.Conversation)}, nil
}

// conversation is the answer to GET /api/v1/conversations/{id}.
type conversation struct {
	ID       gateway.ConversationID  `json:"id"`
	Person   directory.PersonID      `json:"person"`
	Case     directory.CaseReference `json:"case"`
	Dialog   string                  `json:"dialog"`
	State    gateway.Phase           `json:"state"`
	Turn     int                     `json:"turn"`
	Outcome  string                  `json:"outcome"` // empty until it has ended
	Answers  json.RawMessage         `json:"answers"`
	Messages []message               `json:"messages"`
}

// message is one message of a conversation. What became of it is only there
// for one that went out.
type message struct {
	ID        gateway.MessageID `json:"id"`
	Direction string            `json:"direction"` // "in": from the person; "out": to them
	Channel   directory.Channel `json:"channel"`
	Text      string            `json:"text"`
	Status    gateway.Status    `json:"status,omitempty"`
	Code      string            `json:"code,omitempty"`
	Reasons   []string          `json:"reasons,omitempty"`
	Segments  int               `json:"segments,omitempty"`
	At        time.Time         `json:"at"`
}

func (a *API) conversation(c *call) (reply, error) {
	id := c.PathValue("id")
	if !isName(id) {
		return reply{}, notFound("conversation")
	}
	v, err := a.Gateway.View(c.Context(), gateway.ConversationID(id))
	if errors.Is(err, gateway.ErrNotFound) {
		return reply{}, notFound("conversation")
	}
	if err != nil {
		return reply{}, fmt.Errorf("viewing a conversation: %w", err)
	}
	answer := conversation{
		ID: v.ID, Person: v.Person, Case: v.Case, Dialog: v.Dialog, State: v.Phase, Turn: v.Turn, Outcome: v.Outcome,
		Answers: object(v.Answers), Messages: make([]message, 0, len(v.Messages)),
	}
	for _, m := range v.Messages {
		told := message{ID: m.ID, Direction: "in", Channel: m.Channel, Text: m.Text, At: m.At.UTC()}
		if m.Out {
			told.Direction = "out"
			told.Status, told.Code, told.Reasons, told.Segments = m.Status, m.Code, m.Reasons, m.Segments
		}
		answer.Messages = append(answer.Messages, told)
	}
	return found(answer)
}

// moment is the answer to GET /api/v1/conversations/{id}/turns/{turn}.
type moment struct {
	ID      gateway.ConversationID `json:"id"`
	Turn    int                    `json:"turn"`
	At      time.Time              `json:"at"`
	Waits   string                 `json:"waits"`   // the step that then waited; empty when the dialog had ended
	Outcome string                 `json:"outcome"` // empty until it had ended
	Answers json.RawMessage        `json:"answers"`
	Results json.RawMessage        `json:"results"`
}

// conversationAt answers how a conversation stood after one of its turns.
func (a *API) conversationAt(c *call) (reply, error) {
	id := c.PathValue("id")
	turn, err := strconv.Atoi(c.PathValue("turn"))
	if err != nil || !isName(id) {
		return reply{}, notFound("conversation")
	}
	m, err := a.Gateway.ViewAt(c.Context(), gateway.ConversationID(id), turn)
	if errors.Is(err, gateway.ErrNotFound) {
		return reply{}, notFound("conversation")
	}
	if err != nil {
		return reply{}, fmt.Errorf("viewing a conversation as it was: %w", err)
	}
	return found(moment{
		ID: gateway.ConversationID(id), Turn: m.Turn, At: m.At.UTC(), Waits: m.Waits, Outcome: m.Outcome,
		Answers: object(m.Answers), Results: object(m.Results),
	})
}

// object is a JSON object as it was stored, empty when none was.
func object(stored []byte) json.RawMessage {
	return json.RawMessage(cmp.Or(string(stored), "{}"))
}

// found answers 200 with a value.
func found(value any) (reply, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return reply{}, fmt.Errorf("writing the answer: %w", err)
	}
	return reply{status: http.StatusOK, body: body}, nil
}
