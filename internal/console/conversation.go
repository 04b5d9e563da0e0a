package console

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
)

// ConversationConfig is what the pages of conversations need of the gateway.
type ConversationConfig struct {
	Conversations Conversations
	People        People
	Dialogs       func() []*dialogs.Dialog // that can be begun
	Intents       []string                 // that messages are read as
}

// Conversations is what is done with one.
type Conversations interface {
	View(ctx context.Context, id gateway.ConversationID) (gateway.ConversationView, error)
	Course(ctx context.Context, c gateway.Conversation, turn int) (gateway.Course, error)

	TakeOver(ctx context.Context, id gateway.ConversationID, by, from directory.StaffID) error
	Suggest(ctx context.Context, id gateway.ConversationID, by directory.StaffID) (gateway.Suggestion, error)
	ForeseeWriteTo(ctx context.Context, id gateway.ConversationID, by directory.StaffID, text string) (gateway.Foresight, error)
	WriteTo(ctx context.Context, id gateway.ConversationID, by directory.StaffID, text string, after int) error
	HandBack(ctx context.Context, id gateway.ConversationID, by directory.StaffID, again string, agreed map[string]string) error
	CloseConversation(ctx context.Context, id gateway.ConversationID, by directory.StaffID, outcome string) error
	Typing(ctx context.Context, id gateway.ConversationID, by directory.StaffID)

	ForeseeStart(ctx context.Context, r gateway.StartRequest) (gateway.Foresight, error)
	Start(ctx context.Context, r gateway.StartRequest) (gateway.Started, error)
}

// People is what is known of a person, and done for their safety.
type People interface {
	Person(ctx context.Context, id directory.PersonID) (directory.Person, []directory.Party, error)
}

func (c *Console) conversationRoutes() []route {
	return []route{
		{"GET /console/conversations/{id}", caseworkers, c.conversationPage, "saw conversation"},
		{"POST /console/conversations/{id}/take-over", caseworkers, c.onConversation(c.takeOver), "took over conversation"},
		{"POST /console/conversations/{id}/write", caseworkers, c.onConversation(c.writeTo), "wrote in conversation"},
		{"POST /console/conversations/{id}/hand-back", caseworkers, c.onConversation(c.handBack), "handed back conversation"},
		{"POST /console/conversations/{id}/close", caseworkers, c.onConversation(c.closeConversation), "closed conversation"},
		{"POST /console/conversations/{id}/typing", caseworkers, c.typing, "typed in conversation"},
	}
}

// endings are how a caseworker ends a conversation.
var endings = []string{"resolved", "no-answer", "elsewhere"}

// talkView is what the page of a conversation shows.
type talkView struct {
	gateway.ConversationView
	Title    string
	Person   *directory.Person
	Role     directory.Role
	Lines    []line
	Known    []known // what has been answered
	Results  []known
	Asks     []question      // that can be answered for them, or asked again
	At       *gateway.Moment // the turn that is looked back at; nil: now
	Previous int             // turns to step to; 0: none
	Next     int
	Mine     bool
	Language string
	Spoken   string // the language of the conversation
	Canned   []canned
	Suggests []canned      // by the step that waits and what was said last
	Safety   *safety       // what can be done for the person; nil: nobody
	AtStep   template.HTML // what to mind where it stands
	Endings  []string

	// The words that are about to be sent, and what would become of them.
	Wrote     string
	Foresight *gateway.Foresight
	Problem   string
	Field     string
	Form      url.Values
}

// line is one message of a conversation, with what is known of its turn.
type line struct {
	gateway.MessageView
	Who     string // "person", "gateway" or "staff"
	Reading gateway.Reading
	Label   gateway.Label      // what staff say that it was about; without an ID: nothing
	Acts    []gateway.TurnSeen // what staff did before it, without words
}

// known is an answer, by what was asked, or a result, by the name of its step.
type known struct{ Name, Value string }

func (c *Console) conversationPage(w http.ResponseWriter, r *request) error {
	view, err := c.conversationFor(r)
	if err != nil {
		return err
	}
	if err := c.saw(r, aboutConversation(&view)); err != nil {
		return err
	}
	return c.showConversation(w, r, http.StatusOK, view, talkView{})
}

// conversationFor is a conversation that whoever asks may see.
func (c *Console) conversationFor(r *request) (gateway.ConversationView, error) {
	view, err := c.config.Conversation.Conversations.View(r.Context(), gateway.ConversationID(r.PathValue("id")))
	if err != nil {
		return view, err
	}
	if view.Case == "" { // a visitor whom nobody knows: there is nothing of anybody to protect
		return view, nil
	}
	return view, c.opens(r, view.Case)
}

func aboutConversation(v *gateway.ConversationView) AuditEntry {
	return AuditEntry{Case: v.Case, Person: v.Person, Conversation: v.ID}
}

// showConversation draws the page, with what was wrong with a form of it, or
// what is about to be sent.
func (c *Console) showConversation(w http.ResponseWriter, r *request, status int, view gateway.ConversationView, v talkView) error {
	v.ConversationView, v.Endings, v.Canned = view, endings, cannedReplies
	v.Title, v.Person = c.dialogTitle(r, view.Dialog), &directory.Person{}
	v.Mine = view.Phase == gateway.Open && view.Keeper == r.Staff.ID
	v.Language, v.Spoken = string(r.Language), spokenIn(view)
	if view.Person != "" {
		person, parties, err := c.config.Conversation.People.Person(r.Context(), view.Person)
		if err != nil && !errors.Is(err, gateway.ErrNotFound) {
			return err
		}
		v.Person = &person
		for _, p := range parties {
			if p.Case == view.Case {
				v.Role = p.Role
			}
		}
	}
	turn, _ := strconv.Atoi(r.URL.Query().Get("turn"))
	course, err := c.config.Conversation.Conversations.Course(r.Context(), view.Conversation, max(0, turn))
	if err != nil {
		return err
	}
	v.lookBack(course, turn)
	labels, err := c.labelled(r, view.Person, view.ID)
	if err != nil {
		return err
	}
	v.Lines = linesOf(view.Messages, course.Turns, labels, v.At)
	v.Known = entries(view.Answers)
	if course.Then != nil {
		v.Known, v.Results = entries(course.Then.Answers), entries(course.Then.Results)
	}
	v.Asks = c.questionsOf(r.Language, view.Dialog, v.Known)
	v.Known = underQuestions(r.Language, v.Known, v.Asks)
	if v.Mine && v.At == nil {
		if v.Suggests, err = c.suggests(r, view, v.Lines); err != nil {
			return err
		}
	}
	if v.At == nil {
		if v.Safety, err = c.safetyIn(r, &view); err != nil {
			return err
		}
		if v.AtStep, err = c.instructionAt(r.Language, view.Dialog, view.Step); err != nil {
			return err
		}
	}
	r.watch("conversation", string(view.ID))
	return c.page(w, r, status, "conversation", v.Title, v)
}

// lookBack has the page look back at a turn, if it was asked to and there is
// one.
func (v *talkView) lookBack(course gateway.Course, turn int) {
	turns := len(course.Turns)
	v.Previous = turns - 1
	if turn >= 1 && turn < turns && course.Then != nil {
		v.At, v.Previous, v.Next = course.Then, turn-1, turn+1
	}
}

// linesOf are the messages up to a moment, in the order of their turns, each
// with what was read of it and with what staff did before.
func linesOf(messages []gateway.MessageView, seen []gateway.TurnSeen, labels map[gateway.MessageID]gateway.Label, at *gateway.Moment) []line {
	messages = slices.Clone(messages)
	slices.SortStableFunc(messages, func(a, b gateway.MessageView) int { return a.Turn - b.Turn })
	acts := slices.DeleteFunc(slices.Clone(seen), func(s gateway.TurnSeen) bool {
		return s.Act == "" || s.Act == gateway.WroteTo || at != nil && s.Turn > at.Turn
	})
	var lines []line
	for _, m := range messages {
		if at != nil && m.Turn > at.Turn {
			break
		}
		one := line{MessageView: m, Who: "person", Label: labels[m.ID]}
		switch {
		case m.Out && m.Staff != "":
			one.Who = "staff"
		case m.Out:
			one.Who = "gateway"
		case m.Turn >= 1 && m.Turn <= len(seen):
			one.Reading = seen[m.Turn-1].Reading
		}
		for len(acts) > 0 && acts[0].Turn <= m.Turn {
			one.Acts, acts = append(one.Acts, acts[0]), acts[1:]
		}
		lines = append(lines, one)
	}
	if len(acts) > 0 {
		lines = append(lines, line{Acts: acts})
	}
	return lines
}

// entries reads a JSON object in its own order.
func entries(object json.RawMessage) []known {
	var list []known
	reader := json.NewDecoder(strings.NewReader(string(object)))
	if token, err := reader.Token(); err != nil || token != json.Delim('{') {
		return nil
	}
	for reader.More() {
		name, err := reader.Token()
		var value any
		if err != nil || reader.Decode(&value) != nil {
			return list
		}
		list = append(list, known{Name: inPlainName(name.(string)), Value: inWords(value)})
	}
	return list
}

// inWords is a value as a line of a table.
func inWords(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case []any:
		parts := make([]string, len(value))
		for i, v := range value {
			parts[i] = inWords(v)
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		if amount, ok := value["amount"].(string); ok {
			period, _ := value["period"].(string)
			return strings.TrimSpace("£" + amount + " " + inPlainName(period))
		}
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(value)) {
			parts = append(parts, inPlainName(name)+" "+inWords(value[name]))
		}
		return strings.Join(parts, ", ")
	}
	text, _ := json.Marshal(value) // of what was read from JSON
	return string(text)
}

// dialogTitle is a dialog's title, its name when it is no more.
func (c *Console) dialogTitle(r *request, name string) string {
	return cmp.Or(c.titleOf(r.Language, name), name)
}
