package console

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

// An act is done in a conversation. It returns what is wrong with its form, or
// what there is to look at before it is done; with neither it was done.
type act func(r *request, view gateway.ConversationView) (talkView, error)

// onConversation has an act done: recorded first, and then back to the
// conversation.
func (c *Console) onConversation(do act) handler {
	return func(w http.ResponseWriter, r *request) error {
		view, err := c.conversationFor(r)
		if err != nil {
			return err
		}
		done := aboutConversation(&view)
		if r.PostForm.Has("text") && r.PostFormValue("send") == "" {
			done.Action = "saw conversation" // what would be sent is only looked at
		}
		if err := c.did(r, done); err != nil {
			return err
		}
		shown, err := do(r, view)
		switch {
		case errors.Is(err, gateway.ErrNotOpen):
			shown.Problem, shown.Field = r.say("talk.not-open"), "talk"
		case err != nil:
			return err
		}
		if shown.Problem == "" && shown.Foresight == nil {
			http.Redirect(w, r.Request, "/console/conversations/"+string(view.ID), http.StatusSeeOther)
			return nil
		}
		status := http.StatusOK
		if shown.Problem != "" {
			status = http.StatusUnprocessableEntity
		}
		shown.Form = r.PostForm
		return c.showConversation(w, r, status, view, shown)
	}
}

func (c *Console) takeOver(r *request, view gateway.ConversationView) (talkView, error) {
	from := r.PostFormValue("from")
	err := c.config.Conversation.Conversations.TakeOver(r.Context(), view.ID, r.Staff.ID, directory.StaffID(from))
	if err == nil {
		r.flash("talk.taken")
	}
	return talkView{}, err
}

// writeTo shows what would be sent, or sends it.
func (c *Console) writeTo(r *request, view gateway.ConversationView) (talkView, error) {
	v := talkView{Wrote: strings.TrimSpace(r.PostFormValue("text")), Field: "text"}
	if name := r.PostFormValue("canned"); name != "" {
		i := slices.IndexFunc(cannedReplies, func(one canned) bool { return one.Name == name })
		if i < 0 {
			return v, errNoPage
		}
		v.Wrote = strings.TrimSpace(v.Wrote + "\n" + cannedReplies[i].In(spokenIn(view)))
	}
	if suggested := strings.TrimSpace(r.PostFormValue("suggested")); suggested != "" {
		v.Wrote = strings.TrimSpace(v.Wrote + "\n" + suggested)
	}
	foresight, err := c.config.Conversation.Conversations.ForeseeWriteTo(r.Context(), view.ID, r.Staff.ID, v.Wrote)
	var discloses *gateway.DisclosureError
	switch {
	case v.Wrote == "" || errors.Is(err, gateway.ErrNoWords):
		v.Problem = r.say("talk.want-words")
		return v, nil
	case errors.Is(err, gateway.ErrTooLong):
		v.Problem = r.say("talk.too-long")
		return v, nil
	case errors.As(err, &discloses):
		kinds := make([]string, len(discloses.Kinds))
		for i, kind := range discloses.Kinds {
			kinds[i] = wordOr(r.Language, "discloses."+kind, kind)
		}
		v.Problem = r.say("talk.discloses", strings.Join(kinds, ", "))
		return v, nil
	case err != nil:
		return v, err
	}
	if r.PostFormValue("send") == "" {
		v.Foresight = &foresight
		return v, nil
	}
	after, err := strconv.Atoi(r.PostFormValue("after"))
	if err != nil {
		return v, errNoPage
	}
	err = c.config.Conversation.Conversations.WriteTo(r.Context(), view.ID, r.Staff.ID, v.Wrote, after)
	if err == nil {
		r.flash("talk.sent")
	}
	return talkView{}, err
}

// handBack gives the conversation back to its dialog, with what was agreed.
func (c *Console) handBack(r *request, view gateway.ConversationView) (talkView, error) {
	agreed := map[string]string{}
	if question := r.PostFormValue("question"); question != "" {
		agreed[question] = strings.TrimSpace(r.PostFormValue("answer"))
	}
	err := c.config.Conversation.Conversations.HandBack(r.Context(), view.ID, r.Staff.ID, r.PostFormValue("again"), agreed)
	switch {
	case errors.Is(err, gateway.ErrBadGiven):
		return talkView{Problem: r.say("talk.cannot-read"), Field: "answer"}, nil
	case err == nil:
		r.flash("talk.handed-back")
	}
	return talkView{}, err
}

func (c *Console) closeConversation(r *request, view gateway.ConversationView) (talkView, error) {
	outcome := r.PostFormValue("outcome")
	if !slices.Contains(endings, outcome) {
		return talkView{Problem: r.say("talk.want-outcome"), Field: "ending-" + endings[0]}, nil
	}
	err := c.config.Conversation.Conversations.CloseConversation(r.Context(), view.ID, r.Staff.ID, outcome)
	if err == nil {
		r.flash("talk.closed")
	}
	return talkView{}, err
}

// typing lets whoever else looks at a conversation know that somebody writes in
// it. Nothing is kept of that.
func (c *Console) typing(w http.ResponseWriter, r *request) error {
	view, err := c.conversationFor(r)
	if err != nil {
		return err
	}
	c.config.Conversation.Conversations.Typing(r.Context(), view.ID, r.Staff.ID)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// spokenIn is the language of a conversation: that of our last words in it.
func spokenIn(view gateway.ConversationView) string {
	for i := len(view.Messages) - 1; i >= 0; i-- {
		if m := view.Messages[i]; m.Out {
			return cmp.Or(string(m.Language), "en")
		}
	}
	return "en"
}
