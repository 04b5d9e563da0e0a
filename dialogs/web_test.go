package dialogs_test

import (
	"testing"

	"parley/dialogs"
)

// WEB brings a link by which the person goes on in web chat; where they are
// there, or on the telephone, the question is asked again.
func TestWebBringsALink(t *testing.T) {
	d := load(t, "income-change")
	for _, c := range []struct {
		channel, says, words string
		link                 bool
	}{
		{"sms", "web", "Open this link to go on in web chat.", true},
		{"sms", "Dolen", "Open this link to go on in web chat.", true},
		{"email", "LINK", "Open this link to go on in web chat.", true},
		{"webchat", "WEB", "Has your pay before tax gone up or down?", false},
		{"voice", "web", "Has your pay before tax gone up or down?", false},
	} {
		facts := known()
		facts.Channel = c.channel
		begun := advance(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
		out := advance(t, d, begun.State, dialogs.Input{Event: dialogs.Said, Text: c.says, Facts: facts})
		if len(out.Messages) != 1 || out.Messages[0].Words != c.words || out.Messages[0].Link != c.link || out.State.Tries != 0 {
			t.Errorf("%s on %s: %+v", c.says, c.channel, out.Messages)
		}
		if next := advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: "down", Facts: facts}); d.Waits(next.State) != "pay" {
			t.Errorf("%s on %s: it waits at %q", c.says, c.channel, d.Waits(next.State))
		}
	}
}
