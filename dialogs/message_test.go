package dialogs_test

import (
	"testing"

	"parley/dialogs"
	"parley/templates"
)

func TestAMessageOnEachChannel(t *testing.T) {
	choices := []dialogs.Option{{Value: "up", Label: "up"}, {Value: "same", Label: "about the same"}}
	yesNo := []dialogs.Option{{Value: "yes", Label: "ie"}, {Value: "no", Label: "na"}}
	for name, c := range map[string]struct {
		message dialogs.Message
		want    map[string]string
	}{
		"words": {dialogs.Message{Words: "Since when?", Language: templates.English}, map[string]string{
			"sms": "Since when?", "webchat": "Since when?", "email": "Since when?", "voice": "Since when?", "letter": "Since when?",
		}},
		"choices": {dialogs.Message{Words: "Up?", Language: templates.English, Options: choices}, map[string]string{
			"sms":     "Up? Reply 1 up, 2 about the same.",
			"webchat": "Up?\n[up] [about the same]",
			"email":   "Up?\n1. up\n2. about the same",
			"voice":   "Up? Press 1 for up. Press 2 for about the same.",
			"letter":  "Up? Reply 1 up, 2 about the same.",
		}},
		"yes and no": {dialogs.Message{Words: "Iawn?", Language: templates.Welsh, Options: yesNo, YesNo: true}, map[string]string{
			"sms":     "Iawn? Atebwch 1 am ie neu 2 am na.",
			"webchat": "Iawn?\n[ie] [na]",
			"email":   "Iawn?\n1. ie\n2. na",
			"voice":   "Iawn? Pwyswch 1 am ie. Pwyswch 2 am na.",
		}},
		"check": {dialogs.Message{Words: "Check your answers.\n1. up", Language: templates.English, Checks: true}, map[string]string{
			"sms":     "Check your answers.\n1. up\nReply OK if all is right, or CHANGE and a number, like CHANGE 1.",
			"webchat": "Check your answers.\n1. up\nTo change an answer, write CHANGE and its number, like CHANGE 1.\n[All is right]",
		}},
	} {
		for channel, want := range c.want {
			if got := c.message.Render(channel); got != want {
				t.Errorf("%s, %s: %q, want %q", name, channel, got, want)
			}
		}
	}
}
