package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

func (c *Console) labelRoutes() []route {
	return []route{
		{"GET /console/messages/{message}", caseworkers, c.messagePage, "saw message"},
		{"POST /console/messages/{message}", caseworkers, c.labelMessage, "labelled message"},
	}
}

// labelView is what the page of a message shows: what it was read as, and what
// staff say that it was about.
type labelView struct {
	gateway.Labelled
	Intents   []string
	Dangers   []gateway.Danger
	Languages []templates.Language
	Back      string // where it was said
	// What the form says, and what was wrong with it.
	First, Second, Danger, Language string
	Problem, Field                  string
}

func (c *Console) messagePage(w http.ResponseWriter, r *request) error {
	m, err := c.messageFor(r)
	if err != nil {
		return err
	}
	if err := c.saw(r, aboutMessage(&m)); err != nil {
		return err
	}
	stands := gateway.Label{Intents: []string{""}, Language: templates.Language(m.Reading.Language)}
	if n := len(m.Labels); n > 0 {
		stands = m.Labels[n-1]
	}
	v := labelView{First: stands.Intents[0], Danger: string(stands.Danger), Language: string(stands.Language)}
	if len(stands.Intents) > 1 {
		v.Second = stands.Intents[1]
	}
	return c.showMessage(w, r, http.StatusOK, m, v)
}

// messageFor is what a person wrote, where whoever asks may see it: of no case,
// as far as they may see the person; of nobody we know, by everybody.
func (c *Console) messageFor(r *request) (gateway.Labelled, error) {
	m, err := c.config.Case.Records.Labelled(r.Context(), gateway.MessageID(r.PathValue("message")))
	switch {
	case err != nil || m.Case == "" && m.Person == "":
		return m, err
	case m.Case != "":
		return m, c.opens(r, m.Case)
	}
	s, err := c.somebodyOf(r, m.Person)
	if err == nil && !s.sees("") {
		err = gateway.ErrForbidden
	}
	return m, err
}

func aboutMessage(m *gateway.Labelled) AuditEntry {
	return AuditEntry{Case: m.Case, Person: m.Person, Conversation: m.Conversation, Object: string(m.ID)}
}

func (c *Console) showMessage(w http.ResponseWriter, r *request, status int, m gateway.Labelled, v labelView) error {
	v.Labelled, v.Intents, v.Dangers, v.Languages = m, c.config.Conversation.Intents, dangers, templates.Languages()
	v.Back = messageIn(&m)
	return c.page(w, r, status, "message", r.say("label.title"), v)
}

// messageIn is where a message was said.
func messageIn(m *gateway.Labelled) string {
	switch {
	case m.Conversation != "":
		return "/console/conversations/" + url.PathEscape(string(m.Conversation))
	case m.Person != "":
		return "/console/people/" + url.PathEscape(string(m.Person)) + "?" + url.Values{"case": {string(m.Case)}}.Encode()
	default:
		return "/console/work"
	}
}

// labelMessage keeps what a message was about.
func (c *Console) labelMessage(w http.ResponseWriter, r *request) error {
	m, err := c.messageFor(r)
	if err != nil {
		return err
	}
	if err := c.did(r, aboutMessage(&m)); err != nil {
		return err
	}
	v := labelView{
		First: r.PostFormValue("first"), Second: r.PostFormValue("second"), Danger: r.PostFormValue("danger"), Language: r.PostFormValue("language"),
		Field: "first",
	}
	l := gateway.Label{Message: m.ID, By: r.Staff.ID, Danger: gateway.Danger(v.Danger), Language: templates.Language(v.Language)}
	for _, intent := range []string{v.First, v.Second} {
		if slices.Contains(c.config.Conversation.Intents, intent) {
			l.Intents = append(l.Intents, intent)
		}
	}
	switch dangerous := slices.Contains(l.Intents, "danger"); {
	case v.First == "" || len(l.Intents) == 0:
		v.Problem = r.say("label.want-intent")
	case dangerous && !slices.Contains(dangers, l.Danger):
		v.Problem, v.Field = r.say("person.want-kind"), "kind"
	case !dangerous:
		l.Danger = gateway.NoDanger
	}
	if v.Problem != "" {
		return c.showMessage(w, r, http.StatusUnprocessableEntity, m, v)
	}
	switch err := c.config.Case.Desk.LabelMessage(r.Context(), l); {
	case errors.Is(err, gateway.ErrBadLabel):
		v.Problem = r.say("label.want-intent")
		return c.showMessage(w, r, http.StatusUnprocessableEntity, m, v)
	case err != nil:
		return err
	}
	r.flash("label.kept")
	http.Redirect(w, r.Request, messageIn(&m), http.StatusSeeOther)
	return nil
}

// labelled are the labels that stand, by their messages.
func (c *Console) labelled(r *request, person directory.PersonID, id gateway.ConversationID) (map[gateway.MessageID]gateway.Label, error) {
	all, err := c.config.Case.Records.LabelsOf(r.Context(), person, id)
	standing := make(map[gateway.MessageID]gateway.Label, len(all))
	for _, l := range all {
		standing[l.Message] = l
	}
	return standing, err
}
