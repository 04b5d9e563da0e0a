package gateway_test

import (
	"errors"
	"strings"
	"testing"

	"parley/gateway"
	"parley/templates"
)

// What the dialog would ask is suggested in each of its languages, and nothing
// comes of it.
func TestWhatADialogWouldSayIsSuggested(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	h.text(payingPhone, "down")
	before := h.opened("P1")
	s, err := h.Suggest(t.Context(), before.ID, ann)
	h.do(err)
	if !strings.HasPrefix(s.Question[templates.English], "How much are you paid now") || s.Question[templates.Welsh] == "" || s.Question[templates.Welsh] == s.Question[templates.English] {
		t.Errorf("asks %q", s.Question)
	}
	if !strings.Contains(s.Help[templates.English], "gross pay") || s.Help[templates.Welsh] == "" {
		t.Errorf("helps with %q", s.Help)
	}
	if after := h.opened("P1"); after.Turn != before.Turn || len(h.deliver()) != 0 {
		t.Error("something came of it")
	}
	h.do(h.TakeOver(t.Context(), before.ID, ann, ""))
	h.do(h.CloseConversation(t.Context(), before.ID, ann, "resolved"))
	if _, err := h.Suggest(t.Context(), before.ID, ann); !errors.Is(err, gateway.ErrNotOpen) {
		t.Errorf("once it has ended: %v", err)
	}
}

// A label says one or two things, of which danger alone has a kind.
func TestALabelSaysWhatAMessageWasAbout(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	messages, err := h.store.PersonMessages(t.Context(), "P1", "", 10)
	h.do(err)
	written := messages[len(messages)-1].ID
	for _, c := range []struct {
		name  string
		label gateway.Label
		want  error
	}{
		{"one", gateway.Label{Intents: []string{"new-job"}, Language: "en"}, nil},
		{"two, of which danger", gateway.Label{Intents: []string{"new-job", "danger"}, Danger: gateway.Abuse, Language: "cy"}, nil},
		{"nothing", gateway.Label{Language: "en"}, gateway.ErrBadLabel},
		{"three", gateway.Label{Intents: []string{"a", "b", "c"}, Language: "en"}, gateway.ErrBadLabel},
		{"one twice", gateway.Label{Intents: []string{"a", "a"}, Language: "en"}, gateway.ErrBadLabel},
		{"danger of no kind", gateway.Label{Intents: []string{"danger"}, Language: "en"}, gateway.ErrBadLabel},
		{"a kind of no danger", gateway.Label{Intents: []string{"new-job"}, Danger: gateway.Abuse, Language: "en"}, gateway.ErrBadLabel},
		{"in no language", gateway.Label{Intents: []string{"new-job"}}, gateway.ErrBadLabel},
		{"of no message", gateway.Label{Message: "M9", Intents: []string{"new-job"}, Language: "en"}, gateway.ErrNotFound},
	} {
		if c.label.By = ann; c.label.Message == "" {
			c.label.Message = written
		}
		if err := h.LabelMessage(t.Context(), c.label); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	labels, err := h.store.LabelsOf(t.Context(), "P1", "")
	if h.do(err); len(labels) != 2 || labels[0].At.IsZero() || labels[0].By != ann {
		t.Errorf("kept: %+v", labels)
	}
}
