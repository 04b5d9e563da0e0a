package console

import (
	"encoding/json"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/templates"
)

func shipped(t *testing.T) *Console {
	t.Helper()
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	c := &Console{}
	c.config.Conversation.Dialogs = func() []*dialogs.Dialog { return all }
	return c
}

// However a dialog ends, staff read it in their own language.
func TestWordsOfOutcomes(t *testing.T) {
	for _, d := range shipped(t).config.Conversation.Dialogs() {
		for _, o := range d.Outline() {
			if o.End == "" || o.Kind == dialogs.OutlineHandoff {
				continue
			}
			for _, l := range templates.Languages() {
				if _, err := say(l, "ended."+o.End); err != nil {
					t.Errorf("%s ends with %q: %v", d.Name, o.End, err)
				}
			}
		}
	}
}

// What was chosen is shown as it was offered, and not by the script's name for it.
func TestAnswersInWords(t *testing.T) {
	c := shipped(t)
	for _, test := range []struct {
		language              templates.Language
		dialog, answers, want string
	}{
		{templates.English, "income-change", `{"direction": "same"}`, "about the same"},
		{templates.Welsh, "income-change", `{"direction": "down"}`, "i lawr"},
		{templates.Welsh, "contact-details", `{"what": ["phone", "email"]}`, "fy rhif ffôn, fy e-bost"},
		{templates.Welsh, "account-access", `{"renew": true}`, "ie"},
		{templates.Welsh, "gone", `{"direction": "down"}`, "down"}, // a dialog that is no more
	} {
		said := entries(json.RawMessage(test.answers))
		said = underQuestions(test.language, said, c.questionsOf(test.language, test.dialog, said))
		if said[0].Value != test.want {
			t.Errorf("%s in %s: %q, want %q", test.answers, test.language, said[0].Value, test.want)
		}
	}
}
