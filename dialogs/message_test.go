package dialogs_test

import (
	"testing"

	"parley/dialogs"
	"parley/templates"
)

func TestAMessageOnEachChannel(t *testing.T) {
	choices := []dialogs.Option{{Value: "up", Label: "up"}, {Value: "same", Label: "about the same"}}
	welsh := []dialogs.Option{{Value: "left", Label: "gadael ysgol"}, {Value: "turned", Label: "troi'n 20"}}
	yesNo := []dialogs.Option{{Value: "yes", Label: "ie"}, {Value: "no", Label: "na"}}
	rows := []dialogs.Row{{Number: 1, Label: "Pay", Value: "up"}, {Number: 2, Value: "£410"}}
	for name, c := range map[string]struct {
		message dialogs.Message
		want    map[string]string
	}{
		"words": {dialogs.Message{Words: "Good.", Language: templates.English}, map[string]string{
			"sms": "Good.", "webchat": "Good.", "email": "Good.", "voice": "Good.", "letter": "Good.",
		}},
		"a date": {dialogs.Message{Words: "Since when?", Language: templates.English, Ask: &dialogs.Ask{Kind: dialogs.ForDate, Problem: "Not that."}}, map[string]string{
			"sms": "Not that. Since when?", "webchat": "Not that. Since when?", "email": "Not that. Since when?",
			"voice": "Not that. Since when? Key in the date as eight figures, like 03 11 2026, then press the hash key. Or say it.",
		}},
		"choices": {dialogs.Message{Words: "Up?", Language: templates.English, Ask: &dialogs.Ask{Kind: dialogs.ForChoice, Options: choices}}, map[string]string{
			"sms":     "Up? Reply 1 up, 2 about the same.",
			"webchat": "Up?\n[up] [about the same]",
			"email":   "Up?\n1. up\n2. about the same\nReply with the number or the words.",
			"voice":   "Up? Press 1 for up. Press 2 for about the same. Or say your answer.",
			"letter":  "Up? Reply 1 up, 2 about the same.",
		}},
		"choices in Welsh, whose first letters stay": {dialogs.Message{Words: "Beth?", Language: templates.Welsh, Ask: &dialogs.Ask{Kind: dialogs.ForChoice, Options: welsh}}, map[string]string{
			"sms":   "Beth? Atebwch 1 gadael ysgol, 2 troi'n 20.",
			"email": "Beth?\n1. gadael ysgol\n2. troi'n 20\nAtebwch gyda'r rhif neu'r geiriau.",
			"voice": "Beth? gadael ysgol: pwyswch 1. troi'n 20: pwyswch 2. Neu dywedwch eich ateb.",
		}},
		"many": {dialogs.Message{Words: "Which?", Language: templates.English, Ask: &dialogs.Ask{Kind: dialogs.ForMany, Options: choices}}, map[string]string{
			"sms":   "Which? Reply with the numbers of all that apply, like 1, 2, or NONE: 1 up, 2 about the same.",
			"email": "Which?\n1. up\n2. about the same\nReply with the numbers of all that apply, like 1, 2, or NONE.",
			"voice": "Which? Press 1 for up. Press 2 for about the same. Press the keys of all that apply, then the hash key. Or say them, or say none.",
		}},
		"yes and no": {dialogs.Message{Words: "Iawn?", Language: templates.Welsh, Ask: &dialogs.Ask{Kind: dialogs.ForYesNo, Options: yesNo}}, map[string]string{
			"sms":     "Iawn? Atebwch 1 am ie neu 2 am na.",
			"webchat": "Iawn?\n[ie] [na]",
			"email":   "Iawn?\n1. ie\n2. na\nAtebwch gyda'r rhif neu'r geiriau.",
			"voice":   "Iawn? ie: pwyswch 1. na: pwyswch 2. Neu dywedwch eich ateb.",
		}},
		"check": {dialogs.Message{Words: "Check your answers.", Language: templates.English, Ask: &dialogs.Ask{Kind: dialogs.ForCheck, Rows: rows}}, map[string]string{
			"sms":     "Check your answers.\n1. Pay: up\n2. £410\nReply OK if all is right, or CHANGE and a number, like CHANGE 1.",
			"webchat": "Check your answers.\n1. Pay: up\n2. £410\nTo change an answer, write CHANGE and its number, like CHANGE 1.\n[All is right]",
			"voice":   "Check your answers.\n1. Pay: up\n2. £410\nSay OK if all is right, or say change and a number, like change 1.",
		}},
	} {
		for channel, want := range c.want {
			if got := c.message.Render(channel); got != want {
				t.Errorf("%s, %s: %q, want %q", name, channel, got, want)
			}
			if channel == "webchat" || channel == "voice" {
				want = c.message.Words // the page, or who reads it out, adds the rest
			}
			if got := c.message.Text(channel); got != want {
				t.Errorf("%s, %s: goes out as %q, want %q", name, channel, got, want)
			}
		}
	}
}
